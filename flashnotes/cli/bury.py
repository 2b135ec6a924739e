"""Keep a card for tomorrow; --off brings it back today."""

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
    parser.add_argument("--off", action="store_true", help="bring it back today")


def run(options: argparse.Namespace, context: Context) -> int:
    if options.off:
        return perform(context, options.card, ActionKind.UNBURY)
    from flashnotes.scheduling.days import logical_day

    tomorrow = logical_day(context.now(), context.settings.day_starts_at) + 1
    return perform(context, options.card, ActionKind.BURY, tomorrow)
