"""The program as a whole: help, wrong usage, one line for every error."""

import subprocess
import sys
from pathlib import Path

import pytest

from flashnotes import __version__
from flashnotes.cli import COMMANDS
from tests.conftest import Runner


def test_version(run: Runner) -> None:
    assert run("--version").out == f"flashnotes {__version__}\n"


def test_version_may_follow_the_home(run: Runner) -> None:
    assert run("--home", "x", "--version").out == run("--version").out


def test_help_names_every_command(run: Runner) -> None:
    shown = run("--help").out
    assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Runner, command: str) -> None:
    ran = run(command, "--help")
    assert ran.status == 0
    assert f"usage: flashnotes {command}" in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["stuudy"], "Did you mean 'study'"),
        (["due", "--nonsense"], "--nonsense"),
        (["answer", "c0"], "required"),
        (["answer", "c0", "perfect"], "perfect"),
        (["study", "--new", "-3"], "--new"),
        (["extract"], "required"),
        (["--home", "", "due"], "--home"),
        (["answer", "c0", "good", "--at", "2026-11-21 10:00 CET"], "+08:00"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(run: Runner, arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_a_formula_may_begin_with_a_minus(run: Runner) -> None:
    assert run("formula", "--inline", "--", "-x").out == "−x\n"


def test_a_name_of_two_lines_is_told_on_one(run: Runner) -> None:
    ran = run("extract", "a\x1b[31m\nb.md")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "\x1b" not in ran.err


def test_as_a_module(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flashnotes", "due"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_home_may_stand_before_or_after_the_command(run: Runner, tmp_path: Path) -> None:
    deck = tmp_path / "decks" / "x.yaml"
    deck.parent.mkdir()
    deck.write_text("cards:\n  - {front: a, back: b}\n", encoding="utf-8")
    before = run("--home", str(tmp_path), "due")
    after = run("due", "--home", str(tmp_path))
    assert before == after
    assert "x" in before.out


def test_a_home_of_nobody_is_a_folder_of_that_name(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("--home", "~nobody-of-this-name", "due").status == 0


def test_a_file_is_no_home(run: Runner, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    ran = run("--home", str(file), "due")
    assert ran.status == 1
    assert ran.err == (
        f"flashnotes: {file}: cannot be made the home (Not a directory). "
        "Name another with --home or FLASHNOTES_HOME.\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a current folder cannot be removed there")
def test_a_current_folder_that_is_gone(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ran = run("due")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "current folder" in ran.err
