"""When a card's content last changed, as far as Anki is concerned.

An update lands in Anki only if the note's time of change has grown. A time that grows at every export
would overwrite what the person edited there; so the caller keeps one `Mark` a card and asks for the next at
each export.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.anki.media import Media
from flashnotes.anki.model import ExportCard
from flashnotes.anki.notes import make_note

if TYPE_CHECKING:
    from flashnotes.anki.media import FindPicture
    from flashnotes.models import Card

_NAMES_A_FILE = ("![", "[sound:")
_RENDERING = 1
"""Raised when the same card would be written as other HTML, so that the difference reaches Anki."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The content that was last exported."""

    digest: str
    modified: int
    """Second since 1970 at which it was first exported with this content."""


def digest_of(card: Card, find_picture: FindPicture | None = None, *, is_two_way: bool = False) -> str:
    """A short hash of all of a card that its note in Anki shows, down to the bytes of the pictures that are found."""
    parts = [str(_RENDERING), card.kind.value, card.front, card.back, "y" if is_two_way else ""]
    parts += [card.source.path if card.source else "", str(card.retired)]
    parts += ["\x1e".join(card.aliases), "\x1e".join(sorted(card.tags))]
    parts += _pictures(card, find_picture)
    whole = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(whole, digest_size=9).hexdigest()


def _pictures(card: Card, find: FindPicture | None) -> list[str]:
    """The names, made of their content, under which the card's pictures and sounds leave."""
    if find is None or not any(sign in side for side in (card.front, card.back) for sign in _NAMES_A_FILE):
        return []
    media = Media(find)
    make_note(ExportCard(card, ""), media)
    return sorted(media.files)


def next_mark(last: Mark | None, digest: str, *, now: int) -> Mark:
    """The last mark while the content is the same, else a later one; `now` in seconds since 1970.

    A clock that went back does not make the time of change go back: the next second after the last is taken.
    """
    if last is None:
        return Mark(digest, now)
    if last.digest == digest:
        return last
    return Mark(digest, max(now, last.modified + 1))
