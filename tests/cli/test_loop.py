"""From notes to cards, reviews and back, by commands alone."""

import io
import json
import re
from pathlib import Path

import pytest

from flashnotes.errors import StoreError
from flashnotes.store import Store
from tests.conftest import Runner


def cards(run: Runner) -> list[dict[str, str]]:
    return [json.loads(line) for line in run("cards", "--json").out.splitlines()]


def test_import_writes_a_deck_named_after_the_folder(run: Runner, note: Path, home: Path) -> None:
    ran = run("import", "--yes", str(note))
    assert ran.status == 0
    assert {card["deck"] for card in cards(run)} == {note.parent.name}
    assert {"时序差分误差", "自举"} <= {card["front"] for card in cards(run)}


def test_import_again_changes_no_byte(run: Runner, note: Path, home: Path) -> None:
    run("import", "--yes", str(note))
    before = {path: path.read_bytes() for path in (home / "decks").iterdir()}
    run("import", "--yes", str(note))
    assert {path: path.read_bytes() for path in (home / "decks").iterdir()} == before


def test_import_never_writes_the_note(run: Runner, note: Path) -> None:
    before = (note.read_bytes(), note.stat().st_mtime_ns)
    run("import", "--yes", str(note))
    assert (note.read_bytes(), note.stat().st_mtime_ns) == before


def test_dry_run_writes_nothing(run: Runner, note: Path, home: Path) -> None:
    plan = json.loads(run("import", "--dry-run", "--json", str(note)).out)
    assert plan["new"] == len(plan["cards"]) > 0
    assert not list(home.glob("decks/*.yaml"))


def test_import_without_a_terminal_names_the_options(run: Runner, note: Path) -> None:
    ran = run("import", str(note))
    assert ran.status == 2
    assert "--yes" in ran.err
    assert "--dry-run" in ran.err


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "taken"), [("y\n", True), ("是\n", True), ("\n", False), ("", False)])
def test_a_terminal_is_asked_once_and_beside_the_output(
    run: Runner, note: Path, monkeypatch: pytest.MonkeyPatch, typed: str, taken: bool
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    ran = run("import", "--json", str(note))
    assert ran.status == 0
    assert ran.err.count("[y/N]") == 1
    assert len(cards(run)) == (json.loads(ran.out)["new"] if taken else 0)


def test_a_package_is_refused_in_words(run: Runner, tmp_path: Path) -> None:
    package = tmp_path / "x.apkg"
    package.write_bytes(b"PK\x03\x04")
    ran = run("import", "--yes", str(package))
    assert ran.status == 1
    assert "x.apkg" in ran.err
    assert "Traceback" not in ran.err


def test_of_several_inputs_the_good_ones_are_done(run: Runner, note: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_bytes("编码".encode("gbk"))
    ran = run("import", "--yes", str(bad), str(note))
    assert ran.status == 1
    assert "bad.md" in ran.err
    assert cards(run)


def test_a_deck_file_is_imported_with_its_ids(run: Runner, tmp_path: Path, home: Path) -> None:
    deck = tmp_path / "my.yaml"
    deck.write_text("deck: A::B\ncards:\n  - {id: mine, front: q, back: a}\n", encoding="utf-8")
    assert run("import", "--yes", str(deck)).status == 0
    assert [(card["id"], card["deck"]) for card in cards(run)] == [("mine", "A::B")]


def test_extract_prints_the_contract(run: Runner, note: Path) -> None:
    rows = [json.loads(line) for line in run("extract", "--json", str(note)).out.splitlines()]
    formula = next(row for row in rows if row["kind"] == "formula")
    assert set(formula) == {"kind", "term", "front", "back", "aliases", "source", "rule", "score"}
    assert formula["source"]["path"] == str(note)
    assert formula["source"]["line"] == 9
    assert r"\delta_t" in formula["back"]


def test_extract_touches_no_home(run: Runner, note: Path, home: Path) -> None:
    run("extract", str(note))
    assert not home.exists()


def test_due_counts(run: Runner, home_with_deck: Path) -> None:
    counted = json.loads(run("due", "--json").out)
    assert counted == {
        "new": 3,
        "learning": 0,
        "due": 0,
        "decks": [{"deck": "Basics", "new": 3, "learning": 0, "due": 0}],
    }


def test_answer_and_undo(run: Runner, home_with_deck: Path) -> None:
    assert run("answer", "c0", "again").status == 0
    assert json.loads(run("due", "--json").out)["learning"] == 1
    assert run("undo").status == 0
    assert json.loads(run("due", "--json").out)["new"] == 3


def test_answer_of_an_unknown_card(run: Runner, home_with_deck: Path) -> None:
    ran = run("answer", "c9", "good")
    assert ran.status == 1
    assert "c9" in ran.err


def test_undo_of_nothing_says_so(run: Runner, home_with_deck: Path) -> None:
    ran = run("undo")
    assert ran.status == 1
    assert "nothing" in ran.err


def test_a_review_on_its_day_comes_back_when_due(run: Runner, home_with_deck: Path) -> None:
    run("answer", "c0", "good", "--at", "2026-01-05 10:00")
    run("answer", "c0", "good", "--at", "2026-01-06 10:00")
    [card] = [card for card in cards(run) if card["id"] == "c0"]
    assert card["due"] == "2026-01-12"


def test_plain_session(run: Runner, home_with_deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("\n3\n\n1\nu\nq\n"))
    ran = run("study", "--plain")
    assert ran.status == 0
    assert len(re.findall(r"(?m)^saved", ran.out)) == 2
    assert json.loads(run("stats", "--json").out)["today"]["reviews"] == 1


def test_one_of_a_thing_is_singular(run: Runner, home_with_deck: Path, tmp_path: Path) -> None:
    run("answer", "c0", "good")
    assert "in all  1 answer, 100 % right, 1 new" in run("stats").out
    assert "3 notes, 3 cards, 1 review in" in run("export", str(tmp_path / "x.apkg")).out
    assert "decks: 1 deck file, all read" in run("doctor").out


def test_stats_of_an_empty_home(run: Runner) -> None:
    assert json.loads(run("stats", "--json").out)["today"]["reviews"] == 0


def test_export_makes_a_package(run: Runner, home_with_deck: Path, tmp_path: Path) -> None:
    import zipfile

    target = tmp_path / "out.apkg"
    assert run("export", str(target)).status == 0
    assert {"collection.anki21", "media"} <= set(zipfile.ZipFile(target).namelist())


def test_export_from_a_home_that_cannot_be_written(
    run: Runner, home_with_deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("the disk is read-only.")

    monkeypatch.setattr(Store, "remember_exported", refuse)
    ran = run("export", str(tmp_path / "out.apkg"))
    assert (ran.status, ran.err.count("\n")) == (0, 1)
    assert "3 notes" in ran.out
    assert "the package is written" in ran.err


def test_export_of_an_unknown_suffix_is_wrong_usage(
    run: Runner, home_with_deck: Path, tmp_path: Path
) -> None:
    assert run("export", str(tmp_path / "out.pdf")).status == 2


def test_export_of_an_unknown_deck(run: Runner, home_with_deck: Path, tmp_path: Path) -> None:
    ran = run("export", str(tmp_path / "out.apkg"), "Nothing")
    assert ran.status == 1
    assert "Nothing" in ran.err


def test_a_broken_deck_is_named_and_the_others_load(run: Runner, home_with_deck: Path) -> None:
    (home_with_deck / "decks" / "broken.yaml").write_text("cards:\n  - front: [\n", encoding="utf-8")
    ran = run("cards", "--json")
    assert "broken.yaml" in ran.err
    assert len(ran.out.splitlines()) == 3


def test_check_of_a_bad_deck(run: Runner, tmp_path: Path) -> None:
    deck = tmp_path / "d.yaml"
    deck.write_text("cards:\n  - {front: a, bakc: b}\n", encoding="utf-8")
    ran = run("check", str(deck))
    assert ran.status == 1
    assert "back" in ran.out + ran.err


def test_escapes_in_text_reach_no_terminal(run: Runner, home: Path) -> None:
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "x.yaml").write_text(
        'cards:\n  - {front: "a\\e]52;c;aGk=\\a[red]", back: b}\n', encoding="utf-8"
    )
    ran = run("cards")
    assert "\x1b" not in ran.out + ran.err


def test_replay_gives_a_row_a_review(run: Runner, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "card_id,rating,reviewed_at\nx,3,2026-01-05T10:00:00+08:00\nx,3,2026-01-06T10:00:00+08:00\nx,1,2026-01-12T10:00:00+08:00\n"
        "x,3,2026-01-12T11:00:00+08:00\n",
        encoding="utf-8",
    )
    rows = [json.loads(line) for line in run("replay", str(log), "--json").out.splitlines()]
    assert [row["kind"] for row in rows] == ["learn", "review", "review", "drill"]
    assert [row["interval_days"] for row in rows] == [1, 6, 1, 1]
    assert [row["due"] for row in rows] == ["2026-01-06", "2026-01-12", "2026-01-13", "2026-01-13"]
    assert rows[0]["ease"] == 2.5


def test_replay_names_the_bad_row(run: Runner, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("card_id,rating,reviewed_at\nx,7,2026-01-05T10:00:00+08:00\n", encoding="utf-8")
    ran = run("replay", str(log))
    assert ran.status == 1
    assert "log.csv:2" in ran.err


def test_rules_are_listed_with_an_example_each(run: Runner) -> None:
    from flashnotes.rules import RULES

    rows = [json.loads(line) for line in run("rules", "--json").out.splitlines()]
    assert [row["name"] for row in rows] == [rule.__name__ for rule in RULES]
    assert all(row["description"] and row["example"] for row in rows)


def test_import_warns_of_cards_that_are_hard_to_learn(run: Runner, tmp_path: Path) -> None:
    note = tmp_path / "long.md"
    note.write_text(
        "**Optimiser**: " + "a rule that changes weights step by step, " * 12 + "and so on.\n",
        encoding="utf-8",
    )
    plan = json.loads(run("import", "--dry-run", "--json", str(note)).out)
    assert [warning.split(":")[0] for warning in plan["warnings"]] == ["long-answer"]
    assert "warning long-answer: Optimiser" in run("import", "--dry-run", str(note)).out


def test_fronts_can_be_asked_in_the_other_language(
    run: Runner, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    (home / "decks").mkdir(parents=True)
    text = "cards:\n  - {id: x, kind: definition, front: 熵, aliases: [entropy], back: 混乱的程度}\n"
    (home / "decks" / "x.yaml").write_text(text, encoding="utf-8")
    (home / "flashnotes.toml").write_text("other_language = true\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n3\n"))
    asked = run("study", "--plain").out
    assert "entropy" in asked
    assert "熵" not in asked
    assert state_of(run, "x") == "review"


def state_of(run: Runner, card_id: str) -> str:
    return next(card["state"] for card in cards(run) if card["id"] == card_id)


def test_letters_of_formulas_are_a_setting(run: Runner, home: Path) -> None:
    home.mkdir()
    (home / "flashnotes.toml").write_text('letters = "gothic"\n', encoding="utf-8")
    ran = run("due")
    assert (ran.status, "styled, plain, ascii" in ran.err) == (1, True)
