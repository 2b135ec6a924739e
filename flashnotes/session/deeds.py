"""What was done in a session, in the order of the keys that were pressed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.models import Rating, ReviewKind
from flashnotes.session.outcomes import Summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.models import CardId
    from flashnotes.session.line import Asked
    from flashnotes.session.outcomes import Answered


@dataclass(frozen=True, slots=True)
class Deed:
    """One press of a key; one undo takes back all of it."""

    card_id: CardId
    events: frozenset[int] = frozenset()
    put_away: tuple[Asked, ...] = ()
    """Cards that waited beside it and wait no more."""
    what: str = ""
    """What it was, where it made no event."""
    take_back: Callable[[], object] | None = None


@dataclass(slots=True)
class Progress:
    """The answers of a session that stand, and what one undo each takes back."""

    answered: list[Answered] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)

    def took(self, *kinds: ReviewKind) -> int:
        """How many cards got an answer of one of `kinds`."""
        reviews = (answered.review for answered in self.answered)
        return len({review.card_id for review in reviews if review.kind in kinds})

    def forget(self, events: set[int]) -> None:
        """Let go of what was done with events that were taken back."""
        self.answered = [done for done in self.answered if done.review.id not in events]
        self.deeds = [deed for deed in self.deeds if not deed.events & events]

    def summary(self, seconds: float) -> Summary:
        """What the answers come to."""
        reviews = [done.review for done in self.answered]
        cards = (done.studied.card for done in self.answered if done.review.rating is Rating.AGAIN)
        tested = [review.rating for review in reviews if review.kind is ReviewKind.REVIEW]
        again = sum(review.rating is Rating.AGAIN for review in reviews)
        return Summary(
            answers=len(reviews),
            right=len(reviews) - again,
            again=again,
            new=self.took(ReviewKind.LEARN),
            missed=tuple({card.id: card for card in cards}.values()),
            seconds=seconds,
            tested=len(tested),
            recalled=len(tested) - tested.count(Rating.AGAIN),
        )
