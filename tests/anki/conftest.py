"""The real Anki, asked through a process of its own: nothing of it is imported here."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from flashnotes.models import Day, Moment

AskAnki = Callable[..., dict[str, Any]]


@contextmanager
def _anki_in(zone: str) -> Iterator[AskAnki]:
    if importlib.util.find_spec("anki") is None:
        pytest.skip("the anki package is not installed (it is a test dependency)")
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.anki.real_anki"], cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "TZ": zone, "PYTHONUTF8": "1"},
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(
            *files: Path,
            age: int = 0,
            scheduling: bool = True,
            presets: bool = False,
            answer: int = 0,
            notes_to: Path | None = None,
            strangers: Path | None = None,
        ) -> dict[str, Any]:
            request: dict[str, Any] = {"strangers": str(strangers)} if strangers else {
                "files": [str(file) for file in files],
                "age": age, "scheduling": scheduling, "presets": presets, "answer": answer,
                "notes_to": str(notes_to) if notes_to else "",
            }  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            result: dict[str, Any] = json.loads(process.stdout.readline())
            assert "error" not in result, result
            return result

        yield ask
        process.stdin.close()
        process.wait(timeout=60)


@pytest.fixture(scope="session")
def ask_anki() -> Iterator[AskAnki]:
    """Anki on a machine in Shanghai."""
    with _anki_in("CST-8") as ask:
        yield ask


@pytest.fixture(scope="session")
def ask_anki_in_new_york() -> Iterator[AskAnki]:
    with _anki_in("EST5") as ask:
        yield ask


@pytest.fixture(scope="session")
def at() -> Moment:
    """Now in Shanghai: Anki knows no other clock than the machine's."""
    return Moment(int(time.time()) * 1000, 480)


@pytest.fixture(scope="session")
def today(at: Moment) -> Day:
    return Day((at.ms + (480 - 240) * 60_000) // 86_400_000 + 719_163)
