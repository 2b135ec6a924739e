"""Take the last action back: an answer, or what else was done to a card. Again: the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError
from flashnotes.models import Review
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    pass


def run(options: argparse.Namespace, context: Context) -> int:
    library = context.library()
    event = library.store.undo(context.now())
    if event is None:
        raise FlashnotesError("there is nothing to undo.")
    studied = library.store.card(event.card_id)
    what = event.rating.name.capitalize() if isinstance(event, Review) else event.kind
    print(one_line(f"undone {studied.card.front if studied else event.card_id} · {what}"))
    return 0
