import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashnotes.errors import StoreError
from flashnotes.models import (
    ActionKind,
    CardId,
    DueDay,
    Moment,
    Phase,
    Rating,
    Review,
    ReviewKind,
    ScheduleState,
)
from flashnotes.scheduling import grade_of, replay
from flashnotes.scheduling.days import logical_day, parse_day
from flashnotes.scheduling.queue import Limits
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.store import Answer, DeckCounts, Rules, Selection, Store
from flashnotes.store.log import HOME_BITS
from flashnotes.store.rebuild import Rebuilt
from flashnotes.store.rows import REVIEW
from tests.store.conftest import MS_A_DAY, NOON, RULES, Answering, card, deck_file, later

TODAY = logical_day(NOON)


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_review_is_a_row_as_other_programs_rely_on(store: Store, answer: Answering, database: Path) -> None:
    review = store.record(Answer(CardId("c0"), 4, Moment(1_795_252_443_123, 480), duration_ms=1500))
    [row] = query(
        database,
        "SELECT id, card_id, rating, grade, reviewed_at, zone_offset, day, kind, duration_ms, source"
        " FROM review",
    )
    assert row == (
        review.id, "c0", 3, 4, "2026-11-21T09:14:03.123Z", 480, "2026-11-21", "learn", 1500, store.home.uuid,
    )  # fmt: skip
    assert review.id >> HOME_BITS == 1_795_252_443_123
    assert review.id % (1 << HOME_BITS) == store.home.number


def test_a_recorded_review_reads_back_the_same(store: Store, answer: Answering) -> None:
    given = [answer("c0", rating, day) for day, rating in enumerate([Rating.GOOD, Rating.AGAIN, Rating.EASY])]
    assert store.history("c0") == given
    assert list(store.reviews()) == given
    assert store.state("c0") == given[-1].state
    assert store.all_states() == {CardId("c0"): given[-1].state}


def test_ids_never_go_back_whatever_the_clock_does(store: Store, answer: Answering) -> None:
    ids = [answer("c0", Rating.GOOD, days).id for days in (0, 0, -365, 1, 1, 0.5)]
    assert ids == sorted(set(ids))
    store.undo(later(2))
    assert answer("c1", Rating.GOOD, -1).id > ids[-1]


HISTORY = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(["c0", "c1", "c2"]), st.integers(0, 5), st.booleans()),
        st.tuples(st.just("act"), st.sampled_from(["c0", "c1"]), st.sampled_from(ActionKind), st.just(0)),
        st.tuples(st.just("undo"), st.just(""), st.just(0), st.just(0)),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY, gaps=st.lists(st.integers(-MS_A_DAY, 3 * MS_A_DAY), min_size=25, max_size=25))
def test_the_state_is_the_fold_of_the_events(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, str, int, bool]], gaps: list[int]
) -> None:
    path = tmp_path_factory.mktemp("home") / "flashnotes.db"
    ms = NOON.ms
    with Store.open(path, RULES, at=NOON) as store:
        store.sync([deck_file("D.yaml", card("c0"), card("c1"), card("c2"))])
        for (what, id, value, cram), gap in zip(history, gaps, strict=False):
            ms += gap
            if what == "answer":
                store.record(Answer(CardId(id), value, Moment(ms), cram=cram))
            elif what == "act":
                store.perform(
                    id, ActionKind(str(value)), 739_700 if "due" in str(value) else 3, at=Moment(ms)
                )
            else:
                store.undo(Moment(ms))
        for id in ("c0", "c1", "c2"):
            assert store.state(id) == replay(Sm2(), store.history(id))
        assert store.wrong_states() == 0
        assert store.rebuild().mended == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(Rating), st.integers(0, MS_A_DAY)), max_size=12))
def test_recording_then_undoing_is_nothing(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[int, Rating, int]]
) -> None:
    path = tmp_path_factory.mktemp("home") / "flashnotes.db"
    with Store.open(path, RULES, at=NOON) as store:
        store.sync([deck_file("D.yaml", card("c0"), card("c1"), card("c2"))])
        ms, seen = NOON.ms, [store.cards()]
        for number, rating, gap in answers:
            ms += gap
            store.record(Answer(CardId(f"c{number}"), grade_of(rating), Moment(ms)))
            seen.append(store.cards())
        for before in reversed(seen[:-1]):
            assert store.undo(Moment(ms)) is not None
            assert store.cards() == before
        assert store.undo(Moment(ms)) is None


def test_undo_works_after_a_restart_and_twice_is_two_steps(
    store: Store, answer: Answering, database: Path
) -> None:
    answer("c0", Rating.GOOD)
    answer("c1", Rating.AGAIN)
    store.close()
    with Store.open(database, RULES, at=NOON) as again:
        undone = [again.undo(NOON), again.undo(NOON), again.undo(NOON)]
        assert [event.card_id if event else None for event in undone] == ["c1", "c0", None]
        assert again.state("c1") == ScheduleState()
    assert query(database, "SELECT count(*) FROM review") == [(0,)]
    assert query(database, "SELECT card_id, what FROM undone ORDER BY id") == [
        ("c0", "review"),
        ("c1", "review"),
    ]


def test_undo_takes_back_actions_too(store: Store, answer: Answering) -> None:
    answer("c0", Rating.GOOD)
    store.perform("c0", ActionKind.SUSPEND, at=later(0.1))
    assert store.state("c0").suspended
    event = store.undo(later(0.2))
    assert event is not None
    assert not isinstance(event, Review)
    assert not store.state("c0").suspended
    assert store.state("c0").phase is Phase.REVIEW


def test_an_unknown_card_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="nope"):
        store.record(Answer(CardId("nope"), 4, NOON))
    assert list(store.reviews()) == []


@pytest.mark.parametrize("ms", [-63_000_000_000_000, 253_402_300_799_999])
def test_a_clock_outside_the_calendar_is_refused(store: Store, ms: int) -> None:
    with pytest.raises(StoreError, match="clock"):
        store.record(Answer(CardId("c0"), 4, Moment(ms)))


@pytest.mark.parametrize("ms", [0, 4_294_967_296_000, 253_400_000_000_000])
def test_a_strange_year_is_kept_and_can_be_undone(store: Store, ms: int) -> None:
    for _ in range(14):
        review = store.record(Answer(CardId("c0"), 5, Moment(ms)))
    assert store.history("c0")[-1] == review
    assert store.undo(NOON) == review


def test_another_scheduler_folds_the_log_anew_and_back(
    store: Store, answer: Answering, database: Path
) -> None:
    answer("c0", Rating.HARD)
    answer("c0", Rating.GOOD, 0.1)
    shipped = store.cards(), store.history("c0")
    store.close()
    with Store.open(database, Rules(Sm2(repeat_below=4)), at=NOON) as pure:
        assert [event.kind for event in pure.history("c0")] == [ReviewKind.LEARN, ReviewKind.DRILL]
        assert pure.state("c0").interval == 1
    with Store.open(database, RULES, at=NOON) as back:
        assert (back.cards(), back.history("c0")) == shipped


# What is to do


def test_what_the_start_counts_is_found_by_indexes(store: Store) -> None:
    asked: list[str] = []
    with store._reading() as connection:
        connection.set_trace_callback(asked.append)
        store.due_counts(TODAY, NOON.ms)
        store.attention(TODAY)
        store.last_event()
        connection.set_trace_callback(None)
        questions = [sql for sql in asked if "FROM card" in sql or "source = " in sql]
        plans = [
            " / ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")) for sql in questions
        ]
    for index in (
        "card_new",
        "card_step",
        "card_counts (deck=? AND due_day>? AND due_day<?)",
        "card_attention",
    ):
        assert any(index in plan for plan in plans), index
    assert any("review_home" in plan for plan in plans)
    assert any("action_home" in plan for plan in plans)
    assert not [plan for plan in plans if plan.startswith(("SCAN card /", "SCAN review"))]


def test_the_last_event_is_this_home_s_own(store: Store, database: Path) -> None:
    own = store.record(Answer(CardId("c0"), 4, NOON))
    connection = sqlite3.connect(database)
    columns = ", ".join(name for name in REVIEW if name not in ("id", "source"))
    other = store.home.number ^ 1
    for number, source in ((other, "elsewhere"), (store.home.number, "a home of the same number")):
        connection.execute(
            f"INSERT INTO review (id, source, {columns}) SELECT ?, ?, {columns} FROM review WHERE id = ?",
            ((own.id >> HOME_BITS) + 1 << HOME_BITS | number, source, own.id),
        )
    connection.commit()
    connection.close()
    assert store.last_event() == own


def test_due_counts_by_deck(empty_store: Store) -> None:
    empty_store.sync(
        [deck_file("A.yaml", card("a0"), card("a1"), card("a2")), deck_file("B.yaml", card("b0"))]
    )
    empty_store.record(Answer(CardId("a0"), 2, NOON))
    empty_store.record(Answer(CardId("a1"), 4, NOON))
    assert empty_store.due_counts(TODAY, NOON.ms).decks == (
        DeckCounts("A", 1, 1, 0),
        DeckCounts("B", 1, 0, 0),
    )
    counts = empty_store.due_counts(logical_day(later(1)), later(1).ms)
    assert counts.decks == (DeckCounts("A", 1, 0, 2), DeckCounts("B", 1, 0, 0))
    assert (counts.new, counts.learning, counts.due) == (2, 0, 2)


def test_what_is_suspended_buried_or_retired_is_not_counted(empty_store: Store) -> None:
    empty_store.sync([deck_file("A.yaml", card("a0"), card("a1"), card("a2", retired=True), card("a3"))])
    empty_store.perform("a0", ActionKind.SUSPEND, at=NOON)
    empty_store.perform("a1", ActionKind.BURY, TODAY + 1, at=NOON)
    assert empty_store.due_counts(TODAY, NOON.ms).new == 1
    assert empty_store.due_counts(logical_day(later(1)), later(1).ms).new == 2


def test_a_day_begins_at_four(store: Store) -> None:
    late = Moment(NOON.ms + 15 * 3_600_000)
    store.record(Answer(CardId("c0"), 4, late))
    assert store.state("c0").due == DueDay(parse_day("2026-01-06"))


def test_the_queue_takes_a_deck_with_those_below_it(empty_store: Store) -> None:
    names = ["A", "A::B", "A::B::C", "A:B", "AB", "B"]
    empty_store.sync([deck_file(f"{n}.yaml", card(f"c{n}"), name=name) for n, name in enumerate(names)])
    assert ids(empty_store, Selection(("A",))) == ["c0", "c1", "c2"]
    assert ids(empty_store, Selection(("A::B", "B"))) == ["c1", "c2", "c5"]
    assert ids(empty_store, Selection(("%",))) == []


def test_the_queue_takes_a_tag_with_those_below_it(empty_store: Store) -> None:
    tags = [("rl",), ("rl::td", "x"), ("rlx",), ()]
    empty_store.sync([deck_file("D.yaml", *(card(f"c{n}", tags=tag) for n, tag in enumerate(tags)))])
    assert ids(empty_store, Selection(tag="rl")) == ["c0", "c1"]
    assert ids(empty_store, Selection(tag="r%")) == []
    assert ids(empty_store, Selection(("D",), "x")) == ["c1"]


def ids(store: Store, selection: Selection) -> list[str]:
    queue = store.study_queue(selection, TODAY, NOON.ms, Limits(99, 99))
    return [card.id for card in queue.new]


def test_a_sibling_answered_today_keeps_the_others_for_another_day(empty_store: Store) -> None:
    from flashnotes.models import CardKind

    cards = (
        card("d", "TD 误差", CardKind.DEFINITION),
        card("f", " ＴＤ  误差", CardKind.FORMULA),
        card("b", "TD 误差"),
    )
    empty_store.sync([deck_file("D.yaml", *cards)])
    assert ids(empty_store, Selection()) == ["d", "b"]
    empty_store.record(Answer(CardId("d"), 4, NOON))
    assert ids(empty_store, Selection()) == ["b"]
    tomorrow = empty_store.study_queue(Selection(), logical_day(later(1)), later(1).ms, Limits(99, 99))
    assert ([card.id for card in tomorrow.due], [card.id for card in tomorrow.new]) == (["d"], ["b"])


def test_the_days_work_is_counted_from_the_log(store: Store, answer: Answering) -> None:
    answer("c0", Rating.GOOD)
    answer("c1", Rating.AGAIN)
    answer("c1", Rating.GOOD, 0.01)
    answer("c0", Rating.GOOD, 1)
    assert (store.done_on(TODAY).new, store.done_on(TODAY).reviews) == (2, 0)
    tomorrow = store.done_on(logical_day(later(1)))
    assert (tomorrow.new, tomorrow.reviews) == (0, 1)


def test_no_sqlmodel_where_it_must_be_instant(store: Store, database: Path) -> None:
    import subprocess
    import sys

    store.close()
    code = (
        "import sys; from pathlib import Path;"
        "from flashnotes.models import *; from flashnotes.store import *;"
        "from flashnotes.scheduling.sm2 import Sm2;"
        "store = Store.open(Path(sys.argv[1]), Rules(Sm2()), at=Moment(0));"
        "store.due_counts(Day(739000), 0); store.record(Answer(CardId('c0'), 4, Moment(1767614400000)));"
        "store.card('c0'); store.undo(Moment(0));"
        "heavy = {'sqlmodel', 'sqlalchemy', 'yaml', 'asyncio', 'uuid', 'typing_extensions'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(database)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_a_state_that_its_events_do_not_give_is_found_and_mended(
    store: Store, answer: Answering, database: Path
) -> None:
    answer("c0", Rating.GOOD)
    assert store.wrong_states() == 0
    connection = sqlite3.connect(database)
    connection.execute("UPDATE card SET interval = 9 WHERE id IN ('c0', 'c1')")
    connection.commit()
    connection.close()
    assert store.wrong_states() == 2
    assert query(database, "SELECT id FROM wrong_state ORDER BY id") == [("c0",), ("c1",)]
    assert store.rebuild() == Rebuilt(cards=1, mended=2)
    assert store.wrong_states() == 0
    assert store.rebuild() == Rebuilt(cards=1, mended=0)


def test_texts_of_time_sort_like_time(store: Store, answer: Answering, database: Path) -> None:
    for days in (0, 0.001, 400):
        answer("c0", Rating.GOOD, days)
    times = [str(row[0]) for row in query(database, "SELECT reviewed_at FROM review ORDER BY id")]
    assert times == sorted(times)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time) for time in times)
