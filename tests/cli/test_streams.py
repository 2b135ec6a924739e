"""Standard streams that are closed, full or hold foreign bytes: words and a status, never a traceback."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Runner

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


def shell(command: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    line = command.replace("flashnotes", f"{sys.executable} -m flashnotes")
    return subprocess.run(["sh", "-c", line], capture_output=True, env=environment, check=False)


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("flashnotes due >&-", 1, b"flashnotes: standard output is closed."),
        ("flashnotes answer nobody good 2>&-", 1, b""),
        ("flashnotes import decks <&-", 2, b"flashnotes: import asks before it writes"),
        ("flashnotes study <&-", 1, b"flashnotes: This is no terminal."),
        ("flashnotes study --plain <&- >/dev/null", 0, b""),
        ("flashnotes study --help | true", 0, b""),
    ],
)
def test_a_closed_stream(home_with_deck: Path, command: str, status: int, said: bytes) -> None:
    done = shell(command)
    assert (done.returncode, done.stdout) == (status, b"")
    assert done.stderr.startswith(said)
    assert done.stderr.count(b"\n") == (1 if said else 0)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110
@pytest.mark.parametrize("command", ["answer c0 good", "study --help", "cards"])
def test_a_full_disk_under_the_output(home_with_deck: Path, command: str) -> None:
    done = shell(f"flashnotes {command} >/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith(b"flashnotes: the output cannot be written (No space left on device).")
    assert done.stderr.count(b"\n") == 1


def test_bytes_that_are_no_text_are_not_understood(
    run: Runner, home_with_deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"\xff\n\n3\n"), encoding="utf-8", errors="strict")
    monkeypatch.setattr("sys.stdin", typed)
    ran = run("study", "--plain")
    assert ran.status == 0
    assert "Not understood: \\xff" in ran.out
    assert "saved one" in ran.out
