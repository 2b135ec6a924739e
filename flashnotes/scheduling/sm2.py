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

from flashnotes.models import Day, DueDay, Ease, Phase, ScheduleState

if TYPE_CHECKING:
    from flashnotes.models import Moment

LONGEST_INTERVAL = 36_500
LOWEST_RIGHT_GRADE = 3
MINIMUM_EASE = 130
FIRST_INTERVAL = 1
SECOND_INTERVAL = 6
EASE_CHANGE = (-80, -54, -32, -14, 0, 10)
"""EF' - EF in hundredths for the grades 0 to 5: 0.1 - (5 - q)(0.08 + (5 - q) 0.02)."""


def ease_after(factor: int, grade: int) -> int:
    """The ease factor after a right answer of `grade`, 3 to 5."""
    return max(MINIMUM_EASE, factor + EASE_CHANGE[grade])


def interval_after(interval: int, repetitions: int, factor: int) -> int:
    """Days until the repetition after the one that made `repetitions` right answers in a row."""
    if repetitions <= 1:
        return FIRST_INTERVAL
    if repetitions == 2:
        return SECOND_INTERVAL
    return -(-interval * factor // 100)


@dataclass(frozen=True, slots=True)
class Sm2:
    """The published rules, with the two numbers that they leave open."""

    repeat_below: int = 3
    """Grades below this are asked again on the same day (published: 4)."""
    longest_interval: int = LONGEST_INTERVAL
    """Days; without a bound forty answers of 5 give 4.7e25 days."""

    def schedule(self, state: ScheduleState, grade: int, *, at: Moment, day: Day) -> ScheduleState:
        """What `state` becomes by a counted answer of `grade`, 0 to 5."""
        factor = state.memory.factor if isinstance(state.memory, Ease) else Ease().factor
        right = grade >= LOWEST_RIGHT_GRADE
        if right:
            factor = ease_after(factor, grade)
        repetitions = state.repetitions + 1 if right else 0
        interval = min(interval_after(state.interval, repetitions, factor), self.longest_interval)
        failed = grade < self.repeat_below
        return ScheduleState(
            phase=Phase.REVIEW if right else _phase_of_a_lapse(state.phase),
            due=DueDay(Day(day + interval)),
            interval=interval,
            repetitions=repetitions,
            lapses=state.lapses + (not right),
            memory=Ease(factor),
            failed_on=day if failed else state.failed_on,
            drilling=failed,
            last_at=at.ms,
            suspended=state.suspended,
            flag=state.flag,
        )


def _phase_of_a_lapse(phase: Phase) -> Phase:
    return Phase.LEARNING if phase in (Phase.NEW, Phase.LEARNING) else Phase.RELEARNING
