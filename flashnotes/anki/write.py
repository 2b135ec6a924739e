"""Writes a package of Anki's legacy format: a zip of a SQLite collection (schema 11) and its pictures.

Any Anki of the last ten years reads it, and it can carry all that the newer format can. The collection is
built in a file beside the package, so that memory does not grow with the cards.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashnotes.anki.collection import Collection
from flashnotes.anki.model import ExportCard, Exported, Side
from flashnotes.anki.schedule import Calendar
from flashnotes.errors import AnkiError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashnotes.models import Day, Moment

_RESERVED = "collection.apkg"


def export_apkg(
    path: Path, cards: Iterable[ExportCard], *, at: Moment, day: Day, with_schedule: bool = True
) -> Exported:
    """Write the cards to the package at `path`, whole or not at all.

    `at` is the moment of the export and `day` its logical day; without the schedule all cards are new. Cards
    are taken one at a time, new ones keep their order. Raises AnkiError.
    """
    _check_name(path)
    with _in_words(path), _folder_beside(path) as folder:
        database = folder / "collection.anki21"
        exported = _build(database, cards, Calendar(at, day), with_schedule=with_schedule)
        package = folder / "package"
        _zip(database, package)
        _replace(package, path.resolve())
    return exported


def _check_name(path: Path) -> None:
    if path.name.casefold() == _RESERVED:
        raise AnkiError(
            f"{path}: Anki would replace a whole collection by a file of this name. Choose another name."
        )
    if path.is_dir():
        raise AnkiError(f"{path}: is a folder. Name the file to write.")
    if path.exists() and not path.is_file():
        raise AnkiError(f"{path}: is no regular file. Choose another name.")
    if not path.parent.is_dir():
        raise AnkiError(f"{path}: the folder {path.parent} does not exist. Make it, or choose another.")


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Faults of the disk as one line; those of the caller's cards are not ours to explain."""
    try:
        yield
    except _CardsError as error:
        raise error.args[0] from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise AnkiError(f"{path}: cannot be written ({reason}). Nothing was changed.") from error
    except sqlite3.Error as error:
        raise AnkiError(f"{path}: cannot be written ({error}). Nothing was changed.") from error


class _CardsError(Exception):
    """Carries what the caller's iterator raised past the handlers of our own faults."""


def _taken(cards: Iterable[ExportCard]) -> Iterator[ExportCard]:
    try:
        yield from cards
    except (OSError, sqlite3.Error) as error:
        raise _CardsError(error) from error


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(
        prefix=".flashnotes-", dir=path.resolve().parent, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def _build(
    database: Path, cards: Iterable[ExportCard], calendar: Calendar, *, with_schedule: bool
) -> Exported:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        collection = Collection(connection, calendar)
        for item in _taken(cards):
            collection.add(item if with_schedule else _as_new(item))
        return collection.finish()


def _as_new(item: ExportCard) -> ExportCard:
    return ExportCard(
        item.card, item.deck, modified=item.modified, reverse=Side() if item.reverse is not None else None
    )


def _zip(database: Path, package: Path) -> None:
    media: dict[str, Any] = {}
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(database, "collection.anki21")
        archive.writestr("media", json.dumps(media))
    with package.open("rb+") as file:
        os.fsync(file.fileno())


def _replace(package: Path, target: Path) -> None:
    package.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
