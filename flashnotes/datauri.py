"""Pictures that stand in a text itself, as `data:` addresses (RFC 2397)."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from urllib.parse import unquote_to_bytes

_ADDRESS = re.compile(r"data:image/(?P<form>[a-z+.-]+)(?P<more>[^,]*),", re.IGNORECASE)
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


def picture_of_address(address: str) -> tuple[bytes, str] | None:
    """The picture in a `data:` address, and the ending of its file; None if it is none that is known here."""
    found = _ADDRESS.match(address)
    ending = ENDINGS.get(found["form"].lower()) if found else None
    if found is None or ending is None:
        return None
    body = unquote_to_bytes(address[found.end() :])
    if ";base64" in found["more"].lower():
        try:
            body = b64decode(re.sub(rb"\s+", b"", body), validate=True)
        except binascii.Error:
            return None
    return (body, ending) if body else None
