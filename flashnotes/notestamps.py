"""Which notes are as they were when all their cards were decided on: those are not read again.

Kept in `cache/notes.json` in the home, which may be deleted at any time: then every note is read once more.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashnotes.errors import DeckError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashnotes.home import Home
    from flashnotes.models import Moment

_FRESH_MS = 2_000
"""A file changed so lately may change again without its time telling: its content is compared next time."""
_READERS = ("notes", "rules", "extract.py", "scoring.py", "weights.py", "encodings.py", "notefiles.py")
"""What the cards of a note depend on beside the note."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A card that the person refused, as the note still offers it."""

    id: str
    kind: str
    front: str
    line: int


@dataclass(frozen=True, slots=True)
class NoteStamp:
    """What a note was when it was read, and what became of it."""

    size: int
    mtime_ns: int
    sha: str
    cards: int = 0
    """Cards of the note in the decks, not counting retired ones."""
    refused: tuple[Refusal, ...] = ()


@dataclass(slots=True)
class NoteStamps:
    """The stamps of a home's notes, by path relative to the home."""

    file: Path
    known: dict[str, NoteStamp] = field(default_factory=dict)

    def unchanged(self, place: str, path: Path) -> NoteStamp | None:
        """The stamp of the note at `path` if it is as it was: by size and time, else by content."""
        known = self.known.get(place)
        if known is None:
            return None
        try:
            about = path.stat()
            if about.st_size != known.size:
                return None
            if about.st_mtime_ns == known.mtime_ns or _sha(path) == known.sha:
                return known
        except OSError:
            return None
        return None

    def settle(self, stamps: Iterable[tuple[str, NoteStamp]], unsettled: Iterable[str]) -> None:
        """Remember `stamps`, forget those `unsettled`, and write it down. A home that cannot be written keeps none."""
        before = dict(self.known)
        self.known.update(stamps)
        for place in unsettled:
            self.known.pop(place, None)
        if self.known != before:
            self._write()

    def _write(self) -> None:
        from flashnotes.deckfile.files import replace_file

        rows = {place: asdict(stamp) for place, stamp in self.known.items()}
        text = json.dumps({"readers": _readers_mark(), "notes": rows}, ensure_ascii=False)
        try:
            replace_file(self.file, text.encode("utf-8", "surrogatepass"))
        except DeckError:
            return


def read_stamps(home: Home) -> NoteStamps:
    """The stamps kept in `home`; none if another version of the extractor made them."""
    file = home.path / "cache" / "notes.json"
    try:
        data = json.loads(file.read_bytes().decode("utf-8", "surrogatepass"))
        if data["readers"] != _readers_mark():
            return NoteStamps(file)
        return NoteStamps(file, {place: _stamp(row) for place, row in data["notes"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return NoteStamps(file)


def stamp_of(path: Path, at: Moment) -> NoteStamp | None:
    """The stamp of the note at `path` as it is now; None if it cannot be read."""
    try:
        about = path.stat()
        changed_ms = about.st_mtime_ns // 1_000_000
        return NoteStamp(
            about.st_size, about.st_mtime_ns if changed_ms + _FRESH_MS < at.ms else 0, _sha(path)
        )
    except OSError:
        return None


def _stamp(row: dict[str, Any]) -> NoteStamp:
    refused = tuple(Refusal(**each) for each in row.pop("refused"))
    return NoteStamp(**row, refused=refused)


def _sha(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=16).hexdigest()


def _readers_mark() -> str:
    """What changes whenever the extractor does."""
    package = Path(__file__).parent
    files = [file for name in _READERS for file in _sources(package / name)]
    marks = [f"{file.name} {(about := file.stat()).st_size} {about.st_mtime_ns}" for file in files]
    return blake2b("\n".join(marks).encode(), digest_size=8).hexdigest()


def _sources(path: Path) -> list[Path]:
    return sorted(path.glob("*.py")) if path.is_dir() else [path] if path.exists() else []
