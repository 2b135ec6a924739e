"""Notes ready for a package, in a database of their own (see ready.sql): so memory does not grow with them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashnotes.anki.decknames import deck_components
from flashnotes.anki.notetypes import SIDES_FIELDS
from flashnotes.scheduling.columns import state_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from flashnotes.anki.model import Side

Row = tuple[Any, ...]

BREAK = "\x1f"
"""Stands between the fields of a note."""
_BATCH = 1000
_REVERSE = SIDES_FIELDS.index("Reverse")
_INSERT_NOTE = "INSERT INTO note VALUES (?, ?, ?, ?, ?, ?)"
_INSERT_SIDE = "INSERT INTO side VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_ANSWER = "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Ready:
    """The notes gathered so far in the empty database of `connection`; `finish` writes the last of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ids: dict[str, int] = {}
        self._sides = 0
        self._new: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(Path(__file__).with_name("ready.sql").read_text(encoding="utf-8"))
        connection.execute("BEGIN")

    def number_of(self, guid: str) -> int | None:
        """The number of the note of that guid, if there is one."""
        return self._ids.get(guid)

    def add_note(
        self, guid: str, note_type: int, fields: Sequence[str], tags: Sequence[str], modified: int
    ) -> int:
        """Take a note in that has no sides yet; its number."""
        number = self._ids[guid] = len(self._ids)
        tagged = f" {' '.join(tags)} " if tags else ""
        self._new[0].append((number, guid, note_type, BREAK.join(fields), tagged, modified))
        return number

    def add_side(self, note: int, ordinal: int, deck: str, side: Side) -> None:
        """Take a side of a note in, with what was learnt of it."""
        number, self._sides = self._sides, self._sides + 1
        self._new[1].append((number, note, ordinal, _stored_name(deck), *state_row(side.state)))
        self._new[2].extend((number, place, *answer) for place, answer in enumerate(side.log()))
        if sum(map(len, self._new)) >= _BATCH:
            self._flush()

    def fields_of(self, note: int) -> list[str]:
        """The fields of a note."""
        self._flush()
        row = self._connection.execute("SELECT fields FROM note WHERE id = ?", (note,)).fetchone()
        return str(row[0]).split(BREAK)

    def ask_reverse(self, note: int) -> None:
        """Fill the field that makes Anki ask a note the other way round too."""
        fields = self.fields_of(note)
        fields[_REVERSE] = "y"
        self._connection.execute("UPDATE note SET fields = ? WHERE id = ?", (BREAK.join(fields), note))

    def finish(self) -> None:
        """Write what is still missing."""
        self._flush()
        self._connection.execute("COMMIT")

    def _flush(self) -> None:
        for insert, rows in zip((_INSERT_NOTE, _INSERT_SIDE, _INSERT_ANSWER), self._new, strict=True):
            self._connection.executemany(insert, rows)
            rows.clear()


@lru_cache
def _stored_name(deck: str) -> str:
    return "::".join(deck_components(deck))
