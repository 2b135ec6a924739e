"""Backups: whole copies of the database in the home's `backups`, named by the time they were made."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from flashnotes.errors import StoreError
from flashnotes.store.connection import explained
from flashnotes.store.rows import iso_time

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.models import Moment


def back_up(connection: sqlite3.Connection, folder: Path, at: Moment) -> Path:
    """Copy the open database into `folder`; the copy appears under its name only when it is whole.

    Raises StoreError when it cannot be made.
    """
    target = folder / f"flashnotes-{iso_time(at.ms).replace(':', '').replace('.', '-')}.db"
    unfinished = folder / f".{target.name}.{os.getpid()}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with explained(target):
            _copy(connection, unfinished)
        _keep(unfinished, target)
    except OSError as error:
        raise StoreError(f"{target}: the backup cannot be written ({error.strerror}).") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    """Through SQLite's backup, which is right while others write; one file, with no log beside it."""
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()


def _keep(unfinished: Path, target: Path) -> None:
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)
    if os.name == "posix":
        handle = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
