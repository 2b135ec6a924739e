"""The program on a terminal of its own: signals, foreign bytes, and the screen as it was afterwards."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

import pty
import termios

from flashnotes.tui.driver import ForgivingFile

PATIENCE = 60.0
"""Seconds."""


class Terminal:
    """A pseudo-terminal on which `flashnotes study` runs."""

    def __init__(self) -> None:
        self._ends: tuple[int, ...] = pty.openpty()
        self._ours, self._theirs = self._ends
        termios.tcsetwinsize(self._ours, (24, 80))
        self._settings = termios.tcgetattr(self._theirs)
        self.program = subprocess.Popen(
            [sys.executable, "-m", "flashnotes", "study", "Basics"],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env={**os.environ, "TERM": "xterm-256color"},
        )
        self.seen = b""

    def wait_for(self, is_there: Callable[[bytes], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_there(self.seen):
            assert time.monotonic() < end, self.seen[-2000:]
            if select.select([self._ours], [], [], 0.05)[0]:
                with contextlib.suppress(OSError):
                    self.seen += os.read(self._ours, 65_536)

    def wait_for_text(self, text: str) -> None:
        start = len(self.seen)
        self.wait_for(lambda seen: text.encode() in seen[start:])

    def settle(self) -> None:
        """Read until nothing has come for a moment."""
        while select.select([self._ours], [], [], 0.4)[0]:
            self.seen += os.read(self._ours, 65_536)

    def wait_until_stopped(self) -> None:
        _, status = os.waitpid(self.program.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)

    def wait_for_end(self) -> int:
        self.wait_for(lambda _: self.program.poll() is not None)
        self.wait_for(lambda seen: b"\x1b[?1049l" in seen)
        return self.program.returncode

    def vanish(self) -> None:
        """Close both ends: whoever leads no session on it, as this program, gets no signal."""
        for end in self._ends:
            os.close(end)
        self._ends = ()

    def type(self, keys: bytes) -> None:
        os.write(self._ours, keys)

    def is_restored(self) -> bool:
        """Both the screen and the settings of the terminal are as they were."""
        left = {mode for mode in (b"1049", b"1000", b"1003", b"2004") if self._is_on(mode)}
        return not left and termios.tcgetattr(self._theirs)[:4] == self._settings[:4]

    def _is_on(self, mode: bytes) -> bool:
        return self.seen.rfind(b"\x1b[?" + mode + b"h") > self.seen.rfind(b"\x1b[?" + mode + b"l")

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        self.vanish()


@pytest.fixture
def terminal(home_with_deck: Path) -> Iterator[Terminal]:
    terminal = Terminal()
    terminal.wait_for_text("show the answer")
    yield terminal
    terminal.close()


def test_a_session_leaves_its_summary_and_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.type(b" ")
    terminal.wait_for_text("eins")
    terminal.type(b"3")
    terminal.wait_for_text("two")
    terminal.type(b"q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored()
    assert "1 answer in" in terminal.seen[terminal.seen.rfind(b"\x1b[?1049l") :].decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda each: each.name)
def test_a_signal_ends_it_in_order(terminal: Terminal, number: signal.Signals) -> None:
    terminal.program.send_signal(number)
    assert terminal.wait_for_end() == 128 + number
    assert terminal.is_restored()


@pytest.mark.parametrize("keys", [b"", b"?\x1b" * 100], ids=["at rest", "while it draws"])
def test_a_terminal_that_is_gone_ends_it(terminal: Terminal, keys: bytes) -> None:
    terminal.type(keys)
    terminal.vanish()
    assert terminal.program.wait(PATIENCE) == 128 + signal.SIGHUP


def test_what_is_written_to_a_terminal_that_is_gone_is_dropped() -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8", buffering=1) as file:
        os.close(ours)
        with pytest.raises(OSError, match="Input/output error"):
            file.write("\n")
        forgiving = ForgivingFile(file)
        for _ in range(3):
            assert forgiving.write("one\n") == 4
            forgiving.flush()
        assert forgiving.encoding == "utf-8"
        with contextlib.suppress(OSError):
            file.close()


@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP], ids=lambda each: each.name)
def test_a_stop_is_survived_and_the_screen_painted_again(terminal: Terminal, stop: signal.Signals) -> None:
    terminal.settle()
    terminal.program.send_signal(stop)
    terminal.wait_until_stopped()
    terminal.program.send_signal(signal.SIGCONT)
    terminal.wait_for_text("show the answer")
    terminal.type(b" ")
    terminal.wait_for_text("eins")
    terminal.type(b"q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored()


def test_bytes_that_are_no_utf8_are_survived(terminal: Terminal) -> None:
    terminal.type("特征值".encode("gbk") + b"\xff\xfe")
    terminal.settle()
    terminal.type(b" ")
    terminal.wait_for_text("eins")
    terminal.type(b"q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored()
