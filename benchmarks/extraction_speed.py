"""Extraction against markdown-it-py's parse alone, over a folder of real notes, in one run.

    python benchmarks/extraction_speed.py ../shared/notes

Prints the seconds of both, their ratio, and the peak memory before and after the second half of the notes.
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
from flashnotes.notefiles import find_notes, read_text
from flashnotes.notes import parse_note


def peak() -> float:
    """MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/notes")
    texts: list[tuple[str, str]] = []
    for path in find_notes([folder]).notes:
        try:
            texts.append((str(path), read_text(path)))
        except NoteError as error:
            print(error, file=sys.stderr)
    size = sum(len(text.encode()) for _, text in texts)
    cards = 0
    parsing = ours = 0.0
    memory = [peak()]
    for number, (path, text) in enumerate(texts):
        start = time.perf_counter()
        note = parse_note(text, path=path)
        parsed = time.perf_counter()
        cards += len(extract(note))
        parsing += parsed - start
        ours += time.perf_counter() - start
        if number == len(texts) // 2:
            memory.append(peak())
    memory.append(peak())
    parser = MarkdownIt("commonmark").enable("table")
    start = time.perf_counter()
    for _, text in texts:
        parser.parse(text)
    theirs = time.perf_counter() - start
    print(f"{len(texts)} notes, {size / 1e6:.1f} MB, {cards} cards")
    print(f"extraction {ours:.2f} s (of it parsing {parsing:.2f} s), {size / 1e6 / ours:.1f} MB/s")
    print(f"markdown-it-py, parsing alone {theirs:.2f} s: ratio {ours / theirs:.2f}")
    print(
        f"peak memory {memory[0]:.0f} MiB, {memory[1]:.0f} at half of the notes, {memory[2]:.0f} at the end"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
