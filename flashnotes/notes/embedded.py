"""Pictures that are part of a page's own text: data URIs (RFC 2397)."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

if TYPE_CHECKING:
    from flashnotes.notes.htmltree import Element

_DATA = re.compile(r"data:image/([a-z+.-]+)((?:;[^;,]*)*),", re.IGNORECASE)
ENDINGS = {
    "png": ".png",
    "jpeg": ".jpg",
    "jpg": ".jpg",
    "gif": ".gif",
    "svg+xml": ".svg",
    "webp": ".webp",
    "avif": ".avif",
    "bmp": ".bmp",
}
"""Of a file, by the subtype of the media type `image/…`."""
LARGEST = 16 * 2**20
_LARGEST_ALL = 64 * 2**20
"""Bytes of one picture, and of all of a page."""
_LEAST = 200
"""Bytes; what is less holds the place of a picture that the page would have fetched."""
_NO_ALT = re.compile(r"[\[\]|\n]+")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\Z", re.IGNORECASE)


def take_out(page: Element) -> dict[str, bytes]:
    """The pictures inside `page`, by the addresses that its elements are given for them."""
    pictures: dict[str, bytes] = {}
    left = _LARGEST_ALL
    for element in page.each():
        source = element.attributes.get("src", "") if element.tag == "img" else ""
        if (found := _DATA.match(source)) is None:
            continue
        content = _content(source[found.end() :], is_base64="base64" in found[2].lower())
        ending = ENDINGS.get(found[1].lower())
        if ending and content is not None and _LEAST <= len(content) <= min(LARGEST, left):
            left -= len(content)
            address = f"inside-{len(pictures) + 1}{ending}"
            pictures[address] = content
            element.attributes["src"] = address
    return pictures


def _content(text: str, *, is_base64: bool) -> bytes | None:
    if len(text) > 3 * LARGEST:
        return None
    if not is_base64:
        return unquote_to_bytes(text)
    try:
        return base64.b64decode(unquote_to_bytes(text), validate=False)
    except (binascii.Error, ValueError):
        return None


def picture_of(element: Element) -> str:
    """The picture that an `img` shows, as Markdown, if it lies beside the page or inside it."""
    address = element.attributes.get("src", "").strip()
    if _ELSEWHERE.match(address) or not address.lower().endswith(tuple(ENDINGS.values())):
        return ""
    alt = " ".join(_NO_ALT.sub(" ", element.attributes.get("alt", "")).split())
    return f"![{alt}]({quote(address, safe='/%:._-~@!$&+,;=')})"
