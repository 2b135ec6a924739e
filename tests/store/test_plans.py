from pathlib import Path

from flashnotes.models import ActionKind, Day
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.plans import exam_on
from flashnotes.scheduling.queue import Limits
from flashnotes.store import Selection, Store
from tests.store.conftest import NOON, RULES, Answering, card, deck_file, later

TODAY = logical_day(NOON)
ALL = Limits(999, 999)


def due(store: Store, days: float) -> int:
    at = later(days)
    counts = store.due_counts(logical_day(at), at.ms).due
    assert counts == len(store.study_queue(Selection(), logical_day(at), at.ms, ALL).due)
    return counts


def spread_backlog(store: Store) -> None:
    """Forty cards due on the first days, then away until day 50; a catch-up of four days."""
    store.sync([deck_file("B.yaml", *(card(f"b{n}") for n in range(40)), name="B::C")])
    for n in range(40):
        store.perform(f"b{n}", ActionKind.SET_DUE, TODAY + n % 3, at=NOON)
    store.perform_on_deck("", ActionKind.CATCH_UP, 4, at=later(50))


def test_a_backlog_is_spread_and_taken_back(store: Store) -> None:
    spread_backlog(store)
    backlog = [due(store, 50 + n) for n in range(5)]
    assert backlog[0] < backlog[1] < backlog[2] < backlog[3] == backlog[4] == 40
    ahead = store.forecast(Day(TODAY + 50), 5)
    assert [sum(ahead[: n + 1]) for n in range(5)] == backlog
    assert store.next_due(Selection(), Day(TODAY + 50)) == (TODAY + 51, ahead[1])
    assert store.backlog(Day(TODAY + 50)).cards == backlog[0]
    assert store.wrong_states() == 0
    undone = store.undo(later(50))
    assert undone is not None
    assert undone.kind is ActionKind.CATCH_UP
    assert (due(store, 50), store.backlog(Day(TODAY + 50)).oldest) == (40, TODAY)


def test_an_exam_brings_cards_forward_and_leaves_no_trace(store: Store, answer: Answering) -> None:
    for days in (0, 1, 7):
        for n in range(10):
            answer(f"c{n}", 4, days)
    states = store.all_states()
    exam = exam_on("D", Day(TODAY + 12), Day(TODAY + 7))
    assert store.forecast(Day(TODAY + 7), 5) == (0,) * 5
    late = store.exam_cost(exam, Day(TODAY + 7)).cards
    # A card whose turn is the very day of its answer has had it.
    assert 5 < late <= 10
    store.perform_on_deck("D", ActionKind.EXAM, TODAY + 12, at=later(7))
    assert store.plans(Day(TODAY + 7)).exams == (exam,)
    assert sum(store.forecast(Day(TODAY + 7), 5)) == late
    assert due(store, 11) > 5
    answer("c0", 4, 11)
    assert store.state("c0").interval > 10
    assert due(store, 12) == 0
    assert store.all_states().keys() == states.keys()
    store.perform_on_deck("D", ActionKind.EXAM, 0, at=later(11))
    assert due(store, 11) == 0
    assert (store.wrong_states(), store.rebuild().mended) == (0, 0)


def test_a_plan_travels_with_the_log(store: Store, tmp_path: Path) -> None:
    spread_backlog(store)
    with Store.open(tmp_path / "other.db", RULES, at=NOON) as other:
        other.merge(store, strangers=True)
        other.sync([deck_file("B.yaml", *(card(f"b{n}") for n in range(40)), name="B::C")])
        assert other.forecast(Day(TODAY + 50), 5) == store.forecast(Day(TODAY + 50), 5)
    for plans in (store.plans(Day(TODAY + 49)), store.plans(Day(TODAY + 54))):
        assert not plans


def test_decks_have_limits_within_those_above(store: Store) -> None:
    for name in ("A", "A::B", "A::B::C", "Z"):
        cards = (card(f"{name.lower()}-{n}".replace("::", "")) for n in range(5))
        store.sync([deck_file(f"{name.replace('::', '.')}.yaml", *cards, name=name)])
    limits = Limits(14, 0, new_of={"A": 7, "A::B": 3, "A::B::C": 99})
    queue = store.study_queue(Selection(), TODAY, NOON.ms, limits)
    decks = [card.deck for card in queue.new]
    # D stands in the file of the fixture; A has room for seven with all below it, of which three in B.
    assert {deck: decks.count(deck) for deck in decks} == {"A": 5, "A::B": 2, "D": 7}


def test_done_is_counted_by_deck(store: Store, answer: Answering) -> None:
    store.sync([deck_file("E.yaml", card("e0"), card("e1"), name="D::E")])
    for card_id in ("c0", "c1", "e0"):
        answer(card_id, 3)
    done = store.done_on(TODAY)
    assert (done.new, done.below("D").new, done.below("D::E").new, done.below("D::").new) == (3, 3, 1, 0)


def test_the_riskiest_come_first(store: Store, answer: Answering) -> None:
    for days in (0, 1, 7):
        answer("c0", 3, days)
    for days in (0, 1):
        answer("c1", 3, days)
    answer("c2", 3, 18)
    # Planned for 15, 6 and 1 days, and 15, 21 and 4 days ago.
    day, now = Day(TODAY + 22), later(22).ms
    by_due = store.study_queue(Selection(), day, now, Limits(0, 9)).due
    by_risk = store.study_queue(Selection(), day, now, Limits(0, 9, riskiest_first=True)).due
    assert [waiting.id for waiting in by_due] == ["c1", "c2", "c0"]
    assert [waiting.id for waiting in by_risk] == ["c2", "c1", "c0"]


def test_a_leech_is_found_by_its_tag(store: Store, answer: Answering) -> None:
    for days in range(8):
        answer("c3", 1, days)
    assert [studied.card.id for studied in store.cards(Selection(tag="leech"))] == ["c3"]
    assert store.has_cards(Selection(tag="leech"))
    assert not store.has_cards(Selection(tag="other"))


def test_it_is_noticed_that_another_program_wrote(store: Store, answer: Answering, database: Path) -> None:
    answer("c0", 3)
    assert not store.changed_elsewhere()
    with Store.open(database, RULES, at=NOON) as other:
        other.perform("c1", ActionKind.SUSPEND, at=NOON)
        assert not other.changed_elsewhere()
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()
