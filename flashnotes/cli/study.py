"""Review what is due: a session on the screen, or line by line with --plain.

In the plain mode an empty line shows the answer, 1 to 4 or again, hard, good, easy grade it, u undoes and q leaves.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from flashnotes.cli.context import warn
from flashnotes.cli.parser import whole_number
from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.session import Session


def add_arguments(parser: Parser) -> None:
    parser.add_argument("decks", metavar="DECK", nargs="*", help="only these decks and those below them")
    parser.add_argument("--tag", metavar="T", help="only cards with this tag")
    parser.add_argument(
        "--plain", action="store_true", help="line by line, for screen readers, pipes and scripts"
    )
    parser.add_argument("--cram", action="store_true", help="every card, due or not; changes no schedule")
    parser.add_argument("--new", metavar="N", type=whole_number, help="new cards in this session")
    parser.add_argument("--limit", metavar="N", type=whole_number, help="reviews in this session")


def run(options: argparse.Namespace, context: Context) -> int:
    if not options.plain:
        _check_terminal()
    session = _session(options, context)
    if options.plain:
        from flashnotes.plain import run_plain

        return run_plain(session, sys.stdin, sys.stdout)
    from flashnotes.tui.app import run_study

    return run_study(session, sys.stdout)


def _check_terminal() -> None:
    from flashnotes.tui.terminal import terminal_problem

    problem = terminal_problem(os.environ, sys.stdin.isatty(), sys.stdout.isatty())
    if problem:
        raise FlashnotesError(problem)


def _session(options: argparse.Namespace, context: Context) -> Session:
    from flashnotes.session import Session, Sitting, clock_warning

    library = context.library(shipped=True)
    warning = clock_warning(library.store.last_moment(), context.now())
    if warning:
        warn(warning)
    sitting = Sitting(
        selection=library.selection(options.decks, options.tag),
        new_per_day=library.settings.new_per_day,
        reviews_per_day=library.settings.reviews_per_day,
        new=options.new,
        limit=options.limit,
        cram=options.cram,
    )
    return Session(library.store, context.now, sitting)
