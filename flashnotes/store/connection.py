"""Opening the database file: how it is connected, and what to say when it cannot be."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flashnotes.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = 3
BUSY_SECONDS = 10.0
_HEADER = b"SQLite format 3\0"
_CHECKPOINT_PAGES = 4000
"""A safety net: checkpoints are made between cards, so that no answer waits for one."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the existing database at `path`, for reading where it cannot be written.

    Raises StoreError where it is no database, damaged, newer than this program or not readable.
    """
    _look_at_header(path)
    with explained(path):
        try:
            connection, version = _open(path, "mode=rw")
        except sqlite3.OperationalError as error:
            # Without a log the file alone is all there is, and reading it needs no room and no rights to write.
            if not _is_for_want_of_rights_or_room(error) or _has_log(path):
                raise
            connection, version = _open(path, "mode=ro&immutable=1")
    if version > SCHEMA:
        connection.close()
        raise StoreError(
            f"{path}: was written by a newer flashnotes (schema {version}, this one knows {SCHEMA}). "
            "Update flashnotes; the file was left as it is."
        )
    return connection


def _open(path: Path, options: str) -> tuple[sqlite3.Connection, int]:
    """A connection and the schema of its database; none is left open where that cannot be read."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            f"wal_autocheckpoint = {_CHECKPOINT_PAGES}",
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection, version_of(connection)
    except BaseException:
        connection.close()
        raise


def version_of(connection: sqlite3.Connection) -> int:
    """The schema of the database; the first read, so the first to fail where it cannot be read."""
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _is_for_want_of_rights_or_room(error: sqlite3.OperationalError) -> bool:
    code = error.sqlite_errorcode & 0xFF
    return code in (
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
    )


def _look_at_header(path: Path) -> None:
    """Refuse what SQLite would take for a new database, or find damaged only later."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except IsADirectoryError as error:
        raise StoreError(f"{path}: is a folder, not a database. Move it away.") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}).") from error
    if not header:
        raise damaged(path, "is empty (0 bytes)")
    if not header.startswith(_HEADER) or len(header) < 100:
        raise damaged(path, "is not a database")
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if size < pages * (65_536 if page == 1 else page) and not _has_log(path):
        raise damaged(path, "is cut short")


def _has_log(path: Path) -> bool:
    """A checkpoint cut off in its middle leaves a short file, whose missing pages stand in the log."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one line that says what is wrong with `path` and what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _in_words(path, error) from error


def _in_words(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(
            f"{path}: another program has kept it locked for {BUSY_SECONDS:.0f} seconds. "
            "Nothing was saved; try again when that program is done."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, f"is damaged ({error})")
    if code == sqlite3.SQLITE_FULL:
        return StoreError(f"{path}: the disk is full. Nothing was saved; make room and try again.")
    if code == sqlite3.SQLITE_READONLY:
        return StoreError(f"{path}: cannot be written. Nothing was saved; check the rights of the folder.")
    if code == sqlite3.SQLITE_CANTOPEN:
        return StoreError(f"{path}: cannot be opened. Check the rights of the file and its folder.")
    return StoreError(f"{path}: {error}. Nothing was saved.")


def damaged(path: Path, how: str) -> StoreError:
    """The error that names the newest backup and promises that nothing was written."""
    backup = newest_backup(path.parent)
    advice = f"The newest backup is {backup}." if backup else "There is no backup of it."
    return StoreError(f"{path}: {how}. {advice} Nothing was written over it.")


def newest_backup(home: Path) -> Path | None:
    """The newest file in the home's `backups` folder; their names sort by time."""
    try:
        return max((home / "backups").glob("*.db"), default=None)
    except OSError:
        return None


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that holds the write lock from its start, so that what it reads is what it changes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
