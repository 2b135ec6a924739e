"""Take cards from notes, deck files and Anki's exports into your decks.

The plan is always shown first. In a terminal you choose card by card, on a screen; --yes takes the plan, --dry-run stops
after it. Your notes are never written to; importing again reads only what changed. Without a PATH: the cards that wait
since you last left the screen, or that --watch found. From Anki: .apkg, .colpkg, and .txt or .csv with Anki's header;
reviews made there come along.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.cli.context import warn
from flashnotes.cli.parser import add_encoding
from flashnotes.errors import DeckError, UsageError
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.importer import Import
    from flashnotes.scanning import Choices

_LEAST_SHOWN = 0.3
"""Score of the weakest candidates that the screen shows, unselected."""


def add_arguments(parser: Parser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="notes, folders of notes, deck YAML, exports of Anki's",
    )
    parser.add_argument(
        "--deck", metavar="NAME", help="the deck of new cards; else the note's front matter, else its folders"
    )
    parser.add_argument(
        "--by-heading", action="store_true", help="a deck for each top heading of a note, inside the note's"
    )
    add_encoding(parser)
    parser.add_argument("--reread", action="store_true", help="read notes that did not change, too")
    parser.add_argument("--watch", action="store_true", help="watch the folders; what changes waits for you")
    parser.add_argument("--dry-run", action="store_true", help="show the plan and stop")
    parser.add_argument("--yes", action="store_true", help="take the plan without asking")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, context: Context) -> int:
    if options.watch:
        from flashnotes.cli.watch import watch

        return watch(_named(options), _choices(options), context)
    if not (options.yes or options.dry_run or sys.stdin.isatty()):
        raise UsageError(
            "import asks before it writes, and there is no terminal. Give --yes, or --dry-run to see the plan."
        )
    if not options.paths:
        return _import_waiting(options, context)
    return import_paths(options.paths, options, context)


def _named(options: argparse.Namespace) -> list[Path]:
    if not options.paths:
        raise UsageError("import --watch needs a folder to watch.")
    return list(options.paths)


def _import_waiting(options: argparse.Namespace, context: Context) -> int:
    """What was left undecided, and what --watch found."""
    from flashnotes.candidates import read_waiting

    paths = [Path(path) for path in read_waiting(context.home).notes]
    there = [path for path in paths if path.exists()]
    if not there:
        raise UsageError("nothing waits. Name the notes to import, such as: flashnotes import notes/")
    return import_paths(there, options, context)


def _choices(options: argparse.Namespace, *, on_screen: bool = False) -> Choices:
    from flashnotes.encodings import checked_encoding
    from flashnotes.scanning import Choices

    encoding = getattr(options, "encoding", None)
    return Choices(
        _deck_named(getattr(options, "deck", None)),
        getattr(options, "by_heading", False),
        checked_encoding(encoding) if encoding is not None else None,
        _LEAST_SHOWN if on_screen else None,
        getattr(options, "reread", False),
    )


def _deck_named(name: str | None) -> str | None:
    if name is None:
        return None
    from flashnotes.editing import checked_name

    try:
        return checked_name(name)
    except DeckError as error:
        raise UsageError(f"--deck: {error}") from error


def import_paths(paths: Sequence[Path], options: argparse.Namespace, context: Context) -> int:
    """Plan the import of `paths`, show it, and take it as `options` say."""
    from flashnotes.cli.plan import describe, plan_lines, printed
    from flashnotes.cli.progress import progress
    from flashnotes.garbage import not_collected
    from flashnotes.importer import plan_import

    on_screen = _has_screen(options)
    choices = _choices(options, on_screen=on_screen)
    library = context.library()
    with not_collected():
        done = plan_import(library, paths, at=context.now(), choices=choices, progress=progress)
    if on_screen and done.open_entries:
        from flashnotes.cli.choose import choose

        choose(done, paths, choices)
        return _end(done)
    if options.json:
        print(json.dumps(describe(done), ensure_ascii=False))
    else:
        with not_collected():
            printed(plan_lines(done))
    held_back = False
    if not getattr(options, "dry_run", False):
        held_back = _take(done, options)
    return 1 if _end(done) or held_back else 0


def _end(done: Import) -> int:
    for line in (*done.remarks, *done.problems):
        warn(line)
    return 1 if done.problems else 0


def _has_screen(options: argparse.Namespace) -> bool:
    """A person sits before a terminal that can draw, and wants to be asked."""
    from flashnotes.tui.terminal import terminal_problem

    if options.json or getattr(options, "yes", True) or getattr(options, "dry_run", False):
        return False
    return terminal_problem(os.environ, sys.stdin.isatty(), sys.stdout.isatty()) is None


def _take(done: Import, options: argparse.Namespace) -> bool:
    """Write what was agreed to; whether cards were held back from being retired."""
    from flashnotes.cli.plan import taken_text
    from flashnotes.garbage import not_collected

    asked = not getattr(options, "yes", True)
    if asked and done.writes and not _agrees(done):
        return False
    held_back = bool(done.plan.must_ask) and not asked
    if held_back:
        for reason in done.plan.must_ask:
            warn(f"not retired: {reason}. Import without --yes to decide.")
    taken = done.plan.taken(retire=not held_back)
    with not_collected():
        done.take(taken)
    if not options.json and (text := taken_text(taken, 0)):
        print(f"written: {text}")
    return held_back


def _agrees(done: Import) -> bool:
    """Ask on standard error: standard output may be a file, and with --json holds JSON alone."""
    for reason in done.plan.must_ask:
        warn(f"look twice: {one_line(reason)}.")
    print("Take this into your decks? [y/N] ", end="", file=sys.stderr, flush=True)
    try:
        return input().strip().casefold() in ("y", "yes", "是")
    except EOFError:
        return False
