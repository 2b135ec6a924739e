"""The little of protocol buffers that Anki's newer packages need: reading fields by number.

Wire format: a field is a varint of number and kind, then a varint (kind 0), eight bytes (1), a length and so
many bytes (2) or four bytes (5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_VARINT = 10
_FIXED = {1: 8, 5: 4}


class WireError(ValueError):
    """The bytes are no protocol buffer message."""


def read_fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message in order: number, and an integer or bytes. Raises WireError."""
    position = 0
    while position < len(message):
        key, position = _varint(message, position)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, position = _varint(message, position)
            yield number, value
            continue
        if kind == 2:
            size, position = _varint(message, position)
        elif kind in _FIXED:
            size = _FIXED[kind]
        else:
            raise WireError(f"unknown kind {kind}")
        if size > len(message) - position:
            raise WireError("a field ends behind the message")
        yield number, message[position : position + size]
        position += size


def first_int(message: bytes, number: int, default: int = 0) -> int:
    return next(
        (value for key, value in read_fields(message) if key == number and isinstance(value, int)), default
    )


def first_bytes(message: bytes, number: int) -> bytes:
    return next(
        (value for key, value in read_fields(message) if key == number and isinstance(value, bytes)), b""
    )


def _varint(message: bytes, position: int) -> tuple[int, int]:
    value = 0
    for place in range(_LONGEST_VARINT):
        if position + place >= len(message):
            break
        byte = message[position + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, position + place + 1
    raise WireError("a number does not end")
