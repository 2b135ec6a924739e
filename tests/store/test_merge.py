from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashnotes.errors import StoreError
from flashnotes.models import ActionKind, CardId, Moment, Rating, Review, ScheduleState
from flashnotes.scheduling import replay
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.store import Answer, Store
from flashnotes.store.doubled import ANKI
from flashnotes.store.foreign import ForeignAnswer, History
from flashnotes.store.log import HomeId
from flashnotes.store.merge import Merged
from tests.store.conftest import NOON, RULES, card, deck_file, later

CARDS = ("c0", "c1", "c2")


def home(path: Path) -> Store:
    store = Store.open(path, RULES, at=NOON)
    store.sync([deck_file("D.yaml", *(card(id) for id in CARDS))])
    return store


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    with home(tmp_path / "a.db") as one, home(tmp_path / "b.db") as other:
        yield one, other


def answered(store: Store, card_id: str, days: float, grade: int = 4) -> None:
    store.record(Answer(CardId(card_id), grade, later(days)))


def events(store: Store) -> list[tuple[int, str]]:
    return sorted((event.id, event.card_id) for id in CARDS for event in store.history(id))


def whole(store: Store) -> tuple[object, ...]:
    return events(store), [studied.state for studied in store.cards()]


def both_ways(one: Store, other: Store) -> tuple[Merged, Merged]:
    return one.merge(other, strangers=True), other.merge(one, strangers=True)


def test_both_ways_makes_two_homes_equal_and_again_changes_nothing(two: tuple[Store, Store]) -> None:
    one, other = two
    answered(one, "c0", 0)
    answered(other, "c0", 1)
    answered(other, "c1", 1, grade=2)
    first, second = both_ways(one, other)
    assert (first.reviews, second.reviews) == (2, 1)
    assert whole(one) == whole(other)
    assert one.state("c0").repetitions == 2
    assert one.state("c0").interval == 6
    assert both_ways(one, other) == (Merged(), Merged())
    assert one.wrong_states() == other.wrong_states() == 0


def test_a_drill_is_seen_across_homes(two: tuple[Store, Store]) -> None:
    one, other = two
    answered(one, "c0", 0, grade=2)
    answered(other, "c0", 0.01)
    both_ways(one, other)
    assert [event.kind for event in one.history("c0")] == ["learn", "drill"]
    assert [event.kind for event in other.history("c0")] == ["learn", "drill"]


def test_what_one_home_took_back_is_taken_back_in_the_other(two: tuple[Store, Store]) -> None:
    one, other = two
    answered(one, "c0", 0)
    one.perform("c1", ActionKind.SUSPEND, at=later(0))
    both_ways(one, other)
    one.undo(later(1))
    one.undo(later(1))
    both_ways(one, other)
    assert events(one) == events(other) == []
    assert not other.state("c1").suspended


def test_undo_after_a_merge_takes_back_ones_own(two: tuple[Store, Store]) -> None:
    one, other = two
    answered(one, "c0", 0)
    answered(other, "c0", 1)
    both_ways(one, other)
    event = one.undo(later(2))
    assert event is not None
    assert event.source == one.home.uuid
    assert one.state("c0") == replay(Sm2(), one.history("c0"))
    assert one.state("c0").repetitions == 1


def test_two_people_are_not_mixed_by_accident(two: tuple[Store, Store]) -> None:
    one, other = two
    answered(one, "c0", 0)
    assert one.merge(other) == Merged(), "an empty home is nobody's"
    answered(other, "c1", 0)
    with pytest.raises(StoreError, match="two people"):
        one.merge(other)
    assert len(events(one)) == 1
    one.merge(other, strangers=True)
    answered(other, "c1", 1)
    assert one.merge(other).reviews == 1, "said once is enough"
    assert other.merge(one).reviews == 1


def test_a_card_whose_deck_has_not_come_yet_keeps_its_history(two: tuple[Store, Store]) -> None:
    one, other = two
    other.sync([deck_file("E.yaml", card("only there"))])
    answered(other, "only there", 0)
    one.merge(other)
    assert one.card("only there") is None
    one.sync([deck_file("E.yaml", card("only there"))])
    found = one.card("only there")
    assert found is not None
    assert found.state == other.state("only there")


def test_homes_that_drew_one_number_draw_again(two: tuple[Store, Store]) -> None:
    one, other = two
    one.home = HomeId(one.home.uuid, other.home.number)
    one.merge(other)
    assert one.home.number != other.home.number
    answered(one, "c0", 0)
    answered(other, "c0", 0)
    assert one.merge(other, strangers=True).reviews == 1


def test_answers_after_a_merge_come_after_all_before(two: tuple[Store, Store]) -> None:
    one, other = two
    answered(other, "c0", 365)
    one.merge(other)
    answered(one, "c0", 1)
    assert events(one)[-1][0] > events(other)[-1][0]


HOMES = 3
DOING = st.lists(
    st.tuples(
        st.integers(0, HOMES - 1),
        st.sampled_from(["answer", "answer", "answer", "undo", "flag", "merge"]),
        st.sampled_from(CARDS),
        st.integers(0, 5),
        st.integers(0, 2 * 86_400_000),
    ),
    max_size=16,
)


@pytest.fixture(scope="module")
def some_homes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], list[Store]]:
    """Opens new homes: copies of some made once, for making a database takes longer than all of a test."""
    made = [tmp_path_factory.mktemp("homes") / f"{number}.db" for number in range(HOMES)]
    for path in made:
        home(path).close()

    def open_homes() -> list[Store]:
        folder = tmp_path_factory.mktemp("copies")
        return [Store.open(Path(copy(path, folder / path.name)), RULES, at=NOON) for path in made]

    return open_homes


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOING)
def test_merging_is_commutative_associative_and_idempotent(
    some_homes: Callable[[], list[Store]], doing: list[tuple[int, str, str, int, int]]
) -> None:
    with ExitStack() as stack:
        stores = [stack.enter_context(store) for store in some_homes()]
        ms = NOON.ms
        for number, what, card_id, value, gap in doing:
            ms += gap
            store, at = stores[number], Moment(ms)
            if what == "answer":
                store.record(Answer(CardId(card_id), value, at))
            elif what == "undo":
                store.undo(at)
            elif what == "flag":
                store.perform(card_id, ActionKind.FLAG, value, at=at)
            else:
                store.merge(stores[(number + 1) % HOMES], strangers=True)
        a, b, c = stores
        a.merge(b, strangers=True)
        a.merge(c, strangers=True)
        c.merge(b, strangers=True)
        b.merge(a, strangers=True)
        c.merge(b, strangers=True)
        assert whole(a) == whole(b) == whole(c)
        for one in stores:
            for other in stores:
                assert one.merge(other, strangers=True) == Merged()
            assert one.wrong_states() == 0
            assert all(one.state(id) == replay(Sm2(), one.history(id)) for id in CARDS)


def by_way_of_anki(one: Store, other: Store, shift: int) -> None:
    """What `one` knows of its cards is exported, its own answers `shift` ms later, and imported into `other`."""
    histories = [
        History(
            CardId(id),
            "anki:1",
            tuple(
                ForeignAnswer(
                    event.at.ms + (0 if event.source.startswith(ANKI) else shift),
                    event.rating,
                    min(event.duration_ms, 60_000),
                )
                for event in one.history(id)
                if isinstance(event, Review)
            ),
            ScheduleState(),
            0,
        )
        for id in CARDS
    ]
    other.take_foreign(histories, at=later(1000))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, HOMES - 1),
            st.sampled_from(["answer", "answer", "answer", "undo", "merge", "anki", "anki"]),
            st.sampled_from(CARDS),
            st.integers(0, 5),
            st.sampled_from([0, 1, 59_999]),
            st.sampled_from([0, 1500, 60_000, 90_000]),
        ),
        max_size=14,
    )
)
def test_an_answer_that_came_by_way_of_anki_too_counts_once(
    some_homes: Callable[[], list[Store]], doing: list[tuple[int, str, str, int, int, int]]
) -> None:
    with ExitStack() as stack:
        stores = [stack.enter_context(store) for store in some_homes()]
        ms, kept = NOON.ms, set[int]()
        for number, what, card_id, grade, shift, duration in doing:
            ms += 100_000
            store, other = stores[number], stores[(number + 1) % HOMES]
            if what == "answer":
                kept.add(store.record(Answer(CardId(card_id), grade, Moment(ms), duration)).id)
            elif what == "undo":
                gone = store.undo(Moment(ms))
                kept.discard(gone.id if gone else 0)
            elif what == "anki":
                by_way_of_anki(store, other, shift)
            else:
                store.merge(other, strangers=True)
        # Two orders of meeting; the last round carries to all what each has taken back.
        for taker, giver in ((0, 1), (2, 0), (1, 2), (0, 2), (0, 1), (2, 1), (1, 0)):
            stores[taker].merge(stores[giver], strangers=True)
        assert [whole(store) for store in stores] == [whole(stores[0])] * HOMES
        assert {id for id, _ in events(stores[0])} == kept
        for store in stores:
            assert all(store.merge(other, strangers=True) == Merged() for other in stores)
            assert all(store.state(id) == replay(Sm2(), store.history(id)) for id in CARDS)
            before = whole(store)
            by_way_of_anki(stores[0], store, 1)
            assert whole(store) == before, "nor does the package bring it again"


def test_a_double_is_told_and_kept_among_what_was_taken_back(two: tuple[Store, Store]) -> None:
    one, other = two
    one.record(Answer(CardId("c0"), 4, NOON, 90_000))
    by_way_of_anki(one, other, 5)
    assert other.merge(one, strangers=True) == Merged(reviews=1, cards=1, doubled=1)
    assert whole(one) == whole(other)
    assert one.merge(other) == Merged(undone=1)
    assert both_ways(one, other) == (Merged(), Merged())


@pytest.mark.parametrize("differs", [{"rating": Rating.EASY}, {"duration_ms": 61}, {"ms": NOON.ms + 60_000}])
def test_an_answer_really_given_in_anki_stays(two: tuple[Store, Store], differs: dict[str, Any]) -> None:
    one, other = two
    one.record(Answer(CardId("c0"), 4, NOON, 60))
    given = replace(ForeignAnswer(NOON.ms + 1, Rating.GOOD, 60), **differs)
    other.take_foreign([History(CardId("c0"), "anki:1", (given,), ScheduleState(), 0)], at=later(1))
    both_ways(one, other)
    assert len(events(one)) == len(events(other)) == 2
