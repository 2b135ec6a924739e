"""A query as SQL, so that a hundred thousand cards are searched while a person types."""

# ruff: noqa: S608 (SQL is put together from our own lists; what a person wrote is a parameter)

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.models import CardId
from flashnotes.query import (
    All,
    Any,
    CardState,
    Compared,
    InDeck,
    Is,
    Not,
    Number,
    OfKind,
    Tagged,
    Text,
    asks_for_deleted,
    is_deck,
)
from flashnotes.scheduling import LEECH_LAPSES
from flashnotes.store.connection import connect, explained
from flashnotes.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from flashnotes.models import Day
    from flashnotes.query import Query

_LONGEST_FRONT = 200
"""Characters of a front that a list shows at the most."""
_AT_ONCE = 256
_STEPS = 20_000
"""Of SQLite's machine, between two looks at whether a search is still wanted: about a millisecond."""
_DUE = (
    "(suspended = 0 AND (buried_until IS NULL OR buried_until <= :day) AND phase <> 'new' AND"
    " ((drilling = 1 AND failed_on IS :day) OR due_at IS NOT NULL OR coalesce(due_day <= :day, 0)))"
)
_STATES = {
    CardState.DELETED: "(path = '')",
    CardState.RETIRED: "(retired = 1)",
    **{
        state: f"({condition} AND retired = 0)"
        for state, condition in (
            (CardState.NEW, "phase = 'new'"),
            (CardState.LEARNING, "phase IN ('learning', 'relearning')"),
            (CardState.REVIEW, "phase = 'review'"),
            (CardState.DUE, _DUE),
            (CardState.SUSPENDED, "suspended = 1"),
            (CardState.BURIED, "coalesce(buried_until > :day, 0)"),
            (CardState.FLAGGED, "flag > 0"),
            (CardState.LEECH, f"lapses >= {LEECH_LAPSES}"),
        )
    },
}
_NUMBERS = {
    Number.INTERVAL: "interval",
    Number.LAPSES: "lapses",
    Number.FLAG: "flag",
    Number.EASE: "ease / 100.0",
}
_PLACES = {
    "front": "holds({text}, front)",
    "back": "holds({text}, back)",
    "id": "holds({text}, id)",
    "source": "holds({text}, coalesce(source_path, '') || coalesce(':' || source_line, ''))",
    "": (
        "(holds({text}, front, back) OR (aliases <> '[]' AND"
        " EXISTS (SELECT 1 FROM json_each(aliases) WHERE holds({text}, value))))"
    ),
}


class Listed(NamedTuple):
    """A card as a list shows it."""

    id: CardId
    deck: str
    front: str
    """Its beginning."""
    phase: str
    due_day: int | None
    suspended: int
    buried_until: int | None
    flag: int
    lapses: int
    retired: int
    deleted: int


def find(path: Path, query: Query, day: Day, wanted: Callable[[], bool]) -> Iterator[list[CardId]]:
    """The ids of the cards found, in the order of the decks, some at a time as they are found.

    Ends early, without the rest, when the search is `wanted` no more. It has a connection of its own, so that
    nothing else waits for it.
    """
    values: dict[str, object] = {"day": day}
    statement = _FIND.format(_condition(query, values))
    with explained(path), closing(connect(path)) as connection:
        connection.create_function("folded", 1, fold, deterministic=True)
        connection.create_function("holds", -1, _holds, deterministic=True)
        connection.create_function("is_deck", 2, is_deck, deterministic=True)
        connection.set_progress_handler(lambda: not wanted(), _STEPS)
        files = connection.execute("SELECT path FROM deckfile ORDER BY deck, path").fetchall()
        gone = [("",)] if asks_for_deleted(query) else []
        try:
            for (file,) in [*files, *gone]:
                rows = connection.execute(statement, {**values, "path": file})
                while some := rows.fetchmany(_AT_ONCE):
                    yield [CardId(row[0]) for row in some]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise


def _holds(wanted: str, *texts: str) -> bool:
    """Whether one of `texts` has the folded text `wanted` in it."""
    return any(wanted in fold(text) for text in texts)


# The order is settled before anything is asked of a card, so that the first of many are found at once.
_FIND = (
    "SELECT id FROM (SELECT rowid AS found FROM card WHERE path = :path AND front <> ''"
    " ORDER BY deck, place, id LIMIT -1) CROSS JOIN card ON card.rowid = found WHERE {}"
)


def listed(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Listed]:
    """Those of the cards `ids` that are known, in that order."""
    rows = connection.execute(
        f"SELECT id, deck, substr(front, 1, {_LONGEST_FRONT}), phase, due_day, suspended, buried_until, flag,"
        " lapses, retired, path = '' FROM card WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    found = {row[0]: Listed._make(row) for row in rows}
    return [found[id] for id in ids if id in found]


def _condition(query: Query, values: dict[str, object]) -> str:
    match query:
        case All(queries):
            return _joined([_condition(each, values) for each in queries], " AND ", "1")
        case Any(queries):
            return _joined([_condition(each, values) for each in queries], " OR ", "0")
        case Not(inner):
            return f"NOT {_condition(inner, values)}"
        case Is(state):
            return _STATES[state]
        case Compared(number, sign, value):
            return f"coalesce({_NUMBERS[number]} {sign} :{_named(values, value)}, 0)"
    return _content(query, values)


def _content(query: Text | Tagged | InDeck | OfKind, values: dict[str, object]) -> str:
    match query:
        case OfKind(kind):
            return f"(kind = :{_named(values, kind.value)})"
        case InDeck(deck):
            return f"is_deck(deck, :{_named(values, deck)})"
        case Tagged(tag):
            is_tag = f"folded(value) = :{_named(values, tag)}"
            below = _named(values, f"{tag}::")
            is_below = f"substr(folded(value), 1, length(:{below})) = :{below}"
            return f"EXISTS (SELECT 1 FROM json_each(tags) WHERE {is_tag} OR {is_below})"
        case Text(text, place):
            return _PLACES[place].format(text=":" + _named(values, text))


def _joined(conditions: list[str], word: str, none: str) -> str:
    return f"({word.join(conditions)})" if conditions else none


def _named(values: dict[str, object], value: object) -> str:
    """The name of a new parameter that stands for `value`."""
    name = f"value{len(values)}"
    values[name] = value
    return name
