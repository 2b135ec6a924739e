from __future__ import annotations

from dataclasses import dataclass, field, replace

from flashnotes.models import (
    Card,
    CardId,
    CardKind,
    Day,
    Moment,
    Phase,
    Rating,
    Review,
    ReviewKind,
    ScheduleState,
    Source,
)
from flashnotes.session import Answered, Choice, Counts, StudyCard, Summary

LABELS = {Rating.AGAIN: "again today", Rating.HARD: "1 d", Rating.GOOD: "3 d", Rating.EASY: "6 d"}


def card(front: str, back: str, *, line: int = 42, kind: CardKind = CardKind.DEFINITION) -> Card:
    return Card(CardId(f"{front}-id"), kind, front, back, source=Source("notes/td.md", line))


@dataclass
class Sitting:
    """A session in memory: again comes back at the end, nothing else does."""

    deck: str
    queue: list[StudyCard]
    given: list[tuple[Answered, list[StudyCard]]] = field(default_factory=list)

    @classmethod
    def of(cls, *cards: Card, deck: str = "强化学习::时序差分") -> Sitting:
        return cls(deck, [StudyCard(each, deck, ScheduleState()) for each in cards])

    @property
    def current(self) -> StudyCard | None:
        return self.queue[0] if self.queue else None

    @property
    def counts(self) -> Counts:
        learning = sum(each.state.drilling for each in self.queue)
        return Counts(len(self.queue) - learning, learning, 0)

    @property
    def done(self) -> int:
        return len(self.given)

    def choices(self) -> dict[Rating, Choice]:
        return {rating: Choice(rating, ScheduleState(), LABELS[rating]) for rating in Rating}

    def answer(self, rating: Rating, *, duration_ms: int = 0) -> Answered:
        studied = self.queue[0]
        before = list(self.queue)
        review = Review(
            len(self.given) + 1,
            studied.card.id,
            rating,
            rating + 1,
            Moment(0),
            Day(1),
            ReviewKind.LEARN,
            duration_ms,
        )
        answered = Answered(studied, review, LABELS[rating])
        self.given.append((answered, before))
        back = [replace(studied, state=ScheduleState(Phase.LEARNING, drilling=True))]
        self.queue = self.queue[1:] + (back if rating is Rating.AGAIN else [])
        return answered

    def undo(self) -> Answered | None:
        if not self.given:
            return None
        answered, self.queue = self.given.pop()
        return answered

    def summary(self) -> Summary:
        ratings = [answered.review.rating for answered, _ in self.given]
        missed = dict.fromkeys(
            answered.studied.card.front
            for answered, _ in self.given
            if answered.review.rating is Rating.AGAIN
        )
        again = ratings.count(Rating.AGAIN)
        return Summary(len(ratings), len(ratings) - again, again, len(ratings), tuple(missed), 80.0)

    @property
    def ratings(self) -> list[int]:
        return [answered.review.rating.value for answered, _ in self.given]
