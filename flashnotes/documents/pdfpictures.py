"""Pictures in a PDF (ISO 32000-1, 8.9.5) as files: JPEG as it is, plain samples as PNG; other forms stay where they are."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

from flashnotes.notes.embedded import LARGEST

if TYPE_CHECKING:
    from pypdf.generic import StreamObject

_LEAST_SIDE = 24
"""Pixels; what is smaller is a rule, a bullet or a logo."""
_MOST_PIXELS = 40_000_000
_CHANNELS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3}
_COLOUR_TYPES = {1: 0, 3: 2}
"""Of a PNG (ISO 15948, 11.2.2), by the number of channels."""


def picture_file(stream: StreamObject) -> tuple[str, bytes] | None:
    """The ending and the bytes of a file that shows the picture `stream`, None where there is no plain way."""
    width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    if min(width, height) < _LEAST_SIDE or width * height > _MOST_PIXELS or stream.get("/ImageMask"):
        return None
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, list) else [str(filters)]
    if names == ["/DCTDecode"]:
        data = bytes(stream._data)
        return (".jpg", data) if len(data) <= LARGEST else None
    if names not in (["/FlateDecode"], ["None"], ["/LZWDecode"]):
        return None
    return _as_png(stream, width, height)


def _as_png(stream: StreamObject, width: int, height: int) -> tuple[str, bytes] | None:
    channels = _channels(stream.get("/ColorSpace"))
    depth = int(stream.get("/BitsPerComponent", 8))
    if channels is None or depth not in (1, 8) or (depth == 1 and channels != 1):
        return None
    row = (width * channels * depth + 7) // 8
    samples = stream.get_data()
    if len(samples) < row * height or len(samples) > 4 * _MOST_PIXELS:
        return None
    rows = b"".join(b"\0" + samples[place : place + row] for place in range(0, row * height, row))
    header = struct.pack(">IIBBBBB", width, height, depth, _COLOUR_TYPES[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return ".png", b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _channels(space: Any) -> int | None:
    space = space.get_object() if hasattr(space, "get_object") else space
    if isinstance(space, list) and space and space[0] == "/ICCBased":
        number = int(space[1].get_object().get("/N", 0))
        return number if number in _COLOUR_TYPES else None
    name = space[0] if isinstance(space, list) and space else space
    return _CHANNELS.get(str(name))
