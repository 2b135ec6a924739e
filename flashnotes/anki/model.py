"""What goes into a package and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.models import Ease, ScheduleState, Strength

if TYPE_CHECKING:
    from flashnotes.models import Card, CardId, Review


class Answer(NamedTuple):
    """As much of a review as Anki's log takes: a tuple, for a log may hold a million."""

    ms: int
    """Milliseconds since 1970."""
    rating: int
    kind: str
    """A `ReviewKind`."""
    duration_ms: int
    interval: int
    """Days planned after it."""
    drilling: int
    """Not 0 if it is asked again on the same day."""
    ease: int | None
    """In whole hundredths; None if the memory is not SM-2's."""
    difficulty: float | None
    """1 to 10; None if the memory is not FSRS's."""


def answer_of(review: Review) -> Answer:
    """What Anki's log takes of a review."""
    state, memory = review.state, review.state.memory
    return Answer(
        review.at.ms,
        int(review.rating),
        review.kind.value,
        review.duration_ms,
        state.interval,
        int(state.drilling),
        memory.factor if isinstance(memory, Ease) else None,
        memory.difficulty if isinstance(memory, Strength) else None,
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One direction of asking: its schedule (with suspended, buried and flag) and its answers."""

    state: ScheduleState = field(default_factory=ScheduleState)
    reviews: tuple[Review, ...] = ()
    """In the order of their ids, each with the state after it."""
    answers: tuple[Answer, ...] = ()
    """The same in the place of `reviews`, for a package."""

    def log(self) -> tuple[Answer, ...]:
        """Its answers as Anki's log takes them."""
        return self.answers or tuple(map(answer_of, self.reviews))


NEW = Side()
"""A direction that was never asked."""


@dataclass(frozen=True, slots=True)
class ExportCard:
    """A card on its way to Anki, with its deck and what has been learnt of it."""

    card: Card
    deck: str
    """Nested with `::`."""
    state: ScheduleState = field(default_factory=ScheduleState)
    reviews: tuple[Review, ...] = ()
    """In the order of their ids, each with the state after it."""
    modified: int | None = None
    """Second since 1970 at which the content last changed; Anki takes an update only if it has grown.

    None leaves it to the export (`ModifiedOf`), and without one to its moment: every note is then updated and
    edits made in Anki are overwritten.
    """
    reverse: Side | None = None
    """The other direction of a card asked both ways; None if it is not."""
    answers: tuple[Answer, ...] = ()
    """The same as `reviews` in their place, for a package."""

    @property
    def forward(self) -> Side:
        return Side(self.state, self.reviews, self.answers)


@dataclass(frozen=True, slots=True)
class Exported:
    """What a package holds."""

    notes: int
    cards: int
    reviews: int
    retired: tuple[CardId, ...] = ()
    """Cards whose passage is gone: in Anki suspended and tagged, to be deleted there by the person."""
