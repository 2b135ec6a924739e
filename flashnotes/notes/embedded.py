"""Pictures that are part of a page's own text: data URIs (RFC 2397)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from flashnotes.datauri import ENDINGS, picture_of_address

if TYPE_CHECKING:
    from flashnotes.notes.htmltree import Element

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
        if len(source) > 3 * LARGEST or (found := picture_of_address(source)) is None:
            continue
        content, ending = found
        if _LEAST <= len(content) <= min(LARGEST, left):
            left -= len(content)
            address = f"inside-{len(pictures) + 1}{ending}"
            pictures[address] = content
            element.attributes["src"] = address
    return pictures


def picture_of(element: Element) -> str:
    """The picture that an `img` shows, as Markdown, if it lies beside the page or inside it."""
    address = element.attributes.get("src", "").strip()
    if _ELSEWHERE.match(address) or not address.lower().endswith(tuple(ENDINGS.values())):
        return ""
    alt = " ".join(_NO_ALT.sub(" ", element.attributes.get("alt", "")).split())
    return f"![{alt}]({quote(address, safe='/%:._-~@!$&+,;=')})"
