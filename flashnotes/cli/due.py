"""How many cards are new, in learning and due, by deck.

These are all that wait; `flashnotes study` asks as many of them as the day's limits allow.
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
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, context: Context) -> int:
    library = context.library()
    at = context.now()
    counts = library.store.due_counts(library.day(at), at.ms)
    rows = [
        {"deck": deck.deck, "new": deck.new, "learning": deck.learning, "due": deck.due}
        for deck in counts.decks
    ]
    if options.json:
        whole = {"new": counts.new, "learning": counts.learning, "due": counts.due, "decks": rows}
        print(json.dumps(whole, ensure_ascii=False))
        return 0
    print(f"{'new':>6} {'learning':>9} {'due':>6}")
    for deck in counts.decks:
        print(f"{deck.new:6} {deck.learning:9} {deck.due:6}  {one_line(deck.deck)}")
    print(f"{counts.new:6} {counts.learning:9} {counts.due:6}  in all")
    return 0
