"""Writes a package of Anki's legacy format: a zip of a SQLite collection (schema 11) and its pictures.

Any Anki of the last ten years reads it, and it can carry all that the newer format can. The collection is
built in a file beside the package, so that memory does not grow with the cards.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

from flashnotes.anki.collection import Collection
from flashnotes.anki.file import WHOLE, taken, written_whole
from flashnotes.anki.media import Media
from flashnotes.anki.model import ExportCard, Exported, Side
from flashnotes.anki.schedule import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flashnotes.anki.media import FindPicture
    from flashnotes.models import Day, Moment


def export_apkg(
    path: Path,
    cards: Iterable[ExportCard],
    *,
    at: Moment,
    day: Day,
    with_schedule: bool = True,
    find_picture: FindPicture | None = None,
) -> Exported:
    """Write the cards to the package at `path`, whole or not at all.

    `at` is the moment of the export and `day` its logical day; without the schedule all cards are new. Cards
    are taken one at a time, new ones keep their order. Pictures that `find_picture` finds go along, of the
    others the description. Raises AnkiError.
    """
    with written_whole(path) as folder:
        database = folder / "collection.anki21"
        media = Media(find_picture)
        given = cards if with_schedule else map(_as_new, cards)
        exported = _build(database, given, Calendar(at, day), media)
        _zip(database, media.files, folder / WHOLE)
    return exported


def _build(database: Path, cards: Iterable[ExportCard], calendar: Calendar, media: Media) -> Exported:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        collection = Collection(connection, calendar, media)
        for item in taken(cards):
            collection.add(item)
        return collection.finish()


def _as_new(item: ExportCard) -> ExportCard:
    return ExportCard(
        item.card, item.deck, modified=item.modified, reverse=Side() if item.reverse is not None else None
    )


def _zip(database: Path, media: dict[str, Path], package: Path) -> None:
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(database, "collection.anki21")
        members = {str(number): name for number, name in enumerate(media)}
        archive.writestr("media", json.dumps(members))
        for number, name in members.items():
            archive.write(media[name], number)
