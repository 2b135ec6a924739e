"""What a person sits down at: the home's decks with what is to do in them, and the way into a session."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.models import ActionKind
from flashnotes.scheduling.queue import lineage
from flashnotes.session import Session, Sitting, Undone, limits_left, sitting_of
from flashnotes.session.sitting import USUAL_PACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flashnotes.config import Settings
    from flashnotes.library import Library
    from flashnotes.models import Day, Moment
    from flashnotes.scheduling.queue import Limits
    from flashnotes.store import DeckCounts

_Path = tuple[str, ...]


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

    def spread(self, days: int) -> None:
        """Spread what is overdue over `days`, 0 taking that back. Raises StoreError."""
        self.library.store.perform_on_deck("", ActionKind.CATCH_UP, days, at=self.now())

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
        next_due = store.next_due(self.sitting.selection, day)
        return Today(
            day=day,
            decks=deck_tree(store.deck_names(), counts.decks, limits_left(self.sitting, done)),
            new_waiting=counts.new,
            due_waiting=counts.due,
            done=done.new + done.reviews,
            streak=store.streak(day),
            pace=store.pace() or USUAL_PACE,
            next_due=(next_due[0] - day, next_due[1]) if next_due else None,
        )


def deck_tree(names: Iterable[str], counts: Iterable[DeckCounts], limits: Limits) -> tuple[DeckRow, ...]:
    """All decks together, then each deck under its parents, with no more than `limits` leave of each."""
    held = {_path(deck.deck): deck for deck in counts}
    paths = {path[:length] for path in (*map(_path, names), *held, ()) for length in range(len(path) + 1)}
    new = _asked(paths, {path: deck.new for path, deck in held.items()}, limits.new, limits.new_of)
    due = _asked(paths, {path: deck.due for path, deck in held.items()}, limits.reviews, limits.reviews_of)
    learning = _asked(paths, {path: deck.learning for path, deck in held.items()})
    parents = {path[:-1] for path in paths if path}
    return tuple(
        DeckRow(
            name="::".join(path),
            label=path[-1] if path else "everything due",
            depth=max(0, len(path) - 1),
            new=new[path],
            learning=learning[path],
            due=due[path],
            has_below=bool(path) and path in parents,
        )
        for path in sorted(paths, key=_place)
    )


def _asked(
    paths: Iterable[_Path],
    held: Mapping[_Path, int],
    left: int = sys.maxsize,
    left_of: Mapping[str, int] = MappingProxyType({}),
) -> dict[_Path, int]:
    """How many cards a session in each deck would ask, of those that it and the decks below it hold."""
    sums = {**dict.fromkeys(paths, 0), **held}
    for path in sorted(sums, key=len, reverse=True):
        sums[path] = min(sums[path], left_of.get("::".join(path), left))
        if path:
            sums[path[:-1]] += sums[path]
    return {
        path: min(asked, left, *(left_of.get(deck, left) for deck in lineage("::".join(path))))
        for path, asked in sums.items()
    }


def _path(name: str) -> _Path:
    return tuple(name.split("::"))


def _place(path: _Path) -> tuple[tuple[str, str], ...]:
    return tuple((part.casefold(), part) for part in path)
