"""Commands that look after cards and the home."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from flashnotes.models import Moment, Strength
from flashnotes.scheduling.fsrs import Fsrs
from flashnotes.store import Rules, Store
from tests.conftest import DECK, Runner


def due(run: Runner) -> dict[str, int]:
    counted: dict[str, int] = json.loads(run("due", "--json").out)
    return counted


def state(run: Runner, card_id: str) -> dict[str, str]:
    rows = [json.loads(line) for line in run("cards", "--json").out.splitlines()]
    return next(row for row in rows if row["id"] == card_id)


def test_bury_hides_until_tomorrow_and_is_undone(run: Runner, home_with_deck: Path) -> None:
    assert run("bury", "c0").status == 0
    assert due(run)["new"] == 2
    assert run("undo").status == 0
    assert due(run)["new"] == 3


def test_suspend_and_back(run: Runner, home_with_deck: Path) -> None:
    run("suspend", "c0")
    assert state(run, "c0")["state"] == "suspended"
    run("suspend", "c0", "--off")
    assert state(run, "c0")["state"] == "new"


def test_set_due(run: Runner, home_with_deck: Path) -> None:
    assert run("set-due", "c1", "2030-05-06").status == 0
    assert state(run, "c1")["due"] == "2030-05-06"


def test_reset_makes_new_and_keeps_the_reviews(run: Runner, home_with_deck: Path) -> None:
    run("answer", "c0", "good")
    run("reset", "c0")
    assert state(run, "c0")["state"] == "new"
    assert json.loads(run("stats", "--json").out)["total"]["reviews"] == 1


@pytest.mark.parametrize("command", [["bury"], ["suspend"], ["flag"], ["reset"]])
def test_an_unknown_card_is_one_line(run: Runner, home_with_deck: Path, command: list[str]) -> None:
    ran = run(*command, "nobody")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "nobody" in ran.err


def test_backup_then_restore(run: Runner, home_with_deck: Path) -> None:
    run("answer", "c0", "good")
    backup = run("backup").out.strip()
    run("answer", "c1", "good")
    ran = run("restore", backup)
    assert ran.status == 0
    assert due(run)["new"] == 2
    assert len(list((home_with_deck / "backups").iterdir())) >= 2


def test_sync_is_a_union_and_again_changes_nothing(run: Runner, home_with_deck: Path, tmp_path: Path) -> None:
    other = tmp_path / "laptop"
    (other / "decks").mkdir(parents=True)
    (other / "decks" / "basics.yaml").write_text(DECK, encoding="utf-8")
    run("answer", "c0", "good")
    run("answer", "c1", "good", "--home", str(other))
    assert run("sync", str(other), "--first").status == 0
    assert due(run)["new"] == 1
    again = run("sync", str(other))
    assert "here: 0 reviews, 0 actions, 0 undone; 0 cards changed" in again.out


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    """Another home with the same deck."""
    other = tmp_path / "laptop"
    (other / "decks").mkdir(parents=True)
    (other / "decks" / "basics.yaml").write_text(DECK, encoding="utf-8")
    return other


def test_sync_takes_an_exported_log_in(
    run: Runner, home_with_deck: Path, laptop: Path, tmp_path: Path
) -> None:
    run("answer", "c0", "good", "--home", str(laptop))
    run("suspend", "c1", "--home", str(laptop))
    file = tmp_path / "laptop.json"
    assert run("export", str(file), "--home", str(laptop)).status == 0
    assert "here: 1 reviews, 1 actions, 0 undone" in run("sync", str(file)).out
    assert (due(run)["new"], state(run, "c1")["state"]) == (1, "suspended")
    assert "here: 0 reviews, 0 actions, 0 undone; 0 cards changed" in run("sync", str(file)).out
    run("export", str(file), "--no-schedule", "--home", str(laptop))
    ran = run("sync", str(file))
    assert (ran.status, ran.err.count("\n")) == (1, 1)


def test_sync_finds_the_database_where_the_other_home_puts_it(
    run: Runner, home_with_deck: Path, laptop: Path, tmp_path: Path
) -> None:
    (laptop / "flashnotes.toml").write_text('database = "../data/"\nscheduler = "fsrs"\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    run("answer", "c0", "good", "--home", str(laptop))
    assert "here: 1 reviews" in run("sync", str(laptop)).out
    assert due(run)["new"] == 2
    with Store.open(tmp_path / "data" / "flashnotes.db", Rules(Fsrs()), at=Moment(0)) as other:
        assert isinstance(other.state("c0").memory, Strength), "folded by its own settings"


def test_sync_with_itself_is_refused(run: Runner, home_with_deck: Path) -> None:
    run("due")
    assert run("sync", str(home_with_deck)).status == 1


def test_doctor_of_a_healthy_home(run: Runner, home_with_deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    ran = run("doctor")
    assert "BAD" not in ran.out
    assert ran.status == 0


def test_doctor_finds_a_broken_deck_and_a_wrong_state(run: Runner, home_with_deck: Path) -> None:
    import sqlite3

    run("answer", "c0", "good")
    with sqlite3.connect(home_with_deck / "flashnotes.db") as database:
        database.execute("UPDATE card SET interval = 99 WHERE id = 'c0'")
    database.close()
    (home_with_deck / "decks" / "broken.yaml").write_text("cards: [", encoding="utf-8")
    ran = run("doctor")
    assert ran.status == 1
    assert "BAD states" in ran.out
    assert "broken.yaml" in ran.out
    assert "1 had been wrong" in run("doctor", "--rebuild").out


def test_a_home_in_a_synced_folder_is_noticed(run: Runner, tmp_path: Path) -> None:
    home = tmp_path / "Dropbox" / "cards"
    ran = run("doctor", "--home", str(home))
    assert "BAD folder" in ran.out
    assert "Dropbox" in ran.out
    setting = next(part for part in ran.out.split("`") if part.startswith("database = "))
    (home / "flashnotes.db").unlink()
    (home / "flashnotes.toml").write_text(setting, encoding="utf-8")
    assert tomllib.loads(setting)["database"].endswith("flashnotes/")
    (home / "flashnotes.toml").write_text(f'database = "{tmp_path}/here.db"', encoding="utf-8")
    assert "ok folder" in run("doctor", "--home", str(home)).out, "decks may be copied"


def test_copies_left_by_a_synchronising_program_are_named(
    run: Runner, home_with_deck: Path, tmp_path: Path
) -> None:
    run("answer", "c0", "good")
    copy = home_with_deck / "flashnotes (anna's conflicted copy 2026-11-21).db"
    shutil.copy(home_with_deck / "flashnotes.db", copy)
    deck = home_with_deck / "decks" / "basics.sync-conflict-20261121-091403-K3X9P2A.yaml"
    deck.write_text("cards: []", encoding="utf-8")
    run("answer", "c1", "good")
    ran = run("doctor")
    assert ran.status == 1
    assert copy.name in ran.out
    assert deck.name in ran.out
    assert copy.name in run("due").err, "none is chosen silently"
    assert run("sync", str(copy)).status == 0
    copy.unlink()
    deck.unlink()
    assert "ok copies" in run("doctor").out


LONG_AGO = ("--at", "2001-01-01 10:00")


@pytest.mark.parametrize(
    "command",
    [
        "answer c0 good",
        "bury c0",
        "suspend c0",
        "flag c0 3",
        "set-due c0 2040-01-01",
        "reset c0",
        "undo",
        "exam Basics 2090-01-01",
        "catch-up 7",
    ],
)
def test_a_clock_that_has_jumped_is_named_by_what_writes(
    run: Runner, home_with_deck: Path, command: str
) -> None:
    run("answer", "c0", "good", *LONG_AGO)
    ran = run(*command.split())
    assert ran.status == 0
    assert ran.err.startswith("flashnotes: ")
    assert ran.err.endswith("If it is wrong, set it right and undo.\n")
    assert ran.err.count("\n") == 1
    assert run("suspend", "c1").err == "" or command == "undo"


@pytest.mark.parametrize(
    "command", ["due", "cards", "exam", "catch-up", "stats", "answer c0 good --at 2001-01-02"]
)
def test_a_clock_that_has_jumped_is_nothing_to_what_reads(
    run: Runner, home_with_deck: Path, command: str
) -> None:
    run("answer", "c0", "good", *LONG_AGO)
    ran = run(*command.split())
    assert (ran.status, ran.err) == (0, "")
