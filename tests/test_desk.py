"""The start: the decks as a tree, with what a session in each would ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flashnotes.config import Settings
from flashnotes.desk import Desk, deck_tree
from flashnotes.home import Home
from flashnotes.library import Library
from flashnotes.models import DeckLimits, Rating
from flashnotes.scheduling.queue import Limits
from flashnotes.session import Sitting, sitting_of
from flashnotes.store.queue import DeckCounts
from tests.sittings import NOON

MANY = Limits(new=100, reviews=100)


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    (home / "decks").mkdir(parents=True)
    for name in ("a", "a::b", "c"):
        cards = "".join(f"  - {{id: {name[-1]}{n}, front: f{n}, back: b}}\n" for n in range(5))
        path = home / "decks" / f"{name[-1]}.yaml"
        path.write_text(f"deck: {name}\ncards:\n{cards}", encoding="utf-8")
    library = Library.open(Home(home), Settings(), at=NOON)
    with library.store:
        yield library


def numbers(counts: list[DeckCounts], limits: Limits = MANY) -> dict[str, tuple[int, int, int]]:
    return {row.name: (row.new, row.learning, row.due) for row in deck_tree([], counts, limits)}


def test_a_deck_counts_what_stands_below_it() -> None:
    rows = deck_tree(["Z"], [DeckCounts("a::c", 1, 2, 3), DeckCounts("A", 0, 0, 1)], MANY)
    assert [(row.label, row.depth, row.total, row.has_below) for row in rows] == [
        ("everything due", 0, 7, False),
        ("A", 0, 1, False),
        ("a", 0, 6, True),
        ("c", 1, 6, False),
        ("Z", 0, 0, False),
    ]


def test_no_row_has_more_than_the_limits_of_its_deck_and_of_those_around_it_leave() -> None:
    counts = [DeckCounts("a", 4, 9, 4), DeckCounts("a::b", 9, 0, 9), DeckCounts("c", 9, 0, 9)]
    limits = Limits(new=12, reviews=100, new_of={"a::b": 3, "a": 5}, reviews_of={"a": 2})
    assert numbers(counts, limits) == {
        "": (12, 9, 11),
        "a": (5, 9, 2),
        "a::b": (3, 0, 2),
        "c": (9, 0, 9),
    }
    assert numbers(counts, Limits(new=2, reviews=0))["a::b"] == (2, 0, 0)


def test_today_promises_what_a_session_asks(library: Library) -> None:
    limited = Settings(
        new_per_day=9, decks={"a": DeckLimits(new_per_day=6), "a::b": DeckLimits(new_per_day=2)}
    )
    for sitting in (sitting_of(limited), Sitting(new=4), Sitting()):
        desk = Desk(library, lambda: NOON, sitting)
        desk.sit(["c"]).answer(Rating.GOOD)
        for row in desk.today().decks:
            assert row.new == desk.sit([row.name] if row.name else []).counts.new, row.name
