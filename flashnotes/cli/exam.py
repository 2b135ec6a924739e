"""Set an exam on a deck: no card of it, or of a deck below it, waits until after DATE.

Cards that would come back too late come once more in the two weeks before, an even share on each day. Without DATE:
the exams that are set. No schedule is changed: --off, or `flashnotes undo`, takes it back, and after DATE all is as if
it had never been.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError
from flashnotes.models import ActionKind, Day
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.library import Library
    from flashnotes.scheduling.plans import Exam


def add_arguments(parser: Parser) -> None:
    parser.add_argument("deck", metavar="DECK", nargs="?")
    parser.add_argument("date", metavar="DATE", nargs="?", help="such as 2026-12-20")
    parser.add_argument("--off", action="store_true", help="take the exam of DECK back")


def run(options: argparse.Namespace, context: Context) -> int:
    library = context.library()
    at = context.now()
    today = library.day(at)
    exams = library.store.plans(today).exams
    if options.deck is not None:
        exams = tuple(exam for exam in exams if exam.deck == options.deck)
    if options.off:
        if not exams or options.deck is None:
            raise FlashnotesError("name a deck on which an exam is set; `flashnotes exam` lists them.")
        context.heed_clock(library)
        library.store.perform_on_deck(options.deck, ActionKind.EXAM, 0, at=at)
        print(one_line(f"taken back: the exam on {options.deck}"))
    elif options.date is not None:
        from flashnotes.scheduling.plans import exam_on

        library.selection([options.deck])
        day = _later_day(context, options.date, today)
        context.heed_clock(library)
        library.store.perform_on_deck(options.deck, ActionKind.EXAM, day, at=at)
        _tell(library, exam_on(options.deck, day, today), today)
    else:
        for exam in exams:
            _tell(library, exam, today)
        if not exams:
            print("no exam is set")
    return 0


def _later_day(context: Context, text: str, today: Day) -> Day:
    from flashnotes.scheduling.days import logical_day

    day = logical_day(context.moment(text), context.settings.day_starts_at)
    if day <= today:
        raise FlashnotesError(f"{text} is not after today. Name the day of an exam to come.")
    return day


def _tell(library: Library, exam: Exam, today: Day) -> None:
    from flashnotes.scheduling.days import iso_day
    from flashnotes.wording import counted, exam_cost_text

    left = counted(exam.day - today, "day")
    print(one_line(f"{exam.deck}: exam on {iso_day(exam.day)}, in {left}"))
    print(exam_cost_text(library.store.exam_cost(exam, today), exam))
