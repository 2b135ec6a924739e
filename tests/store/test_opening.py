import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from flashnotes.errors import StoreError
from flashnotes.models import CardId
from flashnotes.scheduling.columns import STATE
from flashnotes.store import Answer, Store, connection
from flashnotes.store.connection import SCHEMA
from flashnotes.store.rows import ACTION, CONTENT, REVIEW
from tests.store.conftest import NOON, RULES, card, deck_file, later


def opened(path: Path) -> Store:
    return Store.open(path, RULES, at=NOON)


def test_the_sql_speaks_of_the_columns_that_sqlmodel_made(database: Path) -> None:
    from sqlmodel import SQLModel

    from flashnotes.store import tables

    opened(database).close()
    made = sqlite3.connect(database)
    columns = {
        table: {row[1] for row in made.execute(f"PRAGMA table_info({table})")}
        for table in SQLModel.metadata.tables
    }
    made.close()
    assert columns == {name: set(table.c.keys()) for name, table in SQLModel.metadata.tables.items()}
    assert columns["card"] == {*CONTENT, *STATE}
    assert columns["review"] == set(REVIEW)
    assert columns["action"] == set(ACTION)
    assert tables.SCHEMA == SCHEMA


def test_a_new_database_is_private_and_leaves_nothing_beside_it(database: Path) -> None:
    opened(database).close()
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert [path.name for path in database.parent.iterdir()] == ["flashnotes.db"]


def test_it_writes_ahead_and_syncs_each_answer(store: Store) -> None:
    with store._reading() as inner:
        pragmas = [
            inner.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1]


def test_two_homes_are_told_apart(tmp_path: Path) -> None:
    with opened(tmp_path / "a.db") as one, opened(tmp_path / "b.db") as other:
        assert one.home.uuid != other.home.uuid
    with opened(tmp_path / "a.db") as again:
        assert again.home == one.home


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"hello, I am no database, but I am longer than a hundred bytes." * 3, "not a database"),
        (b"SQLite format 3\0", "not a database"),
    ],
)
def test_what_is_no_database_is_refused_unharmed(database: Path, content: bytes, words: str) -> None:
    database.write_bytes(content)
    with pytest.raises(StoreError, match=words) as caught:
        opened(database)
    assert "\n" not in str(caught.value)
    assert "no backup" in str(caught.value)
    assert database.read_bytes() == content


def filled(database: Path) -> bytes:
    with opened(database) as store:
        store.sync([deck_file("D.yaml", *(card(f"c{n}", "q" * 300) for n in range(200)))])
    return database.read_bytes()


@pytest.mark.parametrize("damage", ["half", "noise"])
def test_a_damaged_database_names_the_newest_backup(database: Path, damage: str) -> None:
    whole = filled(database)
    with opened(database) as store:
        backup = store.back_up(NOON)
        store.back_up(later(-1))
    broken = whole[: len(whole) // 2] if damage == "half" else whole[:100] + b"\x7f" * (len(whole) - 100)
    database.write_bytes(broken)
    with pytest.raises(StoreError, match="backup") as caught:
        opened(database)
    assert str(backup) in str(caught.value)
    assert database.read_bytes() == broken


def test_a_folder_in_its_place_is_refused(database: Path) -> None:
    database.mkdir()
    with pytest.raises(StoreError, match="folder"):
        opened(database)


def left_open(folder: Path) -> list[str]:
    """The files in `folder` that this process has open, where the system tells."""
    own = Path("/proc/self/fd")
    paths = [os.path.realpath(each) for each in own.iterdir()] if own.is_dir() else []
    return [path for path in paths if path.startswith(str(folder))]


@pytest.mark.parametrize("damage", ["foreign", "torn", "newer"])
def test_what_is_refused_is_closed(database: Path, damage: str) -> None:
    opened(database).close()
    damages = {
        "foreign": "PRAGMA user_version = 0",
        "torn": "DROP TABLE home",
        "newer": f"PRAGMA user_version = {SCHEMA + 1}",
    }
    with closing(sqlite3.connect(database)) as made:
        made.execute(damages[damage])
    with pytest.raises(StoreError) as refused:
        opened(database)
    assert left_open(database.parent) == [], refused


def test_a_foreign_database_is_refused_unharmed(database: Path) -> None:
    made = sqlite3.connect(database)
    made.execute("CREATE TABLE mine (x)")
    made.close()
    before = database.read_bytes()
    with pytest.raises(StoreError, match="not one of flashnotes"):
        opened(database)
    assert database.read_bytes() == before


def test_a_newer_database_is_refused_unharmed(database: Path) -> None:
    opened(database).close()
    newer = sqlite3.connect(database)
    newer.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    newer.close()
    before = database.read_bytes()
    with pytest.raises(StoreError, match="newer flashnotes"):
        opened(database)
    assert database.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        opened(tmp_path / "file" / "flashnotes.db")


def test_names_that_sql_and_urls_know_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "家 %20?mode=ro#'\";--" / "flashnotes.db"
    with opened(path) as store:
        store.sync([deck_file("D.yaml", card("'); DROP TABLE card; --"))])
        assert store.record(Answer(CardId("'); DROP TABLE card; --"), 4, NOON)).rating == 3
    assert path.exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights do not bind the superuser")
def test_a_folder_without_rights_can_still_be_read(store: Store, database: Path) -> None:
    store.close()
    database.chmod(0o400)
    database.parent.chmod(0o500)
    try:
        with opened(database) as reading:
            assert len(reading.cards()) == 10
            with pytest.raises(StoreError, match="cannot be written"):
                reading.record(Answer(CardId("c0"), 4, NOON))
    finally:
        database.parent.chmod(0o700)


def test_a_held_lock_is_waited_for_and_then_explained(
    store: Store, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with opened(database) as waiting, pytest.raises(StoreError, match="locked") as caught:
        waiting.record(Answer(CardId("c0"), 4, NOON))
    assert "Nothing was saved" in str(caught.value)
    assert len(store.cards()) == 10, "reading goes on"
    holder.execute("ROLLBACK")
    holder.close()
    store.record(Answer(CardId("c0"), 4, NOON))


def test_a_database_put_in_its_place_meanwhile_is_noticed(
    store: Store, database: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    opened(other).close()
    other.replace(database)
    with pytest.raises(StoreError, match="replaced"):
        store.record(Answer(CardId("c0"), 4, NOON))


def test_threads_share_a_store(store: Store) -> None:
    def answer(number: int) -> None:
        for _ in range(20):
            store.record(Answer(CardId(f"c{number}"), 4, NOON))

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(store.reviews())) == 80
    assert {store.state(f"c{number}").repetitions for number in range(4)} == {20}


def test_an_interrupted_answer_is_no_answer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("flashnotes.store.log.set_state", stop)
    with pytest.raises(KeyboardInterrupt):
        store.record(Answer(CardId("c0"), 4, NOON))
    monkeypatch.undo()
    assert list(store.reviews()) == []
    assert store.record(Answer(CardId("c0"), 4, NOON)).card_id == "c0"
