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
from flashnotes.cli.describe import due_text, iso_moment
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
    parser.add_argument("--scheduler", choices=["sm2", "fsrs"], default="sm2")
    parser.add_argument("--json", action="store_true", help="one object a line")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.config import Settings
    from flashnotes.scheduling import replay_answers, scheduler_for

    bad: list[str] = []
    answers = read_answers(options.log, bad)
    for review in replay_answers(scheduler_for(Settings(scheduler=options.scheduler)), answers):
        row = describe(review)
        print(json.dumps(row, ensure_ascii=False) if options.json else _line(row))
    for problem in bad:
        warn(problem)
    return 1 if bad else 0


def read_answers(log: Path, bad: list[str]) -> Iterator[tuple[CardId, Rating, Moment]]:
    """The answers of a log; a row that cannot be read is left out and named in `bad`."""
    try:
        with log.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise FlashnotesError(
                    f"{log}:1: no column {missing[0]!r}. The first line must be {','.join(COLUMNS)}."
                )
            for row in rows:
                answer = _answer(row)
                if isinstance(answer, str):
                    bad.append(f"{log}:{rows.line_num}: {answer} The row is left out.")
                else:
                    yield answer
    except UnicodeDecodeError as error:
        raise FlashnotesError(f"{log}: not UTF-8 at byte {error.start}. Save it as UTF-8.") from error
    except csv.Error as error:
        raise FlashnotesError(f"{log}: is not CSV: {error}.") from error


def _answer(row: dict[str, str]) -> tuple[CardId, Rating, Moment] | str:
    card_id, rating, text = (row[name] or "" for name in COLUMNS)
    if not card_id:
        return "no card_id."
    if rating not in {"1", "2", "3", "4"}:
        return f"rating {rating!r} is not 1, 2, 3 or 4."
    moment = _iso_moment(text)
    if moment is None:
        return f"reviewed_at {text!r} is not ISO 8601 with an offset (2026-11-21T09:30:00+08:00)."
    return CardId(card_id), Rating(int(rating)), moment


def _iso_moment(text: str) -> Moment | None:
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(text)
        offset = moment.utcoffset()
        if offset is None:
            return None
        since = moment.replace(tzinfo=None) - offset - datetime.fromtimestamp(0, UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    return Moment(
        since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000,
        int(offset.total_seconds() // 60),
    )


def describe(review: Review) -> dict[str, Any]:
    """A review and the schedule after it, as the README's `replay` prints them."""
    from flashnotes.models import Ease, Strength

    memory = review.state.memory
    return {
        "card_id": review.card_id,
        "rating": int(review.rating),
        "reviewed_at": iso_moment(review.at),
        "kind": str(review.kind),
        "due": due_text(review.state.due),
        "interval_days": review.state.interval,
        "ease": memory.factor / 100 if isinstance(memory, Ease) else None,
        "repetitions": review.state.repetitions,
        "lapses": review.state.lapses,
        "stability": memory.stability if isinstance(memory, Strength) else None,
        "difficulty": memory.difficulty if isinstance(memory, Strength) else None,
    }


def _line(row: dict[str, Any]) -> str:
    from flashnotes.screen_text import printable

    memory = f"ease {row['ease']:.2f}" if row["ease"] else f"stability {row['stability']:.2f}"
    return printable(
        f"{row['reviewed_at']}  {row['card_id']}  {Rating(row['rating']).name.lower():5}  {row['kind']:7}"
        f"  due {row['due']}  {row['interval_days']} d  {memory}"
    )
