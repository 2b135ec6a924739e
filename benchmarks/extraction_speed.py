"""Extraction against markdown-it-py's parse alone, over a folder of real notes, in one run.

    python benchmarks/extraction_speed.py ../shared/notes

Prints the seconds of both (of processor time, and as they passed), their ratios, the same by as many processes as an
import has here, which read the files too, and the peak memory before and after the second half of the notes. On a busy machine
the ratio of processor time is the one to look at.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from markdown_it import MarkdownIt

from flashnotes.errors import NoteError
from flashnotes.extract import extract
from flashnotes.extraction import extract_files
from flashnotes.notefiles import find_notes, read_rendered
from flashnotes.notes import parse_note

if TYPE_CHECKING:
    from collections.abc import Callable

Texts = list[tuple[Path, str]]


class Took(NamedTuple):
    """Seconds that something took: as they passed, and of the processors."""

    wall: float
    cpu: float


def main() -> int:
    texts = _read(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/notes"))
    size = sum(len(text.encode()) for _, text in texts) / 1e6
    memory = [_peak()]
    cards = 0

    def extract_all() -> None:
        nonlocal cards
        for number, (path, text) in enumerate(texts):
            cards += len(extract(parse_note(text, path=str(path))))
            if number == len(texts) // 2:
                memory.append(_peak())

    ours = _timed(extract_all)
    memory.append(_peak())
    parsing = _timed(lambda: _each(texts, lambda text: parse_note(text, path="note.md")))
    theirs = _timed(lambda: _each(texts, MarkdownIt("commonmark").enable("table").parse))
    together = _timed(lambda: _extract_as_import(texts, cards))
    print(f"{len(texts)} notes, {size:.1f} MB, {cards} cards; ratios: passed / processor")
    print(f"markdown-it-py, parsing alone  {theirs.wall:6.2f} s  {theirs.cpu:6.2f} s")
    for name, took in (
        ("blocks and sentences alone   ", parsing),
        ("extraction                   ", ours),
        ("as an import, files read too  ", together),
    ):
        ratios = f"{took.wall / theirs.wall:.2f} / {took.cpu / theirs.cpu:.2f}"
        print(f"{name}  {took.wall:6.2f} s  {took.cpu:6.2f} s  {ratios}")
    print(
        f"peak memory {memory[0]:.0f} MiB, {memory[1]:.0f} at half of the notes, {memory[2]:.0f} at the end"
    )
    return 0


def _read(folder: Path) -> Texts:
    texts: Texts = []
    for path in find_notes([folder]).notes:
        try:
            texts.append((path, read_rendered(path).text))
        except NoteError as error:
            print(error, file=sys.stderr)
    return texts


def _timed(work: Callable[[], None]) -> Took:
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return Took(time.perf_counter() - wall, _cpu() - cpu)


def _each(texts: Texts, parse: Callable[[str], object]) -> None:
    for _, text in texts:
        parse(text)


def _cpu() -> float:
    """Seconds of the processors that this process and its ended children took."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _peak() -> float:
    """MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _extract_as_import(texts: Texts, cards: int) -> None:
    found = sum(len(each.candidates) for each in extract_files([path for path, _ in texts]))
    if found != cards:
        raise SystemExit(f"{found} cards by several processes, {cards} by one")


if __name__ == "__main__":
    sys.exit(main())
