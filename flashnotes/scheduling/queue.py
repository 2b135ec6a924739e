"""The order of a day's study: what is asked again, then reviews with new cards spread between."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from flashnotes.models import CardId

T = TypeVar("T")

LEARN_AHEAD_MS = 20 * 60_000
"""A learning step that ends within this is asked already, rather than nothing (Anki's 20 minutes)."""


class Waiting(NamedTuple):
    """A card that waits to be asked; a plain tuple, for a queue may be long."""

    id: CardId
    sibling: str = ""
    """Cards of one value are not asked on one day; empty: no siblings."""
    deck: str = ""
    """Told only where decks have limits of their own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many cards may still be asked, and in which order; those asked again today are never held back."""

    new: int
    reviews: int
    new_of: Mapping[str, int] = field(default_factory=dict)
    """How many new cards a deck may still give, with all the decks below it."""
    reviews_of: Mapping[str, int] = field(default_factory=dict)
    riskiest_first: bool = False
    """Reviews by how much of their memory is gone, rather than by due day."""

    @property
    def by_deck(self) -> bool:
        """Whether any deck has limits of its own."""
        return bool(self.new_of or self.reviews_of)


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
    reviews = _picked(due, taken, limits.reviews, limits.reviews_of)
    return StudyQueue(asked_again, reviews, _picked(new, taken, limits.new, limits.new_of))


def _picked(
    waiting: Iterable[Waiting], taken: set[str], limit: int, limits_of: Mapping[str, int]
) -> tuple[Waiting, ...]:
    """The first `limit` cards whose siblings are not in `taken`, each deck within its own limit."""
    allowed = _within(waiting, taken, dict(limits_of)) if limits_of else waiting
    return tuple(islice(without_siblings(allowed, taken), limit))


def _within(waiting: Iterable[Waiting], taken: Container[str], left: dict[str, int]) -> Iterator[Waiting]:
    """The cards for which their deck and every deck above it have something left."""
    for card in waiting:
        above = [deck for deck in lineage(card.deck) if deck in left]
        if (card.sibling and card.sibling in taken) or any(left[deck] <= 0 for deck in above):
            continue
        for deck in above:
            left[deck] -= 1
        yield card


def lineage(deck: str) -> Iterator[str]:
    """The names of the deck and of the decks above it, outermost first: `a`, `a::b`, `a::b::c`."""
    return accumulate(deck.split("::"), "{}::{}".format)


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
