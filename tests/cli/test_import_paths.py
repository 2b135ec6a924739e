"""The ways into an import: by folders and headings, on the screen, with a bar, from a folder that is watched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from argparse import Namespace
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from flashnotes.candidates import Waiting, read_waiting, waiting_count, waiting_file, write_waiting
from flashnotes.cli import choose, progress, study
from flashnotes.cli.context import Context
from flashnotes.config import Settings
from flashnotes.home import Home
from flashnotes.library import Library
from flashnotes.models import Moment
from flashnotes.scanning import Choices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashnotes.importing import Choosing, Pick
    from tests.conftest import Runner

AT = Moment(1_800_000_000_000)
EPOCH = "**Epoch**: one pass over all examples of the training set.\n"
MOMENTUM = "**Momentum**: a running mean of past gradients that is added to the step.\n"


def decks(run: Runner) -> dict[str, str]:
    """The deck of each card, by its front."""
    rows = map(json.loads, run("cards", "--json").out.splitlines())
    return {row["front"]: row["deck"] for row in rows}


def test_folders_are_nested_decks_and_a_note_may_name_its_own(run: Runner, tmp_path: Path) -> None:
    root = tmp_path / "Nets"
    (root / "Training" / "Loops 8f3a2b1c4d5e6f708192a3b4c5d6e7f8").mkdir(parents=True)
    (root / "a.md").write_text(MOMENTUM)
    (root / "Training" / "Loops 8f3a2b1c4d5e6f708192a3b4c5d6e7f8" / "b.md").write_text(EPOCH)
    (root / "Training" / "c.md").write_text(
        "---\ncards-deck: Mine::Own\n---\n\n**Batch**: the examples of a step.\n"
    )
    assert run("import", "--yes", str(root)).status == 0
    assert decks(run) == {"Momentum": "Nets", "Epoch": "Nets::Training::Loops", "Batch": "Mine::Own"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), {"Momentum": "n", "Epoch": "n", "Batch": "n"}),
        (("--by-heading",), {"Momentum": "n::Steps", "Epoch": "n::Part 2", "Batch": "n"}),
        (("--by-heading", "--deck", "D"), {"Momentum": "D::Steps", "Epoch": "D::Part 2", "Batch": "D"}),
    ],
)
def test_headings_may_be_decks(
    run: Runner, tmp_path: Path, options: tuple[str, ...], expected: dict[str, str]
) -> None:
    note = tmp_path / "n" / "a.md"
    note.parent.mkdir()
    batch = "**Batch**: the examples that a step looks at.\n"
    note.write_text(f"{batch}\n# Steps\n\n## Deeper\n\n{MOMENTUM}\n# Part 2\n\n{EPOCH}")
    assert run("import", "--yes", *options, str(note)).status == 0
    assert decks(run) == expected


def test_the_plan_tells_score_line_reason_and_cost(run: Runner, tmp_path: Path) -> None:
    note = tmp_path / "n" / "a.md"
    note.parent.mkdir()
    note.write_text(f"# Nets\n\n{EPOCH}\n{MOMENTUM}")
    shown = run("import", "--dry-run", str(note)).out.splitlines()
    assert [row.split()[0] for row in shown] == ["new", "new", "2", "2"]
    assert "a.md:3) 0.9" in shown[0]
    assert "rule " in shown[0]
    assert shown[-2] == "2 new"
    assert shown[-1] == "2 new cards, less than a minute a day in the first month"
    described = json.loads(run("import", "--dry-run", "--json", str(note)).out)
    assert described["cost"] == shown[-1]
    assert [card["score"] > 0.6 for card in described["cards"]] == [True, True]
    assert run("import", "--yes", str(note)).out.splitlines()[-1] == "written: 2 new"


class Watched(StringIO):
    """Standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("patience", "shown"), [(0.0, True), (60.0, False)])
def test_a_bar_is_shown_for_long_work_only(
    monkeypatch: pytest.MonkeyPatch, patience: float, shown: bool
) -> None:
    screen = Watched()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    assert list(progress.progress(iter(range(20)), 20)) == list(range(20))
    assert ("reading notes" in screen.getvalue()) is shown


def test_without_a_terminal_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress.progress(iter("abc"), 3)) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    opened = Library.open(Home(home), Settings(), at=AT)
    yield opened
    opened.store.close()


def test_what_is_left_on_the_screen_waits_and_what_is_accepted_does_not(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from flashnotes.importer import plan_import

    note = tmp_path / "a.md"
    note.write_text(EPOCH + "\n" + MOMENTUM)
    accepts = False

    def person(choosing: Choosing, *_: object, **__: object) -> bool:
        if not accepts:
            choosing.toggle(choosing.offers[0])
            choosing.edit(choosing.offers[1], "Momentum", "mine")
        seen.append([(offer.card.front, offer.card.back[:4], offer.pick) for offer in choosing.offers])
        return accepts

    seen: list[list[tuple[str, str, Pick]]] = []
    monkeypatch.setattr("flashnotes.tui.choose_app.run_choosing", person)
    choose.choose(plan_import(library, [note], at=AT), [note], Choices())
    assert "your choices are kept" in capsys.readouterr().out
    assert waiting_count(library.home) == 2
    assert list(read_waiting(library.home).notes) == [str(note)]
    assert not list(library.home.decks.glob("*.yaml"))
    accepts = True
    choose.choose(plan_import(library, [note], at=AT), [note], Choices())
    assert seen[0] == seen[1], "as it was left"
    assert capsys.readouterr().out == "written: 1 new\n"
    assert waiting_count(library.home) == 0
    again = plan_import(library, [note], at=AT)
    assert again.plan.counts() | {"new": 1, "kept": 1} == again.plan.counts()


@pytest.mark.parametrize(
    "damage", ["", "[]", "{", '{"notes": 3}', '{"notes": {"a": "b"}, "decisions": {"x": {"pick": 1}}}']
)
def test_a_queue_that_cannot_be_read_is_empty(home: Path, damage: str) -> None:
    home.mkdir(parents=True)
    waiting_file(Home(home)).write_text(damage)
    assert waiting_count(Home(home)) == 0
    assert read_waiting(Home(home)).decisions == {}


def test_a_folder_that_is_watched_fills_the_queue(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    home = Home(tmp_path / "home")
    command = [sys.executable, "-m", "flashnotes", "--home", str(home.path), "import", "--watch", str(notes)]
    watching = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, env=dict(os.environ)
    )
    assert watching.stderr is not None
    try:
        assert "watching" in watching.stderr.readline()
        (notes / "a.md").write_text(EPOCH)
        assert watching.stderr.readline() == "1 card waits\n"
        (notes / "a.md").unlink()
        assert watching.stderr.readline() == "0 cards wait\n"
        (notes / "b.md").write_text(EPOCH + "\n" + MOMENTUM)
        assert watching.stderr.readline() == "2 cards wait\n"
        assert waiting_count(home) == 2
        assert not list(home.decks.glob("*.yaml"))
    finally:
        watching.send_signal(signal.SIGINT)
        rest = watching.communicate(timeout=60)[1]
    assert watching.returncode == 0
    assert rest == ""


def test_watching_a_file_or_without_the_extra_is_refused(
    run: Runner, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("import", "--watch").status == 2
    ran = run("import", "--watch", str(note))
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    ran = run("import", "--watch", str(note.parent))
    assert ran.status == 1
    assert "pip install 'flashnotes[watch]'" in ran.err


def test_a_deck_in_two_files_is_one_deck(run: Runner, home: Path, tmp_path: Path) -> None:
    note = tmp_path / "n" / "a.md"
    note.parent.mkdir()
    note.write_text(EPOCH + "\n" + MOMENTUM)
    run("import", "--yes", str(note))
    (path,) = (home / "decks").glob("*.yaml")
    whole = path.read_text()
    cut = whole.index("  - id: momentum")
    path.write_text(whole[:cut])
    (home / "decks" / "second.yaml").write_text("deck: n  # mine\ncards:\n" + whole[cut:])
    assert decks(run) == {"Epoch": "n", "Momentum": "n"}
    assert json.loads(run("import", "--yes", "--json", str(note)).out)["same"] == 2
    note.write_text(EPOCH.replace("one", "a single") + "\n" + MOMENTUM.replace("past", "all past"))
    ran = run("import", "--yes", str(note))
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "written: 2 changed")
    assert path.read_text() != whole[:cut]
    assert (
        (home / "decks" / "second.yaml").read_text().startswith("deck: n  # mine\ncards:\n  - id: momentum")
    )
    assert "all past" in (home / "decks" / "second.yaml").read_text()
    assert decks(run) == {"Epoch": "n", "Momentum": "n"}


@pytest.mark.parametrize("name", ["::", "a::::b", "a\x1b[31mb", " ", "", "a\nb", "x" * 201])
def test_a_deck_that_cannot_be_called_so_is_wrong_usage(run: Runner, tmp_path: Path, name: str) -> None:
    note = tmp_path / "a.md"
    note.write_text(EPOCH)
    refused = run("import", "--yes", "--deck", name, str(note))
    assert refused.status == 2
    assert refused.err.startswith("flashnotes: --deck: ")
    assert refused.err.count("\n") == 1
    assert "\x1b" not in refused.err


def test_decks_in_a_folder_are_taken_with_its_notes(run: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "from a friend"
    folder.mkdir()
    (folder / "nets.yaml").write_text("deck: Nets\ncards:\n- front: Epoch\n  back: one pass\n")
    (folder / "settings.yml").write_text("theme: dark\n")
    assert run("import", "--yes", str(folder)).status == 0
    assert decks(run) == {"Epoch": "Nets"}
    (folder / "a.md").write_text(MOMENTUM)
    (folder / "broken.yaml").write_text("cards:\n- front: Batch\n")
    partly = run("import", "--yes", str(folder))
    assert partly.status == 1
    assert "broken.yaml:2: " in partly.err
    assert decks(run) == {"Epoch": "Nets", "Momentum": "from a friend"}


def test_ones_own_decks_are_nothing_to_import(run: Runner, home: Path, tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text(EPOCH)
    run("import", "--yes", str(note))
    assert run("import", "--yes", str(home / "decks")).out == "nothing to do\n"


def test_the_start_of_a_session_tells_how_many_candidates_wait(home: Path) -> None:
    write_waiting(Home(home), Waiting({"/notes/a.md": 4, "/notes/b.md": 2}))
    nothing = Namespace(decks=[], tag=None, new=None, limit=None, cram=False)
    with Context(str(home)) as context:
        assert study._desk(nothing, context.library(), context).candidates() == 6
