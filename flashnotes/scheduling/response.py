"""A response to a card, and the state that a scheduler's decision about it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import Day, DueAt, DueDay, Phase, ScheduleState

if TYPE_CHECKING:
    from flashnotes.models import Due, Memory, Moment

LOWEST_RIGHT_GRADE = 3


@dataclass(frozen=True, slots=True)
class Response:
    """What a scheduler may know of an answer."""

    grade: int
    """SM-2's 0 to 5."""
    at: Moment
    day: Day
    """The logical day of `at`."""
    seed: int = 0
    """The card's own number, for fuzz."""

    @property
    def right(self) -> bool:
        """Whether the card was recalled."""
        return self.grade >= LOWEST_RIGHT_GRADE


@dataclass(frozen=True, slots=True)
class Step:
    """A place in the steps of a phase, from 0, and when it ends."""

    phase: Phase
    place: int
    due: Due


def in_days(
    state: ScheduleState, response: Response, interval: int, memory: Memory, *, repeat_below: int
) -> ScheduleState:
    """`state` after a response that puts it `interval` days away."""
    failed = response.grade < repeat_below
    return ScheduleState(
        phase=Phase.REVIEW if response.right else _phase_of_a_lapse(state.phase),
        due=DueDay(Day(response.day + interval)),
        interval=interval,
        repetitions=repetitions_after(state, response),
        lapses=_lapses_after(state, response),
        memory=memory,
        failed_on=response.day if failed else state.failed_on,
        drilling=failed,
        last_at=response.at.ms,
        suspended=state.suspended,
        flag=state.flag,
    )


def in_step(state: ScheduleState, response: Response, step: Step, memory: Memory) -> ScheduleState:
    """`state` after a response that leads to a learning or relearning step."""
    return ScheduleState(
        phase=step.phase,
        due=step.due,
        repetitions=1 if response.right else 0,
        lapses=_lapses_after(state, response),
        step=step.place,
        memory=memory,
        failed_on=state.failed_on,
        last_at=response.at.ms,
        suspended=state.suspended,
        flag=state.flag,
    )


def repetitions_after(state: ScheduleState, response: Response) -> int:
    """Right answers in a row; the one that ends learning is the first."""
    if not response.right:
        return 0
    return state.repetitions + 1 if state.phase is Phase.REVIEW else 1


def _lapses_after(state: ScheduleState, response: Response) -> int:
    """A wrong answer within the steps is part of the lapse that led there."""
    return state.lapses + (not response.right and not isinstance(state.due, DueAt))


def _phase_of_a_lapse(phase: Phase) -> Phase:
    return Phase.LEARNING if phase in (Phase.NEW, Phase.LEARNING) else Phase.RELEARNING
