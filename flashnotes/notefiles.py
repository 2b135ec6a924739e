"""Note files on the disk: found in folders, read with care, every refusal in words."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.encodings import decode
from flashnotes.errors import NoteError
from flashnotes.notes.habits import resolve_habits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashnotes.notes import Note, Rendered

PAGES = (".html", ".htm", ".xhtml")
DOCUMENTS = (".docx", ".pdf")
SUFFIXES = (".md", ".markdown", ".mdx", ".txt", ".ipynb", *PAGES, *DOCUMENTS)
_IN_FOLDERS = tuple(suffix for suffix in SUFFIXES if suffix != ".pdf")
"""A PDF is read when it is named: most that lie in a folder of notes are other people's papers."""
LARGEST = 64 * 2**20
"""Bytes; a larger file is data, not a note."""
_UNREADABLE = "cannot be read"
_SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__"))


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths that a person named hold: note files in order, and what was passed over, in words."""

    notes: tuple[Path, ...]
    skipped: tuple[str, ...]
    """What is no note: links that lead nowhere, pipes, data."""
    refused: tuple[str, ...] = ()
    """What may be one and cannot be read."""


def find_notes(paths: Iterable[Path]) -> Found:
    """The note files among and under `paths`, each once; hidden folders are not entered.

    Raises NoteError for a path that is not there or is neither file nor folder.
    """
    notes: dict[Path, None] = {}
    walk = _Walk()
    for path in paths:
        if path.is_dir():
            notes.update(dict.fromkeys(walk.notes_in(path)))
        elif path.is_file():
            if path.suffix.lower() not in SUFFIXES:
                raise NoteError(f"{path}: is no note ({' '.join(SUFFIXES)}). Give it one of these endings.")
            notes[path] = None
        elif path.exists():
            raise NoteError(f"{path}: is neither a file nor a folder. Name a note file or a folder of notes.")
        else:
            raise NoteError(f"{path}: is not there. Check the name.")
    return Found(tuple(notes), tuple(walk.skipped), tuple(walk.refused))


@dataclass(slots=True)
class _Walk:
    """A way through folders, with what was passed over."""

    skipped: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def notes_in(self, folder: Path) -> Iterator[Path]:
        """The note files under `folder`, sorted; no folder is entered twice, whatever links to it."""
        seen: set[tuple[int, int]] = set()
        stack = [folder]
        while stack:
            entries = self._entries(stack.pop(), seen)
            for entry in entries:
                if entry.name.lower().endswith(_IN_FOLDERS) and not _is_folder(entry):
                    path = Path(entry.path)
                    if self._is_fit(path):
                        yield path
            pages = {_stem(entry.name) for entry in entries if entry.name.lower().endswith(PAGES)}
            folders = (entry for entry in reversed(entries) if _is_folder(entry))
            stack.extend(
                Path(entry.path) for entry in folders if entry.name.removesuffix("_files") not in pages
            )

    def _is_fit(self, path: Path) -> bool:
        if reason := _unfit(path):
            if _UNREADABLE in reason:
                self.refused.append(f"{path}: {reason}. Give yourself the right to read it.")
            else:
                self.skipped.append(f"{path}: skipped, {reason}.")
        return not reason

    def _entries(self, folder: Path, seen: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
        """What is to be looked at in `folder`, sorted: nothing hidden, and nothing of a folder `seen` before."""
        try:
            about = folder.stat()
            place = (about.st_dev, about.st_ino)
            if place in seen:
                return []
            seen.add(place)
            return sorted(
                (
                    e
                    for e in os.scandir(folder)
                    if not e.name.startswith(".") and e.name not in _SKIPPED_FOLDERS
                ),
                key=lambda entry: entry.name,
            )
        except OSError as error:
            self.refused.append(
                f"{folder}: {_UNREADABLE} ({error.strerror}). Give yourself the right to read it."
            )
            return []


def _stem(name: str) -> str:
    """The name of a saved page, whose pictures a browser puts into the folder of that name and `_files`."""
    return name.rpartition(".")[0]


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
        return "a link that leads nowhere" if path.is_symlink() else f"{_UNREADABLE} ({error.strerror})"
    if not stat.S_ISREG(about.st_mode):
        return "not a regular file"
    if about.st_size > LARGEST:
        return f"larger than {LARGEST // 2**20} MiB"
    return "" if os.access(path, os.R_OK) else f"{_UNREADABLE} (permission denied)"


def read_bytes(path: Path) -> bytes:
    """What the note file at `path` holds. Raises NoteError."""
    if path.exists() and (reason := _unfit(path)):
        raise NoteError(f"{path}: {reason}. Name another file.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoteError(f"{path}: cannot be read ({error.strerror}).") from error


def read_rendered(path: Path, encoding: str | None = None) -> Rendered:
    """The note file at `path` as Markdown; text is UTF-8, or in `encoding` where it is not.

    Raises NoteError that names the file and what to do.
    """
    data = read_bytes(path)
    suffix = path.suffix.lower()
    if suffix in DOCUMENTS:
        from flashnotes.documents import render_document

        return render_document(data, path)
    text = decode(data, path, encoding)
    if suffix == ".ipynb":
        from flashnotes.notes.notebook import render_notebook

        if (notebook := render_notebook(text)) is None:
            raise NoteError(f"{path}: is no Jupyter notebook. Save it from Jupyter again.")
        return notebook
    if suffix in PAGES:
        from flashnotes.notes.page import render_page

        return render_page(text)
    return resolve_habits(text, name=path.stem)


def read_note(path: Path, encoding: str | None = None) -> Note:
    """The note in the file at `path`. Raises NoteError as `read_rendered` does."""
    from flashnotes.notes import parse_note

    rendered = read_rendered(path, encoding)
    note = parse_note(rendered.text, path=str(path))
    if not (rendered.lines or rendered.tags):
        return note
    return replace(note, tags=tuple(dict.fromkeys((*note.tags, *rendered.tags))), lines=rendered.lines)


def read_lines(path: Path, encoding: str | None = None) -> list[tuple[int, str]]:
    """The note at `path` as Markdown, each line with its number in the file. Raises NoteError."""
    return lines_of(read_rendered(path, encoding))


def lines_of(rendered: Rendered) -> list[tuple[int, str]]:
    """The lines of a note as Markdown, each with its number in the file."""
    rows = rendered.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [(rendered.line_of(number), row) for number, row in enumerate(rows, start=1)]
