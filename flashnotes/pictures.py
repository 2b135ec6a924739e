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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from flashnotes.home import Home
    from flashnotes.models import Candidate, Card

_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]\n]*)\]\(\s*<?(?P<address>[^()<>\s]+(?:%20[^()<>\s]*)*)>?(?:\s+\"[^\"\n]*\")?\s*\)"
    r"|!\[\[(?P<name>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]"
)
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)]|\|)\s|\s*(?:Q|问)\s*[:：]")
"""Where another passage begins."""
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


class Brought(NamedTuple):
    """Candidates with their pictures."""

    candidates: tuple[Candidate, ...]
    files: dict[str, Path]
    """By the name that each gets in the home's `media/`."""
    shown: tuple[Shown, ...]
    """Every address of the note."""


def bring_pictures(candidates: Iterable[Candidate], note: Path, rows: Sequence[tuple[int, str]]) -> Brought:
    """`candidates` with the pictures of their passages below their text, as they will be in the home's `media/`.

    Only files beside or just above the note count, and a name is that of the content: a picture that changed is a text
    that changed. `rows` are the note's lines with their numbers.
    """
    named = {number: list(_PICTURE.finditer(row)) for number, row in rows if "![" in row}
    addresses = dict.fromkeys(_address(found) for each in named.values() for found in each)
    files: dict[str, Path] = {}
    shown = {address: _look_at(note, address, files) for address in addresses}
    if not files:
        return Brought(tuple(candidates), files, tuple(shown.values()))
    lines = dict(rows)
    brought = []
    for candidate in candidates:
        pictures = [
            f"![{found['alt'] or ''}](media/{name})"
            for number in _passage(candidate, lines)
            for found in named.get(number, ())
            if (name := shown[_address(found)].name)
        ]
        if pictures:
            back = "\n\n".join((candidate.back, *dict.fromkeys(pictures)))
            candidate = replace(candidate, back=back)
        brought.append(candidate)
    return Brought(tuple(brought), files, tuple(shown.values()))


def still_shown(
    note: Path, shown: Iterable[Shown], folders: dict[str, list[str]] | None = None
) -> dict[str, Path] | None:
    """The files that the addresses of an unchanged note lead to, by their names; None if one leads elsewhere now.

    `folders` remembers, for many notes in a row, which folders there are beside them.
    """
    files: dict[str, Path] = {}
    for each in shown:
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


def _look_at(note: Path, address: str, files: dict[str, Path]) -> Shown:
    """What `address` leads to; a file that comes along is put into `files`."""
    path = _beside(note, address)
    if path is None:
        return Shown(address)
    try:
        about = path.stat()
    except OSError:
        return Shown(address)
    name = _content_name(path)
    if name:
        files[name] = path
    return Shown(address, name or "", about.st_size, about.st_mtime_ns)


def _passage(candidate: Candidate, lines: Mapping[int, str]) -> Iterator[int]:
    """The numbers of the lines that `candidate` is made of: of its paragraph or item, or of the section it asks for."""
    is_section = candidate.headings[-1:] == (candidate.front,)
    yield candidate.line
    number = candidate.line + 1
    while number in lines and not lines[number].lstrip().startswith("#"):
        if not is_section and (not lines[number].strip() or _ITEM.match(lines[number])):
            return
        yield number
        number += 1


def names_pictures(note: Path) -> bool:
    """The note at the path may name a picture."""
    if note.suffix.lower() in (".docx", ".pdf"):
        return False
    try:
        data = note.read_bytes()
    except OSError:
        return False
    return b"![" in data or b"!\x00[" in data


def copy_pictures(files: Mapping[str, Path], text: str, media: Path) -> None:
    """Put those of `files` that `text` names into `media`. Raises DeckError."""
    from flashnotes.deckfile.files import replace_file

    for name, path in files.items():
        if name in text and not (media / name).exists():
            with contextlib.suppress(OSError):  # gone since it was looked at: the card keeps the address
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
    ending = path.suffix.lower()
    try:
        if path.stat().st_size > _LARGEST:
            return None
        return f"fn-{blake2b(path.read_bytes(), digest_size=8).hexdigest()}{ending}"
    except OSError:
        return None
