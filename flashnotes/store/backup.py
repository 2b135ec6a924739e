"""Backups: whole copies of the database in the home's `backups`, named by the time they were made.

All of the last two days are kept, then the last of a day for twelve days, of a week for ten weeks and of a month for
two years. Restoring keeps what it replaces.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flashnotes.errors import StoreError
from flashnotes.scheduling.days import iso_time
from flashnotes.store.connection import connect, explained
from flashnotes.store.files import sync_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from flashnotes.models import Moment

_NAME = "flashnotes-%Y-%m-%dT%H%M%S"
KEPT_WHOLE = timedelta(days=2)
_LAST_EVENT = """
SELECT max((SELECT coalesce(max(id), 0) FROM review), (SELECT coalesce(max(id), 0) FROM action)),
       (SELECT count(*) FROM undone)
"""


@dataclass(frozen=True, slots=True)
class _Period:
    """Of each of the last `count` days, weeks or months the last backup is kept."""

    count: int
    of: Callable[[datetime], tuple[int, ...]]


_PERIODS = (
    _Period(12, lambda made: (made.toordinal(),)),
    _Period(10, lambda made: made.isocalendar()[:2]),
    _Period(24, lambda made: (made.year, made.month)),
)


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
            copy(connection, unfinished)
        sync_file(unfinished)
        unfinished.replace(target)
        sync_folder(folder)
    except OSError as error:
        raise StoreError(f"{target}: the backup cannot be written ({error.strerror}).") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return target


def copy(connection: sqlite3.Connection, path: Path) -> None:
    """Through SQLite's backup, which is right while others write; one file, with no log beside it."""
    copied = sqlite3.connect(path, isolation_level=None)
    try:
        connection.backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE")
    finally:
        copied.close()


def back_up_if_changed(connection: sqlite3.Connection, folder: Path, at: Moment) -> Path | None:
    """Back up and thin, unless the newest backup holds the same events; the backup made."""
    backups = listed(folder)
    if backups and _events_of(backups[-1]) == connection.execute(_LAST_EVENT).fetchone():
        return None
    made = back_up(connection, folder, at)
    for path in thinned(listed(folder), _moment(at)):
        path.unlink(missing_ok=True)
    return made


def _events_of(backup: Path) -> tuple[int, int] | None:
    """What tells the events of a backup from those of another; None where it cannot be read."""
    try:
        connection = connect(backup)
    except StoreError:
        return None
    try:
        last: tuple[int, int] = connection.execute(_LAST_EVENT).fetchone()
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()
    return last


def listed(folder: Path) -> list[Path]:
    """The backups in `folder`, oldest first; other files are not ours to look at."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".db" and made_at(path))
    except OSError:
        return []


def made_at(backup: Path) -> datetime | None:
    """When a backup was made, by its name."""
    try:
        return datetime.strptime(backup.stem.rpartition("-")[0], _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def thinned(backups: Iterable[Path], now: datetime) -> list[Path]:
    """The backups that need not be kept; never the newest."""
    newest_first = sorted(
        ((made_at(path), path) for path in backups), key=lambda pair: pair[1].name, reverse=True
    )
    dated = [(made, path) for made, path in newest_first if made is not None]
    kept = {path for made, path in dated if now - made < KEPT_WHOLE} | {path for _, path in dated[:1]}
    for period in _PERIODS:
        last_of: dict[tuple[int, ...], Path] = {}
        for made, path in dated:
            last_of.setdefault(period.of(made), path)
        kept.update(list(last_of.values())[: period.count])
    return [path for _, path in dated if path not in kept]


def _moment(at: Moment) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at.ms)


def restore(backup: Path, database: Path, at: Moment) -> Path | None:
    """Put `backup` in the place of `database`; where the replaced file is kept now, if there was one.

    Raises StoreError where the backup is damaged or the database is in use; then nothing has changed.
    """
    new = database.with_name(f".{database.name}.{os.getpid()}.new")
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _copy_checked(backup, new)
        sync_file(new)
        kept = _set_aside(database, at) if os.path.lexists(database) else None
        new.replace(database)
        sync_folder(database.parent)
    except OSError as error:
        raise StoreError(f"{database}: cannot be replaced ({error.strerror}).") from error
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
    return kept


def _copy_checked(backup: Path, new: Path) -> None:
    """A copy of a backup that SQLite has read from end to end."""
    connection = connect(backup)
    try:
        with explained(backup):
            copy(connection, new)
        copied = sqlite3.connect(new, isolation_level=None)
        try:
            with explained(backup):
                if copied.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    raise StoreError(f"{backup}: is damaged. Choose an older backup; nothing was changed.")
                if not copied.execute("SELECT 1 FROM sqlite_schema WHERE name = 'review'").fetchone():
                    raise StoreError(
                        f"{backup}: is a database, but not one of flashnotes. Nothing was changed."
                    )
                copied.execute("PRAGMA journal_mode = WAL")
        finally:
            copied.close()
    finally:
        connection.close()


def _set_aside(database: Path, at: Moment) -> Path:
    """A second name for the database that is to be replaced, with its log inside it or beside it."""
    folder = database.parent / "backups"
    folder.mkdir(exist_ok=True)
    kept = folder / f"replaced-{iso_time(at.ms).replace(':', '').replace('.', '-')}.db"
    logs = [database.with_name(database.name + end) for end in ("-wal", "-shm")]
    if _fold_log_in(database):
        os.link(database, kept)
    else:
        os.link(database, kept)
        for log in logs:
            if log.exists():
                os.link(log, kept.with_name(kept.name + log.name.removeprefix(database.name)))
    for log in logs:
        # A log left here would be read into the file that comes in its place.
        log.unlink(missing_ok=True)
    sync_folder(folder)
    return kept


def _fold_log_in(database: Path) -> bool:
    """Take the write-ahead log into the database; False for a damaged one. Raises StoreError while in use."""
    try:
        connection = sqlite3.connect(database, timeout=1, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(f"{database}: is in use. Close other flashnotes and try again.") from error
        return False
    except sqlite3.DatabaseError:
        return False
    return True
