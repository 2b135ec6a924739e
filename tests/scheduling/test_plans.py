from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.models import Day, DueAt, DueDay, Phase, ScheduleState
from flashnotes.scheduling.plans import Backlog, CatchUp, Exam, Plans, exam_cost, exam_on, shares

TODAY = Day(739_500)
days = st.integers(-500, 500).map(lambda ahead: Day(TODAY + ahead))
ids = st.text(min_size=1, max_size=8)


@given(ids, days, st.integers(1, 60))
def test_a_catch_up_moves_only_what_was_overdue_and_into_its_days(card: str, due: Day, length: int) -> None:
    asked = Plans(catch_up=CatchUp(TODAY, length)).asked_on(card, "D", due, 5)
    assert TODAY <= asked < TODAY + length if due < TODAY else asked == due


@given(ids, days, st.integers(0, 400), st.integers(1, 60))
def test_before_an_exam_no_card_is_asked_later_than_without(
    card: str, due: Day, interval: int, ahead: int
) -> None:
    exam = exam_on("D", Day(TODAY + ahead), TODAY)
    asked = Plans((exam,)).asked_on(card, "D::E", due, interval)
    assert asked <= due
    if asked != due:
        assert max(exam.first, due - interval + 1) <= asked < exam.day <= due
    else:
        # Either it comes in time by itself, or it was answered on its day of the last round or after it.
        assert due < exam.day or due - interval >= exam.first
    assert Plans((exam,)).asked_on(card, "other", due, interval) == due


def test_both_at_once() -> None:
    plans = Plans((exam_on("D", Day(TODAY + 3), TODAY),), CatchUp(TODAY, 30))
    asked = [plans.asked_on(f"c{n}", "D", Day(TODAY - 9), 2) for n in range(300)]
    assert set(asked) == {TODAY, TODAY + 1, TODAY + 2}
    assert max(plans.asked_on(f"c{n}", "E", Day(TODAY - 9), 2) for n in range(300)) == TODAY + 29


def test_cards_are_shared_out_about_evenly() -> None:
    plan = Plans(catch_up=CatchUp(TODAY, 7))
    counts = Counter(plan.asked_on(f"card-{n}", "D", Day(TODAY - 1), 1) for n in range(7000))
    assert len(counts) == 7
    assert all(850 < count < 1150 for count in counts.values())


def test_a_state_tells_its_day() -> None:
    plans = Plans((Exam("D", Day(TODAY + 10), Day(TODAY + 9)),))
    state = ScheduleState(Phase.REVIEW, DueDay(Day(TODAY + 90)), 90)
    assert plans.due_day("c", "D", state) == TODAY + 9
    assert Plans().due_day("c", "D", state) == TODAY + 90
    assert plans.due_day("c", "D", ScheduleState(Phase.LEARNING, DueAt(5))) is None


def test_what_an_exam_costs() -> None:
    exam = exam_on("D", Day(TODAY + 30), TODAY)
    assert exam.day - exam.first == 14
    cards = [(f"c{n}", Day(TODAY + 100), 90) for n in range(30)]
    cost = exam_cost(exam, [*cards, ("soon", Day(TODAY + 20), 10), ("n1", None, 0), ("n2", None, 0)], TODAY)
    assert (cost.cards, cost.days, cost.a_day, cost.new, cost.new_a_day) == (30, 14, 3, 2, 1)
    assert exam_on("D", Day(TODAY + 5), TODAY).first == TODAY


@given(st.integers(0, 5000), st.integers(1, 400))
def test_shares_are_even_and_whole(cards: int, length: int) -> None:
    each = shares(cards, length)
    assert (len(each), sum(each)) == (length, cards)
    assert max(each) - min(each) <= 1


@pytest.mark.parametrize(("cards", "worth"), [(0, False), (200, False), (201, True)])
def test_a_backlog_of_more_than_a_day_is_worth_spreading(cards: int, worth: bool) -> None:
    assert Backlog(cards).is_worth_spreading(200) is worth
