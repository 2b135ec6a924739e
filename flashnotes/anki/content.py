"""When a card's content last changed, as far as Anki is concerned, and what its text was when it left.

An update lands in Anki only if the note's time of change has grown. A time that grows at every export
would overwrite what the person edited there; so the caller keeps one `Mark` a card and asks for the next at
each export. The mark also holds the base of the merge when the card comes back: the hash of the text last exported.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.anki.notes import AnkiNote


@dataclass(frozen=True, slots=True)
class Mark:
    """The content that was last exported."""

    digest: str
    """Of all that the note shows, then of its text alone, with a slash between them."""
    modified: int
    """Second since 1970 at which it was first exported with this content."""

    @property
    def text(self) -> str:
        """The hash of the text last exported; empty if it is not known."""
        return self.digest.partition("/")[2]


def digest_of(note: AnkiNote) -> str:
    """A short hash of all that a note shows: pictures too, for they are named by their content."""
    whole = (note.kind.value, *note.fields, " ".join(note.tags), str(note.ordinals))
    return f"{_hash(whole)}/{text_digest(note.fields)}"


def text_digest(fields: Sequence[str]) -> str:
    """A short hash of a note's text: of its first two fields, as HTML."""
    return _hash(fields[:2])


def _hash(parts: Sequence[str]) -> str:
    whole = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(whole, digest_size=9).hexdigest()


def next_mark(last: Mark | None, digest: str, *, now: int) -> Mark:
    """The last mark while the content is the same, else a later one; `now` in seconds since 1970.

    A clock that went back does not make the time of change go back: the next second after the last is taken.
    """
    if last is None:
        return Mark(digest, now)
    if last.digest == digest:
        return last
    return Mark(digest, max(now, last.modified + 1))
