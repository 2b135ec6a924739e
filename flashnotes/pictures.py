"""Which file a card means by the address of a picture or sound."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flashnotes.home import Home
    from flashnotes.models import Candidate, Card

_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]\n]*)\]\(\s*<?(?P<address>[^()<>\s]+(?:%20[^()<>\s]*)*)>?(?:\s+\"[^\"\n]*\")?\s*\)"
    r"|!\[\[(?P<name>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]"
)
_ENDINGS = frozenset(".png .jpg .jpeg .gif .svg .webp .avif .bmp .mp3 .ogg .wav .m4a .mp4 .webm".split())
_LARGEST = 64 * 2**20
_ATTACHED = ("attachments", "assets", "images", "img", "figures", "media")
"""Folders beside a note in which editors put what is pasted into it."""


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


def bring_pictures(
    candidates: Iterable[Candidate], note: Path
) -> tuple[tuple[Candidate, ...], dict[str, Path]]:
    """`candidates` with the addresses of pictures beside or just above the note as they will be in the home's `media/`.

    A name is that of the content: a picture that changed is a text that changed. Also the files, by those names.
    """
    files: dict[str, Path] = {}

    def moved(found: re.Match[str]) -> str:
        address = found["address"] or found["name"]
        path = _beside(note, address.strip())
        name = _content_name(path) if path else None
        if path is None or name is None:
            return found[0]
        files[name] = path
        return f"![{found['alt'] or ''}](media/{name})"

    brought = []
    for candidate in candidates:
        if "![" in candidate.front or "![" in candidate.back:
            front, back = (_PICTURE.sub(moved, text) for text in (candidate.front, candidate.back))
            candidate = replace(candidate, front=front, back=back)
        brought.append(candidate)
    return tuple(brought), files


def copy_pictures(files: Mapping[str, Path], text: str, media: Path) -> None:
    """Put those of `files` that `text` names into `media`. Raises DeckError."""
    from flashnotes.deckfile.files import replace_file

    for name, path in files.items():
        if name in text and not (media / name).exists():
            with contextlib.suppress(OSError):  # gone since it was looked at: the card keeps the address
                replace_file(media / name, path.read_bytes())


def _beside(note: Path, address: str) -> Path | None:
    folders = [note.absolute().parent, note.absolute().parent.parent]
    for name in dict.fromkeys((address, unquote(address))):
        for start in (folders[0], *(folders[0] / attached for attached in _ATTACHED)):
            if found := _file_at(start, name, folders):
                return found
    return None


def _content_name(path: Path) -> str | None:
    ending = path.suffix.lower()
    try:
        if ending not in _ENDINGS or path.stat().st_size > _LARGEST:
            return None
        return f"fn-{blake2b(path.read_bytes(), digest_size=8).hexdigest()}{ending}"
    except OSError:
        return None
