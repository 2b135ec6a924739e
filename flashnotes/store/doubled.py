"""One answer under two ids: given in a home, exported to Anki, and imported from there into another home.

When those two homes meet, the answer out of Anki is taken back and the home's own stays. Whether an answer is such a
double depends on nothing but the two answers, and an answer that was taken back in its home counts as well, so the
outcome is the same on every machine and in every order of meetings.
"""
# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import Rating
from flashnotes.store import log
from flashnotes.store.rows import REVIEW, names, parse_time, review_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

ANKI = "anki:"
"""Begins the source of an answer that was imported from Anki; no home's source does."""
_FROM_ANKI = "source >= 'anki:' AND source < 'anki;'"
_SHIFTED_MS = 60_000
"""An export moves an answer on to a free millisecond: never as far as this."""
_LONGEST_ANSWER_MS = 60_000
"""Longer answers are cut to this on the way to Anki."""


@dataclass(frozen=True, slots=True)
class Given:
    """What tells one answer to a card from another, wherever it is written down."""

    ms: int
    """Milliseconds since 1970."""
    rating: Rating
    duration_ms: int = 0


def is_moved(here: Given, anki: Given) -> bool:
    """Whether the answer in Anki is the one given here, moved on to a free millisecond by an export."""
    return (
        0 < anki.ms - here.ms < _SHIFTED_MS
        and anki.rating == here.rating
        and anki.duration_ms == min(here.duration_ms, _LONGEST_ANSWER_MS)
    )


def is_double(here: Given, anki: Given) -> bool:
    """Whether the answer in Anki is the one given here."""
    return (here.ms, here.rating) == (anki.ms, anki.rating) or is_moved(here, anki)


def given(connection: sqlite3.Connection, card_id: str) -> Iterator[tuple[Given, str]]:
    """The answers to a card, those taken back too, each with its source."""
    columns = "reviewed_at, rating, duration_ms, source"
    for at, rating, duration, source in connection.execute(
        f"SELECT {columns} FROM review WHERE card_id = ?", (card_id,)
    ):
        yield Given(parse_time(at), Rating(rating), duration), source
    undone = "SELECT event, source FROM undone WHERE card_id = ? AND what = 'review'"
    for text, source in connection.execute(undone, (card_id,)):
        event = json.loads(text)
        yield Given(parse_time(event["reviewed_at"]), Rating(event["rating"]), event["duration_ms"]), source


def take_doubles_back(connection: sqlite3.Connection, card_ids: Collection[str]) -> dict[str, int]:
    """Take back the answers out of Anki to `card_ids` that a home had given; how many, by card.

    Inside a transaction; the caller folds the states of those cards.
    """
    found = connection.execute(f"SELECT DISTINCT card_id FROM review WHERE {_FROM_ANKI}").fetchall()
    taken = {card_id: _take_back(connection, card_id) for (card_id,) in found if card_id in card_ids}
    return {card_id: count for card_id, count in taken.items() if count}


def _take_back(connection: sqlite3.Connection, card_id: str) -> int:
    ours = [one for one, source in given(connection, card_id) if not source.startswith(ANKI)]
    rows = connection.execute(
        f"SELECT {names(REVIEW)} FROM review WHERE card_id = ? AND {_FROM_ANKI}", (card_id,)
    ).fetchall()
    doubles = [
        review
        for review in map(review_of, rows)
        if any(is_double(one, Given(review.at.ms, review.rating, review.duration_ms)) for one in ours)
    ]
    for review in doubles:
        # Its own moment, so that the row is the same on every machine.
        log.take_back(connection, review, review.at)
    return len(doubles)
