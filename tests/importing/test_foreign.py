"""Importing a deck file: by id, then by front; ids and the person's edits stay."""

from __future__ import annotations

from dataclasses import replace

from flashnotes.cards import text_hash
from flashnotes.importing import Status, plan_deck, revised
from flashnotes.models import Card, CardId, CardKind, Deck, Source

ONE = Card(CardId("1"), CardKind.BASIC, "one", "eins")
TWO = Card(CardId("2"), CardKind.BASIC, "two", "zwei")
DECK = Deck("Words", (ONE, TWO))


def imported(decks: list[Deck], deck: Deck) -> list[Deck]:
    changed = {each.name: each for each in revised(decks, plan_deck(decks, deck).taken())}
    return [*(changed.pop(each.name, each) for each in decks), *changed.values()]


def statuses(decks: list[Deck], deck: Deck) -> list[str]:
    return [entry.status.value for entry in plan_deck(decks, deck).entries]


def test_a_deck_comes_in_with_its_ids_and_only_once() -> None:
    decks = imported([], DECK)
    assert [card.id for card in decks[0].cards] == ["1", "2"]
    assert statuses(decks, DECK) == ["same", "same"]
    assert imported(decks, DECK) == decks


def test_a_newer_deck_is_followed_and_an_edit_is_kept() -> None:
    decks = imported([], DECK)
    newer = Deck("Words", (replace(ONE, back="ein, eins"), TWO))
    assert statuses(decks, newer) == ["changed", "same"]
    mine = [replace(decks[0], cards=(replace(decks[0].cards[0], back="mine"), decks[0].cards[1]))]
    assert statuses(mine, DECK) == ["kept", "same"]
    assert statuses(mine, newer) == ["kept", "same"]
    assert imported(mine, newer) == mine


def test_cards_that_the_file_lacks_stay() -> None:
    decks = imported([], DECK)
    assert imported(decks, Deck("Words", (TWO,))) == decks


def test_an_id_of_another_deck_is_another_card() -> None:
    decks = imported([], DECK)
    other = Deck("Fruit", (Card(CardId("1"), CardKind.BASIC, "apple", "Apfel"),))
    after = imported(decks, other)
    assert after[0] == decks[0]
    assert after[1].cards[0].id.startswith("apple-")
    assert imported(after, other) == after


def test_a_card_that_was_put_into_another_deck_stays_there() -> None:
    mine = [Deck("Mine", imported([], DECK)[0].cards)]
    newer = Deck("Words", (replace(ONE, back="ein, eins"),))
    after = imported(mine, newer)
    assert [deck.name for deck in after] == ["Mine"]
    assert after[0].cards[0].back == "ein, eins"


def test_the_same_front_under_another_id_is_asked() -> None:
    decks = imported([], DECK)
    other = Deck("Words", (replace(ONE, id=CardId("x"), back="uno"), replace(TWO, id=CardId("y"))))
    assert statuses(decks, other) == [Status.UNCERTAIN, Status.SAME]
    assert imported(decks, other) == decks


def test_a_handwritten_card_without_a_base_is_asked() -> None:
    mine = [Deck("Words", (replace(ONE, back="mine"),))]
    assert statuses(mine, DECK) == ["uncertain", "new"]
    base = imported([], DECK)[0].cards[0].extracted
    assert base == text_hash("one", "eins")


def test_a_card_from_a_note_of_ones_own_is_never_overwritten() -> None:
    """The same term in a deck of the same name has the same id, wherever it is from."""
    own = replace(ONE, back="mine", source=Source("../mine.md", 3), extracted=text_hash("one", "mine"))
    mine = [Deck("Words", (own,))]
    shipped = Deck("Words", (replace(ONE, source=Source("notes/words.md", 7)),))
    (entry,) = plan_deck(mine, shipped).entries
    assert entry.status is Status.UNCERTAIN
    assert "../mine.md:3" in entry.reason
    assert imported(mine, shipped) == mine
    moved = Deck("Words", (replace(ONE, back="ein", source=Source("../mine.md", 9)),))
    assert statuses(mine, moved) == ["changed"], "a newer release of the same deck"
