"""Ask a card no more until told otherwise; --off asks it again. Its schedule stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.cli.actions import perform
from flashnotes.models import ActionKind

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("card", metavar="CARD-ID")
    parser.add_argument("--off", action="store_true", help="ask it again")


def run(options: argparse.Namespace, context: Context) -> int:
    return perform(context, options.card, ActionKind.UNSUSPEND if options.off else ActionKind.SUSPEND)
