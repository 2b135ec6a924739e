"""Cards asked both ways: the other side has a schedule, a history and a place in the queue of its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flashnotes.models import ActionKind, Card, CardId, CardKind, Day, Phase, Rating
from flashnotes.query import All
from flashnotes.scheduling.queue import Limits
from flashnotes.session import Session, answer_card
from flashnotes.store import Claimed, Selection, Store
from flashnotes.store.queue import DeckCounts

from .conftest import NOON, RULES, card, deck_file, later

BOTH_WAYS = replace(RULES, both_ways=True)
TODAY = Day(739_621)
"""2026-01-05."""
TD = Card(
    CardId("td"), CardKind.DEFINITION, "TD", "TD is a difference", ("temporal difference",), extracted="3f"
)
RL = Card(CardId("rl"), CardKind.DEFINITION, "RL", "learning by trial")


@pytest.fixture
def both_ways(database: Path) -> Iterator[Store]:
    """The deck D of two definitions and a basic card, the definitions asked both ways."""
    with Store.open(database, BOTH_WAYS, at=NOON) as store:
        store.sync([deck_file("D.yaml", TD, RL, card("c"))])
        yield store


def ids(store: Store) -> list[str]:
    return [studied.card.id for studied in store.cards()]


def test_a_definition_has_two_cards_and_a_basic_card_one(both_ways: Store) -> None:
    assert ids(both_ways) == ["td", "td~r", "rl", "rl~r", "c"]
    side = both_ways.card("td~r")
    assert side
    assert (side.deck, side.card.kind, side.card.front, side.card.back) == (
        "D",
        CardKind.BASIC,
        "… is a difference",
        "TD",
    )
    assert side.card.aliases == TD.aliases
    assert both_ways.due_counts(TODAY, NOON.ms).decks == (DeckCounts("D", new=5),)
    assert [found for some in both_ways.find(All(()), TODAY) for found in some] == ids(both_ways)


def test_the_sides_are_not_asked_on_one_day(both_ways: Store) -> None:
    queue = both_ways.study_queue(Selection(), TODAY, NOON.ms, Limits(9, 9))
    assert [waiting.id for waiting in queue.new] == ["td", "rl", "c"]
    assert both_ways.siblings(CardId("td")) == ("td~r",)
    answer_card(both_ways, "td~r", Rating.GOOD, NOON)
    queue = both_ways.study_queue(Selection(), TODAY, NOON.ms, Limits(9, 9))
    assert [waiting.id for waiting in queue.new] == ["rl", "c"]
    assert both_ways.done_on(TODAY).new == 1
    tomorrow = both_ways.study_queue(Selection(), Day(TODAY + 1), later(1).ms, Limits(9, 9))
    assert ([each.id for each in tomorrow.due], [each.id for each in tomorrow.new]) == (["td~r"], ["rl", "c"])


def test_each_side_has_its_own_schedule_history_and_undo(both_ways: Store) -> None:
    answer_card(both_ways, "td", Rating.GOOD, NOON)
    answer_card(both_ways, "td~r", Rating.AGAIN, later(1))
    both_ways.perform("td~r", ActionKind.FLAG, 2, at=later(1))
    assert (both_ways.state("td").phase, both_ways.state("td").flag) == (Phase.REVIEW, 0)
    assert both_ways.state("td~r").drilling
    assert (len(both_ways.history("td")), len(both_ways.history("td~r"))) == (1, 2)
    assert both_ways.rebuild().mended == 0
    for left in (1, 0):
        undone = both_ways.undo(later(1))
        assert undone
        assert undone.card_id == "td~r"
        assert len(both_ways.history("td~r")) == left
    assert both_ways.state("td~r").phase is Phase.NEW
    assert both_ways.state("td").phase is Phase.REVIEW


def test_a_session_asks_the_other_side_as_it_is_mirrored(both_ways: Store) -> None:
    both_ways.perform("td", ActionKind.SUSPEND, at=NOON)
    session = Session(both_ways, lambda: later(1))
    assert session.current
    assert (session.current.card.id, session.current.card.front) == ("td~r", "… is a difference")
    session.answer(Rating.GOOD)
    session.undo()
    assert session.current.card.id == "td~r"
    assert session.bury(siblings=True) == ("td~r", "td")


def test_the_setting_puts_sides_beside_the_cards_and_takes_them_away_with_their_history_kept(
    both_ways: Store, database: Path
) -> None:
    answer_card(both_ways, "td~r", Rating.GOOD, NOON)
    learnt, files = both_ways.state("td~r"), both_ways.known_files()
    both_ways.follow(RULES)
    assert ids(both_ways) == ["td", "rl", "c"]
    assert both_ways.deleted_card("td~r") is None
    assert both_ways.deleted() == []
    assert both_ways.due_counts(TODAY, NOON.ms).new == 3
    assert both_ways.rebuild().mended == 0
    assert both_ways.wrong_states() == 0
    with Store.open(database, BOTH_WAYS, at=NOON) as again:
        assert ids(again) == ["td", "td~r", "rl", "rl~r", "c"]
        assert (again.state("td~r"), again.known_files()) == (learnt, files)


def test_a_side_follows_its_card(both_ways: Store) -> None:
    answer_card(both_ways, "td~r", Rating.GOOD, NOON)
    edited = replace(TD, back="a difference of predictions")
    both_ways.sync([deck_file("D.yaml", RL), deck_file("E.yaml", edited, replace(RL, id=CardId("R~R")))])
    side = both_ways.card("td~r")
    assert side
    assert (side.deck, side.card.front, side.state.phase) == ("E", edited.back, Phase.REVIEW)
    both_ways.sync([deck_file("E.yaml", replace(edited, kind=CardKind.BASIC))])
    assert both_ways.card("td~r") is None
    both_ways.sync([deck_file("E.yaml", replace(edited, retired=True))])
    assert both_ways.due_counts(TODAY, NOON.ms).due == 0
    both_ways.sync([], ["E.yaml"])
    assert [gone.id for _, gone in both_ways.deleted()] == ["td"]
    assert both_ways.deleted_card("td~r") is None
    assert both_ways.sync([deck_file("F.yaml", TD), deck_file("G.yaml", RL)]) == (
        Claimed(CardId("rl"), "D.yaml", "G.yaml"),
    )
    assert ids(both_ways) == ["rl", "rl~r", "td", "td~r"]


def test_a_note_of_anki_has_the_sides_that_it_has_there(both_ways: Store) -> None:
    from flashnotes.models import AnkiRef

    both_ways.sync([deck_file("D.yaml", replace(TD, anki=AnkiRef("guid", 0)))])
    assert ids(both_ways) == ["td"]
