"""Look after the home: database, decks, clock, synced folders, backups, terminal; each finding with its remedy.

--rebuild folds every schedule anew from the reviews. Exit status: 1 if anything is wrong.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("--rebuild", action="store_true", help="fold every schedule anew from the reviews")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.doctor import Terminal, examine

    library = context.library()
    if options.rebuild:
        library.store.back_up_if_changed(context.now())
        rebuilt = library.store.rebuild()
        print(f"rebuilt {rebuilt.cards} schedules, {rebuilt.mended} had been wrong")
    good = True
    terminal = Terminal(os.environ, sys.stdout.encoding or "ascii", _measure)
    for finding in examine(library, context.now(), terminal):
        good = good and finding.good
        print(one_line(f"{'ok ' if finding.good else 'BAD'} {finding.what}: {finding.said}"))
    return 0 if good else 1


def _measure(texts: Sequence[str]) -> list[int] | None:
    """The cells that texts take on the terminal, if this is one."""
    from flashnotes.probe import measured_cells

    try:
        keyboard, screen = sys.stdin.fileno(), sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return None
    sys.stdout.flush()
    return measured_cells(texts, keyboard, screen)
