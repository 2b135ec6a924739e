"""Which notes are as they were when they were last imported: those are not read again."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from flashnotes.importing import Mention, Unread
from flashnotes.models import Candidate, CardKind
from flashnotes.pictures import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from flashnotes.importcache import Cache
    from flashnotes.models import Moment

_FRESH_MS = 2_000
"""A file changed so lately may change again without its time telling: its content is compared next time."""
_CANDIDATE = tuple(each.name for each in fields(Candidate))


class Remembered(NamedTuple):
    """What the rules found in a note that is still to be decided on, or that leans on a card of another note."""

    candidates: tuple[Candidate, ...] = ()
    doubles: tuple[int, ...] = ()
    """The places in it of those behind the doubles of `Unread`, in the same order."""
    deck: str | None = None
    tags: tuple[str, ...] = ()


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
    mark: int = 0
    """Of its cards in the decks, not counting retired ones."""
    unread: Unread = field(default_factory=Unread)
    found: Remembered = field(default_factory=Remembered)
    pictures: tuple[Shown, ...] = ()
    """What the addresses of pictures in it led to."""

    def fits(self, encoding: str | None, least: float) -> bool:
        """Reading it in this way would tell no more."""
        return self.encoding == (encoding or "") and self.least <= least


@dataclass(slots=True)
class NoteStamps:
    """The stamps of a home's notes, by path relative to the home."""

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

    def remember(self, stamps: Mapping[str, NoteStamp], forgotten: Iterable[str], cache: Cache) -> None:
        """Write down `stamps` where they are not as they were known, and that nothing is known of `forgotten`."""
        changed = {place: stamp for place, stamp in stamps.items() if self.known.get(place) != stamp}
        gone = [place for place in forgotten if place in self.known]
        self.known.update(changed)
        for place in gone:
            del self.known[place]
        with cache:
            if cache.connection is not None and (changed or gone):
                _write(cache.connection, changed, gone)


def _write(connection: sqlite3.Connection, changed: Mapping[str, NoteStamp], gone: Iterable[str]) -> None:
    """A note whose name the database cannot hold, or a database that is locked, is read again next time."""
    rows = []
    for place, stamp in changed.items():
        try:
            place.encode()
        except UnicodeEncodeError:
            continue
        rows.append((place, *_row(stamp)))
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("DELETE FROM note WHERE path = ?", [(place,) for place in gone])
        connection.executemany("REPLACE INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
    except sqlite3.DatabaseError:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def read_stamps(cache: Cache) -> NoteStamps:
    """The stamps kept; what of them cannot be read is as if it were not there."""
    stamps = NoteStamps()
    with cache:
        if cache.connection is None:
            return stamps
        try:
            rows = cache.connection.execute("SELECT * FROM note").fetchall()
        except sqlite3.DatabaseError:
            return stamps
    for place, *row in rows:
        try:
            stamps.known[place] = _stamp(row)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return stamps


def stamp_of(path: Path, at: Moment, *, encoding: str | None, least: float) -> NoteStamp | None:
    """The stamp of the note at `path` as it is now; None if it cannot be read."""
    try:
        about = path.stat()
        return NoteStamp(about.st_size, _lasting(about.st_mtime_ns, at), _sha(path), encoding or "", least)
    except OSError:
        return None


def _lasting(mtime_ns: int, at: Moment) -> int:
    """The time of a change if it is long enough ago to tell of the next one; else none."""
    return mtime_ns if mtime_ns // 1_000_000 + _FRESH_MS < at.ms else 0


def _stamp(row: list[Any]) -> NoteStamp:
    size, mtime_ns, sha, encoding, least, mark, text = row
    scores, doubles, refused, found, pictures = json.loads(text)
    said = _remembered(found) if found else Remembered()
    if len(said.doubles) != len(doubles):
        raise ValueError("a note's doubles are not all there")
    return NoteStamp(
        size,
        mtime_ns,
        sha,
        encoding,
        least,
        mark,
        Unread(scores, tuple(Mention(*each) for each in doubles), tuple(Mention(*each) for each in refused)),
        said,
        tuple(Shown(*each) for each in pictures),
    )


def _remembered(found: list[Any]) -> Remembered:
    candidates, doubles, deck, tags = found
    return Remembered(tuple(map(_candidate, candidates)), tuple(doubles), deck, tuple(tags))


def _row(stamp: NoteStamp) -> tuple[Any, ...]:
    """`stamp` as the database has it; what `_stamp` reads."""
    unread, found = stamp.unread, stamp.found
    kept = found != Remembered() and (
        [[getattr(each, name) for name in _CANDIDATE] for each in found.candidates],
        found.doubles,
        found.deck,
        found.tags,
    )
    return (
        stamp.size,
        stamp.mtime_ns,
        stamp.sha,
        stamp.encoding,
        stamp.least,
        stamp.mark,
        json.dumps((unread.scores, unread.doubles, unread.refused, kept, stamp.pictures)),
    )


def _candidate(row: list[Any]) -> Candidate:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row[1:]]
    return Candidate(CardKind(row[0]), *values)


def _sha(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=16).hexdigest()
