"""Anki's text import: for an Anki that is to keep its own note types, and to be read as a difference.

The stock types `Basic`, `Basic (and reversed card)` and `Cloze` under their English names; no schedule, no
pictures. The guid column makes it safe to import again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.anki.decknames import deck_components
from flashnotes.anki.file import WHOLE, taken, written_whole
from flashnotes.anki.media import Media
from flashnotes.anki.model import Exported
from flashnotes.anki.notes import make_note
from flashnotes.anki.notetypes import NOTE_TYPES
from flashnotes.models import CardKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flashnotes.anki.media import FindPicture
    from flashnotes.anki.model import ExportCard
    from flashnotes.anki.notes import AnkiNote
    from flashnotes.anki.packing import ModifiedOf
    from flashnotes.models import CardId

HEADER = """\
#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:6
"""
_ALL_DIGITS_PARENT = "flashnotes::"


def export_txt(
    path: Path,
    cards: Iterable[ExportCard],
    *,
    find_picture: FindPicture | None = None,
    modified_of: ModifiedOf | None = None,
) -> Exported:
    """Write the cards as text for Anki at `path`, whole or not at all. Raises AnkiError.

    `modified_of` is told each note as a package would hold it, with the pictures that `find_picture` finds.
    """
    count = 0
    retired: list[CardId] = []
    with written_whole(path) as folder, (folder / WHOLE).open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER)
        media = Media(find_picture)
        for item, note in _notes(taken(cards)):
            if modified_of:
                modified_of(item.card, make_note(item, media))
            file.write("\t".join(map(_quoted, _columns(item, note))) + "\n")
            count += 1
            if item.card.retired:
                retired.append(item.card.id)
    return Exported(count, count, 0, tuple(retired))


def _notes(cards: Iterable[ExportCard]) -> Iterator[tuple[ExportCard, AnkiNote]]:
    """Each note once: the deletions of a text that came from Anki share one."""
    shared: set[str] = set()
    for item in cards:
        note = make_note(item, Media(None))
        if note.guid in shared:
            continue
        if item.card.anki is not None:
            shared.add(note.guid)
        yield item, note


def _columns(item: ExportCard, note: AnkiNote) -> tuple[str, ...]:
    front, back = sides_of_row(note)
    return note.guid, _stock_type(note), _deck(item.deck), front, back, " ".join(note.tags)


def sides_of_row(note: AnkiNote) -> tuple[str, str]:
    """Front and back of a note in a type that has no other fields."""
    front, back, aliases = note.fields[:3]
    label = NOTE_TYPES[note.kind].label
    if label:
        front += f"<br><small>{label}</small>"
    if aliases:
        back += f"<div>= {aliases}</div>"
    return front, back


def _stock_type(note: AnkiNote) -> str:
    if note.kind is CardKind.CLOZE:
        return "Cloze"
    return "Basic (and reversed card)" if len(note.ordinals) > 1 else "Basic"


def _deck(name: str) -> str:
    """The deck's name; one of digits alone would be taken for the number of a deck, and the row left out."""
    stored = "::".join(deck_components(name))
    return _ALL_DIGITS_PARENT + stored if stored.isdigit() else stored


def _quoted(value: str) -> str:
    # A row that begins with an unquoted # is a comment to Anki.
    if value.startswith("#") or any(char in value for char in '\t\n"'):
        return '"' + value.replace('"', '""') + '"'
    return value
