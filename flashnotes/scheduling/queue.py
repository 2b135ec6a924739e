"""The order of a day's study: what is asked again, then reviews with new cards spread between."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flashnotes.models import CardId

T = TypeVar("T")

LEARN_AHEAD_MS = 20 * 60_000
"""A learning step that ends within this is asked already, rather than nothing (Anki's 20 minutes)."""


class Waiting(NamedTuple):
    """A card that waits to be asked; a plain tuple, for a queue may be long."""

    id: CardId
    sibling: str = ""
    """Cards of one value are not asked on one day; empty: no siblings."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many cards may still be asked; those asked again today are never held back."""

    new: int
    reviews: int


@dataclass(frozen=True, slots=True)
class StudyQueue:
    """What is to be asked."""

    learning: tuple[Waiting, ...] = ()
    due: tuple[Waiting, ...] = ()
    new: tuple[Waiting, ...] = ()


def build_queue(
    learning: Iterable[Waiting],
    due: Iterable[Waiting],
    new: Iterable[Waiting],
    *,
    limits: Limits,
    seen: Iterable[str] = (),
) -> StudyQueue:
    """The day's queue within `limits`, without siblings of one another or of those `seen` today.

    Reads no more of `due` and `new` than it takes, so they may be long.
    """
    asked_again = tuple(learning)
    taken = {*seen, *(card.sibling for card in asked_again)}
    reviews = tuple(islice(without_siblings(due, taken), limits.reviews))
    return StudyQueue(asked_again, reviews, tuple(islice(without_siblings(new, taken), limits.new)))


def without_siblings(waiting: Iterable[Waiting], taken: set[str]) -> Iterator[Waiting]:
    """The cards whose siblings are not in `taken`; each adds its own."""
    for card in waiting:
        if not card.sibling:
            yield card
        elif card.sibling not in taken:
            taken.add(card.sibling)
            yield card


def spread(many: Sequence[T], few: Sequence[T]) -> list[T]:
    """Both in their own order, `few` at even distances between `many`."""
    places = [(2 * place + 1, 2 * len(part)) for part in (many, few) for place in range(len(part))]
    order = sorted(range(len(places)), key=lambda number: places[number][0] / places[number][1])
    cards = [*many, *few]
    return [cards[number] for number in order]
