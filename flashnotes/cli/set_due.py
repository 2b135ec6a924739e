"""Set the day a card is due. The interval that its next answer builds on stays as it is."""

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
    parser.add_argument("date", metavar="DATE", help="such as 2026-12-01")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.scheduling.days import logical_day

    # A date without a time is read as noon of that date, so no hour at which days begin can move it.
    day = logical_day(context.moment(options.date), context.settings.day_starts_at)
    return perform(context, options.card, ActionKind.SET_DUE, day)
