from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.models import Day, Rating
from flashnotes.scheduling.days import logical_day
from flashnotes.store import Selection
from tests.store.conftest import NOON

if TYPE_CHECKING:
    from flashnotes.store import Store
    from tests.store.conftest import Answering

TODAY = logical_day(NOON)


def test_there_is_none_while_every_card_is_new(store: Store) -> None:
    assert store.next_due(Selection(), TODAY) is None


def test_it_is_the_first_day_with_how_many(store: Store, answer: Answering) -> None:
    answer("c0", Rating.GOOD)
    answer("c1", Rating.GOOD)
    answer("c2", Rating.GOOD)
    answer("c2", Rating.GOOD, 1)
    assert store.next_due(Selection(), TODAY) == (TODAY + 1, 2)
    assert store.next_due(Selection(), Day(TODAY + 1)) == (TODAY + 7, 1)
    assert store.next_due(Selection(), Day(TODAY + 7)) is None


def test_only_selected_cards_count(store: Store, answer: Answering) -> None:
    answer("c0", Rating.GOOD)
    assert store.next_due(Selection(decks=("another",)), TODAY) is None
