import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.errors import StoreError
from flashnotes.models import CardId
from flashnotes.store import Answer, Store
from flashnotes.store.backup import listed, made_at, restore, thinned
from tests.store.conftest import NOON, RULES, later


def opened(path: Path) -> Store:
    return Store.open(path, RULES, at=NOON)


def test_a_backup_is_whole_and_private(store: Store) -> None:
    store.record(Answer(CardId("c0"), 4, NOON))
    backup = store.back_up(NOON)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    assert made_at(backup) == datetime(2026, 1, 5, 12, tzinfo=UTC)
    with opened(backup) as copy:
        assert copy.cards() == store.cards()
        assert list(copy.reviews()) == list(store.reviews())


def test_a_backup_is_made_only_when_something_was_done(store: Store) -> None:
    assert store.back_up_if_changed(later(0)) is not None
    assert store.back_up_if_changed(later(1)) is None
    store.record(Answer(CardId("c0"), 4, NOON))
    assert store.back_up_if_changed(later(2)) is not None
    store.undo(NOON)
    assert store.back_up_if_changed(later(3)) is not None
    assert store.back_up_if_changed(later(4)) is None


def test_a_damaged_backup_does_not_count_as_one(store: Store) -> None:
    first = store.back_up_if_changed(later(0))
    assert first is not None
    first.write_bytes(b"x" * 200)
    assert store.back_up_if_changed(later(1)) is not None


def test_a_backup_that_cannot_be_written_is_said(store: Store, database: Path) -> None:
    (database.parent / "backups").write_text("")
    with pytest.raises(StoreError, match="backup cannot be written"):
        store.back_up(NOON)
    store.record(Answer(CardId("c0"), 4, NOON))


NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def named(hours: float) -> Path:
    return Path(f"flashnotes-{NOW - timedelta(hours=hours):%Y-%m-%dT%H%M%S}-000Z.db")


@given(st.sets(st.integers(0, 24 * 900), max_size=80))
def test_thinning_keeps_the_newest_and_two_days_and_settles(hours: set[int]) -> None:
    backups = {named(number) for number in hours}
    gone = set(thinned(backups, NOW))
    kept = backups - gone
    assert {named(number) for number in hours if number < 48} <= kept
    assert max(backups, default=None) == max(kept, default=None)
    assert thinned(kept, NOW) == []
    assert len([path for path in kept if path < named(48)]) <= 12 + 10 + 24


def test_a_year_of_sessions_leaves_few_backups() -> None:
    backups: set[Path] = set()
    for hour in range(24 * 365, -1, -12):
        backups.add(named(hour))
        backups -= set(thinned(backups, NOW - timedelta(hours=hour)))
    ages = sorted((NOW - (made_at(path) or NOW)).days for path in backups)
    assert len(ages) <= 40
    assert ages[:6] == [0, 0, 1, 1, 2, 3]
    assert ages[-1] >= 330


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    for name in ("mine.db", "flashnotes-now.db", "replaced-2026-01-05T120000-000Z.db", "x.txt"):
        (tmp_path / name).write_text("")
    assert listed(tmp_path) == []


def test_the_restore_drill(store: Store, database: Path) -> None:
    """Answer, back up, answer on, lose the database, restore, and go on."""
    store.record(Answer(CardId("c0"), 4, NOON))
    saved = store.cards(), list(store.reviews())
    backup = store.back_up(NOON)
    store.record(Answer(CardId("c1"), 4, NOON))
    replaced = list(store.reviews())
    store.close()
    kept = restore(backup, database, later(1))
    with opened(database) as restored:
        assert (restored.cards(), list(restored.reviews())) == saved
        assert restored.wrong_states() == 0
        restored.record(Answer(CardId("c2"), 4, NOON))
    assert kept is not None
    with opened(kept) as old:
        assert list(old.reviews()) == replaced
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_a_damaged_database_is_replaced_and_kept(store: Store, database: Path) -> None:
    backup = store.back_up(NOON)
    store.close()
    database.write_bytes(b"rubbish" * 100)
    kept = restore(backup, database, later(1))
    assert kept is not None
    assert kept.read_bytes() == b"rubbish" * 100
    with opened(database) as restored:
        assert len(restored.cards()) == 10


def test_where_there_is_none_nothing_is_replaced(store: Store, tmp_path: Path) -> None:
    new = tmp_path / "new" / "flashnotes.db"
    new.parent.mkdir()
    assert restore(store.back_up(NOON), new, NOON) is None
    with opened(new) as restored:
        assert len(restored.cards()) == 10


@pytest.mark.parametrize("damage", ["rubbish", "noise", "foreign"])
def test_a_bad_backup_changes_nothing(store: Store, database: Path, damage: str) -> None:
    backup = store.back_up(NOON)
    store.close()
    whole = backup.read_bytes()
    if damage == "foreign":
        backup.unlink()
        foreign = sqlite3.connect(backup)
        foreign.execute("CREATE TABLE mine (x)")
        foreign.close()
    else:
        backup.write_bytes(
            b"x" * 500 if damage == "rubbish" else whole[:4096] + b"\x7f" * (len(whole) - 4096)
        )
    before = database.read_bytes()
    with pytest.raises(StoreError):
        restore(backup, database, NOON)
    assert database.read_bytes() == before
    assert {path.name for path in database.parent.iterdir()} == {"flashnotes.db", "backups"}


def test_a_database_in_use_is_not_replaced(store: Store, database: Path) -> None:
    backup = store.back_up(NOON)
    store.record(Answer(CardId("c0"), 4, NOON))
    with pytest.raises(StoreError, match="in use"):
        restore(backup, database, later(1))
    assert len(list(store.reviews())) == 1
    assert store.record(Answer(CardId("c1"), 4, NOON)).card_id == "c1"
