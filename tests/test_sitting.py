"""What a sitting takes from the settings, from plans and from other programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flashnotes.config import Settings
from flashnotes.models import ActionKind, CardKind, Day, DeckLimits, Rating, Review
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.session import Counts, Selection, Session, Sitting, answer_card, sitting_of
from flashnotes.store import Answer, Rules, Store
from tests.store.conftest import NOON, RULES, card, deck_file, later
from tests.test_session import Clock, asked

AGAIN, HARD, GOOD, EASY = Rating
TODAY = logical_day(NOON)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "flashnotes.db", RULES, at=NOON) as store:
        store.sync([deck_file(f"{name}.yaml", *(card(f"{name}{n}") for n in range(5))) for name in "AB"])
        yield store


def test_a_decks_limit_counts_the_day_not_the_session(store: Store, clock: Clock) -> None:
    sitting = sitting_of(Settings(new_per_day=6, decks={"A": DeckLimits(new_per_day=2)}))
    assert asked(Session(store, clock, sitting), GOOD) == ["A0"]
    session = Session(store, clock, sitting)
    assert session.counts.new == 5
    assert asked(session, *[GOOD] * 5) == ["A1", "B0", "B1", "B2", "B3"]
    assert Session(store, clock, sitting).current is None
    wished = Session(store, clock, Sitting(decks=sitting.decks, new=3, selection=Selection(("A",))))
    assert wished.counts.new == 3


def test_a_deck_may_limit_its_reviews(store: Store, clock: Clock) -> None:
    asked(Session(store, clock), *[GOOD] * 10)
    clock.set(1)
    sitting = Sitting(decks={"A": DeckLimits(reviews_per_day=1)})
    assert Session(store, clock, sitting).counts == Counts(0, 0, 6)
    asked(Session(store, clock, Sitting(selection=Selection(("A",)))), GOOD)
    assert Session(store, clock, sitting).counts == Counts(0, 0, 5)


def test_six_grades(store: Store, clock: Clock) -> None:
    session = Session(store, clock, sitting_of(Settings(six_grades=True)))
    assert session.six_grades
    assert [choice.label for choice in session.grade_choices().values()] == ["again today"] * 3 + ["1 d"] * 3
    assert [choice.rating for choice in session.grade_choices().values()] == [1, 1, 1, 2, 3, 4]
    assert list(session.choices()) == list(Rating)
    assert session.answer(AGAIN, grade=1).review.grade == 1


def test_buttons_and_the_queue_know_of_an_exam(store: Store, clock: Clock) -> None:
    store.perform_on_deck("A", ActionKind.EXAM, TODAY + 12, at=later(2))
    plans = store.plans(TODAY)
    turn = {n: plans.asked_on(f"A{n}", "A", Day(TODAY + 99), 99) - TODAY for n in range(5)}
    n = next(n for n in turn if turn[n] > 7)
    for days in (0, 1):
        answer_card(store, f"A{n}", GOOD, later(days))
    clock.set(7)
    session = Session(store, clock, Sitting(new=0))
    assert session.choices()[GOOD].state.interval == 15
    assert session.choices()[GOOD].label == f"{turn[n] - 7} d"
    assert session.answer(GOOD).label == f"{turn[n] - 7} d"
    assert session.current is None
    clock.set(turn[n])
    session = Session(store, clock, Sitting(new=0))
    assert session.choices()[GOOD].label == "1.2 mo", "it has had its turn"
    assert asked(session, GOOD) == [f"A{n}"]
    assert session.current is None


def test_what_another_program_writes_is_taken_in(store: Store, clock: Clock, tmp_path: Path) -> None:
    session = Session(store, clock)
    asked(session, GOOD, AGAIN)
    waiting = session.counts
    assert not session.refresh()
    with Store.open(tmp_path / "flashnotes.db", RULES, at=NOON) as other:
        other.record(Answer(store.cards()[3].card.id, 4, clock()))
        assert not session.refresh(), "another card"
        assert session.counts == Counts(waiting.new - 1, 1, 0)
        other.perform("A2", ActionKind.SUSPEND, at=clock())
        assert session.refresh()
        assert session.current is not None
        assert session.current.card.id == "A4"
        other.sync([deck_file("A.yaml", *(card(f"A{n}", "edited") for n in range(5)), card("A9"), sha="2")])
        assert session.refresh()
        assert session.current.card.front == "edited"
        assert asked(session, *[GOOD] * 8) == ["A4", "B0", "B1", "B2", "B3", "B4", "A1", "A9"]
        other.sync([deck_file("C.yaml", card("C0"))])
        assert session.current is None
        assert session.refresh()
    assert asked(session, GOOD) == ["C0"]


def test_a_cram_session_takes_in_edits_alone(store: Store, clock: Clock, tmp_path: Path) -> None:
    session = Session(store, clock, Sitting(cram=True))
    with Store.open(tmp_path / "flashnotes.db", RULES, at=NOON) as other:
        other.record(Answer(store.cards()[1].card.id, 4, clock()))
        assert not session.refresh()
    assert session.counts.total == 10


def test_siblings_put_away_are_not_asked_in_a_cram_session_either(store: Store, clock: Clock) -> None:
    names = [card(name, "TD", kind) for name, kind in (("d", CardKind.DEFINITION), ("f", CardKind.FORMULA))]
    store.sync([deck_file("T.yaml", *names, card("x", "other"))], gone=["A.yaml", "B.yaml"])
    session = Session(store, clock, Sitting(cram=True))
    session.suspend(siblings=True)
    assert session.counts.total == 1
    assert session.undo() is not None
    assert asked(session, GOOD, GOOD, GOOD) == ["d", "f", "x"]
    assert session.current is None


def test_a_clock_that_jumped_is_doubted_until_somebody_trusts_it(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    trust = session.clock_trust()
    assert trust.doubt() is None
    session.answer(GOOD)
    clock.set(-3)
    assert "before the last review" in (trust.doubt() or "")
    trust.trust()
    assert trust.doubt() is None
    session.answer(GOOD)
    assert trust.doubt() is None
    clock.set(40)
    assert "days after the last review" in (trust.doubt() or "")
    clock.set(-9)
    assert trust.doubt() is not None


def test_a_leech_is_suspended_and_comes_back_with_its_answer(tmp_path: Path, clock: Clock) -> None:
    with Store.open(tmp_path / "leech.db", Rules(Sm2(), suspend_leeches=True), at=NOON) as store:
        store.sync([deck_file("D.yaml", card("c0"))])
        for days in range(7):
            answer_card(store, "c0", AGAIN, later(days))
        clock.set(7)
        session = Session(store, clock)
        assert session.answer(AGAIN).is_leech
        assert session.current is None
        assert store.state("c0").suspended
        assert store.state("c0").lapses == 8
        assert store.wrong_states() == 0
        undone = session.undo()
        assert undone is not None
        assert isinstance(undone.event, Review)
        assert (store.state("c0").suspended, store.state("c0").lapses) == (False, 7)
        assert session.current is not None
        store.perform("c0", ActionKind.SUSPEND, at=later(8))
        session.undo()
        assert store.state("c0").lapses == 7, "a suspension by hand goes alone"
