"""Sessions over real databases, and the cards that the screen and the line mode are tried with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from flashnotes.errors import StoreError
from flashnotes.models import Card, CardId, CardKind, Deck, Moment, Rating, Source
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.session import Answered, Session, Undone
from flashnotes.store import DeckFile, Rules, Stamp, Store

if TYPE_CHECKING:
    from pathlib import Path

NOON = Moment(1_767_614_400_000)
"""2026-01-05 12:00 UTC."""
DECK = "强化学习::时序差分"


def card(front: str, back: str, *, line: int = 42, kind: CardKind = CardKind.BASIC) -> Card:
    return Card(CardId(f"c-{front}"), kind, front, back, source=Source("notes/td.md", line))


class Sitting(Session):
    """A session that tells what stands in its database."""

    def __init__(self, store: Store, cards: tuple[Card, ...], deck: str) -> None:
        store.sync(
            [
                DeckFile(f"decks/{number:02}.yaml", Stamp(1, 1, "1"), each)
                for number, each in enumerate(self.decks(cards, deck))
            ]
        )
        super().__init__(store, lambda: NOON)
        self.store = store

    def decks(self, cards: tuple[Card, ...], deck: str) -> list[Deck]:
        """All cards in one deck."""
        return [Deck(deck, cards)]

    @property
    def ratings(self) -> list[int]:
        return [review.rating.value for review in self.store.reviews()]

    @property
    def durations(self) -> list[int]:
        return [review.duration_ms for review in self.store.reviews()]


class Sit(Protocol):
    """Sits down to cards."""

    def __call__(self, *cards: Card, deck: str = DECK, kind: type[Sitting] = Sitting) -> Sitting: ...


class Refusing(Sitting):
    """As when another program holds the database."""

    def answer(self, rating: Rating, *, duration_ms: int = 0, grade: int | None = None) -> Answered:
        raise StoreError("flashnotes.db: is busy [/].\nTry again.")

    def undo(self) -> Undone | None:
        raise StoreError("flashnotes.db: is busy [/].\nTry again.")

    def rest(self) -> None:
        raise StoreError("flashnotes.db: is busy [/].\nTry again.")


def open_store(path: Path) -> Store:
    return Store.open(path, Rules(Sm2()), at=NOON)
