"""What a person sits down at: the home's decks with what is to do in them, and the way into a session."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.session import Session, Sitting, Undone, sitting_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from flashnotes.config import Settings
    from flashnotes.library import Library
    from flashnotes.models import Day, Moment
    from flashnotes.store import DeckCounts

USUAL_PACE = 12.0
"""Seconds a card, until enough answers tell the person's own."""


class DeckRow(NamedTuple):
    """A deck of the tree, with all that stands below it; what a session in it would ask today."""

    name: str
    """Whole, with `::`; empty for all decks together."""
    label: str
    depth: int
    new: int
    learning: int
    due: int
    has_below: bool

    @property
    def total(self) -> int:
        return self.new + self.learning + self.due


@dataclass(frozen=True, slots=True)
class Today:
    """The day at a glance."""

    day: Day
    decks: tuple[DeckRow, ...]
    """All decks together, then the tree from the top."""
    new_waiting: int
    """New cards, before the day's limit."""
    due_waiting: int
    """Cards due, before the day's limit."""
    done: int
    """Cards answered today, new ones and reviews."""
    streak: int
    """Days in a row with an answer."""
    pace: float
    """Seconds a card."""
    next_due: tuple[int, int] | None
    """In how many days cards are due again after today, and how many."""

    @property
    def cards(self) -> int:
        """What a session over everything would ask."""
        return self.decks[0].total

    @property
    def minutes(self) -> int:
        """About how long that takes."""
        return max(1, round(self.cards * self.pace / 60))


def _no_candidates() -> int:
    return 0


@dataclass(slots=True)
class Desk:
    """A home, a clock, and how the person wants to study."""

    library: Library
    now: Callable[[], Moment]
    sitting: Sitting = field(default_factory=Sitting)
    candidates: Callable[[], int] = _no_candidates
    """How many candidates of an import wait for a yes or no."""

    def sit(self, decks: Sequence[str] = ()) -> Session:
        """A session on `decks` and those below them; on all where none is named."""
        selection = self.sitting.selection
        if decks:
            selection = replace(selection, decks=tuple(decks))
        return Session(self.library.store, self.now, replace(self.sitting, selection=selection))

    def undo(self) -> Undone | None:
        """Take back the home's last event; None when there is none. Raises StoreError."""
        event = self.library.store.undo(self.now())
        return Undone(self.library.store.card(event.card_id), event) if event else None

    def follow(self, settings: Settings) -> None:
        """Go by other settings from the next session on."""
        self.library.follow(settings)
        now = self.sitting
        self.sitting = replace(
            sitting_of(settings), selection=now.selection, new=now.new, limit=now.limit, cram=now.cram
        )

    def day(self) -> Day:
        """The logical day that it is now."""
        return self.library.day(self.now())

    def today(self) -> Today:
        """What there is to do now, by a few quick questions to the database."""
        store, at = self.library.store, self.now()
        day = self.library.day(at)
        counts = store.due_counts(day, at.ms)
        done = store.done_on(day)
        new_left = max(0, self.sitting.new_per_day - done.new)
        due_left = max(0, self.sitting.reviews_per_day - done.reviews)
        next_due = store.next_due(self.sitting.selection, day)
        return Today(
            day=day,
            decks=deck_tree(store.deck_names(), counts.decks, new_left, due_left),
            new_waiting=counts.new,
            due_waiting=counts.due,
            done=done.new + done.reviews,
            streak=store.streak(day),
            pace=store.pace() or USUAL_PACE,
            next_due=(next_due[0] - day, next_due[1]) if next_due else None,
        )


def deck_tree(
    names: Iterable[str], counts: Iterable[DeckCounts], new_left: int, due_left: int
) -> tuple[DeckRow, ...]:
    """All decks together, then each deck under its parents, with no more than the day's limits leave."""
    sums: dict[tuple[str, ...], list[int]] = {(): [0, 0, 0]}
    for name in names:
        for path in _with_parents(name):
            sums.setdefault(path, [0, 0, 0])
    for deck in counts:
        for path in _with_parents(deck.deck):
            total = sums.setdefault(path, [0, 0, 0])
            for place, number in enumerate((deck.new, deck.learning, deck.due)):
                total[place] += number
    parents = {path[:-1] for path in sums if path}
    return tuple(
        DeckRow(
            name="::".join(path),
            label=path[-1] if path else "everything due",
            depth=max(0, len(path) - 1),
            new=min(new, new_left),
            learning=learning,
            due=min(due, due_left),
            has_below=bool(path) and path in parents,
        )
        for path, (new, learning, due) in sorted(sums.items(), key=lambda item: _place(item[0]))
    )


def _with_parents(name: str) -> list[tuple[str, ...]]:
    parts = tuple(name.split("::"))
    return [parts[:length] for length in range(len(parts) + 1)]


def _place(path: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((part.casefold(), part) for part in path)
