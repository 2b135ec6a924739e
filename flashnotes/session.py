"""One sitting: the queue, the current card, answer, undo and the summary.

The TUI, `study --plain` and the command `answer` all drive this; none of them knows of schedules or SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flashnotes.models import Card, Moment, Rating, Review, ScheduleState


@dataclass(frozen=True, slots=True)
class StudyCard:
    """A card to be asked, with its deck and what its reviews add up to."""

    card: Card
    deck: str
    state: ScheduleState


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
    review: Review
    label: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the session came to."""

    answers: int
    right: int
    again: int
    new: int
    missed: tuple[str, ...]
    """Fronts answered Again, in order, once each."""
    seconds: float


class SittingLike(Protocol):
    """What a screen needs of a session (implemented below)."""

    @property
    def current(self) -> StudyCard | None: ...
    @property
    def counts(self) -> Counts: ...
    @property
    def done(self) -> int: ...
    def choices(self) -> Mapping[Rating, Choice]: ...
    def answer(self, rating: Rating, *, duration_ms: int = 0) -> Answered: ...
    def undo(self) -> Answered | None: ...
    def summary(self) -> Summary: ...


Clock = "Callable[[], Moment]"
