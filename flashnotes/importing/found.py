"""The nouns of matching: a candidate with its note, a card with its place, and the two together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, is_as_extracted, text_hash
from flashnotes.models import Source

if TYPE_CHECKING:
    from flashnotes.models import Candidate, Card


class Sure(Enum):
    """How a match is to be taken."""

    YES = "it is this card"
    ASK = "it may be this card"
    TWIN = "a second card of the same term: ask"
    DOUBLE = "the same card stands in another place too"


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate and the note it is from."""

    candidate: Candidate
    path: str
    deck: str
    tags: tuple[str, ...] = ()
    is_weak: bool = False
    """It is no card by itself: it only keeps the card that it belongs to."""

    @property
    def source(self) -> Source:
        return Source(self.path, self.candidate.line)

    @property
    def term(self) -> str:
        return fold_term(self.candidate.front)

    @property
    def hash(self) -> str:
        return text_hash(self.candidate.front, self.candidate.back)


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate and its card; `card` is None for a card that is not there yet."""

    found: Found
    card: Card | None = None
    deck: str = ""
    sure: Sure = Sure.YES
    reason: str = ""
    first: Found | None = None
    """The candidate that says the same, where that has no card yet."""


@dataclass(frozen=True, slots=True)
class Placed:
    card: Card
    deck: str
    place: int

    @property
    def path(self) -> str:
        return self.card.source.path if self.card.source else ""

    @property
    def line(self) -> int:
        return (self.card.source.line if self.card.source else None) or 0

    @property
    def follows(self) -> bool:
        """The text is as it was extracted, so that it follows its note."""
        return is_as_extracted(self.card)

    def has_text(self, found: Found) -> bool:
        return found.hash in (self.card.extracted, text_hash(self.card.front, self.card.back))


def distance(placed: Placed, each: Found) -> tuple[bool, bool, int, bool, int]:
    """How far a card is from a candidate: by text, by note, in its own note by line, by deck, by age."""
    elsewhere = placed.path != each.path
    lines = 0 if elsewhere else abs(placed.line - each.candidate.line)
    return (not placed.has_text(each), elsewhere, lines, placed.deck != each.deck, placed.place)
