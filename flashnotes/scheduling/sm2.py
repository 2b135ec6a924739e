"""SM-2 as published, in whole numbers.

P. A. Wozniak, Optimization of Learning (1990), chapter 3.2, as adapted for the web in 1998. Where the text
and the author's own program differ, the text counts: the new ease factor makes the interval, a wrong answer
leaves the ease factor alone, and a fraction of a day is rounded up.

The ease factor is held in hundredths. Every change of it is a whole hundredth, so interval times ease is
exact; in binary floats five answers of 5 give 3.0000000000000004, and 50 days become 151 instead of 150.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import DueDay, Ease
from flashnotes.scheduling.fuzz import fuzzed
from flashnotes.scheduling.response import in_days, in_step, repetitions_after
from flashnotes.scheduling.steps import NO_STEPS, Steps, next_step

if TYPE_CHECKING:
    from flashnotes.models import ScheduleState
    from flashnotes.scheduling.response import Response

LONGEST_INTERVAL = 36_500
MINIMUM_EASE = 130
FIRST_INTERVAL = 1
SECOND_INTERVAL = 6
EASE_CHANGE = (-80, -54, -32, -14, 0, 10)
"""EF' - EF in hundredths for the grades 0 to 5: 0.1 - (5 - q)(0.08 + (5 - q) 0.02)."""


def ease_after(factor: int, grade: int) -> int:
    """The ease factor after a right answer of `grade`, 3 to 5."""
    return max(MINIMUM_EASE, factor + EASE_CHANGE[grade])


def interval_after(half_days: int, repetitions: int, factor: int) -> int:
    """Days until the repetition after the one that made `repetitions` right answers in a row.

    `half_days` is twice the interval that ends now, so that half of a delay can be credited in whole numbers.
    """
    if repetitions <= 1:
        return FIRST_INTERVAL
    if repetitions == 2:
        return SECOND_INTERVAL
    return -(-half_days * factor // 200)


@dataclass(frozen=True, slots=True)
class Sm2:
    """The published rules, the two numbers that they leave open, and options that are off."""

    repeat_below: int = 3
    """Grades below this are asked again on the same day (published: 4)."""
    longest_interval: int = LONGEST_INTERVAL
    """Days; without a bound forty answers of 5 give 4.7e25 days."""
    late_credit: int = 0
    """Halves of the days a right answer came late that count as remembered: 0, 1 or 2."""
    fuzz: bool = False
    steps: Steps = NO_STEPS

    def schedule(self, state: ScheduleState, response: Response) -> ScheduleState:
        """What `state` becomes by a counted response."""
        factor = state.memory.factor if isinstance(state.memory, Ease) else Ease().factor
        if (step := next_step(self.steps, state, response)) is not None:
            return in_step(state, response, step, Ease(factor))
        if response.right:
            factor = ease_after(factor, response.grade)
        interval = interval_after(
            self._half_days(state, response), repetitions_after(state, response), factor
        )
        return in_days(
            state,
            response,
            self._bounded(interval, state, response),
            Ease(factor),
            repeat_below=self.repeat_below,
        )

    def _half_days(self, state: ScheduleState, response: Response) -> int:
        """Twice the interval that ends with `response`, with what is credited for a delay."""
        late = max(0, response.day - state.due.day) if isinstance(state.due, DueDay) else 0
        return 2 * state.interval + self.late_credit * late

    def _bounded(self, interval: int, state: ScheduleState, response: Response) -> int:
        interval = min(interval, self.longest_interval)
        if not self.fuzz:
            return interval
        count = 1000 * state.lapses + state.repetitions
        return fuzzed(interval, seed=response.seed, count=count, longest=self.longest_interval)
