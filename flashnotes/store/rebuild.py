"""The fold of the whole log: what every state should be, from the events alone."""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.scheduling import NEW
from flashnotes.store import log
from flashnotes.store.rows import STATE, marks, names, state_row

if TYPE_CHECKING:
    import sqlite3

    from flashnotes.scheduling import Scheduler


_CARD_STATE = ", ".join(f"card.{column}" for column in STATE)
_LAST_STATE = ", ".join(f"last.{column}" for column in STATE)
_WRONG_STATES = f"""
WITH event AS (
    SELECT id, card_id, {names(STATE)} FROM review UNION ALL SELECT id, card_id, {names(STATE)} FROM action
)
SELECT count(*) FROM card
LEFT JOIN (SELECT card_id, max(id), {names(STATE)} FROM event GROUP BY card_id) AS last
    ON last.card_id = card.id
WHERE CASE WHEN last.card_id IS NULL
    THEN ({_CARD_STATE}) IS NOT ({marks(STATE)})
    ELSE ({_CARD_STATE}) IS NOT ({_LAST_STATE})
END
"""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found."""

    cards: int
    """Cards with events."""
    mended: int
    """Cards whose state had not been the fold of their events."""


def rebuild(connection: sqlite3.Connection, scheduler: Scheduler) -> Rebuilt:
    """Fold every card's events anew and write the states that differ; inside a transaction."""
    before = dict(_states(connection))
    ids = [
        row[0]
        for row in connection.execute(
            "SELECT card_id FROM review UNION SELECT card_id FROM action ORDER BY card_id"
        )
    ]
    mended = 0
    for id in ids:
        mended += before.pop(id, None) != state_row(log.refold(connection, scheduler, id))
    blank = state_row(NEW)
    for id, state in before.items():
        if state != blank:
            log.set_state(connection, id, NEW)
            mended += 1
    return Rebuilt(len(ids), mended)


def wrong_states(connection: sqlite3.Connection) -> int:
    """How many cards stand elsewhere than their last event left them: 0 at all times."""
    count: int = connection.execute(_WRONG_STATES, state_row(NEW)).fetchone()[0]
    return count


def _states(connection: sqlite3.Connection) -> list[tuple[str, tuple[object, ...]]]:
    rows = connection.execute(f"SELECT id, {names(STATE)} FROM card")
    return [(row[0], tuple(row[1:])) for row in rows]
