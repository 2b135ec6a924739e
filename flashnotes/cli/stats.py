"""What was reviewed, today and ever, and how well."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from flashnotes.cli.describe import state_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.models import StudyCard


def add_arguments(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.statistics import tally
    from flashnotes.wording import counted

    library = context.library()
    today = library.day(context.now())
    ever, on_day = tally(library.store.reviews(), today)
    cards = _by_state(library.store.cards())
    if options.json:
        print(
            json.dumps({"today": asdict(on_day), "total": asdict(ever), "cards": cards}, ensure_ascii=False)
        )
        return 0
    for name, whole in (("today", on_day), ("in all", ever)):
        share = f"{100 * whole.right / whole.reviews:.0f} % right" if whole.reviews else "nothing answered"
        answers = counted(whole.reviews, "answer")
        print(f"{name:7} {answers}, {share}, {whole.new} new, {whole.seconds / 60:.0f} min")
    print("cards   " + ", ".join(f"{count} {state}" for state, count in cards.items()))
    return 0


def _by_state(cards: Iterable[StudyCard]) -> dict[str, int]:
    counts = dict.fromkeys(("new", "learning", "review", "suspended", "retired"), 0)
    for studied in cards:
        counts["retired" if studied.card.retired else state_text(studied.state)] += 1
    return counts
