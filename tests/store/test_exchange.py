"""An exported log is as good as the database it came from."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flashnotes.anki import ExportCard, Log, export_json
from flashnotes.errors import StoreError
from flashnotes.models import ActionKind, CardId, Day
from flashnotes.store import Answer, Store
from flashnotes.store.exchange import is_log, read_log
from flashnotes.store.merge import Merged
from tests.store.conftest import NOON, card, deck_file, later
from tests.store.test_merge import CARDS, answered, home, whole

Export = Callable[..., Path]


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    """With a review, an action, a plan, things taken back, and a review of a card that has left its deck."""
    with home(tmp_path / "full.db") as store:
        store.sync([deck_file("E.yaml", card("gone"))])
        answered(store, "gone", 0)
        store.sync([], ["E.yaml"])
        answered(store, "c0", 0, grade=2)
        store.record(Answer(CardId("c0"), 4, later(0.01), 1500, cram=True))
        answered(store, "c1", 1)
        store.perform("c2", ActionKind.FLAG, 3, at=later(1))
        store.perform_on_deck("D", ActionKind.EXAM, Day(740_000), at=later(1))
        store.perform("c1", ActionKind.SUSPEND, at=later(1))
        store.undo(later(2))
        answered(store, "c2", 2)
        store.undo(later(2))
        yield store


@pytest.fixture
def export(full: Store, tmp_path: Path) -> Export:
    def export(**changes: Any) -> Path:
        reviews = list(full.reviews())
        cards = [
            ExportCard(
                one.card, one.deck, one.state, tuple(each for each in reviews if each.card_id == one.card.id)
            )
            for one in full.cards()
        ]
        events = full.exported_log({one.card.id for one in cards}, others=True)
        path = tmp_path / "log.json"
        export_json(path, cards, at=NOON, log=Log(full.home.uuid, full.home.number, events))
        if changes:
            path.write_text(
                json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8"
            )
        return path

    return export


def rows(store: Store) -> dict[str, list[Any]]:
    with store._reading() as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in ("review", "action", "undone")
        }


def test_it_brings_what_the_database_brings(full: Store, export: Export, tmp_path: Path) -> None:
    with home(tmp_path / "by file.db") as by_file, home(tmp_path / "by database.db") as by_database:
        for store in (by_file, by_database):
            answered(store, "c0", 0.5)
        by_file.merge_exported(read_log(export()), strangers=True)
        by_database.merge(full, strangers=True)
        for store in (by_file, by_database):
            store.undo(later(3))
        assert rows(by_file)["review"] == rows(by_database)["review"]
        assert len(by_file.history("gone")) == 1
        assert rows(by_file)["action"] == rows(by_database)["action"]
        for store in (by_file, by_database):
            assert [row for row in rows(store)["undone"] if row[-1] != store.home.uuid] == rows(full)[
                "undone"
            ]
        assert by_file.plans(Day(739_990)) == by_database.plans(Day(739_990))
        assert by_file.merge_exported(read_log(export())) == Merged()
        assert by_file.merge(full) == Merged(), "the file had everything"
        full.merge(by_file)
        assert whole(by_file) == whole(full)
        assert by_file.wrong_states() == 0


def test_a_partial_export_holds_only_its_cards(full: Store) -> None:
    events = full.exported_log({"c2"}, others=False)
    assert [(event["what"], event["card_id"]) for event in events] == [("action", "c2"), ("undone", "c2")]
    assert {event["card_id"] for event in full.exported_log(set(CARDS), others=True)} >= {"gone", "c1", "c2"}


def test_two_people_are_not_mixed_by_a_file(export: Export, tmp_path: Path) -> None:
    with home(tmp_path / "other.db") as other:
        answered(other, "c0", 0)
        with pytest.raises(StoreError, match="two people"):
            other.merge_exported(read_log(export()))
        assert len(list(other.reviews())) == 1


REVIEW = {
    "what": "review", "id": 5, "card_id": "c0", "rating": 3, "grade": 4, "day": "2026-01-05", "kind": "review",
    "reviewed_at": "2026-01-05T12:00:00.000Z", "zone_offset": 0, "duration_ms": 0, "source": "x",
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": 9}, {"grade": -1}, {"id": 2**63}, {"id": "5"}, {"id": True}, {"card_id": ""}, {"card_id": "\ud800"},
        {"day": "tomorrow"}, {"reviewed_at": "2026-01-05"}, {"zone_offset": 1e9}, {"kind": "guess"}, {"source": None},
        {"duration_ms": -1}, {"what": "deed"}, {"what": "undone", "event": []},
    ],
    ids=str,
)  # fmt: skip
def test_an_event_that_cannot_be_is_refused(wrong: dict[str, Any], export: Export) -> None:
    path = export(log=[REVIEW])
    assert len(read_log(path).rows["review"]) > 1
    with pytest.raises(StoreError, match="nothing was changed"):
        read_log(export(log=[REVIEW | wrong]))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not the JSON"),
        ('{"a": 1}', "no export with a log"),
        ('{"format": "flashnotes", "version": 1, "cards": []}', "no export with a log"),
        ('{"format": "flashnotes", "version": 2, "cards": [], "log": []}', "newer flashnotes"),
        ("{" * 100_000, "is not the JSON"),
    ],
    ids=["cut", "other", "without", "newer", "deep"],
)
def test_what_is_no_log_is_refused_in_words(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text(text, encoding="utf-8")
    assert is_log(path)
    with pytest.raises(StoreError, match=said):
        read_log(path)
