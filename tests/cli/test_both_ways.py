"""Definitions asked both ways, by commands alone: to Anki and back, to another home and back."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_anki import answers, edit_package, everything, modified, plan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.test_anki import Dump
    from tests.conftest import Runner

DECK = """\
deck: D
cards:
  - {id: td, kind: definition, front: TD, back: TD is a difference}
  - {id: rl, kind: definition, front: RL, back: learning by trial}
  - {id: c, front: one, back: 1}
"""
BOTH_WAYS = "reverse = true\n"
MADE_IN_ANKI = 1_773_000_000_123
THAT_CARD = "(SELECT cards.id FROM cards JOIN notes ON notes.id = nid WHERE ord = 1 AND flds LIKE 'TD\x1f%')"


def make_home(home: Path, settings: str = BOTH_WAYS, deck: str = DECK) -> None:
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "d.yaml").write_text(deck, encoding="utf-8")
    (home / "flashnotes.toml").write_text(settings, encoding="utf-8")


@pytest.fixture
def studied(run: Runner, home: Path) -> Path:
    """A home of two definitions asked both ways, of which one was answered on both sides, and a basic card."""
    make_home(home)
    for card, rating, at in (
        ("td", "good", "2026-03-01 10:00"),
        ("td~r", "again", "2026-03-02 10:00"),
        ("td~r", "good", "2026-03-02 10:01"),
    ):
        assert run("answer", card, rating, "--at", at).status == 0
    return home


@pytest.fixture
def package(run: Runner, studied: Path, tmp_path: Path) -> Path:
    ran = run("export", str(tmp_path / "out.apkg"))
    assert ran.out.startswith("3 notes, 5 cards, 3 reviews in"), ran
    return tmp_path / "out.apkg"


def reverse(run: Runner, folder: Path, card_id: str = "td") -> Dump:
    side: Dump = everything(run, folder)[card_id]["sides"]["reverse"]
    return side


def test_commands_know_each_side_by_its_id(run: Runner, studied: Path) -> None:
    rows = {row["id"]: row for row in map(json.loads, run("cards", "--json").out.splitlines())}
    assert list(rows) == ["td", "td~r", "rl", "rl~r", "c"]
    assert (rows["td~r"]["front"], rows["td~r"]["state"]) != (rows["td"]["front"], rows["td"]["state"])
    assert json.loads(run("due", "--json").out)["new"] == 3
    assert run("suspend", "rl~r").status == run("undo").status == 0
    ran = run("answer", "c~r", "good")
    assert ran.status == 1
    assert "c~r" in ran.err
    (studied / "flashnotes.toml").write_text("", encoding="utf-8")
    assert json.loads(run("due", "--json").out)["new"] == 2
    assert run("doctor", "--rebuild").status in (0, 1)
    (studied / "flashnotes.toml").write_text(BOTH_WAYS, encoding="utf-8")
    again = {row["id"]: row for row in map(json.loads, run("cards", "--json").out.splitlines())}
    assert again == rows


def test_the_sides_are_two_cards_of_one_note_in_anki(run: Runner, package: Path, studied: Path) -> None:
    first = modified(package)
    with closing(sqlite3.connect(package.with_suffix(".sqlite"))) as connection:
        rows = connection.execute(
            "SELECT nid, ord, type, (SELECT count(*) FROM revlog WHERE cid = cards.id) FROM cards"
            " WHERE nid IN (SELECT id FROM notes WHERE flds LIKE 'TD\x1f%') ORDER BY ord"
        ).fetchall()
    assert [row[1:] for row in rows] == [(0, 2, 1), (1, 2, 2)]
    assert rows[0][0] == rows[1][0]
    run("export", str(package))
    assert modified(package) == first, "nothing changed, so nothing is updated there"
    run("export", "--no-schedule", str(package))
    modified(package)
    with closing(sqlite3.connect(package.with_suffix(".sqlite"))) as connection:
        assert connection.execute("SELECT count(*), sum(type) FROM cards").fetchone() == (5, 0)


def test_what_was_answered_in_anki_comes_home_to_its_side(
    run: Runner, package: Path, studied: Path, tmp_path: Path
) -> None:
    described = plan(run, package)
    assert (described["same"], described["new"], described["reviews"]) == (3, 0, 0)
    edit_package(
        package, f"INSERT INTO revlog SELECT {MADE_IN_ANKI}, {THAT_CARD}, -1, 3, 6, 1, 2500, 4321, 1"
    )
    (studied / "flashnotes.toml").write_text("", encoding="utf-8")
    assert plan(run, package)["reviews"] == 1, "also while the sides are not asked here"
    (studied / "flashnotes.toml").write_text(BOTH_WAYS, encoding="utf-8")
    cards = everything(run, tmp_path)
    assert cards.keys() == {"td", "rl", "c"}
    assert [each["rating"] for each in cards["td"]["sides"]["reverse"]["reviews"]] == [1, 3, 3]
    assert len(cards["td"]["reviews"]) == 1
    assert plan(run, package)["reviews"] == 0


def test_the_other_side_alone_and_a_text_file_come_home_too(
    run: Runner, package: Path, studied: Path, tmp_path: Path
) -> None:
    run("export", str(tmp_path / "all.txt"))
    described = plan(run, tmp_path / "all.txt")
    assert (described["same"], described["new"], described["uncertain"]) == (3, 0, 0)
    edit_package(
        package,
        f"INSERT INTO revlog SELECT {MADE_IN_ANKI}, {THAT_CARD}, -1, 3, 6, 1, 2500, 4321, 1",
        "DELETE FROM cards WHERE ord = 0",
    )
    described = plan(run, package)
    assert (described["same"], described["new"], described["reviews"]) == (2, 0, 1)
    assert len(reverse(run, tmp_path)["reviews"]) == 3


@pytest.mark.parametrize("settings", [BOTH_WAYS, ""])
def test_another_home_takes_the_sides_as_it_asks_them(
    run: Runner, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str
) -> None:
    here = reverse(run, tmp_path)
    fresh = tmp_path / "fresh"
    make_home(fresh, settings, "deck: E\ncards: []\n")
    monkeypatch.setenv("FLASHNOTES_HOME", str(fresh))
    assert plan(run, package)["new"] == (3 if settings else 5)
    there = everything(run, tmp_path)
    if settings:
        assert there.keys() == {"td", "rl", "c"}
        other = there["td"]["sides"]["reverse"]
        assert other["state"] == here["state"]
    else:
        other = next(card for card in there.values() if card["anki"])
        assert other["front"] == "TD is a difference"
    assert answers(other) == answers(here)
    assert plan(run, package)["same"] == (3 if settings else 5)


def test_sync_by_folder_or_file_brings_the_sides_along(
    run: Runner, studied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = reverse(run, tmp_path)
    run("export", str(tmp_path / "all.csv"))
    table = (tmp_path / "all.csv").read_text(encoding="utf-8").splitlines()
    phases = {row["id"]: row["phase"] for row in csv.DictReader(table)}
    assert phases == {"td": "review", "td~r": "learning", "rl": "new", "rl~r": "new", "c": "new"}
    for name, other in (("by-file", tmp_path / "all.json"), ("by-folder", studied)):
        make_home(tmp_path / name)
        monkeypatch.setenv("FLASHNOTES_HOME", str(tmp_path / name))
        ran = run("sync", "--first", str(other))
        assert ran.status == 0, ran.err
        assert reverse(run, tmp_path / name) == here
