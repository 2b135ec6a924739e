"""Replay over plain numbers is the step-by-step fold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.models import Moment, ScheduleState
from flashnotes.scheduling import Scheduler, review
from flashnotes.scheduling.anki_like import AnkiLike
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.fsrs import Fsrs
from flashnotes.scheduling.numbers import has_numbers, replay_numbers
from flashnotes.scheduling.response import Response
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.scheduling.steps import Steps

ANSWERS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(0, 5),
        st.one_of(st.integers(0, 10**8), st.integers(-(10**9), 10**11)),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    "scheduler",
    [
        Sm2(),
        Sm2(repeat_below=4),
        Sm2(repeat_below=0),
        Sm2(longest_interval=5),
        Fsrs(),
        Fsrs(desired_retention=0.8, repeat_below=4),
    ],
    ids=repr,
)
@given(answers=ANSWERS)
def test_numbers_are_the_fold(scheduler: Scheduler, answers: list[tuple[str, int, int]]) -> None:
    states: dict[str, ScheduleState] = {}
    ms, log = 1_767_614_400_000, []
    for card, grade, gap in answers:
        ms += gap
        day = logical_day(Moment(ms))
        log.append((card, grade, day, ms))
        states[card] = review(scheduler, states.get(card, ScheduleState()), Response(grade, Moment(ms), day))[
            1
        ]
    assert replay_numbers(scheduler, log) == states


@pytest.mark.parametrize(
    "scheduler",
    [
        Sm2(fuzz=True),
        Sm2(late_credit=1),
        Sm2(steps=Steps((1,))),
        AnkiLike(),
        Fsrs(fuzz=True),
        Fsrs(steps=Steps((1,))),
    ],
)
def test_options_have_no_numbers(scheduler: Scheduler) -> None:
    assert not has_numbers(scheduler)
    assert has_numbers(Sm2())
    assert has_numbers(Fsrs())
