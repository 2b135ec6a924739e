"""Commands over many cards: a backlog, an exam, limits of decks; and where the database is."""

import json
from pathlib import Path

import pytest

from tests.conftest import Runner


def due(run: Runner) -> int:
    counted: int = json.loads(run("due", "--json").out)["due"]
    return counted


def test_a_backlog_is_spread_and_taken_back(run: Runner, home_with_deck: Path) -> None:
    assert run("catch-up").out == "0 cards overdue\n"
    assert run("catch-up", "--off").status == 1
    for card in ("c0", "c1", "c2"):
        run("answer", card, "good", "--at", "2026-01-05 12:00")
    assert due(run) == 3
    shown = run("catch-up").out.splitlines()
    assert shown[:2] == ["3 cards overdue", "over 3 days: 1 a day, beside what comes due"]
    assert due(run) == 3, "looking changes nothing"
    # Three cards over a year: that all of them fall on the first day would be a wonder.
    assert run("catch-up", "365").out.splitlines()[1].startswith("over 365 days: 1 a day")
    assert due(run) < 3
    assert "--off takes that back" in run("catch-up").out
    assert run("catch-up", "--off").status == 0
    assert due(run) == 3
    run("undo")
    assert due(run) < 3
    assert run("catch-up", "0").status == 2


def test_an_exam_is_set_shown_and_taken_back(run: Runner, home_with_deck: Path) -> None:
    assert run("exam").out == "no exam is set\n"
    run("answer", "c0", "good")
    run("set-due", "c0", "2999-01-01")
    ran = run("exam", "Basics", "2998-01-01")
    assert ran.out.splitlines()[0].startswith("Basics: exam on 2998-01-01, in ")
    assert "2 never asked: 1 new a day meet them all" in ran.out
    assert run("exam").out == run("exam", "Basics").out == ran.out
    assert run("exam", "Basics", "--off").out == "taken back: the exam on Basics\n"
    assert run("exam").out == "no exam is set\n"
    assert "undone deck Basics · exam" in run("undo").out
    assert run("exam").out == ran.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["exam", "Nobody", "2999-01-01"], "no deck"),
        (["exam", "Basics", "2020-01-01"], "not after today"),
        (["exam", "Basics", "--off"], "lists them"),
        (["study", "--plain", "--tag", "basic"], "no card has the tag 'basic'"),
        (["cards", "--tag", "basic"], "no card has the tag 'basic'"),
        (["answer", "c0", "5"], "six_grades"),
    ],
)
def test_what_is_not_there_is_said(run: Runner, home_with_deck: Path, words: list[str], says: str) -> None:
    ran = run(*words)
    assert ran.status in (1, 2)
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_a_tag_near_is_named(run: Runner, home_with_deck: Path) -> None:
    deck = home_with_deck / "decks" / "tagged.yaml"
    deck.write_text("cards:\n- {id: t0, front: a, back: b, tags: [basics]}\n", encoding="utf-8")
    assert "Did you mean 'basics'?" in run("cards", "--tag", "basic").err
    assert "There are basics." in run("cards", "--tag", "x").err
    assert run("cards", "--tag", "leech").out == ""


def test_six_grades_are_typed(run: Runner, home_with_deck: Path) -> None:
    (home_with_deck / "flashnotes.toml").write_text("six_grades = true\n", encoding="utf-8")
    assert run("answer", "c0", "0").out == "saved one · Again · again today\n"
    assert json.loads(run("answer", "c1", "3", "--json").out)["ease"] == 2.36


def test_the_database_may_be_elsewhere_and_is_never_left_behind(
    run: Runner, home_with_deck: Path, tmp_path: Path
) -> None:
    settings = home_with_deck / "flashnotes.toml"
    run("answer", "c0", "good")
    settings.write_text(f"database = '{tmp_path}/else/where.db'\n", encoding="utf-8")
    ran = run("due")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    (tmp_path / "else").mkdir()
    assert f"mv '{home_with_deck}/flashnotes.db' '{tmp_path}/else/where.db'" in ran.err
    (home_with_deck / "flashnotes.db").rename(tmp_path / "else" / "where.db")
    assert json.loads(run("due", "--json").out)["new"] == 2
    assert run("backup").out.startswith(str(tmp_path / "else" / "backups"))
    assert run("backup", "--list").out.count("\n") == 1
    settings.write_text("database = '../else/where.db'\n", encoding="utf-8")
    assert run("due").status == 0
    assert sorted(path.name for path in home_with_deck.iterdir()) == ["decks", "flashnotes.toml"]


def test_too_few_reviews_to_fit_to(run: Runner, home_with_deck: Path) -> None:
    run("answer", "c0", "good")
    assert "400 are needed" in run("optimize").out
    assert not (home_with_deck / "flashnotes.toml").exists()
