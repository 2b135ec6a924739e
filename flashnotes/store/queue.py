"""What there is to study: counts and ids, by deck and day."""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.scheduling.days import iso_day
from flashnotes.scheduling.queue import LEARN_AHEAD_MS, StudyQueue, Waiting, build_queue

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from flashnotes.models import Day
    from flashnotes.scheduling.queue import Limits

_SHOWN = "active = 1 AND suspended = 0 AND (buried_until IS NULL OR buried_until <= :day)"
_LEARNS = f"((drilling = 1 AND failed_on IS :day) OR coalesce(due_at <= :now + {LEARN_AHEAD_MS}, 0))"
_COMES_DUE = "(coalesce(due_day <= :day, 0) AND NOT (drilling = 1 AND failed_on IS :day))"
_IS_NEW = f"{_SHOWN} AND phase = 'new'"
_IS_LEARNING = f"{_SHOWN} AND ((drilling = 1 AND failed_on = :day) OR due_at <= :now + {LEARN_AHEAD_MS})"
_IS_DUE = f"{_SHOWN} AND due_day <= :day AND NOT (drilling = 1 AND failed_on = :day)"


@dataclass(frozen=True, slots=True)
class DeckCounts:
    """What a deck holds for today, before the day's limits."""

    deck: str
    new: int = 0
    learning: int = 0
    due: int = 0


@dataclass(frozen=True, slots=True)
class DueCounts:
    """What all decks hold for today, before the day's limits."""

    decks: tuple[DeckCounts, ...]
    """Those with anything to do, by name."""

    @property
    def new(self) -> int:
        return sum(deck.new for deck in self.decks)

    @property
    def learning(self) -> int:
        return sum(deck.learning for deck in self.decks)

    @property
    def due(self) -> int:
        return sum(deck.due for deck in self.decks)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cards are meant: all where nothing is said."""

    decks: tuple[str, ...] = ()
    """A deck takes in the decks below it: `A` means `A::B` too."""
    tag: str | None = None


def due_counts(connection: sqlite3.Connection, day: Day, now_ms: int) -> DueCounts:
    """How many cards are new, in learning and due, by deck."""
    rows = connection.execute(
        f"SELECT deck, sum(phase = 'new'), sum({_LEARNS}), sum({_COMES_DUE}) FROM card WHERE {_SHOWN} GROUP BY deck",
        {"day": day, "now": now_ms},
    )
    return DueCounts(tuple(DeckCounts(*row) for row in rows if any(row[1:])))


def study_queue(
    connection: sqlite3.Connection, selection: Selection, day: Day, now_ms: int, limits: Limits
) -> StudyQueue:
    """What is to be asked on `day`: learning by waiting time, due by day, new by the order of their decks."""
    values: dict[str, object] = {"day": day, "now": now_ms}
    return build_queue(
        _waiting(connection, selection, _IS_LEARNING, "last_at, id", values),
        _waiting(connection, selection, _IS_DUE, "due_day, id", values),
        _waiting(connection, selection, _IS_NEW, "deck, place", values),
        limits=limits,
        seen=_siblings_answered_on(connection, day),
    )


def next_due(connection: sqlite3.Connection, selection: Selection, day: Day) -> tuple[Day, int] | None:
    """The first day after `day` on which cards are due, and how many; None if there is no such day."""
    clause, named = where(selection)
    shown = "active = 1 AND suspended = 0"
    row = connection.execute(
        f"SELECT due_day, count(*) FROM card WHERE {shown} AND due_day > :day{clause} "
        "GROUP BY due_day ORDER BY due_day LIMIT 1",
        {"day": day, **named},
    ).fetchone()
    return None if row is None else (row[0], row[1])


def everything(connection: sqlite3.Connection, selection: Selection) -> Iterator[Waiting]:
    """Every card in a deck, in the order of the decks."""
    return _waiting(connection, selection, "active = 1 AND suspended = 0", "deck, place", {})


def _waiting(
    connection: sqlite3.Connection,
    selection: Selection,
    condition: str,
    order: str,
    values: dict[str, object],
) -> Iterator[Waiting]:
    clause, named = where(selection)
    rows = connection.execute(
        f"SELECT id, sibling FROM card WHERE {condition}{clause} ORDER BY {order}",
        {**values, **named},
    )
    return map(Waiting._make, rows)


def where(selection: Selection) -> tuple[str, dict[str, object]]:
    """The selection as SQL to put after a condition, with its values."""
    clauses, values = [], dict[str, object]()
    for number, deck in enumerate(selection.decks):
        # "::" and what follows it sorts from "::" up to, but not with, ":;".
        clauses.append(f"deck = :deck{number} OR (deck >= :below{number} AND deck < :past{number})")
        values |= {f"deck{number}": deck, f"below{number}": f"{deck}::", f"past{number}": f"{deck}:;"}
    decks = f" AND ({' OR '.join(clauses)})" if clauses else ""
    if selection.tag is None:
        return decks, values
    tag = (
        " AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag OR value LIKE :tags_below ESCAPE '\\')"
    )
    return decks + tag, values | {"tag": selection.tag, "tags_below": _escaped(selection.tag) + "::%"}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True, slots=True)
class DoneToday:
    """What the log says of a day."""

    new: int
    reviews: int


def done_on(connection: sqlite3.Connection, day: Day) -> DoneToday:
    """What was answered on `day`: the day's limits are counted from the log, so a restart resets nothing."""
    kinds = dict(
        connection.execute(
            "SELECT kind, count(DISTINCT card_id) FROM review WHERE day = ? GROUP BY kind", (iso_day(day),)
        )
    )
    return DoneToday(kinds.get("learn", 0), kinds.get("review", 0) + kinds.get("relearn", 0))


def _siblings_answered_on(connection: sqlite3.Connection, day: Day) -> Iterator[str]:
    """Values of `sibling` of which a card was answered on `day`."""
    rows = connection.execute(
        "SELECT DISTINCT sibling FROM review JOIN card ON card.id = card_id"
        " WHERE day = ? AND review.kind <> 'cram' AND sibling <> ''",
        (iso_day(day),),
    )
    return (row[0] for row in rows)
