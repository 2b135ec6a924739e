"""Review what is due: on the screen, or line by line with --plain.

Without a deck the screen begins with the decks and what is to do in each; with one, with its first card.

In the plain mode an empty line shows the answer, 1 to 4 or again, hard, good, easy grade it, u undoes and q leaves.
"""

from __future__ import annotations

import gc
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
    from flashnotes.desk import Desk
    from flashnotes.library import Library
    from flashnotes.session import Session


def add_arguments(parser: Parser) -> None:
    parser.add_argument("decks", metavar="DECK", nargs="*", help="only these decks and those below them")
    parser.add_argument("--tag", metavar="T", help="only cards with this tag")
    parser.add_argument(
        "--plain", action="store_true", help="line by line, for screen readers, pipes and scripts"
    )
    parser.add_argument("--inline", action="store_true", help="on a few rows under the prompt")
    parser.add_argument("--cram", action="store_true", help="every card, due or not; changes no schedule")
    parser.add_argument("--new", metavar="N", type=whole_number, help="new cards in this session")
    parser.add_argument("--limit", metavar="N", type=whole_number, help="reviews in this session")


def run(options: argparse.Namespace, context: Context) -> int:
    if not options.plain:
        _check_terminal()
        # Nothing is thrown away before the first card stands; the app collects again from then on.
        gc.disable()
    library = context.library(shipped=True)
    desk = _desk(options, library, context)
    before = library.store.last_event()
    at_once = bool(options.decks or options.tag or options.cram or options.inline)
    if options.plain:
        from flashnotes.plain import run_plain

        status = run_plain(desk.sit(), sys.stdin, sys.stdout)
    else:
        status = _on_screen(desk, desk.sit() if at_once else None, inline=options.inline)
    if library.store.last_event() != before:
        _back_up(library, context)
    return status


def _on_screen(desk: Desk, session: Session | None, *, inline: bool) -> int:
    """On the whole screen or, `inline`, on a few rows of it: a session, or the start where there is none yet."""
    from flashnotes.markdown import Maths
    from flashnotes.tui.first_card import first_card
    from flashnotes.tui.terminal import letters_for

    settings = desk.library.settings
    maths = Maths(letters=letters_for(settings, sys.stdout.encoding))
    at_first = None if inline else session
    with first_card(at_first, maths, settings.theme, _headings(desk, at_first)) as let_go:
        from flashnotes.tui.app import options_of, run_study

        chosen = options_of(settings, sys.stdout.encoding)
        return run_study(session, sys.stdout, chosen, desk=desk, let_go=let_go, inline=inline)


def _headings(desk: Desk, session: Session | None) -> tuple[str, ...]:
    from flashnotes.whence import note_headings

    source = session.current.card.source if session and session.current else None
    return note_headings(desk.library.home.path, source)


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


def _candidates(library: Library) -> int:
    from flashnotes.candidates import waiting_count

    return waiting_count(library.home)


def _desk(options: argparse.Namespace, library: Library, context: Context) -> Desk:
    from flashnotes.desk import Desk
    from flashnotes.session import sitting_of

    context.heed_clock(library)
    sitting = replace(
        sitting_of(library.settings),
        selection=library.selection(options.decks, options.tag),
        new=options.new,
        limit=options.limit,
        cram=options.cram,
    )
    return Desk(library, context.now, sitting, candidates=lambda: _candidates(library))
