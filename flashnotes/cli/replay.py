"""The schedule after each answer of a log.

LOG.csv has the columns card_id, rating (1 to 4) and reviewed_at (ISO 8601 with offset); its rows are answered in
the order given. Nothing of yours is read or changed.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashnotes.cli.context import warn
from flashnotes.errors import FlashnotesError
from flashnotes.models import CardId, Moment, Rating

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.models import Review

COLUMNS = ("card_id", "rating", "reviewed_at")


def add_arguments(parser: Parser) -> None:
    parser.add_argument("log", metavar="LOG.csv", type=Path)
    parser.add_argument("--scheduler", choices=["sm2"], default="sm2")
    parser.add_argument("--json", action="store_true", help="one object a line")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.config import Settings
    from flashnotes.scheduling import replay_answers, scheduler_for

    bad: list[str] = []
    answers = read_answers(options.log, bad)
    for review in replay_answers(scheduler_for(Settings()), answers):
        row = describe(review)
        print(json.dumps(row, ensure_ascii=False) if options.json else _line(row))
    for problem in bad:
        warn(problem)
    return 1 if bad else 0
