"""How fast the study screen is, on a pseudo-terminal, beside a bare Textual app that swaps one Static.

    python -m benchmarks.screen [--cards N] [--rounds N] [--steps N]

Times run from a key, or the start of the process, to the arrival of the text that it must bring on the screen.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    count = 0
    def compose(self):
        yield Static("MARK0MARK", id="only")
    def key_space(self):
        self.count += 1
        self.query_one("#only").update(f"MARK{self.count}MARK")
Bare().run()
"""


def environment(home: Path) -> dict[str, str]:
    """As an installed program has it: its modules are compiled once."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "TERM": "xterm-256color", "FLASHNOTES_HOME": str(home)}


LIVE = b"hint"
"""Stands in the line of keys, which Textual draws."""


class Screen:
    """A program on a pseudo-terminal of 80x24."""

    def __init__(self, command: list[str], home: Path) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(self._ours, (24, 80))
        self.began = time.perf_counter()
        self._program = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env=environment(home),
        )
        os.close(theirs)

    def wait_for(self, *texts: bytes) -> float:
        """Seconds since `began` until one of `texts` has come."""
        seen = b""
        while not any(text in seen for text in texts):
            if not select.select([self._ours], [], [], 60)[0]:
                raise TimeoutError(f"none of {texts} came: {seen[-500:]!r}")
            seen += os.read(self._ours, 65_536)
        return time.perf_counter() - self.began

    def press(self, key: bytes, *texts: bytes) -> float:
        """Seconds from the key to the first of `texts`."""
        while select.select([self._ours], [], [], 0.25)[0]:
            os.read(self._ours, 65_536)
        self.began = time.perf_counter()
        os.write(self._ours, key)
        return self.wait_for(*texts)

    def close(self) -> None:
        os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()
        os.close(self._ours)


def make_home(home: Path, cards: int) -> None:
    """A home with `cards` cards in decks of a thousand, mirrored."""
    (home / "decks").mkdir(parents=True)
    for start in range(0, cards, 1000):
        lines = [f"deck: Deck{start // 1000}", "cards:"]
        lines += [
            f"  - {{id: c{n}, front: FRONT{n}FRONT, back: BACK{n}BACK}}"
            for n in range(start, min(start + 1000, cards))
        ]
        (home / "decks" / f"deck{start // 1000:03}.yaml").write_text("\n".join(lines) + "\n")
    due = [sys.executable, "-m", "flashnotes", "due", "--json"]
    subprocess.run(due, env=environment(home), check=True, stdout=subprocess.DEVNULL)


def first_paint(command: list[str], home: Path, text: bytes) -> float:
    screen = Screen(command, home)
    try:
        return screen.wait_for(text)
    finally:
        screen.close()


def steps_of_study(home: Path, command: list[str], steps: int) -> tuple[list[float], list[float]]:
    """Seconds of each reveal, and of each grade until the next card stands."""
    screen = Screen(command, home)
    reveals, grades = [], []
    try:
        screen.wait_for(LIVE)
        for number in range(steps):
            reveals.append(screen.press(b" ", b"BACK%dBACK" % number))
            grades.append(screen.press(b"3", b"FRONT%dFRONT" % (number + 1)))
    finally:
        screen.close()
    return reveals, grades


def steps_of_bare(home: Path, command: list[str], steps: int) -> list[float]:
    screen = Screen(command, home)
    try:
        screen.wait_for(b"MARK0MARK")
        # Only the cells that change are drawn: of MARK1MARK after MARK0MARK perhaps the digit alone.
        return [
            screen.press(b" ", b"MARK%dMARK" % number, b"%dMARK" % number, b"%d" % (number % 10))
            for number in range(1, steps + 1)
        ]
    finally:
        screen.close()


def first_paints(home: Path, rounds: int) -> None:
    """The first card, the screen that takes keys, and the start without a deck, each beside the bare app."""
    study = [sys.executable, "-m", "flashnotes", "study"]
    bare = [sys.executable, "-c", BARE]
    jobs = {
        "first card": ([*study, "Deck0"], b"FRONT0FRONT"),
        "takes keys": ([*study, "Deck0"], LIVE),
        "the start": (study, b"everything due"),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    beside = []
    for _ in range(rounds):
        beside.append(first_paint(bare, home, b"MARK0MARK"))
        for name, (command, text) in jobs.items():
            times[name].append(first_paint(command, home, text))
    print(f"bare app     {statistics.median(beside) * 1000:.0f} ms")
    for name, mine in times.items():
        ratio = statistics.median(one / other for one, other in zip(mine, beside, strict=True))
        print(f"{name:12} {statistics.median(mine) * 1000:.0f} ms: {ratio:.2f}x")


def show(name: str, times: list[float], beside: list[float]) -> None:
    mine, theirs = (statistics.quantiles(each, n=100, method="inclusive") for each in (times, beside))
    print(
        f"{name:12} p50 {mine[49] * 1000:6.1f} ms ({mine[49] / theirs[49]:.2f}x)  "
        f"p99 {mine[98] * 1000:6.1f} ms ({mine[98] / theirs[98]:.2f}x)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--steps", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        make_home(home, options.cards)
        study = [sys.executable, "-m", "flashnotes", "study", "Deck0", "--new", "1000"]
        bare = [sys.executable, "-c", BARE]
        first_paints(home, options.rounds)
        swaps = steps_of_bare(home, bare, options.steps)
        show("bare swap", swaps, swaps)
        reveals, grades = steps_of_study(home, study, options.steps)
        show("reveal", reveals, swaps)
        show("grade-next", grades, swaps)


if __name__ == "__main__":
    main()
