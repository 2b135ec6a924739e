"""Take the last action back: an answer, or what else was done to a card. Again: the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    pass


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.desk import Desk
    from flashnotes.wording import undone_text

    library = context.library()
    context.heed_clock(library)
    undone = Desk(library, context.now).undo()
    if undone is None:
        raise FlashnotesError("there is nothing to undo.")
    print(f"undone {''.join(undone_text(undone))}")
    return 0
