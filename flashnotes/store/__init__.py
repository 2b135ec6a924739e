"""The database of a home: what was answered, and a mirror of the cards.

An event and the state it leads to are one transaction, on the disk before `record` returns. Reading and
answering speak SQL through the standard library, because they must be instant; SQLModel makes the tables.
"""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

import os
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Self

from flashnotes.errors import StoreError
from flashnotes.models import DECK_MARK, CardId, Moment, deck_id
from flashnotes.scheduling.columns import STATE
from flashnotes.store import log, mirror, queue
from flashnotes.store.cards import Cards
from flashnotes.store.connection import SCHEMA, connect, explained, version_of, writing
from flashnotes.store.log import Answer, HomeId, Rules
from flashnotes.store.meeting import Meeting
from flashnotes.store.mirror import Claimed, DeckFile, Stamp
from flashnotes.store.plans import Planning
from flashnotes.store.queue import DeckCounts, DoneToday, DueCounts, Selection
from flashnotes.store.rebuild import Rebuilt, rebuild, wrong_states
from flashnotes.store.rows import REVIEW, names, review_of, state_of
from flashnotes.store.views import Views

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from flashnotes.models import (
        Action,
        ActionKind,
        Day,
        Deck,
        Event,
        Review,
        ScheduleState,
    )
    from flashnotes.scheduling.queue import Limits, StudyQueue, Waiting

__all__ = [
    "Answer",
    "Claimed",
    "DeckCounts",
    "DeckFile",
    "DoneToday",
    "DueCounts",
    "Rules",
    "Selection",
    "Stamp",
    "Store",
]

_ANSWERS = """
SELECT CAST(strftime('%s', reviewed_at) AS integer) * 1000 + CAST(substr(reviewed_at, 21, 3) AS integer),
    rating, kind, duration_ms, interval, drilling, ease, difficulty
FROM review WHERE card_id = ? ORDER BY id
"""


class Store(Cards, Meeting, Planning, Views):
    """An open database. Safe to use from several threads; other programs may write it meanwhile."""

    def __init__(self, path: Path, connection: sqlite3.Connection, rules: Rules) -> None:
        self.path = path
        self.rules = rules
        self._connection = connection
        self._lock = RLock()
        with explained(path):
            uuid, number, self._folded_with = connection.execute(
                "SELECT uuid, number, scheduler FROM home"
            ).fetchone()
        self.home = HomeId(uuid, number)
        self._file = _identity(path)
        self._version = self._data_version()

    @classmethod
    def open(cls, path: Path, rules: Rules, *, at: Moment) -> Self:
        """Open the database at `path`, making it where there is none and migrating an older one.

        Raises StoreError for one that is damaged, newer, locked or out of reach; it stays as it is.
        """
        if not os.path.lexists(path):
            from flashnotes.store.migrations import create

            create(path, repr(rules.scheduler), at)
        connection = connect(path)
        try:
            if version_of(connection) != SCHEMA:
                from flashnotes.store.migrations import migrate

                migrate(connection, path, lambda: _back_up(connection, path, at))
            store = cls(path, connection, rules)
            store._follow()
        except BaseException:
            connection.close()
            raise
        return store

    def follow(self, rules: Rules) -> None:
        """Go by other rules from now on; under another scheduler every state is folded anew."""
        self.rules = rules
        self._follow()

    def _follow(self) -> None:
        if os.access(self.path, os.W_OK):
            self._refold_for_another_scheduler()
            self._mirror_other_sides()

    def _refold_for_another_scheduler(self) -> None:
        """States are the fold under the settings of today: another scheduler folds the log anew."""
        wanted = repr(self.rules.scheduler)
        if self._folded_with == wanted:
            return
        with self._writing() as connection:
            rebuild(connection, self.rules.scheduler)
            connection.execute("UPDATE home SET scheduler = ?", (wanted,))
        self._folded_with = wanted

    def _mirror_other_sides(self) -> None:
        """Which cards are asked both ways is a setting, and so is what of them is mirrored."""
        both_ways = self.rules.both_ways
        with self._reading() as connection:
            if mirror.is_mirrored(connection, both_ways=both_ways):
                return
        with self._writing() as connection:
            mirror.mirror_other_sides(connection, both_ways=both_ways)

    def rebuild(self) -> Rebuilt:
        """Fold every state anew from the events; how many there were, and how many states had been wrong."""
        with self._writing() as connection:
            return rebuild(connection, self.rules.scheduler)

    def wrong_states(self) -> int:
        """How many cards stand elsewhere than their last event left them: 0 at all times."""
        with self._reading() as connection:
            return wrong_states(connection)

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing for a sound one."""
        with self._reading() as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(10)")]
        return [] if found == ["ok"] else found

    def changed_elsewhere(self) -> bool:
        """Whether another program has written since this was last asked."""
        before, self._version = self._version, self._data_version()
        return before != self._version

    def _data_version(self) -> int:
        with self._reading() as connection:
            version: int = connection.execute("PRAGMA data_version").fetchone()[0]
        return version

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file as far as nobody is in the way: for between cards."""
        with self._reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def back_up(self, at: Moment) -> Path:
        """Copy the database into the home's `backups`, through SQLite's own copying."""
        with self._reading() as connection:
            return _back_up(connection, self.path, at)

    def back_up_if_changed(self, at: Moment) -> Path | None:
        """Back up and thin the backups, unless the newest holds the same events: for the end of a session."""
        from flashnotes.store.backup import back_up_if_changed

        with self._reading() as connection:
            return back_up_if_changed(connection, self.path.parent / "backups", at)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, explained(self.path):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, explained(self.path):
            if _identity(self.path) != self._file:
                raise StoreError(
                    f"{self.path}: was replaced by another file meanwhile. Nothing was saved; start again."
                )
            with writing(self._connection):
                yield self._connection

    # The mirror of the decks

    def known_files(self) -> dict[str, Stamp]:
        """The deck files mirrored, by path."""
        with self._reading() as connection:
            return mirror.known_files(connection)

    def sync(self, changed: Sequence[DeckFile], gone: Iterable[str] = ()) -> tuple[Claimed, ...]:
        """Mirror deck files that changed and forget those gone, all or nothing; the ids claimed twice."""
        gone = tuple(gone)
        if not changed and not gone:
            return ()
        with self._writing() as connection:
            return mirror.mirror(connection, changed, gone, both_ways=self.rules.both_ways)

    def mirror(self, path: str, stamp: Stamp, deck: Deck) -> tuple[Claimed, ...]:
        """Mirror one deck file."""
        return self.sync([DeckFile(path, stamp, deck)])

    def forget(self, path: str) -> None:
        """Take a deck file's cards out of study; their history stays."""
        self.sync([], [path])

    # States

    def state(self, card_id: str) -> ScheduleState:
        """What the card's events add up to. Raises StoreError for a card never seen."""
        with self._reading() as connection:
            return log.current_state(connection, card_id)

    def all_states(self) -> dict[CardId, ScheduleState]:
        """The states of all cards that have events."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT id, {names(STATE)} FROM card WHERE id IN"
                " (SELECT card_id FROM review UNION SELECT card_id FROM action) AND id NOT LIKE ?",
                (f"{DECK_MARK}%",),
            ).fetchall()
        return {CardId(row[0]): state_of(row[1:]) for row in rows}

    # What is to do

    def due_counts(self, day: Day, now_ms: int) -> DueCounts:
        """How many cards are new, in learning and due on `day`, by deck, before the day's limits."""
        with self._reading() as connection:
            return queue.due_counts(connection, day, now_ms)

    def done_on(self, day: Day) -> DoneToday:
        """What was answered on `day`."""
        with self._reading() as connection:
            return queue.done_on(connection, day)

    def study_queue(self, selection: Selection, day: Day, now_ms: int, limits: Limits) -> StudyQueue:
        """What is to be asked on `day`, within `limits`."""
        with self._reading() as connection:
            return queue.study_queue(connection, selection, day, now_ms, limits)

    def next_due(self, selection: Selection, day: Day) -> tuple[Day, int] | None:
        """The first day after `day` on which cards are due, and how many."""
        with self._reading() as connection:
            return queue.next_due(connection, selection, day)

    def everything(self, selection: Selection) -> tuple[Waiting, ...]:
        """Every card that is not suspended or retired, in the order of the decks."""
        with self._reading() as connection:
            return tuple(queue.everything(connection, selection))

    # Events

    def record(self, answer: Answer) -> Review:
        """Append an answer and move its card's state on: one transaction, on the disk when this returns."""
        with self._writing() as connection:
            return log.record(connection, self.home, self.rules, answer)

    def perform(self, card_id: str, kind: ActionKind, value: int = 0, *, at: Moment) -> Action:
        """Append an action; `value` is the day of a bury or set due, or the flag."""
        with self._writing() as connection:
            return log.perform(connection, self.home, self.rules, CardId(card_id), (kind, value, at))

    def perform_each(
        self, cards: Iterable[CardId], kind: ActionKind, value: int = 0, *, at: Moment
    ) -> list[Action]:
        """Append one action for each of `cards`, all or none."""
        with self._writing() as connection:
            return [
                log.perform(connection, self.home, self.rules, card_id, (kind, value, at))
                for card_id in cards
            ]

    def perform_on_deck(self, deck: str, kind: ActionKind, value: int, *, at: Moment) -> Action:
        """Append an action on a whole deck, the empty name standing for all: an exam's day or days of catching up."""
        card_id = deck_id(deck)
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO card (id) VALUES (?)", (card_id,))
            return log.perform(connection, self.home, self.rules, card_id, (kind, value, at))

    def undo(self, at: Moment) -> Event | None:
        """Take back this home's last event; None when there is none."""
        with self._writing() as connection:
            return log.undo(connection, self.home, self.rules, at)

    def last_event(self) -> Event | None:
        """What `undo` would take back."""
        with self._reading() as connection:
            return log.last_event(connection, self.home)

    def history(self, card_id: str) -> list[Event]:
        """The card's events, oldest first."""
        with self._reading() as connection:
            return list(log.events_of(connection, card_id))

    def reviews(self) -> Iterator[Review]:
        """Every review, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(f"SELECT {names(REVIEW)} FROM review ORDER BY id").fetchall()
        return map(review_of, rows)

    def answers(self, card_id: str) -> list[tuple[int, int, str, int, int, int, int | None, float | None]]:
        """A card's reviews, oldest first, as a package takes them.

        Milliseconds since 1970, rating, kind, duration; of the state after it interval, drilling, ease, difficulty.
        """
        with self._reading() as connection:
            return connection.execute(_ANSWERS, (card_id,)).fetchall()

    def last_moment(self) -> Moment | None:
        """When the last event of this home was made, by the clock of then."""
        event = self.last_event()
        return event.at if event else None


def _back_up(connection: sqlite3.Connection, path: Path, at: Moment) -> Path:
    from flashnotes.store.backup import back_up

    return back_up(connection, path.parent / "backups", at)


def _identity(path: Path) -> tuple[int, int]:
    """What tells one file from another put in its place."""
    try:
        status = path.stat()
    except OSError as error:
        raise StoreError(f"{path}: is gone ({error.strerror}). Nothing was saved.") from error
    return status.st_dev, status.st_ino
