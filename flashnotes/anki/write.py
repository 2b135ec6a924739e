"""Writes a package of Anki's legacy format: a zip of a SQLite collection (schema 11) and its pictures.

Any Anki of the last ten years reads it, and it can carry all that the newer format can. The collection is
built in a file beside the package, so that memory does not grow with the cards.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

from flashnotes.anki.collection import Collection
from flashnotes.anki.file import WHOLE, taken, written_whole
from flashnotes.anki.model import ExportCard, Exported, Side
from flashnotes.anki.schedule import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flashnotes.models import Day, Moment


def export_apkg(
    path: Path, cards: Iterable[ExportCard], *, at: Moment, day: Day, with_schedule: bool = True
) -> Exported:
    """Write the cards to the package at `path`, whole or not at all.

    `at` is the moment of the export and `day` its logical day; without the schedule all cards are new. Cards
    are taken one at a time, new ones keep their order. Raises AnkiError.
    """
    with written_whole(path) as folder:
        database = folder / "collection.anki21"
        exported = _build(database, cards, Calendar(at, day), with_schedule=with_schedule)
        _zip(database, folder / WHOLE)
    return exported


def _build(
    database: Path, cards: Iterable[ExportCard], calendar: Calendar, *, with_schedule: bool
) -> Exported:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        collection = Collection(connection, calendar)
        for item in taken(cards):
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
