"""Extraction against markdown-it-py's parse alone, over a folder of real notes, in one run.

    python benchmarks/extraction_speed.py ../shared/notes

Prints the seconds of both, their ratio, the same by two processes that read the files too, and the peak memory
before and after the second half of the notes.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from markdown_it import MarkdownIt

from flashnotes.errors import NoteError
from flashnotes.extract import extract
from flashnotes.extraction import extract_files
from flashnotes.notefiles import find_notes, read_text
from flashnotes.notes import parse_note

Texts = list[tuple[Path, str]]


def main() -> int:
    texts = _read(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/notes"))
    size = sum(len(text.encode()) for _, text in texts) / 1e6
    cards, parsing, ours, memory = _extract(texts)
    theirs = _parse_with_markdown_it(texts)
    together = _extract_by_two(texts, cards)
    print(f"{len(texts)} notes, {size:.1f} MB, {cards} cards")
    print(f"extraction {ours:.2f} s (of it parsing {parsing:.2f} s), {size / ours:.1f} MB/s")
    print(f"markdown-it-py, parsing alone {theirs:.2f} s: ratio {ours / theirs:.2f}")
    print(f"by two processes, files read {together:.2f} s: ratio {together / theirs:.2f}")
    print(
        f"peak memory {memory[0]:.0f} MiB, {memory[1]:.0f} at half of the notes, {memory[2]:.0f} at the end"
    )
    return 0


def _read(folder: Path) -> Texts:
    texts: Texts = []
    for path in find_notes([folder]).notes:
        try:
            texts.append((path, read_text(path)))
        except NoteError as error:
            print(error, file=sys.stderr)
    return texts


def _extract(texts: Texts) -> tuple[int, float, float, list[float]]:
    """The number of cards, the seconds of parsing and of it all, and the peak memory on the way."""
    cards = 0
    parsing = whole = 0.0
    memory = [_peak()]
    for number, (path, text) in enumerate(texts):
        start = time.perf_counter()
        note = parse_note(text, path=str(path))
        parsed = time.perf_counter()
        cards += len(extract(note))
        parsing += parsed - start
        whole += time.perf_counter() - start
        if number == len(texts) // 2:
            memory.append(_peak())
    return cards, parsing, whole, [*memory, _peak()]


def _peak() -> float:
    """MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _parse_with_markdown_it(texts: Texts) -> float:
    parser = MarkdownIt("commonmark").enable("table")
    start = time.perf_counter()
    for _, text in texts:
        parser.parse(text)
    return time.perf_counter() - start


def _extract_by_two(texts: Texts, cards: int) -> float:
    start = time.perf_counter()
    found = sum(len(each.candidates) for each in extract_files([path for path, _ in texts]))
    if found != cards:
        raise SystemExit(f"{found} cards by two processes, {cards} by one")
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
