"""Mark a card with a flag from 1 to 7, to be found and mended later; 0 takes the flag away."""

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
    parser.add_argument("flag", type=int, choices=range(8), nargs="?", default=1)


def run(options: argparse.Namespace, context: Context) -> int:
    return perform(context, options.card, ActionKind.FLAG, options.flag)
