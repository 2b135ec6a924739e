"""Plans over many cards: a backlog spread over days, and an exam before which every card comes once more.

A plan moves the day on which a card is asked and never touches its state, so taking the plan back leaves nothing
behind. Which day a card gets is a hash of the card: it is the same on every machine and in every replay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import Day, DueDay
from flashnotes.scheduling.fuzz import seed_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashnotes.models import ScheduleState

CATCH_UP_DAYS = (3, 7, 14, 30)
"""Over how many days a backlog is offered to be spread."""
LAST_ROUND = 14
"""Days before an exam over which its cards come once more."""


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What was due before `first` is asked over `days` days, an even share on each."""

    first: Day
    days: int

    def asked_on(self, due: Day, seed: int) -> Day:
        """The day on which a card due on `due` is asked."""
        return Day(self.first + seed % self.days) if due < self.first else due


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam on the cards of a deck and of those below it."""

    deck: str
    day: Day
    first: Day
    """The last round begins on this day and ends the day before the exam."""

    def covers(self, deck: str) -> bool:
        """Whether the exam is on cards of `deck`."""
        return deck == self.deck or deck.startswith(f"{self.deck}::")

    def asked_on(self, due: Day, answered: int, seed: int) -> Day:
        """The day on which a card due on `due` is asked: none waits for the exam to be over.

        A card `answered` on or after its day of the last round has had it.
        """
        if due < self.day:
            return due
        turn = Day(self.first + seed % (self.day - self.first))
        return turn if answered < turn else due


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans in force on a day."""

    exams: tuple[Exam, ...] = ()
    catch_up: CatchUp | None = None

    def __bool__(self) -> bool:
        return bool(self.exams or self.catch_up)

    def asked_on(self, card_id: str, deck: str, due: Day, interval: int) -> Day:
        """The day on which a card is asked, of one that is due on `due` after `interval` days."""
        seed = seed_of(card_id)
        day = self.catch_up.asked_on(due, seed) if self.catch_up else due
        exams = (exam for exam in self.exams if exam.covers(deck))
        return min([day, *(exam.asked_on(day, due - interval, seed) for exam in exams)])

    def due_day(self, card_id: str, deck: str, state: ScheduleState) -> Day | None:
        """The day on which a card in `state` is asked; None for one that waits for no day."""
        if not isinstance(state.due, DueDay):
            return None
        return self.asked_on(card_id, deck, state.due.day, state.interval) if self else state.due.day


def exam_on(deck: str, day: Day, today: Day) -> Exam:
    """An exam on `day`, later than `today`; its last round is as long as there is time, 14 days at most."""
    return Exam(deck, day, max(today, Day(day - LAST_ROUND)))


@dataclass(frozen=True, slots=True)
class ExamCost:
    """What an exam adds to the days before it."""

    cards: int
    """Cards that would come back too late and come once more in the last round."""
    days: int
    """Days of the last round."""
    new: int
    """Cards of the deck never asked."""
    days_left: int

    @property
    def a_day(self) -> int:
        """Reviews more on each day of the last round."""
        return -(-self.cards // self.days)

    @property
    def new_a_day(self) -> int:
        """New cards a day that meet all of them before the exam."""
        return -(-self.new // self.days_left)


def exam_cost(exam: Exam, cards: Iterable[tuple[str, Day | None, int]], today: Day) -> ExamCost:
    """What `exam` costs, of the (id, due day or None if new, interval) of its cards."""
    new = late = 0
    for card_id, due, interval in cards:
        if due is None:
            new += 1
        else:
            late += exam.asked_on(due, due - interval, seed_of(card_id)) != due
    return ExamCost(late, exam.day - exam.first, new, exam.day - today)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Cards due before today."""

    cards: int = 0
    oldest: Day | None = None

    def is_worth_spreading(self, reviews_per_day: int) -> bool:
        """Whether it is more than a day's work."""
        return self.cards > reviews_per_day


def shares(cards: int, days: int) -> tuple[int, ...]:
    """How many of `cards` come on each of `days` days, as even as whole numbers are."""
    return tuple((cards * (day + 1)) // days - cards * day // days for day in range(days))
