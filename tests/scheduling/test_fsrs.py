"""FSRS-6 against the `fsrs` package, and the laws of its formulas."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.models import DueAt, DueDay, Moment, ScheduleState, Strength
from flashnotes.scheduling import grade_of, rating_of
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.fsrs import (
    DEFAULT_WEIGHTS,
    Fsrs,
    interval_for,
    retrievability,
    stability_after_lapse,
    stability_after_recall,
)
from flashnotes.scheduling.response import Response
from flashnotes.scheduling.steps import Steps

package = pytest.importorskip("fsrs", reason="the fsrs package is not installed")
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
SHIPPED_STEPS = Steps(learning=(1, 10), relearning=(10,))


def history(chance: random.Random) -> list[tuple[int, datetime]]:
    at, answers = START, []
    for _ in range(chance.randrange(1, 25)):
        at += timedelta(milliseconds=round(10 ** chance.uniform(3, 10.5)))
        answers.append((chance.choices([1, 2, 3, 4], [2, 1, 5, 2])[0], at))
    return answers


def moment(at: datetime) -> Moment:
    return Moment((at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1))


@pytest.mark.parametrize(
    "steps", [Steps(), SHIPPED_STEPS, Steps(learning=(5,)), Steps(relearning=(1, 5, 20))]
)
def test_the_packages_numbers(steps: Steps) -> None:
    chance = random.Random(6)
    for _ in range(250):
        retention = chance.choice([0.8, 0.9, 0.95])
        theirs = package.Scheduler(
            desired_retention=retention,
            learning_steps=[timedelta(minutes=minutes) for minutes in steps.learning],
            relearning_steps=[timedelta(minutes=minutes) for minutes in steps.relearning],
            enable_fuzzing=False,
        )
        ours = Fsrs(desired_retention=retention, steps=steps)
        card, state = package.Card(card_id=1), ScheduleState()
        for rating, at in history(chance):
            card, _ = theirs.review_card(card, package.Rating(rating), at)
            at_ms = moment(at)
            state = ours.schedule(state, Response(grade_of(rating_of(rating + 1)), at_ms, logical_day(at_ms)))
            assert isinstance(state.memory, Strength)
            assert state.memory.stability == pytest.approx(card.stability, rel=1e-9, abs=1e-9)
            assert state.memory.difficulty == pytest.approx(card.difficulty, rel=1e-9, abs=1e-9)
            if state.interval:
                assert state.interval == (card.due - at).days
                assert card.state == package.State.Review
            else:
                assert state.step == card.step
                assert state.due in (DueAt(moment(card.due).ms), DueDay(logical_day(moment(card.due))))


def test_weights_are_those_of_the_package() -> None:
    assert tuple(package.Scheduler().parameters) == DEFAULT_WEIGHTS


@given(st.floats(0.01, 30_000), st.integers(0, 40_000))
def test_recall_falls_with_time_and_is_nine_tenths_at_stability(stability: float, days: int) -> None:
    assert (
        0
        < retrievability(DEFAULT_WEIGHTS, stability, days + 1)
        < retrievability(DEFAULT_WEIGHTS, stability, days)
        <= 1
    )
    assert retrievability(DEFAULT_WEIGHTS, float(days + 1), days + 1) == pytest.approx(0.9)


@given(st.floats(1, 30_000), st.floats(0.7, 0.97), st.floats(0.7, 0.97))
def test_more_retention_asked_means_sooner(stability: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    longest = 36_500
    assert interval_for(DEFAULT_WEIGHTS, stability, high, longest) <= interval_for(
        DEFAULT_WEIGHTS, stability, low, longest
    )
    assert interval_for(DEFAULT_WEIGHTS, round(stability), 0.9, longest) == round(stability)


MEMORY = st.builds(Strength, st.floats(0.001, 30_000), st.floats(1, 10))


@given(MEMORY, st.floats(0.01, 0.999))
def test_recall_strengthens_and_a_lapse_weakens(memory: Strength, recall: float) -> None:
    grown = [stability_after_recall(DEFAULT_WEIGHTS, memory, recall, rating) for rating in (2, 3, 4)]
    assert memory.stability <= grown[0] <= grown[1] <= grown[2]
    assert 0 <= stability_after_lapse(DEFAULT_WEIGHTS, memory, recall) <= memory.stability


@given(st.lists(st.tuples(st.integers(1, 4), st.floats(0.001, 400)), max_size=20), st.floats(0, 400))
def test_a_better_rating_never_comes_back_sooner(answers: list[tuple[int, float]], gap: float) -> None:
    state, at = ScheduleState(), moment(START)
    for rating, days in answers:
        at = Moment(at.ms + round(days * 86_400_000))
        state = Fsrs().schedule(state, Response(rating + 1, at, logical_day(at)))
    at = Moment(at.ms + round(gap * 86_400_000))
    after = [Fsrs().schedule(state, Response(grade, at, logical_day(at))) for grade in (2, 3, 4, 5)]
    assert all(one.interval <= other.interval for one, other in pairwise(after))
    for one in after:
        assert isinstance(one.due, DueDay)
        assert isinstance(one.memory, Strength)
        assert one.due.day > logical_day(at)
        assert 1 <= one.memory.difficulty <= 10
