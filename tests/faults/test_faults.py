"""Small versions of what breaks a program that people trust: being killed, and being run twice at once."""

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from flashnotes.scheduling import replay
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.store import Store
from tests.store.conftest import NOON, RULES, card, deck_file

DRIVER = [sys.executable, "-m", "tests.faults.driver"]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "flashnotes.db"
    with Store.open(path, RULES, at=NOON) as store:
        store.sync([deck_file("D.yaml", *(card(f"c{n}") for n in range(5)))])
    return path


def start(database: Path, what: str, count: int, seed: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*DRIVER, str(database), what, str(count), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def check_whole(database: Path) -> list[int]:
    """The ids of the reviews of a database that is whole and whose states are the fold of its events."""
    with Store.open(database, RULES, at=NOON) as store:
        for number in range(5):
            assert store.state(f"c{number}") == replay(Sm2(), store.history(f"c{number}"))
        ids = [review.id for review in store.reviews()]
    connection = sqlite3.connect(database)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return ids


@pytest.mark.parametrize("what", ["record", "undo"])
def test_killed_at_any_moment_nothing_saved_is_lost(database: Path, what: str) -> None:
    chance = random.Random(1)
    before: list[int] = []
    for round in range(5):
        program = start(database, what, 10_000, round)
        assert program.stdout is not None
        assert program.stderr is not None
        lines = [program.stdout.readline() for _ in range(chance.randrange(1, 120))]
        program.kill()
        # Not `communicate`: it passes by what the pipe's reader has read ahead.
        rest = program.stdout.read()
        assert program.stderr.read() == ""
        program.wait()
        program.stdout.close()
        program.stderr.close()
        saved = [int(line.split()[1]) for line in [*lines, *rest.splitlines()] if line.startswith("saved ")]
        after = check_whole(database)
        if what == "record":
            assert after[: len(before) + len(saved)] == before + saved
            assert len(after) <= len(before) + len(saved) + 1, "at most the answer in flight"
        assert after == sorted(set(after))
        before = after


def test_four_programs_at_once_lose_no_answer(database: Path) -> None:
    programs = [start(database, "record", 25, seed) for seed in range(4)]
    saved: list[int] = []
    for program in programs:
        out, errors = program.communicate(timeout=60)
        assert (program.returncode, errors) == (0, "")
        saved += [int(line.split()[1]) for line in out.splitlines()]
    assert check_whole(database) == sorted(saved)
    assert len(saved) == 100


def test_four_programs_may_make_the_database_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from flashnotes.models import Moment; from flashnotes.store import *;"
        "from flashnotes.scheduling.sm2 import Sm2;"
        "print(Store.open(Path(sys.argv[1]), Rules(Sm2()), at=Moment(0)).home.uuid)"
    )
    path = tmp_path / "new" / "flashnotes.db"
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    results = [program.communicate(timeout=60) for program in programs]
    assert {errors for _, errors in results} == {""}
    assert len({out for out, _ in results}) == 1
    assert {entry.name for entry in path.parent.iterdir()} <= {
        "flashnotes.db",
        "flashnotes.db-wal",
        "flashnotes.db-shm",
    }
