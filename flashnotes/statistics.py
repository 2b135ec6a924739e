"""What reviews add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import Rating, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashnotes.models import Day, Review


@dataclass(slots=True)
class Tally:
    """Answers counted."""

    reviews: int = 0
    new: int = 0
    """First answers ever."""
    right: int = 0
    again: int = 0
    drills: int = 0
    seconds: float = 0.0

    def take(self, review: Review) -> None:
        """Count one answer more."""
        self.reviews += 1
        self.new += review.kind is ReviewKind.LEARN
        self.again += review.rating is Rating.AGAIN
        self.right += review.rating is not Rating.AGAIN
        self.drills += review.kind is ReviewKind.DRILL
        self.seconds = round(self.seconds + review.duration_ms / 1000, 3)


def tally(reviews: Iterable[Review], today: Day) -> tuple[Tally, Tally]:
    """All `reviews` counted, and those of `today`."""
    ever, on_day = Tally(), Tally()
    for review in reviews:
        ever.take(review)
        if review.day == today:
            on_day.take(review)
    return ever, on_day
