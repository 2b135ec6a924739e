"""What there is to study: counts and ids, by deck and day."""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flashnotes.scheduling import LEECH_LAPSES
from flashnotes.scheduling.days import iso_day
from flashnotes.scheduling.queue import LEARN_AHEAD_MS, StudyQueue, Waiting, build_queue, lineage
from flashnotes.store.plans import SHOWN, asked_on, plans_on

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from flashnotes.models import Day
    from flashnotes.scheduling.queue import Limits

LEECH_TAG = "leech"
_SHOWN = "active = 1 AND suspended = 0 AND (buried_until IS NULL OR buried_until <= :day)"
_NEW_BUT_BURIED = (
    "id IN (SELECT card_id FROM action WHERE kind = 'bury' AND value > :day)"
    " AND active = 1 AND suspended = 0 AND phase = 'new' AND buried_until > :day"
)
_HAS_DAY = f"{SHOWN} AND due_day IS NOT NULL"
_DECKS_WITH_DAYS = f"""
WITH RECURSIVE decks (name) AS (
    SELECT min(deck) FROM card WHERE {_HAS_DAY}
    UNION ALL
    SELECT (SELECT min(deck) FROM card WHERE {_HAS_DAY} AND deck > name) FROM decks WHERE name IS NOT NULL
)"""
"""The decks of the index `card_counts`, each found by one look."""
_IS_NEW = f"{_SHOWN} AND phase = 'new'"
_IS_LEARNING = f"{_SHOWN} AND ((drilling = 1 AND failed_on = :day) OR due_at <= :now + {LEARN_AHEAD_MS})"
_NOT_DRILLED = "NOT (drilling = 1 AND failed_on IS :day)"
_ID_AND_SIBLING = "id, sibling, ''"
_RISK = "(:day - due_day + interval + 0.0) / coalesce(stability, max(interval, 1)) DESC, due_day, id"
"""The share of its memory that is gone: days since the answer in the days that it was to last."""


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
    """A tag takes in the tags below it; `leech` takes in the cards with as many lapses as make one."""


def due_counts(connection: sqlite3.Connection, day: Day, now_ms: int) -> DueCounts:
    """How many cards are new, in learning and due, by deck."""
    values = {"day": day, "now": now_ms}

    def by_deck(condition: str, group: str = "deck") -> Counter[str]:
        query = f"SELECT deck, count(*) FROM card WHERE {condition} GROUP BY {group}"
        return Counter(dict(connection.execute(query, values)))

    # Three questions, each to an index that holds its answer, rather than one that looks at every card.
    new = by_deck(f"{SHOWN} AND phase = 'new'") - by_deck(_NEW_BUT_BURIED)
    # Few cards are in learning: they are found by their own indexes, not in the order of their decks.
    learning = by_deck(_IS_LEARNING, "+deck")
    # Of each deck the stretch of the index up to today: what is due later is not looked at.
    is_due = f"{_SHOWN} AND due_day IS NOT NULL AND {_asked_on(connection, day)} <= :day AND {_NOT_DRILLED}"
    query = (
        f"{_DECKS_WITH_DAYS} SELECT name, (SELECT count(*) FROM card WHERE deck = name AND {is_due})"
        " FROM decks WHERE name IS NOT NULL"
    )
    due = Counter({deck: count for deck, count in connection.execute(query, values) if count})
    decks = sorted(new.keys() | learning.keys() | due.keys())
    return DueCounts(tuple(DeckCounts(deck, new[deck], learning[deck], due[deck]) for deck in decks))


def study_queue(
    connection: sqlite3.Connection, selection: Selection, day: Day, now_ms: int, limits: Limits
) -> StudyQueue:
    """What is to be asked on `day`: learning by waiting time, due by day or risk, new by the order of their decks."""
    columns = "id, sibling, deck" if limits.by_deck else _ID_AND_SIBLING
    query = _Query(connection, *where(selection), {"day": day, "now": now_ms}, columns)
    is_due = f"{_SHOWN} AND {_asked_on(connection, day)} <= :day AND {_NOT_DRILLED}"
    return build_queue(
        query.waiting(_IS_LEARNING, "last_at, id"),
        query.waiting(is_due, _RISK if limits.riskiest_first else "due_day, id"),
        query.waiting(_IS_NEW, "deck, place"),
        limits=limits,
        seen=_siblings_answered_on(connection, day),
    )


def _asked_on(connection: sqlite3.Connection, day: Day) -> str:
    return asked_on(connection, plans_on(connection, day))


def next_due(connection: sqlite3.Connection, selection: Selection, day: Day) -> tuple[Day, int] | None:
    """The first day after `day` on which cards are due, and how many; None if there is no such day."""
    clause, named = where(selection)
    asked = _asked_on(connection, day)
    row = connection.execute(
        f"SELECT {asked}, count(*) FROM card WHERE {SHOWN} AND {asked} > :day{clause} "
        "GROUP BY 1 ORDER BY 1 LIMIT 1",
        {"day": day, **named},
    ).fetchone()
    return None if row is None else (row[0], row[1])


def everything(connection: sqlite3.Connection, selection: Selection) -> Iterator[Waiting]:
    """Every card in a deck, in the order of the decks."""
    return _Query(connection, *where(selection), {}, _ID_AND_SIBLING).waiting(SHOWN, "deck, place")


@dataclass(frozen=True, slots=True)
class _Query:
    """A search for cards that wait."""

    connection: sqlite3.Connection
    clause: str
    named: dict[str, object]
    values: dict[str, object]
    columns: str

    def waiting(self, condition: str, order: str) -> Iterator[Waiting]:
        rows = self.connection.execute(
            f"SELECT {self.columns} FROM card WHERE {condition}{self.clause} ORDER BY {order}",
            {**self.values, **self.named},
        )
        # What `Waiting._make` does, without a call in Python for each of many rows.
        return map(partial(tuple.__new__, Waiting), rows)


def where(selection: Selection) -> tuple[str, dict[str, object]]:
    """The selection as SQL to put after a condition, with its values."""
    clauses, values = [], dict[str, object]()
    for number, deck in enumerate(selection.decks):
        # "::" and what follows it sorts from "::" up to, but not with, ":;". The range is one stretch of an index,
        # which gives the cards in order; the rest leaves out names between, such as "Deck 2" after "Deck".
        clauses.append(
            f"deck >= :deck{number} AND deck < :past{number}"
            f" AND (deck = :deck{number} OR deck >= :below{number})"
        )
        values |= {f"deck{number}": deck, f"below{number}": f"{deck}::", f"past{number}": f"{deck}:;"}
    decks = f" AND ({' OR '.join(clauses)})" if clauses else ""
    if selection.tag is None:
        return decks, values
    tag = "EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag OR value LIKE :tags_below ESCAPE '\\')"
    if selection.tag == LEECH_TAG:
        tag = f"({tag} OR lapses >= {LEECH_LAPSES})"
    return f"{decks} AND {tag}", values | {
        "tag": selection.tag,
        "tags_below": _escaped(selection.tag) + "::%",
    }


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True, slots=True)
class Done:
    """How many cards were met and reviewed on a day."""

    new: int = 0
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class DoneToday:
    """What the log says of a day."""

    decks: Mapping[str, Done]
    """By the deck in which a card now is."""

    @property
    def new(self) -> int:
        return sum(done.new for done in self.decks.values())

    @property
    def reviews(self) -> int:
        return sum(done.reviews for done in self.decks.values())

    def below(self, deck: str) -> Done:
        """What was done in the deck and all below it."""
        within = [done for name, done in self.decks.items() if deck in lineage(name)]
        return Done(sum(done.new for done in within), sum(done.reviews for done in within))


def done_on(connection: sqlite3.Connection, day: Day) -> DoneToday:
    """What was answered on `day`: the day's limits are counted from the log, so a restart resets nothing."""
    rows = connection.execute(
        "SELECT deck, count(DISTINCT CASE review.kind WHEN 'learn' THEN card_id END),"
        " count(DISTINCT CASE WHEN review.kind IN ('review', 'relearn') THEN card_id END)"
        " FROM review JOIN card ON card.id = card_id WHERE day = ? GROUP BY deck",
        (iso_day(day),),
    )
    return DoneToday({deck: Done(new, reviews) for deck, new, reviews in rows})


def _siblings_answered_on(connection: sqlite3.Connection, day: Day) -> Iterator[str]:
    """Values of `sibling` of which a card was answered on `day`."""
    rows = connection.execute(
        "SELECT DISTINCT sibling FROM review JOIN card ON card.id = card_id"
        " WHERE day = ? AND review.kind <> 'cram' AND sibling <> ''",
        (iso_day(day),),
    )
    return (row[0] for row in rows)
