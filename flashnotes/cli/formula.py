"""Draw a LaTeX formula as text.

On a terminal the drawing keeps to its width; `--width` asks for another one, `--inline` for one row. With
`--file` every line of the file is a formula (`-` is standard input).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.cli.context import warn
from flashnotes.errors import NoteError, UsageError
from flashnotes.formula import draw, inline

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.formula import Drawing, Letters


def add_arguments(parser: Parser) -> None:
    parser.add_argument(
        "latex",
        metavar="LATEX",
        nargs="?",
        help="the formula, with or without dollar signs; -- before one that begins with -",
    )
    parser.add_argument("--file", metavar="F", help="draw every line of this file")
    parser.add_argument("--width", metavar="N", type=_cells, help="the most cells that a row may take")
    parser.add_argument("--inline", action="store_true", help="on one row, as inside a sentence")
    parser.add_argument(
        "--letters",
        choices=("styled", "plain", "ascii"),
        help="bold, script and other letters: as Unicode has them, plain, or all in ASCII",
    )
    parser.add_argument("--json", action="store_true", help="one object a line")


def run(options: argparse.Namespace, context: Context) -> int:
    if (options.latex is None) == (options.file is None):
        raise UsageError("one formula or --file F, please. See `flashnotes formula --help`.")
    width = options.width or _terminal_width()
    letters: Letters = options.letters or "styled"
    status = 0
    for number, latex in enumerate(_formulas(options)):
        drawing = inline(latex, style=letters) if options.inline else draw(latex, width=width, style=letters)
        status = max(status, _complain(drawing))
        if options.json:
            print(json.dumps(describe(latex, drawing), ensure_ascii=False))
            continue
        if number and not options.inline:
            print()
        print("\n".join(row.rstrip() for row in drawing.rows))
    return status


def describe(latex: str, drawing: Drawing) -> dict[str, object]:
    """A drawing as the README's `formula --json` prints it."""
    return {
        "latex": latex,
        "rows": list(drawing.rows),
        "unknown": list(drawing.unknown),
        "baseline": drawing.baseline,
        "fits": drawing.fits,
        "problem": drawing.problem,
    }


def _formulas(options: argparse.Namespace) -> Iterator[str]:
    if options.file is None:
        yield options.latex
        return
    try:
        source = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        text = source.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise NoteError(
            f"{options.file}: {reason}. Name a UTF-8 text file with one formula a line."
        ) from error
    yield from (line for line in text.splitlines() if line.strip())


def _complain(drawing: Drawing) -> int:
    """Say what is wrong with a formula; the status is 1 if it could not be drawn."""
    if drawing.problem:
        warn(f"shown as its source: {drawing.problem}.")
        return 1
    if drawing.unknown:
        warn(f"unknown: {' '.join(drawing.unknown)}.")
    if not drawing.fits:
        warn("wider than asked for: it cannot be broken further.")
    return 0


def _terminal_width() -> int | None:
    return os.get_terminal_size().columns if sys.stdout.isatty() else None


def _cells(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


_cells.__name__ = "number of cells"
