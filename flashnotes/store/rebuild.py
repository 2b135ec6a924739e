"""The fold of the whole log: what every state should be, from the events alone."""
# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flashnotes.garbage import not_collected
from flashnotes.models import Phase, ReviewKind
from flashnotes.scheduling import NEW
from flashnotes.scheduling.columns import STATE, state_row
from flashnotes.store import log
from flashnotes.store.rows import BLANK_STATE, assignments, names, parse_time

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterator

    from flashnotes.scheduling import Scheduler
    from flashnotes.scheduling.numbers import Numbers
    from flashnotes.store.rows import Row

_BEFORE_STATE = 6
_CRAM, _DRILL, _LEARN, _RELEARN, _REVIEW = (
    kind.value
    for kind in (ReviewKind.CRAM, ReviewKind.DRILL, ReviewKind.LEARN, ReviewKind.RELEARN, ReviewKind.REVIEW)
)
_NEW = Phase.NEW.value
_PHASE, _REPETITIONS, _FAILED_ON = 0, 3, 5
"""Places in `numbers.COLUMNS`, which is not imported until something is rebuilt."""
_AT_ONCE = 20_000
"""Reviews read, and then corrected, at a time."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found."""

    cards: int
    """Cards with events."""
    mended: int
    """Cards whose state had not been the fold of their events."""


def wrong_states(connection: sqlite3.Connection) -> int:
    """How many cards stand elsewhere than their last event left them: 0 at all times."""
    count: int = connection.execute("SELECT count(*) FROM wrong_state").fetchone()[0]
    return count


def rebuild(connection: sqlite3.Connection, scheduler: Scheduler) -> Rebuilt:
    """Fold every card's events anew and write the states that differ; inside a transaction."""
    with not_collected():
        return _rebuild(connection, scheduler)


def _rebuild(connection: sqlite3.Connection, scheduler: Scheduler) -> Rebuilt:
    from flashnotes.scheduling.numbers import has_numbers

    before = _states(connection)
    acted = {row[0] for row in connection.execute("SELECT DISTINCT card_id FROM action")}
    if has_numbers(scheduler):
        slow, after = acted, dict(_fold_numbers(connection, scheduler, acted))
    else:
        slow = acted | {row[0] for row in connection.execute("SELECT DISTINCT card_id FROM review")}
        after = {}
    for card_id in slow:
        after[card_id] = state_row(log.refold(connection, scheduler, card_id))
    return Rebuilt(len(after), _write(connection, before, after))


def _states(connection: sqlite3.Connection) -> dict[str, Row]:
    rows = connection.execute(f"SELECT id, {names(STATE)} FROM card")
    return {row[0]: tuple(row[1:]) for row in rows}


def _write(connection: sqlite3.Connection, before: dict[str, Row], after: dict[str, Row]) -> int:
    """Write the states that were not as they should be; how many."""
    blank = state_row(NEW)
    wrong = [(*after.get(id, blank), id) for id, state in before.items() if state != after.get(id, blank)]
    connection.executemany(f"UPDATE card SET {assignments(STATE)} WHERE id = ?", wrong)
    return len(wrong)


def _fold_numbers(
    connection: sqlite3.Connection, scheduler: Scheduler, left_out: Container[str]
) -> Iterator[tuple[str, Row]]:
    """The states of the cards not `left_out`; their reviews are corrected on the way."""
    from flashnotes.scheduling.numbers import COLUMNS, MEMORY_COLUMNS, new_card, state_of_numbers, step_of

    columns = COLUMNS + MEMORY_COLUMNS[type(scheduler)]
    rest = ", ".join(f"{name} = {BLANK_STATE[name]}" for name in STATE if name not in columns)
    update = f"UPDATE review SET kind = ?, {assignments(columns)}, {rest} WHERE id = ?"
    step, new = step_of(scheduler), new_card(scheduler)
    numbers: dict[str, Numbers] = {}
    days = _Days()
    for rows in _reviews(connection, columns):
        stale = []
        for row in rows:
            card_id, kind = row[1], row[5]
            if card_id in left_out:
                continue
            now = numbers.get(card_id)
            if now is None:
                now = numbers[card_id] = new.copy()
            kind_now = kind
            if kind != _CRAM:
                day = days[row[4]]
                kind_now = _kind(now, day)
                step(now, row[2], day, parse_time(row[3]))
            if kind_now != kind or row[_BEFORE_STATE:] != (*now,):
                stale.append((kind_now, *now, row[0]))
        connection.executemany(update, stale)
    for card_id, found in numbers.items():
        yield card_id, state_row(state_of_numbers(found))


def _reviews(connection: sqlite3.Connection, columns: tuple[str, ...]) -> Iterator[list[Any]]:
    """All reviews in the order of their ids, some at a time."""
    sql = (
        f"SELECT id, card_id, grade, reviewed_at, day, kind, {names(columns)} FROM review"
        " WHERE id > ? ORDER BY id LIMIT ?"
    )
    last = -1
    while rows := connection.execute(sql, (last, _AT_ONCE)).fetchall():
        yield rows
        last = rows[-1][0]


class _Days(dict[str, int]):
    """Days by their ISO date, each parsed once."""

    def __missing__(self, text: str) -> int:
        from flashnotes.scheduling.days import parse_day

        day = self[text] = parse_day(text)
        return day


def _kind(numbers: Numbers, day: int) -> str:
    """What an answer on `day` is to a card of these numbers (see `scheduling.review`)."""
    if numbers[_FAILED_ON] == day:
        return _DRILL
    if numbers[_REPETITIONS]:
        return _REVIEW
    return _LEARN if numbers[_PHASE] == _NEW else _RELEARN
