"""The program in a real terminal: tmux types the keys and reads the screen."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0
"""Seconds until the screen must show what is waited for; the machine may be busy."""


class Terminal:
    """One tmux session on a server of its own."""

    def __init__(self, socket: Path, columns: int, rows: int, home: Path, arguments: str = "") -> None:
        self._tmux = ["tmux", "-S", str(socket), "-f", "/dev/null"]
        # A size that a test runner exports would be believed before the terminal's own.
        environment = {
            **{name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
            "FLASHNOTES_HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
        }
        command = (
            f"echo before; {sys.executable} -m flashnotes study {arguments}; echo left with $?; exec cat"
        )
        size = ["-x", str(columns), "-y", str(rows)]
        subprocess.run([*self._tmux, "new-session", "-d", *size, command], check=True, env=environment)

    def screen(self) -> str:
        """What the terminal shows."""
        shown = subprocess.run(
            [*self._tmux, "capture-pane", "-p"], check=True, capture_output=True, text=True
        )
        return shown.stdout

    def press(self, *keys: str) -> None:
        """Type keys, by tmux's names."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def wait_for(self, text: str) -> str:
        """The screen once it shows `text`."""
        end = time.monotonic() + PATIENCE
        while text not in (shown := self.screen()):
            assert time.monotonic() < end, f"{text!r} never came:\n{shown}"
            time.sleep(0.05)
        return shown

    def close(self) -> None:
        """End the server."""
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)


@pytest.fixture(params=[(80, 24), (40, 12)], ids=["80x24", "40x12"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    columns, rows = request.param
    terminal = Terminal(tmp_path / "tmux", columns, rows, tmp_path / "home")
    yield terminal
    terminal.close()


def test_the_shipped_decks_are_studied(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for("everything due")
    terminal.press("Space")
    terminal.wait_for("show")
    terminal.press("Space")
    assert "again today" in terminal.wait_for("Good")
    terminal.press("3")
    terminal.wait_for("· Good · 1 d")
    terminal.press("Space")
    terminal.wait_for("Again")
    terminal.press("q")
    shown = terminal.wait_for("left with 0")
    assert "1 answer" in shown
    with closing(sqlite3.connect(tmp_path / "home" / "flashnotes.db")) as database:
        assert database.execute("SELECT rating, kind FROM review").fetchall() == [(3, "learn")]


def test_a_deck_is_studied_from_its_first_card_and_the_card_edited(tmp_path: Path) -> None:
    home = tmp_path / "home"
    terminal = Terminal(tmp_path / "tmux", 100, 30, home, "机器学习::强化学习")
    try:
        terminal.wait_for("hint")
        terminal.press("e")
        terminal.wait_for("edit the card")
        time.sleep(0.5)
        terminal.press("Z")
        terminal.wait_for("Z蒙特卡洛方法")
        terminal.press("C-s")
        assert "机器学习 > 强化学习" in terminal.wait_for("show the answer")
        terminal.press("Space")
        terminal.wait_for("again today")
        terminal.press("1")
        terminal.wait_for("· Again ·")
        terminal.press("u")
        terminal.wait_for("undone: Z")
        for keys, text in (("i", "no answers yet"), ("Escape", "show the answer"), ("f 3", "· flag 3")):
            terminal.press(*keys.split())
            terminal.wait_for(text)
        terminal.press("q")
        assert "before" in terminal.wait_for("left with 0")
    finally:
        terminal.close()
    assert any("front: Z" in deck.read_text(encoding="utf-8") for deck in (home / "decks").glob("*.yaml"))


def test_a_session_under_the_prompt_leaves_the_scrollback(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "tmux", 80, 24, tmp_path / "home", "--inline")
    try:
        assert "before" in terminal.wait_for("hint")
        terminal.press("Space")
        terminal.wait_for("again today")
        terminal.press("3")
        terminal.wait_for("· Good ·")
        terminal.press("q")
        shown = terminal.wait_for("left with 0")
    finally:
        terminal.close()
    assert shown.split() == [
        *"before 1 answer in".split(),
        shown.split()[4],
        *"right 1 (100 %), again 0, new 1".split(),
        *"left with 0".split(),
    ]
