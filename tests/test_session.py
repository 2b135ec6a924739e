from collections.abc import Iterator
from pathlib import Path

import pytest

from flashnotes.asking import Ways
from flashnotes.errors import StoreError
from flashnotes.models import (
    ActionKind,
    Card,
    CardId,
    CardKind,
    Day,
    Deck,
    DueDay,
    Moment,
    Phase,
    Rating,
    ReviewKind,
    ScheduleState,
)
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.scheduling.steps import Steps
from flashnotes.session import (
    Counts,
    Selection,
    Session,
    Sitting,
    answer_card,
)
from flashnotes.session.line import COMES_BACK_AFTER
from flashnotes.store import Answer, Rules, Stamp, Store
from flashnotes.times import clock_warning, due_label, interval_label
from tests.store.conftest import NOON, RULES, card, deck_file, later

AGAIN, HARD, GOOD, EASY = Rating


class Clock:
    """A clock that a test sets; it moves ten seconds at each look."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> Moment:
        self.now = Moment(self.now.ms + 10_000, self.now.offset)
        return self.now

    def set(self, days: float) -> None:
        self.now = later(days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "flashnotes.db", RULES, at=NOON) as store:
        store.sync([deck_file("D.yaml", *(card(f"c{n}", f"q{n}") for n in range(5)))])
        yield store


def asked(session: Session, *ratings: Rating) -> list[str]:
    """The cards asked while answering `ratings` in turn."""
    seen = []
    for rating in ratings:
        assert session.current is not None
        seen.append(str(session.current.card.id))
        session.answer(rating)
    return seen


def test_a_session_asks_each_new_card_once(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    assert session.counts == Counts(new=5, learning=0, due=0)
    assert asked(session, *[GOOD] * 5) == ["c0", "c1", "c2", "c3", "c4"]
    assert session.current is None
    assert session.choices() == {}
    assert session.counts.total == 0
    assert session.done == 5


def test_a_failed_card_comes_back_after_the_others(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    assert asked(session, AGAIN, GOOD, GOOD) == ["c0", "c1", "c2"]
    assert session.counts == Counts(new=2, learning=1, due=0)
    assert asked(session, GOOD, GOOD, AGAIN, GOOD) == ["c3", "c4", "c0", "c0"]
    assert session.current is None
    assert [event.kind for event in store.history("c0")] == ["learn", "drill", "drill"]


def test_a_failed_card_waits_for_ten_others(store: Store, clock: Clock) -> None:
    store.sync([deck_file("E.yaml", *(card(f"e{n:02}") for n in range(20)))])
    session = Session(store, clock, Sitting(new=25))
    seen = asked(session, AGAIN, *[GOOD] * 24)
    assert seen.index("c0", 1) == COMES_BACK_AFTER + 1


def test_choices_say_when_the_card_comes_back(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    assert [choice.label for choice in session.choices().values()] == ["again today", "1 d", "1 d", "1 d"]
    session.answer(GOOD)
    clock.set(1)
    session = Session(store, clock, Sitting(new=0))
    assert session.current is not None
    assert session.current.card.id == "c0"
    labels = {rating: choice.label for rating, choice in session.choices().items()}
    assert labels == {AGAIN: "again today", HARD: "6 d", GOOD: "6 d", EASY: "6 d"}
    shown = session.choices()[EASY].state
    assert session.answer(EASY).review.state.due == shown.due == DueDay(Day(NOON_DAY + 7))


NOON_DAY = 739_621


def test_a_drill_keeps_the_day_it_had(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    asked(session, AGAIN, GOOD, GOOD, GOOD, GOOD)
    assert [choice.label for choice in session.choices().values()] == ["again today", "1 d", "1 d", "1 d"]
    answered = session.answer(EASY)
    assert (answered.review.kind, answered.label) == (ReviewKind.DRILL, "1 d")


def test_failed_cards_are_asked_again_in_a_later_session_of_the_day(store: Store, clock: Clock) -> None:
    Session(store, clock).answer(AGAIN)
    session = Session(store, clock, Sitting(new=0))
    assert session.counts == Counts(0, 1, 0)
    assert asked(session, GOOD) == ["c0"]
    assert Session(store, clock, Sitting(new=0)).current is None


def test_limits_count_the_day_not_the_session(store: Store, clock: Clock) -> None:
    assert Session(store, clock, Sitting(new_per_day=3)).counts.new == 3
    asked(Session(store, clock, Sitting(new_per_day=3)), GOOD, AGAIN)
    session = Session(store, clock, Sitting(new_per_day=3))
    assert session.counts == Counts(new=1, learning=1, due=0)
    clock.set(1)
    assert Session(store, clock, Sitting(new_per_day=3)).counts == Counts(new=3, learning=0, due=2)
    assert Session(store, clock, Sitting(new_per_day=3, reviews_per_day=1)).counts == Counts(3, 0, 1)


def test_wished_limits_replace_the_days(store: Store, clock: Clock) -> None:
    asked(Session(store, clock, Sitting(new_per_day=3)), GOOD, GOOD, GOOD)
    assert Session(store, clock, Sitting(new_per_day=3, new=1)).counts.new == 1
    clock.set(1)
    assert Session(store, clock, Sitting(limit=2, new=0)).counts == Counts(0, 0, 2)


def test_a_deck_and_a_tag_narrow_the_session(store: Store, clock: Clock) -> None:
    store.sync([deck_file("D_E.yaml", card("e", tags=("t",)), card("f"), name="D::E")])
    assert asked(Session(store, clock, Sitting(Selection(("D::E",)))), GOOD, GOOD) == ["e", "f"]
    assert Session(store, clock, Sitting(Selection(tag="t"))).current is None, "answered today"
    clock.set(1)
    assert Session(store, clock, Sitting(Selection(tag="t"))).counts == Counts(0, 0, 1)


def test_siblings_are_not_asked_in_one_session(store: Store, clock: Clock) -> None:
    store.sync(
        [deck_file("T.yaml", card("d", "TD", CardKind.DEFINITION), card("f", "TD", CardKind.FORMULA))],
        gone=["D.yaml"],
    )
    session = Session(store, clock)
    assert asked(session, GOOD) == ["d"]
    assert session.current is None


def test_undo_brings_the_card_back_and_twice_is_two_steps(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    asked(session, GOOD, AGAIN)
    for id in ("c1", "c0"):
        undone = session.undo()
        assert undone is not None
        assert session.current is not None
        assert session.current.card.id == id
        assert session.current.state == ScheduleState()
    assert session.done == 0
    assert session.counts == Counts(5, 0, 0)
    assert session.undo() is None
    assert asked(session, *[GOOD] * 5) == ["c0", "c1", "c2", "c3", "c4"]


def test_undo_works_when_all_is_done_and_after_a_restart(store: Store, clock: Clock) -> None:
    session = Session(store, clock, Sitting(Selection(("D",)), new=1))
    asked(session, GOOD)
    assert session.current is None
    session.undo()
    assert session.current is not None
    asked(session, GOOD)
    restarted = Session(store, clock, Sitting(new=0))
    assert restarted.current is None
    undone = restarted.undo()
    assert undone is not None
    assert restarted.current is not None
    assert undone.event.card_id == restarted.current.card.id == "c0"


def test_undo_of_the_only_card_when_it_failed(store: Store, clock: Clock) -> None:
    session = Session(store, clock, Sitting(new=1))
    asked(session, AGAIN, AGAIN)
    session.undo()
    assert session.counts == Counts(0, 1, 0)
    session.undo()
    assert session.counts == Counts(1, 0, 0)
    assert asked(session, GOOD) == ["c0"]
    assert session.current is None


def test_the_summary_counts_what_was_answered_and_not_undone(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    asked(session, AGAIN, GOOD, AGAIN, AGAIN)
    session.undo()
    asked(session, GOOD, GOOD)
    summary = session.summary()
    assert (summary.answers, summary.right, summary.again, summary.new) == (5, 3, 2, 5)
    assert (summary.tested, summary.recalled) == (0, 0)
    assert [missed.front for missed in summary.missed] == ["q0", "q2"]
    assert summary.seconds > 0


def test_cards_are_asked_in_the_ways_that_were_chosen(store: Store, clock: Clock) -> None:
    meant = Card(CardId("td"), CardKind.FORMULA, "TD", "$$d = r + v$$")
    store.mirror("ways.yaml", Stamp(1, 1, "ways"), Deck("Ways", (meant,)))
    sitting = Sitting(selection=Selection(("Ways",)), ways=Ways(formula_parts=True))
    session = Session(store, clock, sitting)
    assert session.current
    assert session.current.card.front == "TD\n$$d = {{c1::r + v}}$$"
    session.answer(AGAIN)
    session.undo()
    assert session.current.card.id == "td"


def test_a_card_answered_elsewhere_is_not_asked_here(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    store.record(Answer(CardId("c1"), 4, NOON))
    store.perform("c2", ActionKind.SUSPEND, at=NOON)
    assert asked(session, GOOD, GOOD) == ["c0", "c3"]


def test_a_card_taken_out_of_its_deck_is_not_asked(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    store.sync([deck_file("D.yaml", card("c0"), card("c4"))])
    assert asked(session, GOOD, GOOD) == ["c0", "c4"]


def test_an_answer_that_could_not_be_saved_leaves_its_card(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    store.path.rename(store.path.with_name("away"))
    with pytest.raises(StoreError):
        session.answer(GOOD)
    assert session.done == 0
    store.path.with_name("away").rename(store.path)
    assert asked(session, GOOD) == ["c0"]


def test_a_session_goes_on_over_the_days_end(store: Store, clock: Clock) -> None:
    clock.set(15.9 / 24)
    session = Session(store, clock, Sitting(new_per_day=2))
    asked(session, AGAIN)
    clock.set(16.1 / 24)
    asked(session, GOOD)
    assert session.counts == Counts(new=1, learning=0, due=1), "one new card was taken after 04:00"


def test_cram_asks_everything_and_schedules_nothing(store: Store, clock: Clock) -> None:
    asked(Session(store, clock), *[GOOD] * 5)
    before = store.cards()
    session = Session(store, clock, Sitting(cram=True))
    assert session.counts.total == 5
    assert session.choices()[AGAIN].label == "again today"
    assert session.choices()[GOOD].label == "no change"
    assert asked(session, AGAIN, GOOD, GOOD, GOOD, GOOD, GOOD) == ["c0", "c1", "c2", "c3", "c4", "c0"]
    assert session.current is None
    assert store.cards() == before
    assert {review.kind for review in list(store.reviews())[5:]} == {ReviewKind.CRAM}
    assert Session(store, clock, Sitting(cram=True, limit=2)).counts.total == 2


def test_six_grades_keep_the_grade_and_the_button(store: Store, clock: Clock) -> None:
    review = Session(store, clock).answer(AGAIN, grade=0).review
    assert (review.grade, review.rating) == (0, AGAIN)


def test_one_answer_without_a_session(store: Store, clock: Clock) -> None:
    answered = answer_card(store, "c3", GOOD, clock())
    assert (answered.review.kind, answered.label) == (ReviewKind.LEARN, "1 d")
    with pytest.raises(StoreError, match="c9"):
        answer_card(store, "c9", GOOD, clock())


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (0, "0 d"),
        (1, "1 d"),
        (29, "29 d"),
        (30, "1.0 mo"),
        (64, "2.1 mo"),
        (364, "12.0 mo"),
        (365, "1.0 y"),
        (475, "1.3 y"),
        (36_500, "99.9 y"),
    ],
)
def test_intervals_as_a_person_says_them(days: int, label: str) -> None:
    assert interval_label(days) == label


def test_a_label_counts_from_today() -> None:
    state = ScheduleState(phase=Phase.REVIEW, due=DueDay(Day(NOON_DAY + 6)), interval=9)
    assert due_label(state, Day(NOON_DAY)) == "6 d"


def test_a_clock_that_stands_wrong_is_said() -> None:
    assert clock_warning(None, NOON) is None
    assert clock_warning(NOON, later(0)) is None
    assert clock_warning(NOON, later(30)) is None
    before = clock_warning(NOON, later(-365))
    assert before is not None
    assert "2025-01-05 12:00" in before
    assert "2026-01-05 12:00" in before
    after = clock_warning(NOON, later(400))
    assert after is not None
    assert "400 days" in after
    assert "\n" not in before + after


def test_an_answer_before_the_last_is_kept_and_due_after_it(store: Store) -> None:
    answer_card(store, "c0", GOOD, later(0))
    answered = answer_card(store, "c0", GOOD, later(-365))
    assert answered.review.state.interval == 6
    assert [event.at for event in store.history("c0")] == [later(0), later(-365)]


def test_bury_suspend_and_flag_in_a_session_and_back(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    session.flag(3)
    assert session.current is not None
    assert (session.current.card.id, session.current.state.flag) == ("c0", 3)
    session.bury()
    session.suspend()
    assert asked(session, GOOD) == ["c2"]
    assert store.state("c1").suspended
    assert Session(store, clock).counts.new == 2
    for id in ("c2", "c1", "c0", "c0"):
        session.undo()
        assert session.current is not None
        assert session.current.card.id == id
    assert session.current.state == ScheduleState()
    assert session.counts == Counts(5, 0, 0)
    session.bury()
    clock.set(1)
    assert Session(store, clock).counts == Counts(5, 0, 0)


def test_nothing_to_bury_when_all_is_done(store: Store, clock: Clock) -> None:
    session = Session(store, clock, Sitting(new=0))
    session.bury()
    session.suspend()
    session.flag(1)
    assert store.last_event() is None


def test_the_eighth_lapse_makes_a_leech(store: Store) -> None:
    lapses = [answer_card(store, "c0", AGAIN, later(days)) for days in range(9)]
    assert [answered.is_leech for answered in lapses] == [False] * 7 + [True, False]
    assert not answer_card(store, "c0", GOOD, later(8.1)).is_leech


def test_learning_steps_in_a_session(tmp_path: Path, clock: Clock) -> None:
    rules = Rules(Sm2(steps=Steps((1, 10, 60))))
    with Store.open(tmp_path / "steps.db", rules, at=NOON) as store:
        store.sync([deck_file("D.yaml", card("c0"), card("c1"))])
        session = Session(store, clock)
        labels = [choice.label for choice in session.choices().values()]
        assert labels == ["1 min", "5 min", "10 min", "1 d"]
        assert asked(session, GOOD, EASY) == ["c0", "c1"]
        assert session.counts == Counts(0, 1, 0)
        assert session.choices()[GOOD].label == "1.0 h"
        assert asked(session, GOOD) == ["c0"]
        assert session.current is None, "an hour is too long to wait"
        clock.set(1 / 24)
        assert asked(Session(store, clock), GOOD) == ["c0"]
        assert store.state("c0").interval == 1


def test_a_session_may_rest(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    session.answer(GOOD)
    session.rest()
    assert asked(session, GOOD) == ["c1"]
