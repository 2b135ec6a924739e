"""Zstandard frames by whichever library there is: Python's own from 3.14 on, else an optional one."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

_CHUNK = 1 << 20
_LIBRARIES = ("compression.zstd", "backports.zstd", "zstandard")


class ZstdMissingError(Exception):
    """No library here reads Zstandard."""


class ZstdError(Exception):
    """The bytes are no whole Zstandard frame."""


def decompress(source: IO[bytes]) -> Iterator[bytes]:
    """The content of the frames in `source`, a piece at a time. Raises ZstdMissingError or ZstdError."""
    opened, faults = _reader(source)
    try:
        while piece := opened.read(_CHUNK):
            yield piece
    except faults as error:
        raise ZstdError(str(error)) from error


def _reader(source: IO[bytes]) -> tuple[Any, tuple[type[BaseException], ...]]:
    for name in _LIBRARIES:
        module = _found(name)
        if module and name == "zstandard":
            reader = module.ZstdDecompressor().stream_reader(source, read_across_frames=True)
            return reader, (module.ZstdError,)
        if module:
            return module.ZstdFile(source, "rb"), (module.ZstdError, EOFError)
    raise ZstdMissingError


def _found(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
