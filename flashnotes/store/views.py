"""What editing, browsing and counting read of a database: the part of Store that only looks."""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.store.rows import CONTENT, STATE, names, study_card_of

if TYPE_CHECKING:
    import sqlite3
    from contextlib import AbstractContextManager

    from flashnotes.models import StudyCard

CARD = names(CONTENT) + ", " + names(STATE)
"""All of a card and its state, as columns."""


class Views:
    """Looks at an open database."""

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
