"""Review what is due: a session on the screen, or line by line with --plain.

In the plain mode an empty line shows the answer, 1 to 4 or again, hard, good, easy grade it, u undoes and q leaves.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from flashnotes.cli.context import warn
from flashnotes.cli.parser import whole_number
from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.library import Library
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
    library = context.library(shipped=True)
    session = _session(options, library, context)
    status = _study(session, library, plain=options.plain)
    if session.done:
        _back_up(library, context)
    return status


def _study(session: Session, library: Library, *, plain: bool) -> int:
    if plain:
        from flashnotes.plain import run_plain

        return run_plain(session, sys.stdin, sys.stdout)
    from flashnotes.tui.app import StudyOptions, run_study

    settings = library.settings
    speaks_unicode = "utf" in (sys.stdout.encoding or "").casefold()
    options = StudyOptions(
        keymap=settings.keys,
        letters=settings.letters if speaks_unicode else "ascii",
        theme=settings.theme,
        six_grades=settings.six_grades,
    )
    return run_study(session, sys.stdout, options, library=library)


def _back_up(library: Library, context: Context) -> None:
    """Every answer is saved already: a backup that cannot be made is told, and no reason to fail."""
    try:
        library.store.back_up_if_changed(context.now())
    except FlashnotesError as error:
        warn(str(error))


def _check_terminal() -> None:
    from flashnotes.tui.terminal import terminal_problem

    problem = terminal_problem(os.environ, sys.stdin.isatty(), sys.stdout.isatty())
    if problem:
        raise FlashnotesError(problem)


def _session(options: argparse.Namespace, library: Library, context: Context) -> Session:
    from flashnotes.session import Session, sitting_of
    from flashnotes.times import clock_warning

    warning = clock_warning(library.store.last_moment(), context.now())
    if warning:
        warn(warning)
    sitting = replace(
        sitting_of(library.settings),
        selection=library.selection(options.decks, options.tag),
        new=options.new,
        limit=options.limit,
        cram=options.cram,
    )
    return Session(library.store, context.now, sitting)
