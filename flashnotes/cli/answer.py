"""Record one review of a card, due or not, without a session."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flashnotes.cli.context import warn
from flashnotes.models import Rating

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("card", metavar="CARD-ID")
    parser.add_argument("rating", choices=[rating.name.lower() for rating in Rating])
    parser.add_argument(
        "--at", metavar="TIME", help="when it was answered; local time where no offset is given"
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.session import answer_card
    from flashnotes.times import clock_warning

    at = context.moment(options.at)
    library = context.library()
    warning = clock_warning(library.store.last_moment(), at) if options.at is None else None
    if warning:
        warn(warning)
    answered = answer_card(library.store, options.card, Rating[options.rating.upper()], at)
    if options.json:
        from flashnotes.cli.replay import describe

        print(json.dumps(describe(answered.review), ensure_ascii=False))
    else:
        from flashnotes.wording import answered_text

        print(f"saved {answered_text(answered)}")
    return 0
