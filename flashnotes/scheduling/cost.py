"""What new cards will cost: minutes a day of the first month.

The basis, all of it: so many new cards a day are begun until there are none left; every answer is right with one chance
(the person's own share of right answers where there are enough, else nine in ten), whatever the card; a wrong one is
asked again the same day until it is right; the scheduler in use decides the days between, and every day the person
studies what is due. Nothing is drawn by lot: both ways an answer can go are followed, each with its chance. Months
after the first are cheaper; a card that is hard is dearer than this says.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flashnotes.models import Day, DueAt, DueDay, Moment, Rating, ScheduleState
from flashnotes.scheduling import NEW, grade_of
from flashnotes.scheduling.response import Response

if TYPE_CHECKING:
    from flashnotes.scheduling import Scheduler

DAYS = 30
RIGHT = 0.9
"""The chance of a right answer where too few answers tell."""
SECONDS = 10.0
"""An answer takes so long where too few answers tell."""
_LEAST_CHANCE = 0.002
"""A course of answers less likely than this is left out."""
_FIRST_DAY = 739_000
_MS_A_DAY = 86_400_000


def minutes_a_day(
    cards: int, new_per_day: int, scheduler: Scheduler, *, right: float = RIGHT, seconds: float = SECONDS
) -> float:
    """Minutes a day that `cards` new cards cost, averaged over the first `DAYS` days."""
    if cards <= 0 or new_per_day <= 0:
        return 0.0
    answers = _answers_by_age(scheduler, right)
    total = 0.0
    for day in range(DAYS):
        begun = min(new_per_day, max(0, cards - day * new_per_day))
        total += begun * sum(answers[age] for age in range(DAYS - day))
    return total * seconds / 60 / DAYS


def _answers_by_age(scheduler: Scheduler, right: float) -> dict[int, float]:
    """How many answers one card gets on each day after it was begun, on average."""
    answers: defaultdict[int, float] = defaultdict(float)
    ways: list[tuple[int, float, ScheduleState]] = [(0, 1.0, NEW)]
    while ways:
        age, chance, state = ways.pop()
        if age >= DAYS or chance < _LEAST_CHANCE:
            continue
        answers[age] += chance
        for rating, share in ((Rating.GOOD, right), (Rating.AGAIN, 1 - right)):
            after = scheduler.schedule(state, _response(rating, age))
            if after.drilling:
                # Asked again until right: 1 + q + q² + … more answers of the same day.
                answers[age] += chance * share / max(right, 0.1)
            ways.append((_due_age(after, age), chance * share, after))
    return answers


def _response(rating: Rating, age: int) -> Response:
    day = _FIRST_DAY + age
    return Response(grade_of(rating), Moment(day * _MS_A_DAY), Day(day))


def _due_age(state: ScheduleState, age: int) -> int:
    """On which day of the card's life it is asked next; a step of minutes is the same day."""
    match state.due:
        case DueDay(day):
            return max(age + 1, day - _FIRST_DAY)
        case DueAt(ms):
            return max(age, ms // _MS_A_DAY - _FIRST_DAY)
        case None:
            return DAYS


def cost_text(cards: int, minutes: float) -> str:
    """`41 new cards, about 6 minutes a day in the first month`."""
    named = f"{cards} new card" + ("" if cards == 1 else "s")
    if minutes < 1:
        return f"{named}, less than a minute a day in the first month"
    rounded = round(minutes)
    return f"{named}, about {rounded} minute{'' if rounded == 1 else 's'} a day in the first month"
