"""Spread what is overdue over DAYS days, an even share on each; without DAYS: how much that would be a day.

Reviews that come due meanwhile are asked as always, and no schedule is changed: --off, or `flashnotes undo`, and all
that is overdue waits for you at once again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.cli.parser import whole_number
from flashnotes.errors import FlashnotesError, UsageError
from flashnotes.models import ActionKind

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser

LONGEST = 365


def add_arguments(parser: Parser) -> None:
    parser.add_argument("days", metavar="DAYS", nargs="?", type=whole_number)
    parser.add_argument("--off", action="store_true", help="take it back")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.scheduling.plans import CATCH_UP_DAYS, shares
    from flashnotes.wording import counted

    if options.days is not None and not 1 <= options.days <= LONGEST:
        raise UsageError(f"DAYS must be from 1 to {LONGEST}.")
    library = context.library()
    at = context.now()
    today = library.day(at)
    running = library.store.plans(today).catch_up
    if options.off:
        if running is None:
            raise FlashnotesError("nothing is spread over days now.")
        context.heed_clock(library)
        library.store.perform_on_deck("", ActionKind.CATCH_UP, 0, at=at)
        print("taken back: all that is overdue is due today")
        return 0
    if running:
        print(f"spread until {_date(running.first + running.days - 1)}; --off takes that back")
    backlog = library.store.backlog(today)
    print(f"{counted(backlog.cards, 'card')} overdue")
    for days in (options.days,) if options.days else CATCH_UP_DAYS if backlog.cards else ():
        print(f"over {counted(days, 'day')}: {shares(backlog.cards, days)[-1]} a day, beside what comes due")
    if options.days and backlog.cards:
        context.heed_clock(library)
        library.store.perform_on_deck("", ActionKind.CATCH_UP, options.days, at=at)
    return 0


def _date(day: int) -> str:
    from flashnotes.models import Day
    from flashnotes.scheduling.days import iso_day

    return iso_day(Day(day))
