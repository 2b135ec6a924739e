"""SM-2 as a step over plain numbers, for checks that know nothing of states."""

from flashnotes.models import Day, Ease, Moment, Phase, ScheduleState
from flashnotes.scheduling.response import Response
from flashnotes.scheduling.sm2 import Sm2

TODAY = Day(739_000)


def step(ef: float, interval: int, repetitions: int, grade: int) -> tuple[float, int, int]:
    """Ease factor, interval in days and right answers in a row after an answer of `grade`."""
    before = ScheduleState(
        phase=Phase.REVIEW, interval=interval, repetitions=repetitions, memory=Ease(round(ef * 100))
    )
    after = Sm2().schedule(before, Response(grade, Moment(0), TODAY))
    assert isinstance(after.memory, Ease)
    return after.memory.factor / 100, after.interval, after.repetitions
