"""How an older database is brought up to date. There is one schema so far; the step to a second is made up here."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from flashnotes import store as store_module
from flashnotes.errors import StoreError
from flashnotes.models import CardId
from flashnotes.store import Answer, Store, connection, migrations
from tests.store.conftest import NOON, RULES, card, deck_file

Step = Callable[[sqlite3.Connection], object]


@pytest.fixture
def old(database: Path) -> Path:
    with Store.open(database, RULES, at=NOON) as store:
        store.sync([deck_file("D.yaml", card("c0"))])
        store.record(Answer(CardId("c0"), 4, NOON))
    return database


@pytest.fixture
def next_schema(monkeypatch: pytest.MonkeyPatch) -> Callable[[Step], None]:
    def next_schema(step: Step) -> None:
        for module in (connection, migrations, store_module):
            monkeypatch.setattr(module, "SCHEMA", 2)
        monkeypatch.setattr(migrations, "MIGRATIONS", (step,))

    return next_schema


def version(path: Path) -> int:
    opened = sqlite3.connect(path)
    found: int = opened.execute("PRAGMA user_version").fetchone()[0]
    opened.close()
    return found


def test_an_older_database_is_backed_up_and_brought_up_to_date(
    old: Path, next_schema: Callable[[Step], None]
) -> None:
    next_schema(lambda opened: opened.execute("ALTER TABLE card ADD COLUMN later TEXT"))
    for _ in range(2):
        with Store.open(old, RULES, at=NOON) as store:
            assert len(list(store.reviews())) == 1
    assert version(old) == 2
    [backup] = (old.parent / "backups").iterdir()
    assert version(backup) == 1


def test_a_step_that_fails_leaves_the_old_database(old: Path, next_schema: Callable[[Step], None]) -> None:
    def halfway(opened: sqlite3.Connection) -> None:
        opened.execute("ALTER TABLE card ADD COLUMN later TEXT")
        opened.execute("DROP TABLE review")
        opened.execute("SELECT * FROM nothing")

    next_schema(halfway)
    with pytest.raises(StoreError, match="nothing"):
        Store.open(old, RULES, at=NOON)
    assert version(old) == 1
    opened = sqlite3.connect(old)
    assert opened.execute("SELECT count(*) FROM review").fetchone() == (1,)
    assert "later" not in {row[1] for row in opened.execute("PRAGMA table_info(card)")}
    opened.close()
    assert len(list((old.parent / "backups").iterdir())) == 1
