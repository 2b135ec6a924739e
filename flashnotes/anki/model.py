"""What goes into a package and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.models import ScheduleState

if TYPE_CHECKING:
    from flashnotes.models import Card, CardId, Review


@dataclass(frozen=True, slots=True)
class Side:
    """One direction of asking: its schedule (with suspended, buried and flag) and its answers."""

    state: ScheduleState = field(default_factory=ScheduleState)
    reviews: tuple[Review, ...] = ()
    """In the order of their ids, each with the state after it."""


@dataclass(frozen=True, slots=True)
class ExportCard:
    """A card on its way to Anki, with its deck and what has been learnt of it."""

    card: Card
    deck: str
    """Nested with `::`."""
    state: ScheduleState = field(default_factory=ScheduleState)
    reviews: tuple[Review, ...] = ()
    """In the order of their ids, each with the state after it."""
    modified: int | None = None
    """Second since 1970 at which the content last changed (`content.next_mark` keeps it).

    Anki takes an update only if this has grown. None means the moment of the export: every note is then
    updated and edits made in Anki are overwritten.
    """
    reverse: Side | None = None
    """The other direction of a card asked both ways; None if it is not."""

    @property
    def forward(self) -> Side:
        return Side(self.state, self.reviews)


@dataclass(frozen=True, slots=True)
class Exported:
    """What a package holds."""

    notes: int
    cards: int
    reviews: int
    retired: tuple[CardId, ...] = ()
    """Cards whose passage is gone: in Anki suspended and tagged, to be deleted there by the person."""
