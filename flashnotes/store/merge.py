"""Two homes of one person: the union of their events, folded anew.

An event has one id wherever it is, and an event taken back is remembered as such, so the merged log is a plain
union: whichever home merges first, and however often, the outcome is the same. Deck files travel by other ways.
"""
# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.errors import StoreError
from flashnotes.store import log
from flashnotes.store.doubled import take_doubles_back
from flashnotes.store.rebuild import rebuild
from flashnotes.store.rows import ACTION, REVIEW, marks, names

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from flashnotes.scheduling import Scheduler
    from flashnotes.store.log import HomeId
    from flashnotes.store.rows import Row

UNDONE = ("id", "card_id", "what", "event", "undone_at", "source")
_COLUMNS = {"review": REVIEW, "action": ACTION, "undone": UNDONE}
_FIELDS = {"review": "reviews", "action": "actions", "undone": "undone"}
_ALL_AT_ONCE = 2_000
"""So many changed cards are folded one by one; more are quicker done with all the others."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought."""

    reviews: int = 0
    actions: int = 0
    undone: int = 0
    """Events that the other home had taken back."""
    cards: int = 0
    """Cards whose schedule may have moved."""
    doubled: int = 0
    """Answers that had come by way of Anki to one of the homes as well, and now count once."""


def merge(
    ours: sqlite3.Connection, theirs: sqlite3.Connection, scheduler: Scheduler, *, strangers: bool = False
) -> Merged:
    """Take the other home's events in; inside a transaction on `ours`.

    Raises StoreError for homes that have nothing in common, unless `strangers` may meet.
    """
    if not strangers:
        _check_acquainted(ours, theirs)
    new = {table: list(_unknown(ours, theirs, table)) for table in _COLUMNS}
    _make_room(ours, (row[1] for rows in new.values() for row in rows))
    taken_back = _take_back(ours, new["undone"])
    for table, columns in _COLUMNS.items():
        ours.executemany(f"INSERT INTO {table} ({names(columns)}) VALUES ({marks(columns)})", new[table])
    met = {row[1] for rows in new.values() for row in rows}
    doubles = take_doubles_back(ours, met) if met else {}
    changed = taken_back | doubles.keys() | {row[1] for table in ("review", "action") for row in new[table]}
    _fold(ours, scheduler, changed)
    counts = {field: len(new[table]) for table, field in _FIELDS.items()}
    return Merged(**counts, cards=len(changed), doubled=sum(doubles.values()))


def _check_acquainted(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> None:
    """Two people's reviews are not to be mixed by accident: homes know each other by an event they share."""
    our_sources, their_sources = _sources(ours), _sources(theirs)
    if not our_sources or not their_sources or our_sources & their_sources:
        return
    raise StoreError(
        "these two homes have never been merged and may belong to two people. "
        "If both are yours, say so once (--first); nothing was changed."
    )


def _sources(connection: sqlite3.Connection) -> set[str]:
    """The homes whose events are here; this one only if it has any."""
    return {
        row[0] for table in _COLUMNS for row in connection.execute(f"SELECT DISTINCT source FROM {table}")
    }


def _unknown(ours: sqlite3.Connection, theirs: sqlite3.Connection, table: str) -> Iterator[Row]:
    """The other home's rows that are neither here nor taken back here."""
    known = {row[0] for row in ours.execute(f"SELECT id FROM {table} UNION SELECT id FROM undone")}
    columns = _COLUMNS[table]
    for row in theirs.execute(f"SELECT {names(columns)} FROM {table} ORDER BY id"):
        if row[0] not in known:
            yield row


def _make_room(ours: sqlite3.Connection, card_ids: Iterable[str]) -> None:
    """A row for each card whose deck has not come here yet: its history waits for it."""
    ours.executemany("INSERT OR IGNORE INTO card (id) VALUES (?)", ((id,) for id in set(card_ids)))


def _take_back(ours: sqlite3.Connection, undone: list[Row]) -> set[str]:
    """Remove the events that the other home took back; the cards they were of."""
    changed = set()
    for id, card_id, what, *_ in undone:
        table = "review" if what == "review" else "action"
        if ours.execute(f"DELETE FROM {table} WHERE id = ?", (id,)).rowcount:
            changed.add(card_id)
    return changed


def _fold(ours: sqlite3.Connection, scheduler: Scheduler, card_ids: set[str]) -> None:
    if len(card_ids) > _ALL_AT_ONCE:
        rebuild(ours, scheduler)
        return
    for card_id in card_ids:
        log.refold(ours, scheduler, card_id)


def settle_numbers(ours: sqlite3.Connection, theirs: sqlite3.Connection, home: HomeId, drawn: int) -> int:
    """The number of our home, `drawn` anew where the other home happens to have the same one."""
    uuid, number = theirs.execute("SELECT uuid, number FROM home").fetchone()
    if uuid == home.uuid or number != home.number:
        return home.number
    settled = drawn if drawn != number else number ^ 1
    ours.execute("UPDATE home SET number = ?", (settled,))
    return settled
