"""What a person sits down to, and what is left of the day's limits for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.asking import Ways
from flashnotes.scheduling.queue import Limits
from flashnotes.store.queue import Done, Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashnotes.config import Settings
    from flashnotes.models import DeckLimits
    from flashnotes.store import DoneToday

ALL = Selection()
AS_WRITTEN = Ways()
USUAL_PACE = 12.0
"""Seconds a card, until enough answers tell the person's own."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a person sits down to."""

    selection: Selection = ALL
    new_per_day: int = 20
    reviews_per_day: int = 200
    new: int | None = None
    """New cards in this session, whatever the day's limit."""
    limit: int | None = None
    """Reviews in this session, whatever the day's limit."""
    cram: bool = False
    """Every card, due or not; answers change no schedule."""
    ways: Ways = AS_WRITTEN
    """How cards are asked where not as they are written."""
    decks: Mapping[str, DeckLimits] = field(default_factory=dict)
    """The day's limits of decks that have their own."""
    riskiest_first: bool = False
    """Reviews by how much of their memory is gone, rather than by due day."""
    six_grades: bool = False
    """Answers are graded 0 to 5, as SM-2 was published, rather than by four buttons."""


TO_EVERYTHING = Sitting()


def sitting_of(settings: Settings) -> Sitting:
    """How a home's settings want one to sit down: to everything."""
    return Sitting(
        new_per_day=settings.new_per_day,
        reviews_per_day=settings.reviews_per_day,
        ways=Ways(settings.other_language, settings.formula_parts),
        decks=settings.decks,
        riskiest_first=settings.review_order == "risk",
        six_grades=settings.six_grades,
    )


def limits_left(sitting: Sitting, done: DoneToday, took: Done = Done()) -> Limits:  # noqa: B008
    """What is left of the day's limits after what was `done` today.

    Limits that the sitting has of its own count only what it `took`, and let no deck have less.
    """
    new_of = {
        deck: max(0, limits.new_per_day - done.below(deck).new)
        for deck, limits in sitting.decks.items()
        if limits.new_per_day is not None
    }
    reviews_of = {
        deck: max(0, limits.reviews_per_day - done.below(deck).reviews)
        for deck, limits in sitting.decks.items()
        if limits.reviews_per_day is not None
    }
    return Limits(
        new=_left(sitting.new_per_day, done.new, sitting.new, took.new),
        reviews=_left(sitting.reviews_per_day, done.reviews, sitting.limit, took.reviews),
        new_of=new_of if sitting.new is None else {},
        reviews_of=reviews_of if sitting.limit is None else {},
        riskiest_first=sitting.riskiest_first,
    )


def _left(per_day: int, done_today: int, wished: int | None, done_here: int) -> int:
    return max(0, per_day - done_today if wished is None else wished - done_here)
