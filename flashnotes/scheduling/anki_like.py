"""SM-2 as Anki varies it, for those who come from there.

Anki 26, rslib/src/scheduler/states/review.rs: Hard multiplies the interval by 1.2, Good by the ease factor
with half of a delay credited, Easy by the ease factor and 1.3 with all of it; each is a day or more over the
button below. Again, Hard and Easy change the ease factor by -0.20, -0.15 and +0.15, after the interval is made.
Intervals are rounded to the nearest day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import DueDay, Ease, Phase
from flashnotes.scheduling.fuzz import fuzzed
from flashnotes.scheduling.response import in_days, in_step
from flashnotes.scheduling.steps import EASY, GOOD, NO_STEPS, Steps, next_step

if TYPE_CHECKING:
    from flashnotes.models import ScheduleState
    from flashnotes.scheduling.response import Response

MINIMUM_EASE = 130
EASE_CHANGE = (-20, -20, -20, -15, 0, 15)
"""Hundredths, for the grades 0 to 5."""
HARD_PER_CENT = 120
EASY_PER_CENT = 130
GRADUATING_INTERVAL = 1
EASY_INTERVAL = 4


@dataclass(frozen=True, slots=True)
class AnkiLike:
    """Anki's rules without FSRS; with `steps` of 1 and 10 minutes, and 10 after a lapse, its defaults."""

    repeat_below: int = 3
    longest_interval: int = 36_500
    fuzz: bool = False
    steps: Steps = NO_STEPS

    def schedule(self, state: ScheduleState, response: Response) -> ScheduleState:
        """What `state` becomes by a counted response."""
        old = state.memory.factor if isinstance(state.memory, Ease) else Ease().factor
        factor = old
        if state.phase is Phase.REVIEW:
            factor = max(MINIMUM_EASE, old + EASE_CHANGE[response.grade])
        if (step := next_step(self.steps, state, response)) is not None:
            return in_step(state, response, step, Ease(factor))
        interval = min(_interval(state, response, old), self.longest_interval)
        if self.fuzz:
            count = 1000 * state.lapses + state.repetitions
            interval = fuzzed(interval, seed=response.seed, count=count, longest=self.longest_interval)
        return in_days(state, response, interval, Ease(factor), repeat_below=self.repeat_below)


def _interval(state: ScheduleState, response: Response, factor: int) -> int:
    """Days until the card comes back, before any bound."""
    if not response.right:
        return 1
    if state.phase is not Phase.REVIEW:
        if response.grade < EASY:
            return GRADUATING_INTERVAL
        return EASY_INTERVAL if state.phase in (Phase.NEW, Phase.LEARNING) else GRADUATING_INTERVAL + 1
    return _interval_in_review(state, response, factor)


def _interval_in_review(state: ScheduleState, response: Response, factor: int) -> int:
    days = max(1, state.interval)
    late = max(0, response.day - state.due.day) if isinstance(state.due, DueDay) else 0
    hard = max(_rounded(days * HARD_PER_CENT, 100), days + 1)
    if response.grade < GOOD:
        return hard
    good = max(_rounded((2 * days + late) * factor, 200), hard + 1)
    if response.grade < EASY:
        return good
    return max(_rounded((days + late) * factor * EASY_PER_CENT, 10_000), good + 1)


def _rounded(number: int, divisor: int) -> int:
    """`number / divisor` to the nearest whole, halves up."""
    return (2 * number + divisor) // (2 * divisor)
