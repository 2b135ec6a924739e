"""Replay of a log: SM-2 beside a plain function over tuples, FSRS beside the `fsrs` package.

python -m benchmarks.schedulers [REVIEWS]
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from flashnotes.scheduling.days import EPOCH, MS_A_DAY
from flashnotes.scheduling.fsrs import Fsrs
from flashnotes.scheduling.numbers import replay_numbers
from flashnotes.scheduling.sm2 import Sm2

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9
CHANGE = (-80, -54, -32, -14, 0, 10)
Log = list[tuple[str, int, int, int]]


def make_log(reviews: int) -> Log:
    """Ten answers a card, on days that a person might come."""
    chance = random.Random(1)
    log = []
    for number in range(reviews):
        ms = 1_700_000_000_000 + number * (3_000 * MS_A_DAY // reviews)
        card = f"c{chance.randrange(max(1, reviews // 10))}"
        log.append((card, chance.choices((2, 3, 4, 5), (1, 1, 6, 2))[0], EPOCH + ms // MS_A_DAY, ms))
    return log


def plain_sm2(ease: int, interval: int, repetitions: int, grade: int) -> tuple[int, int, int]:
    if grade < 3:
        return ease, 1, 0
    ease = max(130, ease + CHANGE[grade])
    repetitions += 1
    interval = 1 if repetitions == 1 else 6 if repetitions == 2 else -(-interval * ease // 100)
    return ease, min(interval, 36_500), repetitions


def replay_plain(log: Log) -> None:
    states: dict[str, tuple[int, int, int]] = {}
    for card, grade, _, _ in log:
        states[card] = plain_sm2(*states.get(card, (250, 0, 0)), grade)


def replay_package(log: Log) -> None:
    import fsrs

    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    start = datetime(1970, 1, 1, tzinfo=UTC)
    cards: dict[str, fsrs.Card] = {}
    for number, (card, grade, _, ms) in enumerate(log):
        known = cards.get(card) or fsrs.Card(card_id=number)
        at = start + timedelta(milliseconds=ms)
        cards[card], _log = scheduler.review_card(known, fsrs.Rating(grade - 1), at)


def seconds(job: Callable[[], object]) -> float:
    began = process_time()
    job()
    return process_time() - began


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object], reviews: int) -> None:
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
    ratio = median(one / other for one, other in pairs)
    mine, other = (median(column) / reviews * 1e6 for column in zip(*pairs, strict=True))
    print(f"{name:28} {mine:6.2f} us a review, reference {other:6.2f} us, ratio {ratio:.3f}")


def main() -> None:
    reviews = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    log = make_log(reviews)
    compare("SM-2 / plain function", lambda: replay_numbers(Sm2(), log), lambda: replay_plain(log), reviews)
    some = make_log(max(1, reviews // 20))
    compare(
        "FSRS / fsrs package", lambda: replay_numbers(Fsrs(), some), lambda: replay_package(some), len(some)
    )


if __name__ == "__main__":
    main()
