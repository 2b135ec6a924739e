"""Which file a card means by the address of a picture or sound."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from flashnotes.cards import fold_term
from flashnotes.errors import NoteError
from flashnotes.notefiles import DOCUMENTS, PAGES, lines_of, read_rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from flashnotes.home import Home
    from flashnotes.models import Candidate, Card
    from flashnotes.notes import Rendered

_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]\n]*)\]\(\s*<?(?P<address>[^()<>\s]+(?:%20[^()<>\s]*)*)>?(?:\s+\"[^\"\n]*\")?\s*\)"
    r"|!\[\[(?P<name>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]"
)
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)]|\|)\s|\s*(?:Q|问)\s*[:：]")
"""Where another passage begins."""
_ENDINGS = frozenset(".png .jpg .jpeg .gif .svg .webp .avif .bmp .mp3 .ogg .wav .m4a .mp4 .webm".split())
_LARGEST = 64 * 2**20
_IS_INSIDE = -1
"""The size remembered of a picture that is part of the note, and changes with it."""
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
        if not (start / address).is_file():
            return None
        path = (start / address).resolve()
        is_ours = any(path.is_relative_to(folder.resolve()) for folder in folders if folder.parent != folder)
        return path if is_ours and not Path(address).is_absolute() else None
    except (OSError, ValueError):
        return None


class Shown(NamedTuple):
    """What an address of a picture in a note led to when the note was read."""

    address: str
    name: str = ""
    """Of the file's content; empty where there is nothing that comes along."""
    size: int = 0
    mtime_ns: int = 0


class Inside(NamedTuple):
    """A picture that is part of a note file."""

    note: Path
    address: str


class Brought(NamedTuple):
    """Candidates with their pictures."""

    candidates: tuple[Candidate, ...]
    files: dict[str, Path | Inside]
    """By the name that each gets in the home's `media/`."""
    shown: tuple[Shown, ...]
    """Every address of the note."""


def bring_pictures(candidates: Iterable[Candidate], note: Path, rendered: Rendered) -> Brought:
    """`candidates` with the pictures of their passages below their text, as they will be in the home's `media/`.

    Only files inside, beside or just above the note count, and a name is that of the content: a picture that changed is
    a text that changed.
    """
    rows = lines_of(rendered)
    named = {place: list(_PICTURE.finditer(row)) for place, (_, row) in enumerate(rows) if "![" in row}
    addresses = dict.fromkeys(_address(found) for each in named.values() for found in each)
    files: dict[str, Path | Inside] = {}
    shown = {address: _look_at(note, address, rendered.pictures, files) for address in addresses}
    if not files:
        return Brought(tuple(candidates), files, tuple(shown.values()))
    passages = _Passages(rows, is_laid_out=note.suffix.lower() in (*PAGES, *DOCUMENTS))
    brought = []
    for candidate in candidates:
        pictures = [
            f"![{found['alt'] or ''}](media/{name})"
            for place in passages.of(candidate)
            for found in named.get(place, ())
            if (name := shown[_address(found)].name)
        ]
        if pictures:
            back = "\n\n".join((candidate.back, *dict.fromkeys(pictures)))
            candidate = replace(candidate, back=back)
        brought.append(candidate)
    return Brought(tuple(brought), files, tuple(shown.values()))


def still_shown(
    note: Path, shown: Iterable[Shown], folders: dict[str, list[str]] | None = None
) -> dict[str, Path | Inside] | None:
    """The files that the addresses of an unchanged note lead to, by their names; None if one leads elsewhere now.

    `folders` remembers, for many notes in a row, which folders there are beside them.
    """
    files: dict[str, Path | Inside] = {}
    for each in shown:
        if each.size == _IS_INSIDE:
            files[each.name] = Inside(note, each.address)
            continue
        path = _beside(note, each.address, folders)
        if path is None:
            if each.name:
                return None
            continue
        try:
            about = path.stat()
        except OSError:
            return None
        is_as_it_was = (about.st_size, about.st_mtime_ns) == (each.size, each.mtime_ns)
        if not is_as_it_was and (_content_name(path) or "") != each.name:
            return None
        if each.name:
            files[each.name] = path
    return files


def _address(found: re.Match[str]) -> str:
    return (found["address"] or found["name"]).strip()


def _look_at(note: Path, address: str, inside: Mapping[str, bytes], files: dict[str, Path | Inside]) -> Shown:
    """What `address` leads to; a file that comes along is put into `files`."""
    if address in inside:
        name = _name_of(inside[address], os.path.splitext(address)[1])  # noqa: PTH122
        files[name] = Inside(note, address)
        return Shown(address, name, _IS_INSIDE)
    path = _beside(note, address)
    if path is None:
        return Shown(address)
    try:
        about = path.stat()
    except OSError:
        return Shown(address)
    name = _content_name(path) or ""
    if name:
        files[name] = path
    return Shown(address, name, about.st_size, about.st_mtime_ns)


class _Passages:
    """Which rows of a note a card is made of."""

    def __init__(self, rows: Sequence[tuple[int, str]], *, is_laid_out: bool) -> None:
        self._rows = [row for _, row in rows]
        self._is_laid_out = is_laid_out
        """Pictures stand in paragraphs of their own, below what they show."""
        self._places: dict[int, list[int]] = {}
        for place, (number, row) in enumerate(rows):
            if row.strip():
                self._places.setdefault(number, []).append(place)

    def of(self, candidate: Candidate) -> Iterator[int]:
        """The places of the rows of its paragraph or item, or of the section it asks for."""
        place = self._start(candidate)
        if place is None:
            return
        is_section = candidate.headings[-1:] == (candidate.front,)
        yield place
        place += 1
        while place < len(self._rows) and not self._rows[place].lstrip().startswith("#"):
            row = self._rows[place]
            if not is_section and (not row.strip() or _ITEM.match(row)):
                break
            yield place
            place += 1
        while self._is_laid_out and not is_section and self._is_picture(place + 1):
            place += 2
            yield place - 1

    def _start(self, candidate: Candidate) -> int | None:
        """The row that it begins on: of those that came from one line of the file the one that names its term."""
        places = self._places.get(candidate.line, ())
        term = fold_term(candidate.front)
        return next(
            (place for place in places if term in fold_term(self._rows[place])), next(iter(places), None)
        )

    def _is_picture(self, place: int) -> bool:
        """Nothing but pictures stands in the paragraph that the row at `place` is."""
        if place >= len(self._rows) or self._rows[place - 1].strip():
            return False
        row = self._rows[place]
        return "![" in row and not _PICTURE.sub("", row).strip()


def names_pictures(note: Path) -> bool:
    """The note at the path may name a picture."""
    suffix = note.suffix.lower()
    if suffix == ".pdf":
        return True
    try:
        data = note.read_bytes()
    except OSError:
        return False
    if suffix == ".docx":
        return b"word/media/" in data
    if suffix in PAGES:
        return b"<img" in data or b"<IMG" in data or b"\0<\0" in data or b"<\0" in data
    return b"![" in data or b"!\x00[" in data


def copy_pictures(
    files: Mapping[str, Path | Inside], text: str, media: Path, encoding: str | None = None
) -> None:
    """Put those of `files` that `text` names into `media`. Raises DeckError."""
    from flashnotes.deckfile.files import replace_file

    inside: dict[Path, Mapping[str, bytes]] = {}
    for name, path in files.items():
        if name not in text or (media / name).exists():
            continue
        # Gone since it was looked at: the card keeps the address.
        with contextlib.suppress(OSError, NoteError, KeyError):
            if isinstance(path, Inside):
                if path.note not in inside:
                    inside[path.note] = read_rendered(path.note, encoding).pictures
                replace_file(media / name, inside[path.note][path.address])
            else:
                replace_file(media / name, path.read_bytes())


def _beside(note: Path, address: str, folders: dict[str, list[str]] | None = None) -> Path | None:
    if "://" in address or os.path.splitext(address)[1].lower() not in _ENDINGS:  # noqa: PTH122
        return None
    folder = os.path.dirname(os.path.abspath(note))  # noqa: PTH100, PTH120 (of thousands of addresses most lead nowhere)
    starts = _starts(folder) if folders is None else folders.get(folder)
    if starts is None:
        starts = _starts(folder)
        if folders is not None:
            folders[folder] = starts
    for name in dict.fromkeys((address, unquote(address))):
        for start in starts:
            if os.path.isfile(os.path.join(start, name)):  # noqa: PTH113, PTH118
                ours = [Path(folder), Path(folder).parent]
                if found := _file_at(Path(start), name, ours):
                    return found
    return None


def _starts(folder: str) -> list[str]:
    """Where an address in a note of `folder` may lead from."""
    attached = (os.path.join(folder, name) for name in _ATTACHED)  # noqa: PTH118
    return [folder, *(path for path in attached if os.path.isdir(path))]  # noqa: PTH112


def _content_name(path: Path) -> str | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        return _name_of(path.read_bytes(), path.suffix.lower())
    except OSError:
        return None


def _name_of(content: bytes, ending: str) -> str:
    return f"fn-{blake2b(content, digest_size=8).hexdigest()}{ending}"
