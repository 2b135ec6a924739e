"""The decks that travel with the program: copied into a new home, merged into an old one on request."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flashnotes.home import Home


def shipped_folder() -> Path:
    """Where the shipped decks are: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent / "decks"


def copy_shipped(home: Home) -> None:
    """Put the shipped decks, and the notes they were made from, into a new home."""
    home.make()
    for deck in shipped_decks():
        shutil.copyfile(deck, home.decks / deck.name)
    copy_shipped_notes(home)


def shipped_decks() -> list[Path]:
    """The shipped deck files, in order of name."""
    return sorted(shipped_folder().glob("*.yaml"))


def copy_shipped_notes(home: Home) -> None:
    """Put the notes of the shipped decks where their sources point; a note the person changed stays."""
    notes = home.decks / "notes"
    notes.mkdir(parents=True, exist_ok=True)
    for note in sorted((shipped_folder() / "notes").glob("*.md")):
        if not (notes / note.name).exists():
            shutil.copyfile(note, notes / note.name)
