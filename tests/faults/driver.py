"""A small program over the store, to be killed: `driver.py DATABASE WHAT COUNT SEED`."""

import random
import sys
import time
from pathlib import Path

from flashnotes.models import CardId, Moment
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.store import Answer, Rules, Store


def main() -> None:
    path, what, count, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    with Store.open(path, Rules(Sm2()), at=now()) as store:
        for _ in range(count):
            if what == "undo" and chance.random() < 0.4:
                store.undo(now())
                continue
            review = store.record(Answer(CardId(f"c{chance.randrange(5)}"), chance.randrange(2, 6), now()))
            print("saved", review.id, flush=True)


def now() -> Moment:
    return Moment(time.time_ns() // 1_000_000)


if __name__ == "__main__":
    main()
