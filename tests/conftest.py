"""Fixtures named by the state they give."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.models import Card
    from tests.sittings import Sit, Sitting


# A busy machine is no failure: what must be fast is measured in benchmarks.
# Nor does a run depend on chance; the profile `search` looks further, each time elsewhere.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("steady")

_IN_MEMORY = Path("/dev/shm")
_ROOM = 2 << 30

# Every database and deck file is synced to the disk, and a slow disk takes longer for that than all tests together.
if os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


class Ran(NamedTuple):
    """What a command left: its exit status and what it printed."""

    status: int
    out: str
    err: str


class Runner(Protocol):
    """Runs one command in the empty home."""

    def __call__(self, *arguments: str) -> Ran: ...


@pytest.fixture(autouse=True)
def _no_home_of_mine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the home of whoever runs it."""
    monkeypatch.setenv("FLASHNOTES_HOME", str(tmp_path_factory.mktemp("home") / "flashnotes"))


@pytest.fixture
def home() -> Path:
    return Path(os.environ["FLASHNOTES_HOME"])


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    """Sit down to cards in a database of their own."""
    from tests.sittings import DECK as DECK_NAME
    from tests.sittings import Sitting, open_store

    with ExitStack() as stores:

        def sit_down(*cards: Card, deck: str = DECK_NAME, kind: type[Sitting] = Sitting) -> Sitting:
            store = stores.enter_context(open_store(tmp_path / "flashnotes.db"))
            return kind(store, cards, deck)

        yield sit_down


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Runner:
    """Run a command in this process and return what it left."""
    from flashnotes.cli import main

    def run_command(*arguments: str) -> Ran:
        capsys.readouterr()
        status = main(arguments)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run_command


NOTE = """\
# 时序差分

时序差分误差（TD error）是指相邻两个时间步的价值估计之间的差异。

**自举（Bootstrapping）**：用已有的估计值去更新另一个估计值的做法。

TD 误差的公式：

$$\\delta_t = r_{t+1} + \\gamma v(s_{t+1}) - v(s_t)$$

其中 $\\gamma$ 是折扣因子。

Momentum is an optimization technique that accumulates a moving average of past gradients.
"""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A note with a handful of definitions and a formula."""
    path = tmp_path / "td.md"
    path.write_text(NOTE, encoding="utf-8")
    return path


DECK = """\
deck: Basics
cards:
  - {id: c0, front: one, back: eins}
  - {id: c1, front: two, back: zwei}
  - {id: c2, front: three, back: drei}
"""


@pytest.fixture
def home_with_deck(home: Path) -> Path:
    """A home with one deck of three cards, c0 to c2."""
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "basics.yaml").write_text(DECK, encoding="utf-8")
    return home
