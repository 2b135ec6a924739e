"""The nouns of an import: what was looked at, and the plan that comes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.cards import is_as_extracted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from flashnotes.models import Candidate, Card, Source

_LONGEST_HEADING = 80
"""Characters of a heading that names a deck."""


class Status(StrEnum):
    """What an import does with a card."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"
    """Nothing to tell; at most the number of its line is written anew."""
    KEPT = "kept"
    """Edited or written by the person: its text is left alone."""
    RETIRED = "retired"
    """Its passage is gone: kept, not asked."""
    REJECTED = "rejected"
    """Rejected before, and its passage is the same: not offered."""
    UNCERTAIN = "uncertain"
    """The person has to say."""


@dataclass(frozen=True, slots=True)
class NoteCards:
    """A note that was read and what the rules found in it."""

    path: str
    """Relative to the home, with forward slashes."""
    deck: str
    """Where its new cards go."""
    candidates: tuple[Candidate, ...] = ()
    tags: tuple[str, ...] = ()
    by_heading: bool = False
    """Each heading of the first level has a deck of its own inside `deck`."""

    def deck_of(self, candidate: Candidate) -> str:
        """Where a new card of `candidate` goes."""
        if not (self.by_heading and candidate.headings):
            return self.deck
        heading = " ".join(candidate.headings[0].replace("::", ":").split())[:_LONGEST_HEADING].strip(": ")
        return f"{self.deck}::{heading}" if heading else self.deck


class Mention(NamedTuple):
    """A passage that is no card of its own: it says what a card from elsewhere says, or what was refused."""

    id: str
    """Of that card, or of the rejected one."""
    line: int
    score: float
    passage: str = ""
    """Of what was refused: its hash."""
    kind: str = ""
    front: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """What reading an unchanged note again would tell, beside its cards."""

    scores: Mapping[str, float] = field(default_factory=dict)
    """By the id of each of its cards that is decided on; others of the note may still be open."""
    doubles: tuple[Mention, ...] = ()
    refused: tuple[Mention, ...] = ()

    def says_something(self, least: float) -> bool:
        """Reading it would give candidates that score at least so much, or keep a card."""
        return bool(self.scores) or any(each.score >= least for each in (*self.doubles, *self.refused))


def follows(card: Card) -> bool:
    """It came from a note and is not retired."""
    return card.extracted is not None and not card.retired


def is_decided(card: Card, unchanged: Mapping[str, Unread]) -> bool:
    """The note of `card` did not change, and the card follows it."""
    if card.source is None or not follows(card):
        return False
    unread = unchanged.get(card.source.path)
    return unread is not None and card.id in unread.scores


@dataclass(frozen=True, slots=True)
class Untouched:
    """Cards of unchanged notes that are as they were: counted, and listed only where somebody asks."""

    count: int = 0
    unchanged: Mapping[str, Unread] = field(default_factory=dict)
    """Their notes."""
    read: Callable[[], Iterable[Entry]] = tuple

    def holds(self, card: Card) -> bool:
        return is_as_extracted(card) and is_decided(card, self.unchanged)


@dataclass(frozen=True, slots=True)
class Scan:
    """What an import looked at. A note that could not be read is not in it: its cards stay."""

    notes: tuple[NoteCards, ...] = ()
    folders: tuple[str, ...] = ()
    """Folders that were read whole, relative to the home: cards of notes that are missing there are retired."""
    missing: frozenset[str] = frozenset()
    """Source paths of cards at which there is no file any more, in those folders or elsewhere."""
    unchanged: Mapping[str, Unread] = field(default_factory=dict)
    """Notes that are as they were, with what was decided on; they were not read. What of them is still open is
    among `notes`."""
    least: float = 0.0
    """Candidates scored under it are no new cards: they only say that the passage of a card is still there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is planned for one card."""

    status: Status
    deck: str
    card: Card
    """As it will be if the entry is taken."""
    reason: str
    before: Card | None = None
    """As it is; None for a card that is not in the deck."""
    candidate: Candidate | None = None
    instead: Card | None = None
    """The new card to make of an uncertain candidate if it is not this card's; the note's text for a card that was
    edited by hand while its note changed."""
    instead_deck: str = ""
    stands_at: Source | None = None
    """Where a passage stands that says what a card from another place says."""

    @property
    def score(self) -> float:
        return self.candidate.score if self.candidate else 1.0

    @property
    def id(self) -> str:
        return self.card.id

    @property
    def place(self) -> Source | None:
        """Where its passage stands or stood."""
        return self.stands_at or self.card.source

    def as_new(self) -> Entry:
        """An uncertain entry, decided: the candidate is a card of its own."""
        if self.instead is None:
            return replace(self, status=Status.NEW)
        return Entry(Status.NEW, self.instead_deck, self.instead, self.reason, None, self.candidate)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, card by card."""

    entries: tuple[Entry, ...] = ()
    """All that there is to tell; of cards of which there is nothing to tell, those that were looked at."""
    must_ask: tuple[str, ...] = ()
    """Why this plan is not to be taken without asking: it would retire a great deal."""
    untouched: Untouched = field(default_factory=Untouched, compare=False)
    """The others of which there is nothing to tell."""

    def every_entry(self) -> Iterator[Entry]:
        """The untouched ones too."""
        yield from self.untouched.read()
        yield from self.entries

    def counts(self) -> dict[str, int]:
        """How many cards of each status there are; one that stands in two places is one card."""
        found: Counter[Status] = Counter(
            entry.status for entry in self.entries if entry.status is not Status.SAME
        )
        told = {entry.id for entry in self.entries if entry.status is not Status.SAME}
        same = {
            entry.id
            for entry in self.entries
            if entry.status is Status.SAME and not self.untouched.holds(entry.card)
        }
        found[Status.SAME] = len(same - told) + self.untouched.count
        return {status.value: found[status] for status in Status}

    def taken(self, *, threshold: float = 0.0, retire: bool = True) -> list[Entry]:
        """The entries to take without asking: no uncertain ones, no new ones scored under `threshold`."""
        return [
            entry
            for entry in self.entries
            if _is_taken(entry, threshold) and (retire or entry.status != "retired")
        ]


def _is_taken(entry: Entry, threshold: float) -> bool:
    if entry.status is Status.NEW:
        return entry.score >= threshold
    return entry.status not in (Status.UNCERTAIN, Status.REJECTED)
