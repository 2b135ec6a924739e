"""List the decks, or bring the shipped ones in.

`flashnotes decks` lists; `flashnotes decks add-shipped` adds the shipped decks to yours, or updates them by the rules of
an import: what you changed stays, nothing is lost.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("action", nargs="?", choices=["list", "add-shipped"], default="list")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, context: Context) -> int:
    if options.action == "add-shipped":
        from flashnotes.cli.import_ import import_paths
        from flashnotes.shipped_decks import copy_shipped_notes, shipped_decks

        context.home.make()
        copy_shipped_notes(context.home)
        return import_paths(shipped_decks(), options, context)
    library = context.library()
    counts: dict[str, int] = {}
    for studied in library.store.cards():
        counts[studied.deck] = counts.get(studied.deck, 0) + 1
    for deck, count in sorted(counts.items()):
        row = {"deck": deck, "cards": count}
        print(json.dumps(row, ensure_ascii=False) if options.json else f"{count:6}  {one_line(deck)}")
    return 0
