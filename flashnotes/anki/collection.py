"""Anki's collection, schema 11, filled card by card."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashnotes.anki.decknames import DeckNames
from flashnotes.anki.html import to_text
from flashnotes.anki.model import Exported
from flashnotes.anki.notes import AnkiNote, make_note
from flashnotes.anki.notetypes import NOTE_TYPES, SIDES_FIELDS, dump_note_type
from flashnotes.anki.schedule import ROLLOVER_HOURS, make_answer_rows, make_card_row
from flashnotes.errors import AnkiError
from flashnotes.models import CardKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from flashnotes.anki.media import Media
    from flashnotes.anki.model import ExportCard, Side
    from flashnotes.anki.schedule import Calendar
    from flashnotes.models import CardId

_SCHEMA = 11
_HOUR_MS = 3_600_000
_BATCH = 1000
_REVERSE_FIELD = SIDES_FIELDS.index("Reverse")
_INSERT_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')"
_INSERT_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)"
_INSERT_ANSWER = "INSERT INTO temp.answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_COLLECTION = "INSERT INTO col VALUES (1, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, '{}', '{}')"
_TWICE = "SELECT flds FROM notes GROUP BY guid HAVING count(*) > 1 LIMIT 1"


@dataclass(slots=True)
class _Batch:
    """Rows that wait to be written together."""

    notes: list[tuple[Any, ...]] = field(default_factory=list)
    cards: list[tuple[Any, ...]] = field(default_factory=list)
    answers: list[tuple[Any, ...]] = field(default_factory=list)


class Collection:
    """A collection being written into an empty database; `finish` makes it whole."""

    def __init__(self, connection: sqlite3.Connection, calendar: Calendar, media: Media) -> None:
        self._connection = connection
        self._calendar = calendar
        self._media = media
        self._decks = DeckNames()
        self._batch = _Batch()
        self._shared: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._two_way: list[int] = []
        self._retired: list[CardId] = []
        self._notes = self._cards = self._answers = 0
        # An hour back leaves room for three million ids that are not in the future.
        self._first_id = calendar.at.ms - _HOUR_MS
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(_script("schema.sql"))
        connection.execute("BEGIN")

    def add(self, item: ExportCard) -> None:
        """Write a card: its note, unless a card before it shares that, its sides and their answers."""
        note = make_note(item, self._media)
        modified = self._calendar.at.ms // 1000 if item.modified is None else item.modified
        deck_id = self._decks.id_of(item.deck)
        if item.card.retired:
            self._retired.append(item.card.id)
        partner = self._partner(item, note)
        if partner is not None:
            self._two_way.append(partner)
            self._add_side(_asked(item), (partner, deck_id, 1, modified))
            return
        note_id = self._note_id(item, note, modified)
        for ordinal, side in _sides(item, note):
            self._add_side(side, (note_id, deck_id, ordinal, modified))
        if len(self._batch.cards) + len(self._batch.answers) >= _BATCH:
            self._flush()

    def finish(self) -> Exported:
        """Write what is still missing and tell what the collection holds."""
        self._flush()
        self._check_guids()
        self._make_two_way()
        seconds = self._calendar.at.ms // 1000
        self._connection.execute(
            _INSERT_COLLECTION,
            (
                self._calendar.created,
                self._calendar.at.ms,
                self._calendar.at.ms,
                _SCHEMA,
                _json(self._settings()),
                _json({str(note_type.id): dump_note_type(kind) for kind, note_type in NOTE_TYPES.items()}),
                _json(self._decks.dump(seconds)),
            ),
        )
        self._connection.execute("COMMIT")
        self._connection.executescript(_script("finish.sql"))
        return Exported(self._notes, self._cards, self._answers, tuple(self._retired))

    def _partner(self, item: ExportCard, note: AnkiNote) -> int | None:
        """The note that asks this card the other way round: both came from one note of Anki."""
        anki = item.card.anki
        if anki is None or anki.ord != 1 or note.kind is CardKind.CLOZE:
            return None
        note_id, sides = self._shared.get(anki.guid, (None, ()))
        return note_id if sides == note.fields[1::-1] else None

    def _make_two_way(self) -> None:
        for note_id in self._two_way:
            row = self._connection.execute("SELECT flds FROM notes WHERE id = ?", (note_id,)).fetchone()
            fields = row[0].split("\x1f")
            fields[_REVERSE_FIELD] = "y"
            self._connection.execute("UPDATE notes SET flds = ? WHERE id = ?", ("\x1f".join(fields), note_id))

    def _note_id(self, item: ExportCard, note: AnkiNote, modified: int) -> int:
        if note.guid in self._shared:
            return self._shared[note.guid][0]
        note_id = self._first_id + self._notes
        self._notes += 1
        if item.card.anki is not None:
            self._shared[note.guid] = (note_id, note.fields[:2])
        sort_field = to_text(note.fields[0])
        self._batch.notes.append(
            (
                note_id,
                note.guid,
                NOTE_TYPES[note.kind].id,
                modified,
                f" {' '.join(note.tags)} " if note.tags else "",
                "\x1f".join(note.fields),
                sort_field,
                _checksum(sort_field),
            )
        )
        return note_id

    def _add_side(self, side: Side, place: tuple[int, int, int, int]) -> None:
        card_id = self._first_id + self._cards
        self._cards += 1
        row = make_card_row(side, position=self._cards, calendar=self._calendar)
        self._batch.cards.append((card_id, *place, *row))
        for answer in make_answer_rows(side.reviews):
            at, *rest = answer
            self._batch.answers.append((at, card_id, *rest))
            self._answers += 1

    def _flush(self) -> None:
        self._connection.executemany(_INSERT_NOTE, self._batch.notes)
        self._connection.executemany(_INSERT_CARD, self._batch.cards)
        self._connection.executemany(_INSERT_ANSWER, self._batch.answers)
        self._batch = _Batch()

    def _check_guids(self) -> None:
        # Two notes of one guid would stay two notes in Anki for ever.
        twice = self._connection.execute(_TWICE).fetchone()
        if twice:
            front = to_text(twice[0].split("\x1f")[0])
            raise AnkiError(f"two cards have the id of {front!r}. Give one of them another id.")

    def _settings(self) -> dict[str, Any]:
        return {
            "schedVer": 2,
            "sched2021": True,
            "creationOffset": -self._calendar.at.offset,
            "rollover": ROLLOVER_HOURS,
            "nextPos": self._cards + 1,
            "curDeck": 1,
            "activeDecks": [1],
            "newSpread": 0,
            "collapseTime": 1200,
            "timeLim": 0,
            "estTimes": True,
            "dueCounts": True,
            "addToCur": True,
            "sortType": "noteFld",
            "sortBackwards": False,
        }


def _sides(item: ExportCard, note: AnkiNote) -> Iterator[tuple[int, Side]]:
    """The cards of a note with what was learnt of each.

    All deletions of a text are asked together here: each takes its schedule, the first its answers.
    """
    first, *others = note.ordinals
    forward = _asked(item)
    yield first, forward
    for ordinal in others:
        yield (
            ordinal,
            replace(forward, reviews=()) if note.kind is CardKind.CLOZE else item.reverse or forward,
        )


def _asked(item: ExportCard) -> Side:
    """The card as it is asked: not at all once its passage is gone."""
    side = item.forward
    return replace(side, state=replace(side.state, suspended=True)) if item.card.retired else side


def _checksum(sort_field: str) -> int:
    """Anki's: the first eight hex digits of the SHA-1 of the first field without HTML."""
    return int(hashlib.sha1(sort_field.encode(), usedforsecurity=False).hexdigest()[:8], 16)


def _script(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
