"""All cards on the screen: search, look, edit, move, delete, suspend, reset.

The query is as in the screen itself: words, deck:NAME, tag:NAME, is:due, flag:1, kind:formula, interval:>30.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("query", metavar="QUERY", nargs="*", help="what to search for; every card without it")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.query import parse_query
    from flashnotes.tui.terminal import terminal_problem

    query = " ".join(options.query)
    parse_query(query)
    problem = terminal_problem(
        os.environ, sys.stdin.isatty(), sys.stdout.isatty(), instead="flashnotes cards"
    )
    if problem:
        raise FlashnotesError(problem)
    from flashnotes.desk import Desk
    from flashnotes.session import sitting_of
    from flashnotes.tui.app import options_of
    from flashnotes.tui.browse_app import BrowseApp

    library = context.library()
    desk = Desk(library, context.now, sitting_of(library.settings))
    return BrowseApp(desk, query, options_of(library.settings, sys.stdout.encoding)).run() or 0
