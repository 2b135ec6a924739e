"""Which file a card means by the address of a picture or sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.home import Home
    from flashnotes.models import Card


def picture_finder(home: Home) -> Callable[[Card, str], Path | None]:
    """Finds the files that may leave with an export: those in the home, and beside or just above a card's note.

    An address that leads anywhere else is only text: a deck from another person must not take a file of yours along.
    """

    def find(card: Card, address: str) -> Path | None:
        folders = [home.path]
        if card.source:
            note = (home.path / card.source.path).parent
            folders += [note, note.parent]
        for start in folders[:2]:
            for name in dict.fromkeys((address, unquote(address))):
                if found := _file_at(start, name, folders):
                    return found
        return None

    return find


def _file_at(start: Path, address: str, folders: list[Path]) -> Path | None:
    try:
        path = (start / address).resolve()
        is_ours = any(path.is_relative_to(folder.resolve()) for folder in folders if folder.parent != folder)
        return path if is_ours and not Path(address).is_absolute() and path.is_file() else None
    except (OSError, ValueError):
        return None
