"""Steps, fuzz and credit for delays: each by its effect."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.models import Day, DueAt, DueDay, Ease, Moment, Phase, ScheduleState
from flashnotes.scheduling.anki_like import AnkiLike
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.fuzz import fuzzed, seed_of
from flashnotes.scheduling.response import Response
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.scheduling.steps import Steps

NOON = Moment(1_767_614_400_000)
TODAY = logical_day(NOON)
MINUTE = 60_000
STEPPED = Sm2(steps=Steps(learning=(1, 10), relearning=(10,)))


def grades(scheduler: Sm2, *given: int, at: Moment = NOON) -> ScheduleState:
    state = ScheduleState()
    for grade in given:
        state = scheduler.schedule(state, Response(grade, at, logical_day(at)))
    return state


@pytest.mark.parametrize(
    ("given", "step", "minutes"),
    [
        ((4,), 1, 10),
        ((3,), 0, 5.5),
        ((2,), 0, 1),
        ((4, 3), 1, 10),
        ((4, 2), 0, 1),
        ((4, 4, 2), 0, 10),
        ((4, 4, 2, 3), 0, 15),
    ],
)
def test_steps_are_those_of_anki(given: tuple[int, ...], step: int, minutes: float) -> None:
    state = grades(STEPPED, *given)
    assert (state.step, state.due) == (step, DueAt(NOON.ms + int(minutes * MINUTE)))
    assert not state.drilling


@pytest.mark.parametrize("given", [(4, 4), (5,), (2, 4, 4), (4, 5), (4, 4, 2, 4)])
def test_the_last_step_and_easy_lead_to_days(given: tuple[int, ...]) -> None:
    state = grades(STEPPED, *given)
    assert (state.phase, state.due, state.interval) == (Phase.REVIEW, DueDay(Day(TODAY + 1)), 1)
    assert state.repetitions == 1


def test_wrong_answers_within_the_steps_are_one_lapse() -> None:
    assert grades(STEPPED, 2, 2, 2).lapses == 1
    assert grades(STEPPED, 4, 4, 2, 2, 2).lapses == 1


def test_a_step_that_crosses_the_days_end_becomes_days() -> None:
    late = Moment(NOON.ms + (15 * 60 + 55) * MINUTE)
    assert grades(STEPPED, 4, at=late).due == DueDay(Day(TODAY + 1))
    assert grades(STEPPED, 2, at=late).due == DueAt(late.ms + MINUTE)


def known(interval: int, due: int) -> ScheduleState:
    return ScheduleState(phase=Phase.REVIEW, due=DueDay(Day(due)), interval=interval, repetitions=5)


@pytest.mark.parametrize(("halves", "interval"), [(0, 25), (1, 38), (2, 50)])
def test_a_right_answer_that_came_late_may_count_for_more(halves: int, interval: int) -> None:
    response = Response(4, NOON, TODAY)
    assert Sm2(late_credit=halves).schedule(known(10, TODAY - 10), response).interval == interval
    assert Sm2(late_credit=halves).schedule(known(10, TODAY + 3), response).interval == 25, (
        "early costs nothing"
    )
    assert Sm2(late_credit=halves).schedule(known(10, TODAY - 10), Response(2, NOON, TODAY)).interval == 1


@given(st.integers(1, 36_500), st.text(), st.integers(0, 99))
def test_fuzz_stays_near_and_is_the_same_each_time(interval: int, card: str, count: int) -> None:
    moved = fuzzed(interval, seed=seed_of(card), count=count, longest=36_500)
    assert moved == fuzzed(interval, seed=seed_of(card), count=count, longest=36_500)
    assert max(1, interval * 0.7 - 2) <= moved <= min(36_500, interval * 1.3 + 2)


@given(st.integers(1, 36_000), st.integers(0, 2**32 - 1), st.integers(0, 99))
def test_fuzz_keeps_the_order_of_intervals(interval: int, seed: int, count: int) -> None:
    one, other = (fuzzed(days, seed=seed, count=count, longest=36_500) for days in (interval, interval + 1))
    assert one <= other


def test_fuzz_spreads_cards_learned_together() -> None:
    days = {
        Sm2(fuzz=True).schedule(known(40, TODAY), Response(4, NOON, TODAY, seed_of(f"card {n}"))).interval
        for n in range(200)
    }
    assert min(days) >= 93
    assert max(days) <= 107
    assert len(days) > 10


@pytest.mark.parametrize(
    ("interval", "late", "ease", "intervals", "factors"),
    [
        (1, 0, 250, (1, 2, 3, 4), (230, 235, 250, 265)),
        (10, 0, 250, (1, 12, 25, 33), (230, 235, 250, 265)),
        (10, 10, 250, (1, 12, 38, 65), (230, 235, 250, 265)),
        (100, 0, 130, (1, 120, 130, 169), (130, 130, 130, 145)),
        (36_000, 0, 250, (1, 36_500, 36_500, 36_500), (230, 235, 250, 265)),
    ],
)
def test_ankis_buttons(
    interval: int, late: int, ease: int, intervals: tuple[int, ...], factors: tuple[int, ...]
) -> None:
    before = replace(known(interval, TODAY - late), memory=Ease(ease))
    after = [AnkiLike().schedule(before, Response(grade, NOON, TODAY)) for grade in (2, 3, 4, 5)]
    assert tuple(state.interval for state in after) == intervals
    assert tuple(state.memory.factor for state in after if isinstance(state.memory, Ease)) == factors


def test_ankis_new_cards() -> None:
    stepped = AnkiLike(steps=Steps((1, 10), (10,)))
    for answers, interval in (((4, 4), 1), ((5,), 4), ((4, 4, 2, 4), 1), ((4, 4, 2, 5), 2)):
        state = ScheduleState()
        for grade in answers:
            state = stepped.schedule(state, Response(grade, NOON, TODAY))
        assert state.interval == interval, answers
