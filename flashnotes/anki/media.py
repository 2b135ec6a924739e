"""Pictures and sounds of an export, named by their content.

So a name is never taken by another picture in Anki, and a picture that changed is a field that changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.models import Card

FindPicture = Callable[["Card", str], "Path | None"]
"""The file that a card means by a picture's address; None if there is none that may be taken along."""

ENDINGS = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|mp3|ogg|oga|opus|wav|m4a|flac|mp4|webm)\Z")
LARGEST = 100 << 20


def name_by_content(content: bytes, ending: str) -> str:
    return f"fn-{hashlib.sha1(content, usedforsecurity=False).hexdigest()[:16]}{ending}"


class Media:
    """The files that the cards so far name."""

    def __init__(self, find: FindPicture | None) -> None:
        self._find = find
        self._names: dict[Path, str | None] = {}

    @property
    def files(self) -> dict[str, Path]:
        """By the names that they get."""
        return {name: path for path, name in self._names.items() if name}

    def name_of(self, card: Card, address: str) -> str | None:
        """The name of a picture of `card` in the package; None if it is not taken along."""
        path = self._find(card, address) if self._find else None
        if path is None:
            return None
        if path not in self._names:
            self._names[path] = _name(path)
        return self._names[path]


def _name(path: Path) -> str | None:
    ending = ENDINGS.search(path.name.lower())
    try:
        if not ending or path.stat().st_size > LARGEST:
            return None
        return name_by_content(path.read_bytes(), ending[0])
    except OSError:
        return None
