"""Decks of a package: names as Anki takes them, their parents, ids that stay."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

_FIRST_ID = 1_000_000_000_000
_IDS = 600_000_000_000
_UNNAMED = "flashnotes"
_BLANK = "blank"


class DeckNames:
    """The decks met so far; Anki tells them apart by name whatever the case."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._seen: dict[str, int] = {}

    def id_of(self, name: str) -> int:
        """The id of a deck, made with its parents when first met."""
        if name not in self._seen:
            parts = deck_components(name)
            for depth in range(1, len(parts) + 1):
                self._seen[name] = self._add("::".join(parts[:depth]))
        return self._seen[name]

    def _add(self, name: str) -> int:
        key = name.casefold()
        if key not in self._ids:
            number = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")
            deck_id = _FIRST_ID + number % _IDS
            while deck_id in self._names:
                deck_id += 1
            self._ids[key] = deck_id
            self._names[deck_id] = name
        return self._ids[key]

    def dump(self, modified: int) -> dict[str, Any]:
        """The decks as Anki's collection holds them, all with its default options."""
        return {str(deck_id): _dump_deck(deck_id, name, modified) for deck_id, name in self._names.items()}


def deck_components(name: str) -> list[str]:
    """The parts of a deck's name as Anki keeps them: trimmed, none empty, without control characters."""
    composed = unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode()
    printable = "".join(" " if unicodedata.category(char) == "Cc" else char for char in composed)
    if not printable.strip():
        return [_UNNAMED]
    return [part.strip() or _BLANK for part in printable.split("::")]


def _dump_deck(deck_id: int, name: str, modified: int) -> dict[str, Any]:
    return {
        "id": deck_id,
        "name": name,
        "mod": modified,
        "usn": -1,
        "desc": "",
        "dyn": 0,
        "conf": 1,
        "collapsed": False,
        "browserCollapsed": False,
        "newToday": [0, 0],
        "revToday": [0, 0],
        "lrnToday": [0, 0],
        "timeToday": [0, 0],
        "extendNew": 0,
        "extendRev": 0,
    }
