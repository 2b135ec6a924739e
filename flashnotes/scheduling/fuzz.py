"""Spreading due days, so that cards learned together do not stay together.

The ranges are Anki's: none under 2.5 days, then a day and 15 % of the days to 7, 10 % to 20, 5 % beyond.
The number drawn is a hash of the card and of how far it has come, so preview, answer, undo and replay agree.
"""

from __future__ import annotations

from zlib import crc32

SHORTEST_FUZZED = 2.5
_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))


def seed_of(card_id: str) -> int:
    """The card's own number, 0 to 2**32 - 1."""
    return crc32(card_id.encode("utf-8", "surrogatepass"))


def fuzzed(interval: int, *, seed: int, count: int, longest: int) -> int:
    """`interval` days moved a little; `count` is how often the card has been answered."""
    if interval < SHORTEST_FUZZED:
        return interval
    delta = 1.0 + sum(share * max(min(interval, end) - start, 0.0) for start, end, share in _RANGES)
    high = min(round(interval + delta), longest)
    low = min(max(2, round(interval - delta)), high)
    drawn = crc32(f"{seed}:{count}".encode()) / 2**32
    return min(low + int(drawn * (high - low + 1)), high)
