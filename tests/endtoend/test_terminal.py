"""The program in a real terminal: tmux types the keys and reads the screen."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 20.0
"""Seconds until the screen must show what is waited for; the machine may be busy."""


class Terminal:
    """One tmux session on a server of its own."""

    def __init__(self, socket: Path, columns: int, rows: int, home: Path) -> None:
        self._tmux = ["tmux", "-S", str(socket), "-f", "/dev/null"]
        # A size that a test runner exports would be believed before the terminal's own.
        environment = {
            **{name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
            "FLASHNOTES_HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
        }
        command = f"{sys.executable} -m flashnotes study; echo left with $?; exec cat"
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
            time.sleep(0.1)
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
    time.sleep(0.3)  # a key within 150 ms of a new card is taken for a bounce
    terminal.press("Space")
    terminal.wait_for("Again")
    terminal.press("q")
    shown = terminal.wait_for("left with 0")
    assert "1 answer" in shown
    with sqlite3.connect(tmp_path / "home" / "flashnotes.db") as database:
        assert database.execute("SELECT rating, kind FROM review").fetchall() == [(3, "learn")]
    database.close()
