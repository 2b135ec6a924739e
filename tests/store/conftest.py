from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flashnotes.models import Card, CardId, CardKind, Deck, Moment, Rating, Review
from flashnotes.scheduling import grade_of
from flashnotes.scheduling.sm2 import Sm2
from flashnotes.store import Answer, DeckFile, Rules, Stamp, Store

MS_A_DAY = 86_400_000
NOON = Moment(1_767_614_400_000)
"""2026-01-05 12:00 UTC."""
RULES = Rules(Sm2())


def later(days: float) -> Moment:
    return Moment(NOON.ms + round(days * MS_A_DAY))


def card(id: str, front: str = "q", kind: CardKind = CardKind.BASIC, **fields: object) -> Card:
    return Card(id=CardId(id), kind=kind, front=front, back="a", **fields)  # type: ignore[arg-type]


def deck_file(path: str, *cards: Card, name: str | None = None, sha: str = "1") -> DeckFile:
    return DeckFile(path, Stamp(1, 1, sha), Deck(name or path.removesuffix(".yaml"), cards))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "flashnotes.db"


@pytest.fixture
def empty_store(database: Path) -> Iterator[Store]:
    with Store.open(database, RULES, at=NOON) as store:
        yield store


@pytest.fixture
def store(empty_store: Store) -> Store:
    """With the deck D of c0 to c9."""
    empty_store.sync([deck_file("D.yaml", *(card(f"c{n}", f"q{n}") for n in range(10)))])
    return empty_store


Answering = Callable[..., Review]


@pytest.fixture
def answer(store: Store) -> Answering:
    def answer(card_id: str, rating: Rating, days: float = 0, *, cram: bool = False) -> Review:
        return store.record(Answer(CardId(card_id), grade_of(rating), later(days), cram=cram))

    return answer
