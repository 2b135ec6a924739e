"""Print the cards found in note files and folders; nothing is written.

One line a card: where it stands, how sure the extractor is, its kind, front and back.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashnotes.cli.context import warn
from flashnotes.cli.parser import add_encoding, share
from flashnotes.errors import NoteError
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.extraction import Reading
    from flashnotes.models import Candidate


def add_arguments(parser: Parser) -> None:
    parser.add_argument("notes", metavar="NOTE", nargs="+", type=Path, help="note files or folders of notes")
    parser.add_argument(
        "--min-score", metavar="S", type=share, help="only cards at least this sure; 0 for every candidate"
    )
    parser.add_argument("--json", action="store_true", help="one object a line")
    add_encoding(parser)


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.encodings import checked_encoding
    from flashnotes.extraction import Reading

    problems: list[str] = []
    encoding = checked_encoding(options.encoding) if options.encoding is not None else None
    reading = Reading(options.min_score, encoding)
    for path, candidate in candidates(options.notes, reading, problems):
        if options.json:
            print(json.dumps(describe(path, candidate), ensure_ascii=False))
        else:
            print(_line(path, candidate))
    for problem in problems:
        warn(problem)
    return 1 if problems else 0


def candidates(paths: list[Path], reading: Reading, problems: list[str]) -> Iterator[tuple[Path, Candidate]]:
    """The candidates of every note under `paths`; what cannot be read is named in `problems`."""
    from flashnotes.extraction import extract_files
    from flashnotes.notefiles import find_notes

    for path in paths:
        try:
            found = find_notes([path])
        except NoteError as error:
            problems.append(str(error))
            continue
        for skipped in found.skipped:
            warn(skipped)
        problems.extend(found.refused)
        for extracted in extract_files(found.notes, min_score=reading.min_score, encoding=reading.encoding):
            if extracted.problem:
                problems.append(extracted.problem)
            yield from ((extracted.path, candidate) for candidate in extracted.candidates)


def describe(path: Path, candidate: Candidate) -> dict[str, Any]:
    """A candidate as the README's `extract` prints it."""
    return {
        "kind": str(candidate.kind),
        "term": candidate.front,
        "front": candidate.front,
        "back": candidate.back,
        "aliases": list(candidate.aliases),
        "source": {"path": str(path), "line": candidate.line, "heading": " > ".join(candidate.headings)},
        "rule": candidate.rule,
        "score": round(candidate.score, 3),
    }


def _line(path: Path, candidate: Candidate) -> str:
    return one_line(
        f"{path}:{candidate.line}  {candidate.score:.2f}  {candidate.kind}  {candidate.front}  →  {candidate.back}"
    )
