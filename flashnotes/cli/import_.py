"""Take cards from notes, deck files and Anki's exports into your decks.

The plan is always shown first. In a terminal it is asked about once; --yes takes it, --dry-run stops after it. Your
notes are never written to; importing again changes only what changed. From Anki: .apkg, .colpkg, and .txt or .csv with
Anki's header; reviews made there come along.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashnotes.cli.context import warn
from flashnotes.errors import UsageError
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.importer import Import
    from flashnotes.importing import Entry


def add_arguments(parser: Parser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        type=Path,
        help="notes, folders of notes, deck YAML, exports of Anki's",
    )
    parser.add_argument(
        "--deck", metavar="NAME", help="the deck of new cards; else the note's front matter, else its folder"
    )
    parser.add_argument("--dry-run", action="store_true", help="show the plan and stop")
    parser.add_argument("--yes", action="store_true", help="take the plan without asking")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, context: Context) -> int:
    if not (options.yes or options.dry_run or sys.stdin.isatty()):
        raise UsageError(
            "import asks before it writes, and there is no terminal. Give --yes, or --dry-run to see the plan."
        )
    return import_paths(options.paths, options, context)


def import_paths(paths: Sequence[Path], options: argparse.Namespace, context: Context) -> int:
    """Plan the import of `paths`, show it, and take it as `options` say."""
    from flashnotes.importer import plan_import

    library = context.library()
    done = plan_import(library, paths, at=context.now(), deck=getattr(options, "deck", None))
    if options.json:
        print(json.dumps(describe(done), ensure_ascii=False))
    else:
        _show(done)
    held_back = False
    if not getattr(options, "dry_run", False):
        held_back = _take(done, asked=not getattr(options, "yes", True))
    for line in (*done.remarks, *done.problems):
        warn(line)
    return 1 if done.problems or held_back else 0


def _take(done: Import, *, asked: bool) -> bool:
    """Write what was agreed to; whether cards were held back from being retired."""
    if asked and done.writes and not _agrees(done):
        return False
    held_back = bool(done.plan.must_ask) and not asked
    if held_back:
        for reason in done.plan.must_ask:
            warn(f"not retired: {reason}. Import without --yes to decide.")
    done.take(done.plan.taken(retire=not held_back))
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


def describe(done: Import) -> dict[str, Any]:
    """The plan as the README's `import --json` prints it."""
    return {
        **done.plan.counts(),
        "reviews": done.reviews,
        "warnings": [*done.plan.must_ask, *done.findings(), *done.remarks, *done.problems],
        "cards": [_describe_entry(entry) for entry in done.plan.entries],
    }


def _describe_entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.card.id,
        "status": str(entry.status),
        "deck": entry.deck,
        "kind": str(entry.card.kind),
        "front": entry.card.front,
        "source": str(entry.card.source) if entry.card.source else None,
        "score": round(entry.score, 3),
        "reason": entry.reason,
    }


def _show(done: Import) -> None:
    from flashnotes.importing import Status

    for entry in done.plan.entries:
        if entry.status is not Status.SAME:
            where = f"  ({entry.card.source})" if entry.card.source else ""
            what = (
                f"{entry.status:9} {entry.deck}  {entry.card.kind}  {entry.card.front}{where}  {entry.reason}"
            )
            print(one_line(what))
    for finding in done.findings():
        print(one_line(f"warning   {finding}"))
    counted = ", ".join(f"{count} {status}" for status, count in done.plan.counts().items() if count)
    if done.reviews:
        from flashnotes.wording import counted as number_of

        reviews = f"{number_of(done.reviews, 'review')} made in Anki"
        counted = ", ".join(filter(None, (counted, reviews)))
    print(counted or "nothing to do")
