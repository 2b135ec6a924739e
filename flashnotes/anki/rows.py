"""The rows of an Anki collection, old schema or new, read as data and nothing else.

A row that cannot be what it should is left out and counted; a collection that cannot be read is refused.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from flashnotes.anki.protobuf import WireError, first_bytes, first_int
from flashnotes.errors import AnkiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

_OLDEST, _TABLES_SINCE, _NEWEST = 11, 15, 18
_LONGEST_NOTE = 1_000_000
_LONGEST_VALUE = 64 << 20
_FIELD_BREAK, _DECK_BREAK = "\x1f", "\x1f"
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
_NEEDED = {"col", "notes", "cards", "revlog"}
_WAL_AT, _WAL, _ROLLBACK = 18, b"\x02\x02", b"\x01\x01"


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """How one card of a note is made of its fields."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteTypeRow:
    """A note type."""

    id: int
    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: tuple[TemplateRow, ...]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note: its fields are HTML."""

    id: int
    guid: str
    note_type: int
    modified: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card with Anki's own schedule columns."""

    id: int
    note: int
    deck: int
    ord: int
    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    original_due: int
    original_deck: int
    flags: int
    data: dict[str, Any]
    modified: int = 0
    """Second at which it was last changed."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of the review log."""

    at: int
    card: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    time: int
    type: int


@dataclass(slots=True)
class CollectionRows:
    """All that a collection holds, and what of it had to be left out."""

    created: int
    """Second at which its first day began."""
    creation_offset: int | None
    """Minutes west of UTC; None if it does not say."""
    note_types: dict[int, NoteTypeRow]
    decks: dict[int, str]
    notes: dict[int, NoteRow] = field(default_factory=dict)
    cards: list[CardRow] = field(default_factory=list)
    answers: list[AnswerRow] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def read_rows(database: Path, path: Path) -> CollectionRows:
    """The rows of the collection in `database`; `path` is what messages call it. Raises AnkiError."""
    try:
        _leave_wal(database)
        with closing(_open(database)) as connection:
            _check(connection, path)
            rows = _head(connection, path)
            _read_notes(connection, rows)
            _read_cards(connection, rows)
            _read_answers(connection, rows)
            return rows
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        raise AnkiError(f"{path}: its collection is damaged. Export it from Anki again.") from error


def _leave_wal(database: Path) -> None:
    # A collection in WAL mode cannot be opened read-only without the file that goes with it.
    with database.open("rb+") as file:
        file.seek(_WAL_AT)
        if file.read(2) == _WAL:
            file.seek(_WAL_AT)
            file.write(_ROLLBACK)


def _open(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    connection.create_collation("unicase", _compare_folded)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _compare_folded(one: str, other: str) -> int:
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no collection before anything is read from it."""
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict is None or verdict[0] != "ok":
        raise AnkiError(f"{path}: its collection is damaged. Export it from Anki again.")
    tables = {
        name
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if not str(sql).upper().startswith("CREATE VIRTUAL")
    }
    connection.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY
    )
    if not tables >= _NEEDED:
        missing = ", ".join(sorted(_NEEDED - tables))
        raise AnkiError(f"{path}: is no collection of Anki (no {missing}). Export it from Anki again.")


def _head(connection: sqlite3.Connection, path: Path) -> CollectionRows:
    row = connection.execute("SELECT crt, ver, conf, models, decks FROM col").fetchone()
    created, version, *texts = (*map(_as_whole, row[:2]), *row[2:]) if row else (None, None)
    if created is None or version is None:
        raise AnkiError(f"{path}: its collection is empty. Export it from Anki again.")
    if not _OLDEST <= version <= _NEWEST:
        raise AnkiError(f"{path}: has the collection version {version}, which this program does not know.")
    try:
        if version >= _TABLES_SINCE:
            offset, note_types, decks = _head_of_tables(connection)
        else:
            offset, note_types, decks = _head_of_json(*texts)
    except (ValueError, KeyError, TypeError, AttributeError, WireError, RecursionError) as error:
        raise AnkiError(f"{path}: its note types or decks are damaged. Export it from Anki again.") from error
    return CollectionRows(created, offset, note_types, decks)


Head = tuple["int | None", dict[int, NoteTypeRow], dict[int, str]]


def _head_of_json(settings: str, models: str, decks: str) -> Head:
    stored = json.loads(settings or "{}")
    offset = stored.get("creationOffset") if isinstance(stored, dict) else None
    names = dict(_each(json.loads(decks), lambda _, deck: str(deck["name"])))
    note_types = dict(_each(json.loads(models), _note_type_of_json))
    return offset if isinstance(offset, int) else None, note_types, names


def _each(stored: dict[str, Any], read: Callable[[int, Any], T]) -> Iterator[tuple[int, T]]:
    """What can be read, by its number: what refers to the rest is left out for want of it."""
    for key, value in stored.items():
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            yield int(key), read(int(key), value)


def _note_type_of_json(type_id: int, model: dict[str, Any]) -> NoteTypeRow:
    fields = sorted(model["flds"], key=lambda each: int(each.get("ord") or 0))
    templates = sorted(model["tmpls"], key=lambda each: int(each.get("ord") or 0))
    return NoteTypeRow(
        type_id,
        str(model["name"]),
        model.get("type") == 1,
        tuple(str(each["name"]) for each in fields),
        tuple(TemplateRow(str(each["name"]), str(each["qfmt"]), str(each["afmt"])) for each in templates),
    )


def _head_of_tables(connection: sqlite3.Connection) -> Head:
    stored = connection.execute("SELECT val FROM config WHERE \"KEY\" = 'creationOffset'").fetchone()
    offset = json.loads(stored[0]) if stored else None
    decks = {
        deck_id: name.replace(_DECK_BREAK, "::")
        for deck_id, name in connection.execute("SELECT id, name FROM decks")
    }
    fields: dict[int, list[str]] = {}
    for type_id, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(type_id, []).append(name)
    templates: dict[int, list[TemplateRow]] = {}
    for type_id, name, config in connection.execute(
        "SELECT ntid, name, config FROM templates ORDER BY ntid, ord"
    ):
        front, back = (first_bytes(config, number).decode("utf-8") for number in (1, 2))
        templates.setdefault(type_id, []).append(TemplateRow(name, front, back))
    note_types = {
        type_id: NoteTypeRow(
            type_id,
            name,
            first_int(config, 1) == 1,
            tuple(fields.get(type_id, ())),
            tuple(templates.get(type_id, ())),
        )
        for type_id, name, config in connection.execute("SELECT id, name, config FROM notetypes")
    }
    return offset if isinstance(offset, int) else None, note_types, decks


def _read_notes(connection: sqlite3.Connection, rows: CollectionRows) -> None:
    for note_id, guid, mid, modified, tags, fields in connection.execute(
        "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
    ):
        texts = tuple(map(_as_text, (guid, tags, fields)))
        if not all(map(_is_text, texts)):
            rows.left_out["notes that are not UTF-8"] += 1
            continue
        if len(texts[2]) > _LONGEST_NOTE:
            rows.left_out["notes of more than a million characters"] += 1
            continue
        split = tuple(texts[2].split(_FIELD_BREAK))
        note_type = rows.note_types.get(mid)
        if note_type is None or len(split) != len(note_type.fields):
            rows.left_out["notes that do not fit their note type"] += 1
            continue
        rows.notes[note_id] = NoteRow(
            note_id, texts[0], mid, _whole(modified), tuple(texts[1].split()), split
        )


def _read_cards(connection: sqlite3.Connection, rows: CollectionRows) -> None:
    for row in connection.execute(
        "SELECT id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, odue, odid, flags,"
        " data, mod FROM cards ORDER BY id"
    ):
        *columns, data, modified = row
        numbers = [_as_whole(column) for column in columns]
        if None in numbers:
            rows.left_out["cards whose schedule is no number"] += 1
        elif numbers[1] not in rows.notes:
            rows.left_out["cards without a note"] += 1
        else:
            rows.cards.append(CardRow(*[*numbers, _memory(data), _whole(modified)]))


def _read_answers(connection: sqlite3.Connection, rows: CollectionRows) -> None:
    known = {card.id for card in rows.cards}
    for row in connection.execute(
        "SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog ORDER BY id"
    ):
        if not all(isinstance(number, int) for number in row) or not 0 <= row[2] <= 4:
            rows.left_out["answers that are damaged"] += 1
        elif row[1] not in known:
            rows.left_out["answers without a card"] += 1
        else:
            rows.answers.append(AnswerRow(*row))


def _memory(data: object) -> dict[str, Any]:
    try:
        memory = json.loads(str(data)) if data else {}
    except (ValueError, RecursionError):
        return {}
    return memory if isinstance(memory, dict) else {}


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _as_text(value: object) -> str:
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)


def _as_whole(value: object) -> Any:
    """A whole number, also one stored as a float; None for all else."""
    if isinstance(value, float) and isfinite(value):
        return int(value)
    return value if isinstance(value, int) else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
