"""Which notes are as they were when all their cards were decided on: those are not read again.

Kept in `cache/notes.json` in the home, which may be deleted at any time: then every note is read once more.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flashnotes.cards import is_as_extracted
from flashnotes.errors import DeckError
from flashnotes.importing import Mention, Unread
from flashnotes.models import Candidate, CardKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flashnotes.home import Home
    from flashnotes.models import Card, Moment

_FRESH_MS = 2_000
"""A file changed so lately may change again without its time telling: its content is compared next time."""
_OURS = (".", "notes", "rules", "documents")
"""Folders of the code that the cards of a note depend on."""
_THEIRS = ("pyromark", "mammoth", "pypdf", "charset_normalizer")
"""And packages."""
_CANDIDATE = tuple(each.name for each in fields(Candidate))


class Remembered(NamedTuple):
    """What the rules found in a note of which something is left to decide, or that leans on another."""

    candidates: tuple[Candidate, ...]
    deck: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteStamp:
    """What a note was when it was read, how it was read, and what became of it."""

    size: int
    mtime_ns: int
    sha: str
    encoding: str = ""
    """The one that was named."""
    least: float = 0.0
    """The least score of what was offered."""
    is_settled: bool = False
    """All that it holds is decided on."""
    cards: str = ""
    """A hash of its cards in the decks, not counting retired ones."""
    unread: Unread = field(default_factory=Unread)
    found: Remembered | None = None
    """None where it need not be looked at again until it changes."""

    def fits(self, encoding: str | None, least: float) -> bool:
        """Reading it in this way would tell no more."""
        return self.encoding == (encoding or "") and self.least <= least


@dataclass(slots=True)
class NoteStamps:
    """The stamps of a home's notes, by path relative to the home."""

    file: Path
    known: dict[str, NoteStamp] = field(default_factory=dict)

    def unchanged(self, place: str, path: Path, at: Moment) -> NoteStamp | None:
        """The stamp of the note at `path` if it is as it was: by size and time, else by content."""
        known = self.known.get(place)
        if known is None:
            return None
        try:
            about = path.stat()
            if about.st_size != known.size:
                return None
            if about.st_mtime_ns == known.mtime_ns:
                return known
            if _sha(path) != known.sha:
                return None
        except OSError:
            return None
        return replace(known, mtime_ns=_lasting(about.st_mtime_ns, at))

    def settle(self, stamps: Mapping[str, NoteStamp], unsettled: Iterable[str]) -> None:
        """Remember `stamps`, forget those `unsettled`, and write it down. A home that cannot be written keeps none."""
        before = dict(self.known)
        self.known.update(stamps)
        for place in unsettled:
            self.known.pop(place, None)
        if self.known != before:
            self._write()

    def _write(self) -> None:
        from flashnotes.deckfile.files import replace_file

        rows = {place: _row(stamp) for place, stamp in self.known.items()}
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


def stamp_of(path: Path, at: Moment, *, encoding: str | None, least: float) -> NoteStamp | None:
    """The stamp of the note at `path` as it is now; None if it cannot be read."""
    try:
        about = path.stat()
        return NoteStamp(about.st_size, _lasting(about.st_mtime_ns, at), _sha(path), encoding or "", least)
    except OSError:
        return None


def cards_mark(cards: Iterable[Card]) -> str:
    """What changes whenever one of `cards` is edited, deleted or restored."""
    rows = sorted(
        f"{card.id} {card.kind} {card.extracted} {is_as_extracted(card)} {card.source}" for card in cards
    )
    return _hash("\n".join(rows).encode("utf-8", "surrogatepass"))


def _lasting(mtime_ns: int, at: Moment) -> int:
    """The time of a change if it is long enough ago to tell of the next one; else none."""
    return mtime_ns if mtime_ns // 1_000_000 + _FRESH_MS < at.ms else 0


def _stamp(row: dict[str, Any]) -> NoteStamp:
    unread = row.pop("unread")
    mentions = (tuple(Mention(*each) for each in unread[name]) for name in ("doubles", "refused"))
    kept = row.pop("found")
    found = None if kept is None else Remembered(tuple(map(_candidate, kept[0])), kept[1], tuple(kept[2]))
    return NoteStamp(**row, unread=Unread(unread["scores"], *mentions), found=found)


def _row(stamp: NoteStamp) -> dict[str, Any]:
    """`stamp` as JSON has it; what `_stamp` reads."""
    row = {each.name: getattr(stamp, each.name) for each in fields(stamp)}
    unread = stamp.unread
    row["unread"] = {"scores": unread.scores, "doubles": unread.doubles, "refused": unread.refused}
    if stamp.found is not None:
        candidates = [
            [getattr(candidate, name) for name in _CANDIDATE] for candidate in stamp.found.candidates
        ]
        row["found"] = (candidates, *stamp.found[1:])
    return row


def _candidate(row: list[Any]) -> Candidate:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row[1:]]
    return Candidate(CardKind(row[0]), *values)


def _sha(path: Path) -> str:
    return _hash(path.read_bytes())


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _readers_mark() -> str:
    """What changes whenever the extractor does, by an upgrade or by hand."""
    package = Path(__file__).parent
    files = [file for folder in _OURS for file in sorted((package / folder).glob("*.py"))]
    specs = [spec for name in _THEIRS if (spec := find_spec(name)) and spec.origin]
    files += [Path(spec.origin) for spec in specs if spec.origin]
    marks = [f"{file} {(about := file.stat()).st_size} {about.st_mtime_ns}" for file in files]
    return _hash("\n".join([sys.version, *marks]).encode("utf-8", "surrogatepass"))
