"""Note files on the disk: found in folders, read with care, every refusal in words."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.errors import NoteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashnotes.notes import Note

SUFFIXES = (".md", ".markdown", ".mdx", ".txt")
LARGEST = 64 * 2**20
"""Bytes; a larger file is data, not a note."""
_SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__"))


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths that a person named hold: note files in order, and what was passed over, in words."""

    notes: tuple[Path, ...]
    skipped: tuple[str, ...]


def find_notes(paths: Iterable[Path]) -> Found:
    """The note files among and under `paths`, each once; hidden folders are not entered.

    Raises NoteError for a path that is not there or is neither file nor folder.
    """
    notes: dict[Path, None] = {}
    skipped: list[str] = []
    for path in paths:
        if path.is_dir():
            notes.update(dict.fromkeys(_walk(path, skipped)))
        elif path.is_file():
            notes[path] = None
        elif path.exists():
            raise NoteError(f"{path}: is neither a file nor a folder. Name a note file or a folder of notes.")
        else:
            raise NoteError(f"{path}: is not there. Check the name.")
    return Found(tuple(notes), tuple(skipped))


def _walk(folder: Path, skipped: list[str]) -> Iterator[Path]:
    """The note files under `folder`, sorted; no folder is entered twice, whatever links to it."""
    seen: set[tuple[int, int]] = set()
    stack = [folder]
    while stack:
        entries = _entries(stack.pop(), seen, skipped)
        for entry in entries:
            path = Path(entry.path)
            if path.suffix.lower() in SUFFIXES and not _is_folder(entry):
                if reason := _unfit(path):
                    skipped.append(f"{path}: skipped, {reason}.")
                else:
                    yield path
        stack.extend(Path(entry.path) for entry in reversed(entries) if _is_folder(entry))


def _entries(folder: Path, seen: set[tuple[int, int]], skipped: list[str]) -> list[os.DirEntry[str]]:
    """What is to be looked at in `folder`, sorted: nothing hidden, and nothing of a folder `seen` before."""
    try:
        about = folder.stat()
        place = (about.st_dev, about.st_ino)
        if place in seen:
            return []
        seen.add(place)
        return sorted(
            (e for e in os.scandir(folder) if not e.name.startswith(".") and e.name not in _SKIPPED_FOLDERS),
            key=lambda entry: entry.name,
        )
    except OSError as error:
        skipped.append(f"{folder}: skipped, cannot be read ({error.strerror}).")
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _unfit(path: Path) -> str:
    """Why `path` cannot be a note, or nothing."""
    try:
        about = path.stat()
    except OSError as error:
        return "a link that leads nowhere" if path.is_symlink() else f"cannot be read ({error.strerror})"
    if not stat.S_ISREG(about.st_mode):
        return "not a regular file"
    if about.st_size > LARGEST:
        return f"larger than {LARGEST // 2**20} MiB"
    return "" if os.access(path, os.R_OK) else "cannot be read (permission denied)"


def read_text(path: Path) -> str:
    """The text of the note file at `path`: UTF-8, with or without a byte order mark.

    Raises NoteError naming the file and, for other encodings, the byte.
    """
    if path.exists() and (reason := _unfit(path)):
        raise NoteError(f"{path}: {reason}. Name another file.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NoteError(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoteError(
            f"{path}: byte {error.start} (0x{data[error.start]:02x}) is not UTF-8. {_remedy(data)}"
        ) from error


def _remedy(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "It looks like UTF-16: save it as UTF-8."
    if b"\x00" in data[:4096]:
        return "It looks like a binary file: name a text file."
    return "Save it as UTF-8 (iconv -f GB18030 -t UTF-8 helps with older Chinese files)."


def read_note(path: Path) -> Note:
    """The note in the file at `path`. Raises NoteError as `read_text` does."""
    from flashnotes.notes import parse_note

    return parse_note(read_text(path), path=str(path))
