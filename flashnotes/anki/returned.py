"""A card's text as it comes back from Anki when nobody has touched it there.

Markdown becomes HTML and Markdown again: the same text to a reader, not always to a computer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.anki.markdown import to_markdown
from flashnotes.anki.media import Media
from flashnotes.anki.model import ExportCard
from flashnotes.anki.notes import make_note
from flashnotes.anki.text import sides_of_row
from flashnotes.models import CardKind

if TYPE_CHECKING:
    from flashnotes.anki.media import FindPicture
    from flashnotes.models import Card


def returned(card: Card, find_picture: FindPicture | None = None) -> tuple[tuple[str, str], ...]:
    """Front and back of `card` after a way through a package, and after one through a text file."""
    item = ExportCard(card, "")
    packed, written = make_note(item, Media(find_picture)), make_note(item, Media(None))
    is_cloze = packed.kind is CardKind.CLOZE
    sides = (packed.fields[:2], sides_of_row(written))
    return tuple((_read(front, is_cloze=is_cloze), _read(back)) for front, back in sides)


def _read(html: str, *, is_cloze: bool = False) -> str:
    return to_markdown(html, is_cloze=is_cloze, name_of_picture=lambda name: f"media/{name}")
