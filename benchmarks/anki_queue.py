"""The day's queue beside Anki's own backend: made anew after a change, in pairs, over cards that stand the same.

python -m benchmarks.anki_queue [CARDS [REVIEWS]]

Anki runs in a process of its own. Both have as many cards, the same due days and intervals, as long a log, and the
same limits; in each round a card is suspended, or asked again, on both sides, and the queue that follows is timed.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from benchmarks.store import EVERY, NEW, REVIEWS, RULES, START, fill, make_card, milliseconds
from flashnotes.models import ActionKind, Moment
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.queue import Limits
from flashnotes.store import Selection, Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.scheduling.queue import StudyQueue

ROUNDS = 30
AT_ONCE = 10_000
"""Notes given to Anki in one call."""
LEARNT = "UPDATE cards SET type = 2, queue = 2, due = ? + ?, ivl = ?, factor = 2500, reps = 10 WHERE id = ?"


def standing(path: Path, day: int) -> list[tuple[int, int]]:
    """Days from today until each learnt card is due, and its interval."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT due_day - ?, max(interval, 1) FROM card WHERE due_day IS NOT NULL", (day,)
        ).fetchall()


# Anki's side, in a process of its own


def serve_anki(path: Path, cards: int, reviews: int) -> None:
    """Make a collection by what stands in `path`; then time a queue for each line that is read."""
    # Anki prints remarks of its own: they must not mix with the answers.
    replies, sys.stdout = sys.stdout, sys.stderr
    from anki.collection import Collection

    with TemporaryDirectory() as folder:
        file = Path(folder) / "collection.anki2"
        make_collection(file, json.loads(path.read_text()), cards)
        fill_log(file, reviews)
        collection = Collection(str(file))
        [card] = collection.db.list("SELECT id FROM cards ORDER BY id DESC LIMIT 1")
        print(
            len(collection.sched.get_queued_cards(fetch_limit=REVIEWS + NEW).cards), file=replies, flush=True
        )
        for number, _ in enumerate(sys.stdin):
            # Of a change of text alone Anki keeps its queue; of this it makes the queue anew.
            (collection.sched.unsuspend_cards if number % 2 else collection.sched.suspend_cards)([card])
            took = milliseconds(lambda: collection.sched.get_queued_cards(fetch_limit=REVIEWS + NEW))
            print(took, file=replies, flush=True)
        collection.close()


def make_collection(file: Path, learnt: list[tuple[int, int]], cards: int) -> None:
    from anki.collection import AddNoteRequest, Collection

    collection = Collection(str(file))
    kind = collection.models.by_name("Basic")
    for first in range(0, cards, AT_ONCE):
        requests = []
        for number in range(first, min(cards, first + AT_ONCE)):
            note, card = collection.new_note(kind), make_card(number)
            note["Front"], note["Back"] = card.front, card.back
            requests.append(AddNoteRequest(note=note, deck_id=1))
        collection.add_notes(requests)
    today = collection.sched.today
    ids = collection.db.list("SELECT id FROM cards ORDER BY id")
    collection.db.executemany(
        LEARNT,
        [(today, offset, interval, card) for card, (offset, interval) in zip(ids, learnt, strict=False)],
    )
    collection.close()


def fill_log(file: Path, reviews: int) -> None:
    chance = random.Random(1)
    with closing(sqlite3.connect(file)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM cards")]
        connection.executemany(
            "INSERT INTO revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)"
            " VALUES (?, ?, -1, 3, 30, 12, 2500, 5000, 1)",
            ((START + number * EVERY, chance.choice(ids)) for number in range(reviews)),
        )
        connection.commit()


# Ours


def todays_queue(store: Store, now: Moment) -> StudyQueue:
    return store.study_queue(Selection(), logical_day(now), now.ms, Limits(NEW, REVIEWS))


def edited_queue(store: Store, now: Moment, cards: int) -> Callable[[int], float]:
    """Suspends a card, or asks it again, and times the queue that follows."""
    card = make_card(cards - 1).id

    def run(number: int) -> float:
        store.perform(card, ActionKind.UNSUSPEND if number % 2 else ActionKind.SUSPEND, at=now)
        return milliseconds(lambda: todays_queue(store, now))

    return run


def compare(ours: Callable[[int], float], asked: IO[str], told: IO[str]) -> None:
    pairs = []
    for number in range(ROUNDS):
        print("again", file=asked, flush=True)
        theirs = float(told.readline())
        pairs.append((ours(number), theirs))
    mine, other = (median(column) for column in zip(*pairs, strict=True))
    ratio = median(theirs / own for own, theirs in pairs)
    print(
        f"queue after a change: ours {mine:.2f} ms, Anki {other:.2f} ms: {ratio:.1f} times as fast, of {ROUNDS} pairs"
    )


def main(arguments: list[str]) -> None:
    cards, reviews = ([int(text) for text in arguments] + [100_000, 1_000_000][len(arguments) :])[:2]
    if importlib.util.find_spec("anki") is None:
        print(
            "skipped: the anki package is not installed (it is a test dependency: pip install -e '.[test]')"
        )
        return
    with TemporaryDirectory() as folder:
        path, states = Path(folder) / "flashnotes.db", Path(folder) / "states.json"
        now = Moment(START + reviews * EVERY)
        with Store.open(path, RULES, at=now) as store:
            fill(store, path, cards, reviews)
            store.rebuild()
            states.write_text(json.dumps(standing(path, logical_day(now))))
            command = [sys.executable, "-W", "ignore", "-m", "benchmarks.anki_queue"]
            with subprocess.Popen(
                [*command, "--anki", str(states), str(cards), str(reviews)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            ) as anki:
                assert anki.stdin is not None
                assert anki.stdout is not None
                queue, theirs = todays_queue(store, now), anki.stdout.readline().strip()
                asked = len(queue.learning) + len(queue.due) + len(queue.new)
                print(f"{cards} cards, {reviews} reviews; asked today: ours {asked}, Anki {theirs}")
                compare(edited_queue(store, now, cards), anki.stdin, anki.stdout)
                anki.stdin.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--anki"]:
        serve_anki(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(sys.argv[1:])
