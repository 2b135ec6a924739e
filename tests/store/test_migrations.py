"""How an older database is brought up to date: of every schema there ever was, and when a step fails."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from flashnotes.errors import StoreError
from flashnotes.scheduling import replay
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.store import Store, migrations
from flashnotes.store.connection import SCHEMA
from tests.store.conftest import NOON, RULES

RELEASED = Path(__file__).parent / "released"
Step = Callable[[sqlite3.Connection], object]


def older(path: Path, schema: int) -> Path:
    """A database of an earlier schema, with a deck, reviews, actions, an exam and things taken back."""
    made = sqlite3.connect(path)
    made.executescript((RELEASED / f"schema-{schema}.sql").read_text(encoding="utf-8"))
    made.execute("PRAGMA journal_mode = WAL")
    made.close()
    return path


@pytest.fixture
def old(database: Path) -> Path:
    return older(database, 1)


def version(path: Path) -> int:
    opened = sqlite3.connect(path)
    found: int = opened.execute("PRAGMA user_version").fetchone()[0]
    opened.close()
    return found


def shape(path: Path) -> set[tuple[object, ...]]:
    """The tables, columns, indexes and views of a database, however they were written down."""
    opened = sqlite3.connect(path)
    found = set()
    for kind, name, table, sql in opened.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema"
    ).fetchall():
        columns = opened.execute(f"PRAGMA {'index' if kind == 'index' else 'table'}_info({name})").fetchall()
        where = (sql or "").partition("WHERE")[2] if kind == "index" else ""
        found.add((kind, name, table, " ".join(where.split()), *columns))
    opened.close()
    return found


@pytest.mark.parametrize("schema", range(1, SCHEMA))
def test_every_schema_that_there_was_comes_up_to_date(schema: int, tmp_path: Path) -> None:
    path = older(tmp_path / "old.db", schema)
    Store.open(tmp_path / "new.db", RULES, at=NOON).close()
    for _ in range(2):
        with Store.open(path, RULES, at=NOON) as store:
            assert len(store.cards()) == 3
            assert [review.grade for review in store.history("c0")] == [2, 4]  # type: ignore[union-attr]
            assert store.state("c2").flag == 3
            assert all(store.state(id) == replay(Sm2(), store.history(id)) for id in ("c0", "c1", "c2"))
            assert (store.wrong_states(), store.faults()) == (0, [])
    assert version(path) == SCHEMA
    assert shape(path) == shape(tmp_path / "new.db")
    [backup] = (tmp_path / "backups").iterdir()
    assert version(backup) == schema


def test_answers_that_earlier_merges_doubled_count_once(old: Path) -> None:
    opened = sqlite3.connect(old)
    assert opened.execute("SELECT repetitions FROM card WHERE id = 'c1'").fetchone() == (3,)
    opened.close()
    with Store.open(old, RULES, at=NOON) as store:
        assert len(store.history("c1")) == 2
        assert store.state("c1").repetitions == 2


def test_a_step_that_fails_leaves_the_old_database(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def halfway(opened: sqlite3.Connection) -> None:
        opened.execute("ALTER TABLE card ADD COLUMN later TEXT")
        opened.execute("DROP TABLE review")
        opened.execute("SELECT * FROM nothing")

    before = shape(old)
    monkeypatch.setattr(migrations, "MIGRATIONS", (halfway, *migrations.MIGRATIONS[1:]))
    with pytest.raises(StoreError, match="nothing"):
        Store.open(old, RULES, at=NOON)
    assert version(old) == 1
    assert shape(old) == before
    opened = sqlite3.connect(old)
    assert opened.execute("SELECT count(*) FROM review").fetchone() == (5,)
    opened.close()
    assert len(list((old.parent / "backups").iterdir())) == 1
