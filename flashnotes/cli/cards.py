"""List cards: id, deck, kind, front, state and due day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flashnotes.cli.describe import due_text, state_text
from flashnotes.screen_text import one_line
from flashnotes.text import fold

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.models import StudyCard


def add_arguments(parser: Parser) -> None:
    parser.add_argument("decks", metavar="DECK", nargs="*", help="only these decks and those below them")
    parser.add_argument(
        "--search", metavar="TEXT", help="only cards with this text in front, back or an alias"
    )
    parser.add_argument("--tag", metavar="T", help="only cards with this tag")
    parser.add_argument("--json", action="store_true", help="one object a line")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.query import All, Text, matches

    library = context.library()
    wanted = All() if options.search is None else Text(fold(options.search))
    today = library.day(context.now())
    for studied in library.store.cards(library.selection(options.decks, options.tag)):
        if matches(wanted, studied, today):
            row = describe(studied)
            print(json.dumps(row, ensure_ascii=False) if options.json else _line(row))
    return 0


def describe(studied: StudyCard) -> dict[str, str | None]:
    """A card as the README's `cards` prints it."""
    return {
        "id": studied.card.id,
        "deck": studied.deck,
        "kind": str(studied.card.kind),
        "front": studied.card.front,
        "state": "retired" if studied.card.retired else state_text(studied.state),
        "due": due_text(studied.state.due),
    }


def _line(row: dict[str, str | None]) -> str:
    due = f"due {row['due']}" if row["due"] else ""
    return one_line(f"{row['id']}  {row['deck']}  {row['kind']}  {row['front']}  {row['state']} {due}")
