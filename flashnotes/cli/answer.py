"""Record one review of a card, due or not, without a session.

RATING is again, hard, good or easy; with the setting `six_grades`, also a grade from 0 to 5.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flashnotes.errors import UsageError
from flashnotes.models import Rating
from flashnotes.scheduling import GRADES, grade_of, rating_of

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


_GRADES = {rating.name.lower(): grade_of(rating) for rating in Rating}


def add_arguments(parser: Parser) -> None:
    parser.add_argument("card", metavar="CARD-ID")
    parser.add_argument("rating", metavar="RATING", choices=[*_GRADES, *map(str, GRADES)])
    parser.add_argument(
        "--at", metavar="TIME", help="when it was answered; local time where no offset is given"
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.session import answer_card

    grade = _grade(options.rating, six_grades=context.settings.six_grades)
    at = context.moment(options.at)
    library = context.library()
    if options.at is None:
        context.heed_clock(library)
    answered = answer_card(library.store, options.card, rating_of(grade), at, grade=grade)
    if options.json:
        from flashnotes.cli.replay import describe

        print(json.dumps(describe(answered.review), ensure_ascii=False))
    else:
        from flashnotes.wording import answered_text

        print(f"saved {answered_text(answered)}")
    return 0


def _grade(word: str, *, six_grades: bool) -> int:
    if word in _GRADES:
        return _GRADES[word]
    if not six_grades:
        raise UsageError(f"{word} is a grade of `six_grades = true`. Say again, hard, good or easy.")
    return int(word)
