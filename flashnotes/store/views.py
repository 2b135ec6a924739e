"""What editing, browsing and counting read of a database: the part of Store that only looks."""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import Day
from flashnotes.scheduling import LEECH_LAPSES
from flashnotes.scheduling.columns import STATE
from flashnotes.scheduling.days import iso_day
from flashnotes.store.rows import CONTENT, names, study_card_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from flashnotes.models import CardId, StudyCard
    from flashnotes.query import Query
    from flashnotes.statistics import Figures
    from flashnotes.store.search import Listed

CARD = names(CONTENT) + ", " + names(STATE)
"""All of a card and its state, as columns."""
_LATELY = 200
"""Answers that the pace is taken from."""
_FEWEST = 10
_ENOUGH = 50
"""Answers from which on the share of right ones tells."""
_LONGEST_MS = 60_000
"""Longer on one card was time for something else."""


@dataclass(frozen=True, slots=True)
class Attention:
    """How many cards stand out."""

    flagged: int
    leeches: int
    suspended: int
    buried: int


class Views:
    """Looks at an open database."""

    path: Path

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        raise NotImplementedError

    def deleted_card(self, card_id: str) -> StudyCard | None:
        """A card that stands in no deck any more, as it was last read; its `deck` is the one it was in."""
        with self._reading() as connection:
            row = connection.execute(
                f"SELECT {CARD} FROM card WHERE id = ? AND path = '' AND front <> ''", (card_id,)
            ).fetchone()
        return study_card_of(row) if row else None

    def card_ids(self) -> set[str]:
        """Every id that was ever a card's."""
        with self._reading() as connection:
            return {row[0] for row in connection.execute("SELECT id FROM card")}

    def path_of(self, card_id: str) -> str | None:
        """The deck file of a card, relative to the home's decks; None for one in no deck."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT path FROM card WHERE id = ? AND path <> ''", (card_id,)
            ).fetchone()
        return row[0] if row else None

    def deck_paths(self) -> dict[str, str]:
        """The file of each deck, by the deck's name; of several files with one name the first."""
        with self._reading() as connection:
            rows = connection.execute("SELECT deck, min(path) FROM deckfile GROUP BY deck").fetchall()
        return dict(rows)

    def deck_names(self) -> tuple[str, ...]:
        """The names of the decks, those without cards too."""
        with self._reading() as connection:
            rows = connection.execute("SELECT DISTINCT deck FROM deckfile ORDER BY deck").fetchall()
        return tuple(row[0] for row in rows)

    def streak(self, day: Day) -> int:
        """On how many days in a row something was answered, up to `day` or the day before it."""
        with self._reading() as connection:
            days, wanted = 0, day
            while _answered_on(connection, wanted) or (wanted == day and days == 0):
                days += _answered_on(connection, wanted)
                wanted = Day(wanted - 1)
        return days

    def pace(self) -> float | None:
        """Seconds a card took lately, on the average; None where too few were timed to say."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT duration_ms FROM review ORDER BY id DESC LIMIT {_LATELY}"
            ).fetchall()
        timed = [min(row[0], _LONGEST_MS) for row in rows if row[0] > 0]
        return sum(timed) / len(timed) / 1000 if len(timed) >= _FEWEST else None

    def right_share(self) -> float | None:
        """Which share of the answers given lately was right; None where there are too few to say."""
        with self._reading() as connection:
            answers, right = connection.execute(
                "SELECT count(*), sum(rating > 1) FROM"
                f" (SELECT rating FROM review WHERE kind <> 'cram' ORDER BY id DESC LIMIT {_LATELY})"
            ).fetchone()
        return right / answers if answers >= _ENOUGH else None

    def attention(self, day: Day) -> Attention:
        """How many cards are flagged, leeches, suspended, or buried on `day`."""
        with self._reading() as connection:
            row = connection.execute(
                f"SELECT sum(flag > 0), sum(lapses >= {LEECH_LAPSES}), sum(suspended = 1), sum(buried_until > ?)"
                " FROM card WHERE active = 1"
                f" AND (flag > 0 OR lapses >= {LEECH_LAPSES} OR suspended = 1 OR buried_until > 0)",
                (day,),
            ).fetchone()
        return Attention(*(number or 0 for number in row))

    def figures(self, today: Day, since: Day) -> Figures:
        """What the statistics are drawn from, with the answers from the day `since` on."""
        from flashnotes.store.figures import figures

        with self._reading() as connection:
            return figures(connection, today, since)

    def find(
        self, query: Query, day: Day, wanted: Callable[[], bool] = lambda: True
    ) -> Iterator[list[CardId]]:
        """The ids of the cards that the query finds as they stand on `day`, in the order of the decks.

        They come some at a time, over a connection of their own; the rest does not where it is `wanted` no more.
        """
        from flashnotes.store.search import find

        return find(self.path, query, day, wanted)

    def listed(self, ids: Sequence[str]) -> list[Listed]:
        """The cards `ids` as a list shows them."""
        from flashnotes.store.search import listed

        with self._reading() as connection:
            return listed(connection, ids)


def _answered_on(connection: sqlite3.Connection, day: Day) -> bool:
    row = connection.execute("SELECT 1 FROM review WHERE day = ? LIMIT 1", (iso_day(day),)).fetchone()
    return row is not None
