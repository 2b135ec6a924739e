"""Writes a package of Anki's legacy format: a zip of a SQLite collection (schema 11) and its pictures.

Any Anki of the last ten years reads it, and it can carry all that the newer format can. The collection is
built in a file beside the package, so that memory does not grow with the cards.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from flashnotes.anki.collection import make_collection
from flashnotes.anki.file import WHOLE, taken, written_whole
from flashnotes.anki.media import Media
from flashnotes.anki.packing import Packing
from flashnotes.anki.ready import Ready

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from flashnotes.anki.media import FindPicture
    from flashnotes.anki.model import ExportCard, Exported
    from flashnotes.anki.packing import ModifiedOf
    from flashnotes.anki.schedule import Calendar

_CHUNK = 1 << 20
_PAGE = 8192


def export_apkg(
    path: Path,
    cards: Iterable[ExportCard],
    *,
    calendar: Calendar,
    find_picture: FindPicture | None = None,
    modified_of: ModifiedOf | None = None,
) -> Exported:
    """Write the cards to the package at `path`, whole or not at all.

    `calendar` says when the export is made. Cards are taken one at a time, new ones keep their order. Pictures that
    `find_picture` finds go along, of the others the description. `modified_of` tells when a note changed, if not at
    that moment. Raises AnkiError.

    A package brings the note types that its notes use and no others: Anki imports none without notes, and a note made
    only to bring one would be a card that nobody asked for. So the first cloze card brings the cloze type along.
    """
    with written_whole(path) as folder:
        media = Media(find_picture)
        database = folder / "ready"
        with closing(_connect(database)) as connection:
            changed = modified_of or (lambda *_: calendar.at.ms // 1000)
            packing = Packing(Ready(connection), media, changed)
            for item in taken(cards):
                packing.add(item)
            packing.finish()
        exported = _pack(folder, database, calendar, media.files)
    return replace(exported, retired=tuple(packing.retired))


def export_ready(path: Path, database: Path, *, calendar: Calendar) -> Exported:
    """Write the notes in `database` (see ready.sql) to the package at `path`, as `export_apkg` does."""
    with written_whole(path) as folder:
        return _pack(folder, database, calendar, {})


def _pack(folder: Path, database: Path, calendar: Calendar, media: Mapping[str, Path]) -> Exported:
    """Make the package that takes the place of the file, of notes that are ready."""
    collection = folder / "collection.anki21"
    with closing(_connect(collection)) as connection:
        for pragma in (f"page_size = {_PAGE}", "journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("ATTACH ? AS ready", (str(database),))
        exported = make_collection(connection, calendar)
    _zip(collection, media, folder / WHOLE)
    return exported


def _connect(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(database, isolation_level=None)


def _zip(collection: Path, media: Mapping[str, Path], package: Path) -> None:
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        _put(archive, collection.name, collection)
        members = {str(number): name for number, name in enumerate(media)}
        archive.writestr("media", json.dumps(members))
        for number, name in members.items():
            _put(archive, number, media[name])


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, _CHUNK)
