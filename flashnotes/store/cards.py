"""The cards that stand in decks, as the mirror has them: the part of Store that names them."""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.models import CardId, Rejected
from flashnotes.store import queue
from flashnotes.store.mirror import IS_WRITTEN
from flashnotes.store.queue import Selection
from flashnotes.store.rows import CONTENT, card_of, names, study_card_of
from flashnotes.store.views import CARD

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from flashnotes.models import Card, StudyCard


class Cards:
    """Looks cards up in an open database."""

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        raise NotImplementedError

    def card(self, card_id: str) -> StudyCard | None:
        """The card, if it stands in a deck."""
        with self._reading() as connection:
            row = connection.execute(
                f"SELECT {CARD} FROM card WHERE id = ? AND path <> ''",
                (card_id,),
            ).fetchone()
        return study_card_of(row) if row else None

    def cards(self, selection: Selection = Selection()) -> list[StudyCard]:  # noqa: B008
        """The cards in decks, retired ones too, in the order of the decks."""
        clause, values = queue.where(selection)
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {CARD} FROM card WHERE path <> ''{clause} ORDER BY deck, path, place, id",
                values,
            ).fetchall()
        return [study_card_of(row) for row in rows]

    def each_card(self, selection: Selection = Selection()) -> Iterator[StudyCard]:  # noqa: B008
        """The same as `cards`, one at a time: for more cards than memory should hold."""
        clause, values = queue.where(selection)
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {CARD} FROM card WHERE path <> ''{clause} ORDER BY deck, path, place, id", values
            )
        yield from map(study_card_of, rows)

    def number_of_cards(self, selection: Selection = Selection()) -> int:  # noqa: B008
        """How many `each_card` gives, both sides of a card counted as one."""
        clause, values = queue.where(selection)
        with self._reading() as connection:
            row = connection.execute(
                f"SELECT count(*) FROM card WHERE path <> '' AND {IS_WRITTEN}{clause}", values
            ).fetchone()
        return int(row[0])

    def written(self, card_ids: Iterable[str]) -> list[tuple[str, str, Card]]:
        """Those of the cards that stand in decks: file, deck and card, in the order of the files."""
        import json

        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {names(CONTENT)} FROM card WHERE id IN (SELECT value FROM json_each(?)) AND path <> ''"
                " ORDER BY path, place",
                (json.dumps(list(card_ids)),),
            ).fetchall()
        return [(row[1], row[3], card_of(row)) for row in rows]

    def siblings(self, card_id: CardId) -> tuple[CardId, ...]:
        """The other cards that are not asked on one day with this one."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id FROM card WHERE active = 1 AND id <> :id AND sibling <> ''"
                " AND sibling = (SELECT sibling FROM card WHERE id = :id) ORDER BY id",
                {"id": card_id},
            ).fetchall()
        return tuple(CardId(row[0]) for row in rows)

    def deleted(self) -> list[tuple[str, Rejected]]:
        """Extracted cards whose lines a person removed, each with the name of the deck it was in."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT deck, id, extracted FROM card WHERE path = '' AND extracted IS NOT NULL ORDER BY id"
            ).fetchall()
        return [(deck, Rejected(CardId(id), passage)) for deck, id, passage in rows]

    def decks(self) -> tuple[str, ...]:
        """The names of the decks that hold cards."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT deck FROM card WHERE path <> '' ORDER BY deck"
            ).fetchall()
        return tuple(row[0] for row in rows)

    def has_cards(self, selection: Selection) -> bool:
        """Whether any card in a deck is meant."""
        clause, values = queue.where(selection)
        with self._reading() as connection:
            row = connection.execute(
                f"SELECT 1 FROM card WHERE path <> ''{clause} LIMIT 1", values
            ).fetchone()
        return row is not None

    def tags(self) -> tuple[str, ...]:
        """The tags that cards in decks have."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT value FROM card, json_each(card.tags) WHERE card.path <> '' ORDER BY value"
            ).fetchall()
        return tuple(row[0] for row in rows)
