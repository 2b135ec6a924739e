"""The database: an answer, the day's queue and the due counts beside bare sqlite3, and a rebuild.

python -m benchmarks.store [CARDS [REVIEWS]]
"""

from __future__ import annotations

import random
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from flashnotes.models import Card, CardId, CardKind, Deck, Moment, Rating
from flashnotes.scheduling import replay_answers
from flashnotes.scheduling.columns import STATE, state_row
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.queue import Limits
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.store import Answer, DeckFile, Rules, Selection, Stamp, Store
from flashnotes.store.log import HOME_BITS
from flashnotes.store.rows import REVIEW, assignments, marks, names, review_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

START = 1_600_000_000_000
EVERY = 90_000
"""Milliseconds between answers, so that a million take three years."""
RULES = Rules(Sm2())
NEW, REVIEWS = 20, 200
LIMITED = {"ORDER BY due_day, id": REVIEWS, "ORDER BY deck, place": NEW}
"""How many rows the day's queue takes of a statement that ends so."""


def fill(store: Store, path: Path, cards: int, reviews: int) -> None:
    deck = Deck("D", tuple(make_card(number) for number in range(cards)))
    store.sync([DeckFile("D.yaml", Stamp(1, 1, "1"), deck)])
    connection = sqlite3.connect(path)
    connection.executemany(
        f"INSERT INTO review ({names(REVIEW)}) VALUES ({marks(REVIEW)})", rows(store, cards, reviews)
    )
    connection.commit()
    connection.close()


def make_card(number: int) -> Card:
    return Card(CardId(f"c{number}"), CardKind.BASIC, f"question {number} " * 6, f"answer {number} " * 12)


def rows(store: Store, cards: int, reviews: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(1)
    log = (
        (
            CardId(f"c{chance.randrange(cards)}"),
            chance.choices(list(Rating), (1, 1, 6, 2))[0],
            Moment(START + n * EVERY),
        )
        for n in range(reviews)
    )
    for review in replay_answers(Sm2(), log):
        id = review.at.ms << HOME_BITS | store.home.number
        yield review_row(replace(review, id=id, source=store.home.uuid))


def milliseconds(job: Callable[[], object]) -> float:
    began = perf_counter()
    job()
    return (perf_counter() - began) * 1000


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> None:
    pairs = [(milliseconds(ours), milliseconds(theirs)) for _ in range(rounds)]
    ratio = median(one / other for one, other in pairs)
    mine, other = (median(column) for column in zip(*pairs, strict=True))
    print(f"{name:24} {mine:8.3f} ms, bare sqlite3 {other:8.3f} ms, ratio {ratio:.2f}")


def bare_answer(connection: sqlite3.Connection, store: Store, now: Moment) -> Callable[[], None]:
    """The same row and the same state, by SQL alone."""
    ids = iter(range(now.ms << HOME_BITS, 1 << 62, 1 << HOME_BITS))
    review = next(iter(replay_answers(Sm2(), [(CardId("c1"), Rating.GOOD, now)])))
    row, state = review_row(replace(review, source=store.home.uuid)), state_row(review.state)

    def answer() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"SELECT {names(STATE)} FROM card WHERE id = 'c1'").fetchone()
        connection.execute(
            f"INSERT INTO review ({names(REVIEW)}) VALUES ({marks(REVIEW)})", (next(ids), *row[1:])
        )
        connection.execute(f"UPDATE card SET {assignments(STATE)} WHERE id = 'c1'", state)
        connection.execute("COMMIT")

    return answer


def bare_queue(
    connection: sqlite3.Connection, store: Store, queue: Callable[[], object]
) -> Callable[[], object]:
    """The same SQL as `queue` runs, fetching as many rows."""
    statements: list[str] = []
    with store._reading() as watched:
        watched.set_trace_callback(statements.append)
        queue()
        watched.set_trace_callback(None)

    def run() -> None:
        for sql in statements:
            fetched = next((rows for order, rows in LIMITED.items() if sql.endswith(order)), 10_000)
            connection.execute(sql).fetchmany(fetched)

    return run


def main() -> None:
    cards, reviews = ([int(text) for text in sys.argv[1:]] + [100_000, 1_000_000][len(sys.argv) - 1 :])[:2]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "flashnotes.db"
        now = Moment(START + reviews * EVERY)
        day = logical_day(now)
        with Store.open(path, RULES, at=now) as store:
            fill(store, path, cards, reviews)
            print(f"{cards} cards, {reviews} reviews, {path.stat().st_size / 1e6:.0f} MB")
            print(
                f"rebuild {milliseconds(store.rebuild) / 1000:.1f} s, again {milliseconds(store.rebuild) / 1000:.1f} s"
            )
            print(
                f"due counts {median(milliseconds(lambda: store.due_counts(day, now.ms)) for _ in range(9)):.1f} ms"
            )
            connection = sqlite3.connect(path, isolation_level=None)
            connection.execute("PRAGMA synchronous = FULL")
            limits = Limits(NEW, REVIEWS)

            def queue() -> object:
                return store.study_queue(Selection(), day, now.ms, limits)

            compare("the day's queue", queue, bare_queue(connection, store, queue), 200)
            compare(
                "an answer",
                lambda: store.record(Answer(CardId("c2"), 4, now)),
                bare_answer(connection, store, Moment(now.ms + 10**9)),
                400,
            )
            connection.close()


if __name__ == "__main__":
    main()
