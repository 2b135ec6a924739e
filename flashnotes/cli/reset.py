"""Make a card new again. Its reviews are kept; `flashnotes undo` takes the reset back."""

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


def run(options: argparse.Namespace, context: Context) -> int:
    return perform(context, options.card, ActionKind.RESET)
