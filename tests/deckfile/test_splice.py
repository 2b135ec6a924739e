"""An import changes the lines of the cards it changes, and no other byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.deckfile.reader import locate_deck, parse_deck
from flashnotes.deckfile.splice import splice_deck
from flashnotes.deckfile.tidy import tidy_text
from flashnotes.deckfile.writer import dump_deck
from flashnotes.models import AnkiRef, Card, CardId, CardKind, Deck, Rejected, Source
from tests.strategies_decks import bodies, decks

BY_HAND = """\
# my deck
deck: "Words"   # a name

cards:
- front: 'one'      # the first
  back:    >-
    folded
    text

  # between
  source: 'notes/a.md:3'
- # a comment after the dash
  id: two
  back: |
    zwei

  front: two
  tags:
  - a
  - b   # last tag
-
  id: three
  front: three
  back: drei
# after the cards
rejected:
# why
- {id: old-1, passage: aa}
- id: old-2
  passage: bb
# the end
"""


def splice(text: str, deck: Deck) -> str:
    return splice_deck(locate_deck(text, path="d.yaml", stem="d"), deck, path="d.yaml")


def with_card(deck: Deck, place: int, **changes: object) -> Deck:
    cards = list(deck.cards)
    cards[place] = replace(cards[place], **changes)  # type: ignore[arg-type]
    return replace(deck, cards=tuple(cards))


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that are only before, and only after, in order."""
    import difflib

    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


def deck_by_hand() -> Deck:
    return locate_deck(BY_HAND, path="d.yaml").deck


NEW = Card(CardId("four"), CardKind.BASIC, "four", "vier")
FIRST = deck_by_hand().cards[0].id
CASES: dict[str, tuple[Deck, list[str], list[str]]] = {
    "nothing": (deck_by_hand(), [], []),
    "a number of a line, in its quotes": (
        with_card(deck_by_hand(), 0, source=Source("notes/a.md", 7), id=FIRST),
        ["- front: 'one'      # the first", "  source: 'notes/a.md:3'"],
        [f"- id: {FIRST}", "  front: 'one'      # the first", "  source: 'notes/a.md:7'"],
    ),
    "a text": (
        with_card(deck_by_hand(), 1, back="dos"),
        ["  back: |", "    zwei"],
        ["  back: dos"],
    ),
    "a list": (
        with_card(deck_by_hand(), 1, tags=("c",)),
        ["  tags:", "  - a", "  - b   # last tag"],
        ["  tags: [c]   # last tag"],
    ),
    "a key goes": (
        with_card(deck_by_hand(), 1, tags=()),
        ["  tags:", "  - a", "  - b   # last tag"],
        [],
    ),
    "a key comes": (
        with_card(deck_by_hand(), 2, retired=True, anki=AnkiRef("g", 1)),
        [],
        ["  retired: true", "  anki: {guid: g, ord: 1}"],
    ),
    "a new card": (
        replace(deck_by_hand(), cards=(*deck_by_hand().cards, NEW)),
        [],
        ["- id: four", "  kind: basic", "  front: four", "  back: vier"],
    ),
    "a card goes": (
        replace(deck_by_hand(), cards=deck_by_hand().cards[:2]),
        ["-", "  id: three", "  front: three", "  back: drei"],
        [],
    ),
    "a card with a comment after its dash goes": (
        replace(deck_by_hand(), cards=(deck_by_hand().cards[0], deck_by_hand().cards[2])),
        BY_HAND.splitlines()[11:20],
        [],
    ),
    "a rejection": (
        replace(deck_by_hand(), rejected=(*deck_by_hand().rejected, Rejected(CardId("x"), "cc"))),
        [],
        ["- {id: x, passage: cc}"],
    ),
    "a rejection is taken back": (
        replace(deck_by_hand(), rejected=deck_by_hand().rejected[1:]),
        ["- {id: old-1, passage: aa}"],
        [],
    ),
    "another name": (
        replace(deck_by_hand(), name="Wörter"),
        ['deck: "Words"   # a name', "- front: 'one'      # the first"],
        ["deck: Wörter   # a name", f"- id: {FIRST}", "  front: 'one'      # the first"],
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_changes_and_nothing_else(case: str, newline: str) -> None:
    deck, gone, come = CASES[case]
    before = BY_HAND.replace("\n", newline)
    after = splice(before, deck)
    assert changed_lines(before, after) == (gone, come)
    assert parse_deck(after, path="d.yaml") == deck
    assert after.count("\n") == after.count(newline)


@pytest.mark.parametrize(
    "text",
    [
        "deck: D\ncards: [{id: a, front: one, back: eins}, {id: b, front: two, back: zwei}]\n",
        "deck: D\ncards:\n  - {id: a, front: one, back: eins}   # mine\n  - {id: b, front: two, back: zwei}\n",
        "{deck: D, cards: [{id: a, front: one, back: eins}, {id: b, front: two, back: zwei}]}\n",
        "deck: D\ncards:\n  - id: a\n    front: one\n    back: eins\n  - id: b\n    front: two\n    back: zwei",
        "cards:\n  - ? id\n    : a\n    front: one\n    back: eins\n  - id: b\n    front: two\n    back: zwei\n...\n",
    ],
)
def test_unusual_layouts_are_changed_too(text: str) -> None:
    deck = locate_deck(text, path="d.yaml", stem="D").deck
    for wanted in (
        with_card(deck, 0, back="uno: dos"),
        with_card(deck, 0, tags=("t",), kind=CardKind.DEFINITION),
        with_card(deck, 1, back="two\nlines"),
        replace(deck, cards=(*deck.cards, NEW)),
        replace(deck, cards=deck.cards[1:]),
        replace(deck, cards=()),
        replace(deck, rejected=(Rejected(CardId("x"), "cc"),)),
    ):
        after = splice(text, wanted)
        assert locate_deck(after, path="d.yaml", stem="D").deck == wanted


@pytest.mark.parametrize(
    "text", ["deck: D\n", "deck: D\ncards:\n", "deck: D\ncards: []\n", "deck: D\nrejected: []\n"]
)
def test_a_deck_without_cards_takes_its_first(text: str) -> None:
    deck = Deck("D", (NEW,), (Rejected(CardId("x"), "cc"),))
    assert parse_deck(splice(text, deck), path="d.yaml") == deck


@given(decks, st.data())
def test_any_change_is_made_and_the_other_cards_keep_their_bytes(deck: Deck, data: st.DataObject) -> None:
    text = "# mine\n" + dump_deck(deck)
    cards = list(deck.cards)
    dropped = data.draw(st.sets(st.sampled_from([card.id for card in cards]))) if cards else set()
    changed = data.draw(st.sets(st.sampled_from([card.id for card in cards]))) if cards else set()
    bodies_of = {card.id: replace(data.draw(bodies), id=card.id) for card in cards if card.id in changed}
    after = [bodies_of.get(card.id, card) for card in cards if card.id not in dropped]
    after += [
        replace(data.draw(bodies), id=CardId(f"new{place}")) for place in range(data.draw(st.integers(0, 2)))
    ]
    wanted = replace(deck, cards=tuple(after))
    spliced = splice(text, wanted)
    assert parse_deck(spliced, path="d.yaml") == wanted
    assert spliced.startswith("# mine\n")
    for card in cards:
        if card.id not in changed | dropped:
            assert dump_deck(Deck("d", (card,))).split("\n", 2)[2] in spliced + "\n"
    assert splice(spliced, wanted) == spliced


@given(decks)
def test_tidying_what_was_written_changes_nothing(deck: Deck) -> None:
    text = dump_deck(deck)
    assert tidy_text(text, path="d.yaml") == text


def test_tidying_writes_ids_and_orders_keys() -> None:
    text = "deck: D\ncards:\n  # hi\n  - back: b\n    front: a\n  - back: d # why\n    front: c\n"
    tidied = tidy_text(text, path="d.yaml")
    ids = [card.id for card in parse_deck(text, path="d.yaml").cards]
    assert tidied == (
        f"deck: D\ncards:\n  # hi\n  - id: {ids[0]}\n    kind: basic\n    front: a\n    back: b\n"
        f"  - id: {ids[1]}\n    back: d # why\n    front: c\n"
    )
    assert tidy_text(tidied, path="d.yaml") == tidied
