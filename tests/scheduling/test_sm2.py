import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.models import Day, DueDay, Ease, Moment, Phase, ScheduleState
from flashnotes.scheduling.response import Response
from flashnotes.scheduling.sm2 import MINIMUM_EASE, Sm2
from tests.scheduling.sm2_adapter import TODAY, step

VECTORS = Path(__file__).parents[2].parent / "shared" / "sm2" / "vectors.json"
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "sm2.yaml").read_text(encoding="utf-8")
)
GRADES = st.integers(0, 5)


def fold(scheduler: Sm2, grades: list[int]) -> list[ScheduleState]:
    state, states = ScheduleState(), []
    for day, grade in enumerate(grades):
        state = scheduler.schedule(state, Response(grade, Moment(day), Day(TODAY + day)))
        states.append(state)
    return states


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_worked_cases(case: dict[str, Any]) -> None:
    states = fold(Sm2(), case["grades"])
    assert [state.interval for state in states] == case["intervals"]
    assert states[-1].memory == Ease(case["ease"])
    assert states[-1].lapses == case.get("lapses", 0)


@pytest.mark.skipif(not VECTORS.exists(), reason="the shared SM-2 vectors are not beside the checkout")
def test_every_published_vector() -> None:
    rows = 0
    for sequence in json.loads(VECTORS.read_text(encoding="utf-8"))["sequences"]:
        ef, interval, repetitions = 2.5, 0, 0
        for grade, expected in zip(sequence["grades"], sequence["published_cap36500"], strict=True):
            ef, interval, repetitions = step(ef, interval, repetitions, grade)
            rows += 1
            assert [round(ef, 2), interval, repetitions] == expected, sequence["id"]
    assert rows == 9_953


@given(st.lists(GRADES, min_size=1, max_size=60))
def test_ease_interval_and_due_keep_their_bounds(grades: list[int]) -> None:
    for day, state in enumerate(fold(Sm2(), grades)):
        assert isinstance(state.memory, Ease)
        assert state.memory.factor >= MINIMUM_EASE
        assert 1 <= state.interval <= 36_500
        assert state.due == DueDay(Day(TODAY + day + state.interval))


@given(st.lists(GRADES, max_size=40))
def test_a_better_grade_never_comes_back_sooner(grades: list[int]) -> None:
    before = fold(Sm2(), grades)[-1] if grades else ScheduleState()
    intervals = [Sm2().schedule(before, Response(grade, Moment(0), TODAY)).interval for grade in range(6)]
    assert all(one <= other for one, other in pairwise(intervals))


@given(st.lists(GRADES, max_size=40), st.integers(0, 5))
def test_below_repeat_below_is_asked_again(grades: list[int], repeat_below: int) -> None:
    for state, grade in zip(fold(Sm2(repeat_below=repeat_below), grades), grades, strict=True):
        assert state.drilling == (grade < repeat_below)


def test_a_new_card_that_fails_is_in_learning_and_a_known_one_in_relearning() -> None:
    assert [state.phase for state in fold(Sm2(), [2, 2, 4, 2])] == [
        Phase.LEARNING,
        Phase.LEARNING,
        Phase.REVIEW,
        Phase.RELEARNING,
    ]


def test_a_short_longest_interval_binds_the_second_answer_too() -> None:
    assert [state.interval for state in fold(Sm2(longest_interval=3), [4, 4, 4])] == [1, 3, 3]
