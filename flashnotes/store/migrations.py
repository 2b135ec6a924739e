"""Making the database, and bringing an older one up to the schema of today.

`PRAGMA user_version` names the schema. A migration is a function that takes a connection, inside a
transaction, from one schema to the next; MIGRATIONS[0] goes from 1 to 2. A backup is made before the first.
"""

# ruff: noqa: S608 (SQL is put together from our own lists of columns)

from __future__ import annotations

import os
import secrets
import sqlite3
import uuid
from functools import cache
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from flashnotes.errors import StoreError
from flashnotes.scheduling.columns import STATE
from flashnotes.scheduling.days import iso_time
from flashnotes.store.connection import SCHEMA, explained, version_of, writing
from flashnotes.store.doubled import take_doubles_back
from flashnotes.store.files import sync_file, sync_folder
from flashnotes.store.log import HOME_NUMBERS
from flashnotes.store.rows import BLANK_STATE, names

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.models import Moment


def _of(table: str) -> str:
    return ", ".join(f"{table}.{column}" for column in STATE)


WRONG_STATE = f"""
CREATE VIEW wrong_state AS
WITH event AS (
    SELECT id, card_id, {names(STATE)} FROM review UNION ALL SELECT id, card_id, {names(STATE)} FROM action
)
SELECT card.id FROM card
LEFT JOIN (SELECT card_id, max(id), {names(STATE)} FROM event GROUP BY card_id) AS last
    ON last.card_id = card.id
WHERE CASE WHEN last.card_id IS NULL
    THEN ({_of("card")}) IS NOT ({", ".join(BLANK_STATE.values())})
    ELSE ({_of("card")}) IS NOT ({_of("last")})
END
"""
"""The cards that stand elsewhere than their last event left them: none, at all times."""


def _answers_by_way_of_anki_count_once(connection: sqlite3.Connection) -> None:
    """Schema 2: an index on what came from Anki; the doubles that earlier merges left are taken back."""
    connection.execute(
        "CREATE INDEX review_from_anki ON review (card_id) WHERE source >= 'anki:' AND source < 'anki;'"
    )
    cards = {row[0] for row in connection.execute("SELECT DISTINCT card_id FROM review")}
    if take_doubles_back(connection, cards):
        # No scheduler is called so: the states are folded anew as soon as the database is open.
        connection.execute("UPDATE home SET scheduler = ''")


def _counts_by_index(connection: sqlite3.Connection) -> None:
    """Schema 3: what the start counts, and the last event made here, are found by indexes."""
    connection.execute("DROP INDEX card_counts")
    connection.execute(
        "CREATE INDEX card_counts ON card (deck, due_day, drilling, failed_on, buried_until)"
        " WHERE active = 1 AND suspended = 0 AND due_day IS NOT NULL"
    )
    connection.execute(
        "CREATE INDEX card_attention ON card (flag, lapses, suspended, buried_until)"
        " WHERE active = 1 AND (flag > 0 OR lapses >= 8 OR suspended = 1 OR buried_until > 0)"
    )
    connection.execute("CREATE INDEX review_home ON review (id & 32767)")
    connection.execute("CREATE INDEX action_home ON action (id & 32767)")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _answers_by_way_of_anki_count_once,
    _counts_by_index,
)


def create(path: Path, scheduler: str, at: Moment) -> None:
    """Make the database at `path` whole or not at all; one that another program made meanwhile stays."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be made ({error.strerror}). Check the rights of the folder."
        ) from error
    new = Path(name)
    try:
        with explained(path):
            _fill(new, scheduler, at)
        _put_in_place(new, path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be made ({error.strerror}).") from error
    finally:
        for leftover in (new, *(new.with_name(new.name + end) for end in ("-wal", "-shm", "-journal"))):
            leftover.unlink(missing_ok=True)


def _fill(path: Path, scheduler: str, at: Moment) -> None:
    """The tables, the view and the row of this home, in the file at `path` alone."""
    home = (str(uuid.uuid4()), secrets.randbelow(HOME_NUMBERS), iso_time(at.ms), scheduler)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # The file is synced as a whole before it gets its name.
        connection.execute("PRAGMA synchronous = OFF")
        with writing(connection):
            for statement in (*_tables(), WRONG_STATE, f"PRAGMA user_version = {SCHEMA}"):
                connection.execute(statement)
            connection.execute(
                "INSERT INTO home (id, uuid, number, created_at, scheduler) VALUES (1, ?, ?, ?, ?)", home
            )
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


@cache
def _tables() -> tuple[str, ...]:
    """The SQL of every table and index, as SQLModel makes them."""
    from sqlalchemy import create_engine
    from sqlmodel import SQLModel

    from flashnotes.store import tables  # noqa: F401 (defines what is made)

    engine = create_engine("sqlite://")
    try:
        SQLModel.metadata.create_all(engine)
        with engine.connect() as connection:
            made = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
            )
            return tuple(made.scalars())
    finally:
        engine.dispose()


def _put_in_place(new: Path, path: Path) -> None:
    sync_file(new)
    try:
        os.link(new, path)
    except FileExistsError:
        return
    except OSError:
        # No hard links here: a rename is as whole, and only the race for a first start is lost.
        if not path.exists():
            new.replace(path)
    sync_folder(path.parent)


def migrate(connection: sqlite3.Connection, path: Path, back_up: Callable[[], object]) -> None:
    """Bring the database up to the schema of today, each step in a transaction of its own, after a backup."""
    with explained(path):
        version = version_of(connection)
        if version == SCHEMA:
            return
        if version < 1:
            raise StoreError(f"{path}: is a database, but not one of flashnotes. Move it away.")
        back_up()
        while (version := _step(connection)) < SCHEMA:
            pass


def _step(connection: sqlite3.Connection) -> int:
    """Take one step, unless another program has taken it meanwhile; the schema reached."""
    with writing(connection):
        version = version_of(connection)
        if version < SCHEMA:
            MIGRATIONS[version - 1](connection)
            version += 1
            connection.execute(f"PRAGMA user_version = {version}")
    return version
