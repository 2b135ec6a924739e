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


def test_help_names_every_command(run: Runner) -> None:
    shown = run("--help").out
    assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Runner, command: str) -> None:
    with pytest.raises(SystemExit) as left:
        run(command, "--help")
    assert left.value.code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["stuudy"], "Did you mean 'study'"),
        (["due", "--nonsense"], "--nonsense"),
        (["answer", "c0"], "required"),
        (["answer", "c0", "perfect"], "perfect"),
        (["study", "--new", "-3"], "--new"),
        (["extract"], "required"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(run: Runner, arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


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
