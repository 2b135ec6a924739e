"""Anki's collection, schema 11, made by SQL of notes that are ready for it."""

from __future__ import annotations

import json
from hashlib import sha1
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any

from flashnotes.anki.decknames import DeckNames
from flashnotes.anki.html import to_text
from flashnotes.anki.model import Exported
from flashnotes.anki.notetypes import NOTE_TYPES, dump_note_type
from flashnotes.anki.schedule import ROLLOVER_HOURS

if TYPE_CHECKING:
    import sqlite3

    from flashnotes.anki.schedule import Calendar

_SCHEMA = 11
_HOUR_MS = 3_600_000
_FIRST_DIGITS = Struct(">I").unpack_from
_INSERT_COLLECTION = "INSERT INTO col VALUES (1, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, '{}')"
_DECKS = "SELECT DISTINCT deck FROM ready.side"
_OWN_MILLISECONDS = """
(SELECT max(ms - n) OVER (ORDER BY n) + n AS ms, side, place, rating, kind, duration_ms, interval, drilling, ease,
    difficulty
FROM (SELECT *, row_number() OVER (ORDER BY ms, side, place) AS n FROM ready.answer))
"""
"""The answers, each at its own millisecond or the first free one after it."""
_DEFAULT_OPTIONS = {
    "1": {
        "id": 1, "name": "Default", "mod": 0, "usn": 0,
        "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True, "dyn": False,
        "new": {"delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20, "bury": False},
        "rev": {"perDay": 200, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "hardFactor": 1.2, "bury": False},
        "lapse": {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 1},
    }
}  # fmt: skip
"""The preset that every deck names. Anki has it and keeps its own; but a package without it is refused when the
person imports "any deck presets" (measured with 26.09)."""


def make_collection(connection: sqlite3.Connection, calendar: Calendar) -> Exported:
    """Fill the empty database of `connection` from the one attached to it as `ready` (see ready.sql)."""
    connection.create_function("words", 1, to_text, deterministic=True)
    connection.create_function("checksum", 1, _checksum, deterministic=True)
    connection.executescript(_script("schema.sql"))
    decks = DeckNames()
    names = [(name, decks.id_of(name)) for (name,) in connection.execute(_DECKS).fetchall()]
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO temp.deck VALUES (?, ?)", names)
    given = {
        **calendar.practice._asdict(),
        # An hour back leaves room for three million ids that are not in the future.
        "first_id": calendar.at.ms - _HOUR_MS,
        "first_day": calendar.first_day,
        "created": calendar.created * 1000,
        "today": calendar.today,
        "now": calendar.at.ms // 1000,
    }
    for statement in _script("fill.sql").split("\n;\n"):
        connection.execute(statement, given)
    _fill_log(connection, given)
    notes, cards, reviews = (_count(connection, table) for table in ("notes", "cards", "revlog"))
    connection.execute(_INSERT_COLLECTION, _description(calendar, decks, cards))
    connection.execute("COMMIT")
    connection.executescript(_script("indexes.sql"))
    return Exported(notes, cards, reviews)


def _fill_log(connection: sqlite3.Connection, given: dict[str, Any]) -> None:
    # Anki drops an answer in silence if another has its millisecond. There seldom is one, and making sure of
    # it beforehand would cost as much as all the rest.
    insert = _script("log.sql")
    connection.execute(insert.format(answer="ready.answer"), given)
    if _count(connection, "revlog") < _count(connection, "ready.answer"):
        connection.execute("DELETE FROM revlog")
        connection.execute(insert.format(answer=_OWN_MILLISECONDS), given)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 (our own tables)


def _description(calendar: Calendar, decks: DeckNames, cards: int) -> tuple[Any, ...]:
    note_types = {str(note_type.id): dump_note_type(kind) for kind, note_type in NOTE_TYPES.items()}
    return (
        calendar.created,
        calendar.at.ms,
        calendar.at.ms,
        _SCHEMA,
        _json(_settings(calendar, cards)),
        _json(note_types),
        _json(decks.dump(calendar.at.ms // 1000)),
        _json(_DEFAULT_OPTIONS),
    )


def _settings(calendar: Calendar, cards: int) -> dict[str, Any]:
    return {
        "schedVer": 2,
        "sched2021": True,
        "creationOffset": -calendar.at.offset,
        "rollover": ROLLOVER_HOURS,
        "nextPos": cards + 1,
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


def _checksum(html: str) -> int:
    """Anki's: the first eight hex digits of the SHA-1 of the first field without HTML, as a number."""
    words = to_text(html) if "<" in html or "&" in html else html
    number: int = _FIRST_DIGITS(sha1(words.encode(), usedforsecurity=False).digest())[0]
    return number


def _script(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
