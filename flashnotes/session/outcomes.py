"""What a session tells of itself: what is to do, what a grade would do, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.scheduling import becomes_leech

if TYPE_CHECKING:
    from flashnotes.models import Card, Event, Rating, Review, ScheduleState, StudyCard


@dataclass(frozen=True, slots=True)
class Counts:
    """What is still to do in this session."""

    new: int
    learning: int
    due: int

    @property
    def total(self) -> int:
        return self.new + self.learning + self.due


@dataclass(frozen=True, slots=True)
class Choice:
    """What a rating would do."""

    rating: Rating
    state: ScheduleState
    label: str
    """When the card comes back, for a button: `again today`, `1 d`, `6 d`, `2.1 mo`."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that is on the disk."""

    studied: StudyCard
    """The card with its state before the answer."""
    review: Review
    label: str

    @property
    def is_leech(self) -> bool:
        """Whether this answer made the card a leech, or made one again: at 8 lapses, then every 4."""
        return becomes_leech(self.studied.state, self.review.state)


@dataclass(frozen=True, slots=True)
class Undone:
    """An event that was taken back."""

    studied: StudyCard | None
    """The card as it now stands; None if it is in no deck any more."""
    event: Event | None
    """None for what is no event: a card put off, or a tag."""
    events: int = 1
    """How many were taken back with it."""
    what: str = ""
    """What it was, where it was no event."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the session came to."""

    answers: int
    right: int
    again: int
    new: int
    missed: tuple[Card, ...]
    """Answered Again, in order, once each."""
    seconds: float
    tested: int = 0
    """Answers to cards that had been learned before."""
    recalled: int = 0
    """Those of them that were right."""
