"""The cards that wait in a session, each on the pile for which it is asked."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from flashnotes.models import DueAt, DueDay, Phase
from flashnotes.scheduling.queue import spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashnotes.models import CardId, Day, ScheduleState, StudyCard
    from flashnotes.scheduling.plans import Plans
    from flashnotes.scheduling.queue import StudyQueue, Waiting


COMES_BACK_AFTER = 10
"""Other cards asked before a failed one is asked again, where there are so many."""


class Pile(Enum):
    """Why a card is asked."""

    NEW = "new"
    LEARNING = "learning"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Asked:
    """A card that waits to be asked."""

    id: CardId
    pile: Pile


def planned(plans: Plans, studied: StudyCard, state: ScheduleState) -> ScheduleState:
    """`state` of a card with the day on which it is asked, where `plans` move it."""
    day = plans.due_day(studied.card.id, studied.deck, state)
    return state if day is None else replace(state, due=DueDay(day))


def pile_of(state: ScheduleState, day: Day) -> Pile | None:
    """Why a card in `state` would be asked on `day`; None if it would not."""
    if state.suspended or (state.buried_until or 0) > day:
        return None
    if state.phase is Phase.NEW:
        return Pile.NEW
    if (state.drilling and state.failed_on == day) or isinstance(state.due, DueAt):
        return Pile.LEARNING
    return Pile.DUE if isinstance(state.due, DueDay) and state.due.day <= day else None


class Line:
    """Cards in the order in which they are asked."""

    def __init__(self, waiting: Iterable[Asked] = ()) -> None:
        self._waiting = deque(waiting)
        # Told with every card, of hundreds that wait.
        self._counts = Counter(asked.pile for asked in self._waiting)

    def count(self, pile: Pile) -> int:
        """How many wait on a pile."""
        return self._counts[pile]

    def take(self) -> Asked | None:
        """The next card, which waits no more; None when there is none."""
        if not self._waiting:
            return None
        asked = self._waiting.popleft()
        self._counts[asked.pile] -= 1
        return asked

    @property
    def next(self) -> Asked | None:
        """The card that `take` would give."""
        return self._waiting[0] if self._waiting else None

    def put_first(self, *asked: Asked) -> None:
        """Ask cards, in their order, before all others."""
        self._waiting.extendleft(reversed(asked))
        self._counts.update(each.pile for each in asked)

    def put_last(self, asked: Asked) -> None:
        """Ask a card after all others."""
        self._waiting.append(asked)
        self._counts[asked.pile] += 1

    def put_back(self, asked: Asked) -> None:
        """Ask a failed card again, once some others were asked."""
        self._waiting.insert(COMES_BACK_AFTER, asked)
        self._counts[asked.pile] += 1

    def drop(self, *cards: CardId) -> tuple[Asked, ...]:
        """Let cards wait no more; those that did."""
        dropped = tuple(asked for asked in self._waiting if asked.id in cards)
        self._waiting = deque(asked for asked in self._waiting if asked.id not in cards)
        self._counts.subtract(asked.pile for asked in dropped)
        return dropped

    def in_the_order_of(self, before: Line) -> Line:
        """These cards, but those that waited in `before` in the order that they had there, the others last."""
        places = {asked.id: place for place, asked in enumerate(before._waiting)}
        last = len(places)
        return Line(sorted(self._waiting, key=lambda asked: places.get(asked.id, last)))


def line_of(queue: StudyQueue) -> Line:
    """A day's queue in the order in which it is asked: learning first, new cards spread among those due."""
    later = spread(_on(Pile.DUE, queue.due), _on(Pile.NEW, queue.new))
    return Line([*_on(Pile.LEARNING, queue.learning), *later])


def _on(pile: Pile, cards: Iterable[Waiting]) -> list[Asked]:
    return [Asked(card.id, pile) for card in cards]
