"""What a picture's first bytes say: its form, its width and height."""

from __future__ import annotations

import struct

_FORMS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
_LARGEST_SIDE = 50_000
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
"""Markers of JPEG behind which height and width stand."""


def type_of(picture: bytes) -> str | None:
    """The media type of a PNG, JPEG, GIF or WebP."""
    return next((form for beginning, form in _FORMS.items() if picture.startswith(beginning)), None)


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no such picture, or none that can be shown."""
    read = {"image/png": _png, "image/jpeg": _jpeg, "image/gif": _gif, "image/webp": _webp}.get(
        type_of(picture) or ""
    )
    try:
        size = read(picture) if read else None
    except (struct.error, IndexError):
        return None
    return size if size and all(0 < side <= _LARGEST_SIDE for side in size) else None


def _png(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", picture, 16)
    return width, height


def _gif(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", picture, 6)
    return width, height


def _jpeg(picture: bytes) -> tuple[int, int] | None:
    position = 2
    while position < len(picture):
        if picture[position] != 0xFF:
            return None
        marker = picture[position + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", picture, position + 5)
            return width, height
        # Filling, and markers without content.
        is_alone = marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8
        size = 0 if is_alone else struct.unpack_from(">H", picture, position + 2)[0]
        position += 1 if marker == 0xFF else 2 + size
    return None


def _webp(picture: bytes) -> tuple[int, int] | None:
    form = picture[12:16]
    if form == b"VP8X":
        width, height = (int.from_bytes(picture[at : at + 3], "little") + 1 for at in (24, 27))
        return width, height
    if form == b"VP8L":
        bits = struct.unpack_from("<I", picture, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        width, height = struct.unpack_from("<HH", picture, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None
