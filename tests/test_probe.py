"""How wide characters are: asked of a terminal that a thread plays at the other end of a pseudo-terminal."""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len

from flashnotes.config import Settings
from flashnotes.doctor import AMBIGUOUS, Terminal, examine
from flashnotes.home import Home
from flashnotes.library import Library
from flashnotes.models import Moment
from flashnotes.probe import measured_cells

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
ASKED = b"\x1b[6n"


@contextmanager
def terminal(ambiguous: int) -> Iterator[int]:
    """A terminal that draws ambiguous characters so many cells wide, or for 0 never says where its cursor is."""
    ours, theirs = pty.openpty()

    def play() -> None:
        seen = b""
        while ambiguous:
            try:
                seen += os.read(ours, 1024)
            except OSError:
                return
            while ASKED in seen:
                line, _, seen = seen.partition(ASKED)
                text = re.sub(r"\x1b\[K", "", line.decode()).rpartition("\r")[2]
                column = 1 + sum(ambiguous if one in AMBIGUOUS else cell_len(one) for one in text)
                os.write(ours, f"\x1b[1;{column}R".encode())

    player = threading.Thread(target=play)
    player.start()
    try:
        yield theirs
    finally:
        os.close(theirs)
        player.join()
        os.close(ours)


@pytest.mark.parametrize("ambiguous", [1, 2])
def test_the_terminal_is_asked(ambiguous: int) -> None:
    with terminal(ambiguous) as line:
        assert measured_cells(["汉", "a→", "x̂"], line, line) == [2, 1 + ambiguous, 1]


def test_a_terminal_that_does_not_answer_is_left_alone() -> None:
    with terminal(0) as line:
        assert measured_cells(["汉"], line, line, wait=0.05) is None


def test_a_file_is_no_terminal(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as file:
        assert measured_cells(["汉"], file.fileno(), file.fileno()) is None


@pytest.mark.parametrize(
    ("ambiguous", "good", "said"), [(1, True, "as formulas need"), (2, False, "8 cells, not 4")]
)
def test_the_doctor_says_what_does_not_line_up(ambiguous: int, good: bool, said: str, tmp_path: Path) -> None:
    now = Moment(0)
    library = Library.open(Home(tmp_path), Settings(), at=now)
    with library.store, terminal(ambiguous) as line:
        shown = Terminal({"TERM": "xterm"}, "utf-8", lambda texts: measured_cells(texts, line, line))
        found = {finding.what: finding for finding in examine(library, now, shown)}["widths"]
    assert found.good == good
    assert said in found.said
    assert ("Greek letters" in found.said) != good
