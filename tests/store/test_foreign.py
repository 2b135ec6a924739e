"""What another program did, taken in once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from shutil import copy
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashnotes.models import CardId, Day, DueDay, Ease, Moment, Phase, Rating, ScheduleState
from flashnotes.scheduling import replay
from flashnotes.scheduling.anki_like import AnkiLike
from flashnotes.scheduling.fsrs import Fsrs
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.scheduling.steps import Steps
from flashnotes.store import Answer, Rules, Store
from flashnotes.store.foreign import ForeignAnswer, History

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.scheduling import Scheduler

DAY_MS = 86_400_000
NOW = Moment(20_000 * DAY_MS)
C0 = CardId("c0")
NEW = ScheduleState()
ANSWERS = st.lists(
    st.builds(
        ForeignAnswer,
        st.integers(1, 10).map(lambda day: (19_000 + day) * DAY_MS),
        st.sampled_from(Rating),
        st.integers(0, 90_000),
        st.booleans(),
    ),
    max_size=12,
)


def history(*answers: ForeignAnswer, state: ScheduleState = NEW, changed: int = 0) -> History:
    return History(C0, "anki:1", answers, state, changed, 480)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "flashnotes.db", Rules(Sm2()), at=NOW) as opened:
        opened.take_foreign([history()], at=NOW)
        yield opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to copy: making one takes longer than all of a test."""
    path = tmp_path_factory.mktemp("made") / "flashnotes.db"
    with Store.open(path, Rules(Sm2()), at=NOW) as store:
        store.take_foreign([history()], at=NOW)
    return path


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(theirs=ANSWERS, ours=ANSWERS)
def test_taking_it_in_again_changes_nothing(
    made: Path,
    tmp_path_factory: pytest.TempPathFactory,
    theirs: list[ForeignAnswer],
    ours: list[ForeignAnswer],
) -> None:
    copied = Path(copy(made, tmp_path_factory.mktemp("h") / made.name))
    with Store.open(copied, Rules(Sm2()), at=NOW) as store:
        for answer in sorted(ours, key=lambda each: each.ms):
            store.record(Answer(C0, answer.rating + 1, Moment(answer.ms), answer.duration_ms))
        before = len(store.history(C0))
        counted = store.take_foreign([history(*theirs)], at=NOW, dry_run=True)
        assert len(store.history(C0)) == before
        taken = store.take_foreign([history(*theirs)], at=NOW)
        assert counted.reviews == taken.reviews == len(theirs) - taken.known
        events = store.history(C0)
        assert len(events) == before + taken.reviews
        again = store.take_foreign([history(*theirs)], at=NOW)
        assert (again.reviews, again.actions, again.known) == (0, 0, len(theirs))
        assert store.history(C0) == events
        assert store.state(C0) == replay(Sm2(), events)
        assert store.wrong_states() == 0


@pytest.mark.parametrize(
    "scheduler",
    [Sm2(), AnkiLike(fuzz=True), Fsrs(), Fsrs(fuzz=True, steps=Steps((1, 10), (10,)))],
    ids=["sm2", "anki", "fsrs", "steps"],
)
def test_answers_to_cards_without_events_are_folded(scheduler: Scheduler, made: Path, tmp_path: Path) -> None:
    random = Random(5)
    answers = [
        ForeignAnswer(
            (19_000 + day) * DAY_MS + place, random.choice(list(Rating)), 900, cram=random.random() < 0.1
        )
        for day in sorted(random.sample(range(300), 40))
        for place in range(random.choice((1, 1, 2)))
    ]
    histories = [replace(history(*answers[start:]), card_id=CardId(f"c{start}")) for start in range(5)]
    with Store.open(Path(copy(made, tmp_path / made.name)), Rules(scheduler), at=NOW) as store:
        store.take_foreign(histories, at=NOW)
        events = [store.history(each.card_id) for each in histories]
        assert store.wrong_states() == 0
        assert store.rebuild().mended == 0
        assert [store.history(each.card_id) for each in histories] == events
        assert all(
            store.state(each.card_id) == replay(scheduler, log)
            for each, log in zip(histories, events, strict=True)
        )


def test_two_homes_agree_on_the_ids(tmp_path: Path) -> None:
    answer = ForeignAnswer(19_000 * DAY_MS, Rating.GOOD, 1000)
    ids = []
    for name in ("a", "b"):
        with Store.open(tmp_path / name / "flashnotes.db", Rules(Sm2()), at=NOW) as store:
            store.take_foreign([history(answer, state=replace(NEW, flag=2))], at=NOW)
            ids.append([event.id for event in store.history(C0)])
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2


REVIEWED = ScheduleState(Phase.REVIEW, DueDay(Day(740_000)), interval=40, memory=Ease(210))


def test_a_schedule_without_a_log_is_kept(store: Store) -> None:
    store.take_foreign([history(state=REVIEWED)], at=NOW)
    state = store.state(C0)
    assert (state.phase, state.due, state.interval, state.memory) == (
        REVIEWED.phase, REVIEWED.due, REVIEWED.interval, REVIEWED.memory,
    )  # fmt: skip


def test_once_answered_here_the_schedule_is_ours(store: Store) -> None:
    store.record(Answer(C0, 4, Moment(19_500 * DAY_MS)))
    state = store.state(C0)
    store.take_foreign([history(state=REVIEWED)], at=NOW)
    assert store.state(C0) == state


def test_what_happened_here_after_an_action_there_is_folded_on_top(store: Store) -> None:
    store.take_foreign([history(state=REVIEWED, changed=19_000 * DAY_MS)], at=NOW)
    store.record(Answer(C0, 4, Moment(19_500 * DAY_MS)))
    flagged = replace(store.state(C0), flag=3)
    store.take_foreign([history(state=flagged, changed=19_200 * DAY_MS)], at=NOW)
    assert store.state(C0) == replay(Sm2(), store.history(C0))
    assert (store.state(C0).flag, store.wrong_states()) == (3, 0)


def test_a_card_in_two_files_is_taken_once(store: Store) -> None:
    answer = ForeignAnswer(19_000 * DAY_MS, Rating.GOOD, 1000)
    both = [history(answer, state=REVIEWED), history(answer, state=REVIEWED)]
    taken = store.take_foreign(both, at=NOW)
    assert (taken.reviews, taken.known, store.wrong_states()) == (1, 1, 0)
    assert len(store.history(C0)) == 1 + taken.actions
