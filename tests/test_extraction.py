"""Many files: the same cards in the same order however many processes read them."""

from __future__ import annotations

import multiprocessing
import os
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from flashnotes import extraction
from flashnotes.extract import extract
from flashnotes.extraction import Reading, extract_file, extract_files

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "---\ndeck: Nets {0}\ntags: [a{0}]\n---\n\n# Nets\n\n**Term {0}**: the meaning number {0} of it.\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Notes of which one is no text and one is not there."""
    paths = [tmp_path / f"{number:02}.md" for number in range(40)]
    for number, path in enumerate(paths):
        path.write_text(NOTE.format(number), encoding="utf-8")
    paths[7].write_bytes(b"\xff\xfe\x00")
    paths[23].unlink()
    return paths


@pytest.fixture
def by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, a few files at a time, however little there is to read."""
    monkeypatch.setattr(extraction, "ENOUGH_FOR_ONE", 1)
    monkeypatch.setattr(extraction, "CHUNK", 300)
    monkeypatch.setattr(extraction, "_cores", lambda: 2)


@pytest.mark.usefixtures("by_two")
def test_two_processes_say_what_one_says(files: list[Path]) -> None:
    found = list(extract_files(files, min_score=0))
    assert found == [extract_file(path, Reading(0)) for path in files]
    assert [each.path for each in found] == files
    assert found[0].deck == "Nets 0"
    assert found[0].tags == ("a0",)
    assert found[0].candidates[0].front == "Term 0"
    assert [each.path for each in found if each.problem] == [files[7], files[23]]


@pytest.mark.usefixtures("by_two")
def test_processes_that_die_lose_no_card(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    here, real = os.getpid(), extract

    def dying(*given: Any, **named: Any) -> Any:
        if os.getpid() != here:
            os._exit(1)
        return real(*given, **named)

    monkeypatch.setattr(extraction, "extract", dying)
    assert list(extract_files(files)) == [extract_file(path) for path in files]


@pytest.mark.usefixtures("by_two")
def test_whoever_stops_listening_leaves_no_process(files: list[Path]) -> None:
    found = extract_files(files)
    assert len(list(islice(found, 3))) == 3
    found.close()
    assert not multiprocessing.active_children()


def test_few_notes_are_read_here(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "_pool", lambda _: pytest.fail("a process for a few kilobytes"))
    assert len(list(extract_files(files))) == len(files)
