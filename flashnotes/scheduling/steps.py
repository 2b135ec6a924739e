"""Learning and relearning steps: short delays before a card is scheduled in days, for all schedulers.

As in Anki and in the `fsrs` package: Again goes back to the first step, Hard stays (at the first of several
it waits halfway to the second, at an only one half as long again), Good goes on, Easy leaves the steps. Where
a phase has steps they take the place of the drill.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import Day, DueAt, DueDay, Moment, Phase
from flashnotes.scheduling.days import DAY_STARTS_AT, MS_A_MINUTE, day_start, logical_day
from flashnotes.scheduling.response import Response, Step

if TYPE_CHECKING:
    from flashnotes.models import Due, ScheduleState

GOOD = 4
EASY = 5


@dataclass(frozen=True, slots=True)
class Steps:
    """The delays, in minutes; none by default."""

    learning: tuple[int, ...] = ()
    relearning: tuple[int, ...] = ()
    day_starts_at: int = DAY_STARTS_AT


NO_STEPS = Steps()


def next_step(steps: Steps, state: ScheduleState, response: Response) -> Step | None:
    """The step that a response leads to; None when the card is to be scheduled in days."""
    phase = _phase(steps, state.phase, right=response.right)
    delays = steps.learning if phase is Phase.LEARNING else steps.relearning
    if phase is Phase.REVIEW or not delays:
        return None
    found = _place_and_minutes(delays, state.step, response)
    if found is None:
        return None
    place, minutes = found
    return Step(phase, place, _end(response, int(minutes * MS_A_MINUTE), steps.day_starts_at))


def _phase(steps: Steps, phase: Phase, *, right: bool) -> Phase:
    """The phase whose steps count: without learning steps a failed new card has left learning."""
    if phase is Phase.NEW or (phase is Phase.LEARNING and steps.learning):
        return Phase.LEARNING
    return Phase.RELEARNING if phase is Phase.RELEARNING or not right else Phase.REVIEW


def _place_and_minutes(delays: tuple[int, ...], place: int, response: Response) -> tuple[int, float] | None:
    if not response.right:
        return 0, delays[0]
    if place >= len(delays) or response.grade >= EASY:
        return None
    if response.grade == GOOD:
        return (place + 1, delays[place + 1]) if place + 1 < len(delays) else None
    return place, _minutes_of_hard(delays, place)


def _minutes_of_hard(delays: tuple[int, ...], place: int) -> float:
    if place > 0:
        return delays[place]
    return delays[0] * 1.5 if len(delays) == 1 else (delays[0] + delays[1]) / 2


def _end(response: Response, delay_ms: int, day_starts_at: int) -> Due:
    """A moment of the same day, else a day: a delay that crosses the day's end becomes days."""
    at, end = response.at, response.at.ms + delay_ms
    if end < day_start(Day(response.day + 1), at.offset, day_starts_at):
        return DueAt(end)
    return DueDay(logical_day(Moment(end, at.offset), day_starts_at))
