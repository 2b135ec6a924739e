import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.models import (
    ActionKind,
    CardId,
    Day,
    DueDay,
    Ease,
    Moment,
    Phase,
    Rating,
    ReviewKind,
    ScheduleState,
    Strength,
)
from flashnotes.scheduling import (
    act,
    grade_of,
    is_leech,
    preview,
    rating_of,
    replay,
    replay_answers,
    review,
)
from flashnotes.scheduling.response import Response
from flashnotes.scheduling.sm2 import Sm2

MS_A_DAY = 86_400_000
NOON = Moment(1_767_614_400_000)
"""2026-01-05 12:00 UTC."""
C = CardId("c")


def later(days: float) -> Moment:
    return Moment(NOON.ms + round(days * MS_A_DAY))


def answers(text: str, days: list[float]) -> list[tuple[CardId, Rating, Moment]]:
    letters = {"a": Rating.AGAIN, "h": Rating.HARD, "g": Rating.GOOD, "e": Rating.EASY}
    return [(C, letters[letter], later(day)) for letter, day in zip(text, days, strict=True)]


@pytest.mark.parametrize(
    ("ratings", "days", "kinds", "intervals"),
    [
        ("gg", [0, 1], "learn review", [1, 6]),
        ("gg", [0, 0.1], "learn review", [1, 6]),
        ("ag", [0, 0.1], "learn drill", [1, 1]),
        ("agg", [0, 0.1, 0.2], "learn drill drill", [1, 1, 1]),
        ("ag", [0, 1], "learn relearn", [1, 1]),
        ("agagg", [0, 0.1, 1, 1.1, 2], "learn drill relearn drill relearn", [1, 1, 1, 1, 1]),
        ("ggag", [0, 1, 7, 7.1], "learn review review drill", [1, 6, 1, 1]),
        ("hg", [0, 0.1], "learn review", [1, 6]),
    ],
)
def test_which_answers_count(ratings: str, days: list[float], kinds: str, intervals: list[int]) -> None:
    reviews = list(replay_answers(Sm2(), answers(ratings, days)))
    assert " ".join(review.kind for review in reviews) == kinds
    assert [review.state.interval for review in reviews] == intervals


def test_published_repeat_below_drills_hard_too() -> None:
    reviews = list(replay_answers(Sm2(repeat_below=4), answers("hhg", [0, 0.1, 0.2])))
    assert [review.kind for review in reviews] == ["learn", "drill", "drill"]
    assert [review.state.drilling for review in reviews] == [True, True, False]
    assert {review.state.interval for review in reviews} == {1}


def test_drills_change_nothing_but_the_drilling() -> None:
    first, second, third = replay_answers(Sm2(), answers("aag", [0, 0.1, 0.2]))
    assert second.state == first.state
    assert (third.state.drilling, third.state.lapses, third.state.due) == (False, 1, first.state.due)


def test_a_drill_ends_with_its_logical_day() -> None:
    [_, drill, counted] = replay_answers(Sm2(), answers("aag", [0, 15.5 / 24, 16.5 / 24]))
    assert (drill.kind, counted.kind) == (ReviewKind.DRILL, ReviewKind.RELEARN)


def test_cram_changes_no_state() -> None:
    state = replay_state("gg", [0, 1])
    assert review(Sm2(), state, Response(2, later(3), Day(1)), cram=True) == (ReviewKind.CRAM, state)


def replay_state(ratings: str, days: list[float]) -> ScheduleState:
    return list(replay_answers(Sm2(), answers(ratings, days)))[-1].state


@given(st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 3 * MS_A_DAY)), max_size=40))
def test_replay_is_the_fold_and_trusts_no_stored_state(history: list[tuple[Rating, int]]) -> None:
    at, log = NOON.ms, []
    for rating, gap in history:
        at += gap
        log.append((C, rating, Moment(at)))
    reviews = list(replay_answers(Sm2(), log))
    assert replay(Sm2(), reviews) == (reviews[-1].state if reviews else ScheduleState())


@given(st.lists(st.sampled_from("ahge"), max_size=20))
def test_preview_is_what_the_answer_then_does(ratings: list[str]) -> None:
    state = (
        replay_state("".join(ratings), [0.3 * n for n in range(len(ratings))]) if ratings else ScheduleState()
    )
    shown = preview(Sm2(), C, state, at=later(9), day=Day(739_500))
    assert list(shown) == [0, 1, 2, 3, 4, 5]
    for grade, after in shown.items():
        assert review(Sm2(), state, Response(grade, later(9), Day(739_500)))[1] == after


def test_buttons_and_grades() -> None:
    assert [grade_of(rating) for rating in Rating] == [2, 3, 4, 5]
    assert [rating_of(grade) for grade in range(6)] == [1, 1, 1, 2, 3, 4]


def test_actions() -> None:
    state = replay_state("gg", [0, 1])
    assert act(state, ActionKind.SUSPEND, 0).suspended
    assert act(act(state, ActionKind.SUSPEND, 0), ActionKind.UNSUSPEND, 0) == state
    assert act(act(state, ActionKind.BURY, 5), ActionKind.UNBURY, 0) == state
    assert act(state, ActionKind.FLAG, 3).flag == 3
    assert act(state, ActionKind.SET_DUE, 800_000).due == DueDay(Day(800_000))
    assert act(ScheduleState(), ActionKind.SET_DUE, 800_000).phase is Phase.REVIEW
    assert act(state, ActionKind.RESET, 0) == ScheduleState()


def test_an_interval_and_an_ease_that_are_set_are_gone_on_from() -> None:
    state = act(
        act(act(ScheduleState(), ActionKind.SET_INTERVAL, 40), ActionKind.SET_EASE, 210),
        ActionKind.SET_DUE,
        800_000,
    )
    answered = Sm2().schedule(state, Response(4, Moment(0), Day(800_000)))
    assert (answered.interval, answered.memory) == (84, Ease(210))
    strong = ScheduleState(memory=Strength(9.0, 5.0))
    assert act(strong, ActionKind.SET_EASE, 210) == strong


def test_a_leech_is_marked_at_eight_lapses_then_every_four() -> None:
    assert [lapses for lapses in range(25) if is_leech(lapses)] == [8, 12, 16, 20, 24]
