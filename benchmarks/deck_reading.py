"""How fast a deck is read, against PyYAML's CSafeLoader, in one run.

    python benchmarks/deck_reading.py [--rounds N]

Both read the same text, written as flashnotes writes it. CSafeLoader gives dictionaries of untyped values and no
places; ours gives checked cards and the place of every value. Medians of alternating runs; aims: 2.5 times at 1,000 cards, 5 at 10,000.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from flashnotes.deckfile.reader import locate_deck, parse_deck
from flashnotes.deckfile.splice import splice_deck
from flashnotes.deckfile.writer import dump_deck
from flashnotes.models import Card, CardId, CardKind, Deck, Source

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (1_000, 10_000)
AIMS = {1_000: 2.5, 10_000: 5.0}
BACK = "$$\\delta_t = r_{t+1} + \\gamma v(s_{t+1}) - v(s_t)$$\n其中 $\\gamma$ 是折扣因子。"


def make_deck(size: int) -> Deck:
    """A deck such as an import writes: half definitions, half formulas."""
    return Deck("强化学习::时序差分", tuple(_card(number) for number in range(size)))


def _card(number: int) -> Card:
    return Card(
        CardId(f"td-误差-{number:06}"),
        CardKind.FORMULA if number % 2 else CardKind.DEFINITION,
        f"TD 误差 {number}",
        BACK if number % 2 else f"相邻两步价值估计之间的差，第 {number} 种写法。",
        ("TD error", "时序差分误差"),
        ("rl",),
        Source("notes/td.md", number + 1),
        "3f9a1c",
    )


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(
    theirs: Callable[[], object], ours: Callable[[], object], rounds: int
) -> tuple[float, float, float]:
    """Median seconds of both, and the median of the ratios of neighbouring runs: a busy machine slows both alike."""
    pairs = [(seconds(theirs), seconds(ours)) for _ in range(rounds)]
    medians = (statistics.median(each) for each in zip(*pairs, strict=True))
    return (*medians, statistics.median(one / other for one, other in pairs))


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rounds", type=int, default=9)
    rounds = options.parse_args().rounds
    missed = 0
    for size in SIZES:
        deck = make_deck(size)
        text = dump_deck(deck)
        assert parse_deck(text, path="deck.yaml") == deck
        theirs, ours, ratio = compare(
            lambda text=text: yaml.load(text, yaml.CSafeLoader),
            lambda text=text: parse_deck(text, path="deck.yaml"),
            rounds,
        )
        parsed = locate_deck(text, path="deck.yaml")
        changed = Deck(deck.name, (*deck.cards[:-1], _card(size + 1)))
        writing = seconds(lambda deck=deck: dump_deck(deck))
        splicing = seconds(lambda: splice_deck(parsed, changed, path="deck.yaml"))  # noqa: B023
        missed += ratio < AIMS[size]
        print(
            f"{size:6} cards, {len(text.encode()) / 1e6:.2f} MB: CSafeLoader {theirs * 1e3:.0f} ms, "
            f"ours {ours * 1e3:.0f} ms, {ratio:.1f} times as fast (aim {AIMS[size]}); "
            f"dump {writing * 1e3:.0f} ms, splice {splicing * 1e3:.0f} ms"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
