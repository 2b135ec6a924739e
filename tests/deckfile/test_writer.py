"""What is written reads back the same, also for a parser with types of its own, and looks as a person would write it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given

from flashnotes.deckfile.quick import quick_deck
from flashnotes.deckfile.reader import locate_deck, parse_deck
from flashnotes.deckfile.scalars import block_scalar, inline_scalar
from flashnotes.deckfile.writer import dump_deck
from flashnotes.errors import DeckError
from flashnotes.models import Card, CardId, CardKind, Deck, Rejected, Source
from tests.strategies_decks import decks, hard_text

EXAMPLE = """\
deck: 强化学习::时序差分
cards:
  - id: td-误差-k3x9p2
    kind: formula
    front: TD 误差
    back: |-
      $$\\delta_t = r_{t+1} + \\gamma v(s_{t+1}) - v(s_t)$$
      其中 $\\gamma$ 是折扣因子。
    aliases: [TD error, 时序差分误差]
    tags: [rl]
    source: notes/td.md:42
    extracted: 3f9a1c
rejected:
  - {id: td-target-9qx2aa, passage: 77b01e}
"""


@given(decks)
def test_what_is_written_reads_back(deck: Deck) -> None:
    text = dump_deck(deck)
    assert parse_deck(text, path="deck.yaml") == deck
    assert locate_deck(text, path="deck.yaml").deck == deck
    assert dump_deck(parse_deck(text, path="deck.yaml")) == text


@given(decks)
def test_another_yaml_parser_reads_the_same_text(deck: Deck) -> None:
    read = yaml.safe_load(dump_deck(deck))
    assert read["deck"] == deck.name
    for card, plain in zip(deck.cards, read["cards"], strict=True):
        assert (plain["front"], plain["back"]) == (card.front, card.back)
        assert tuple(plain.get("tags", ())) == card.tags


@given(hard_text)
def test_a_scalar_is_text_in_every_place(text: str) -> None:
    for written in (inline_scalar(text), inline_scalar(text, flow=True), block_scalar(text, 2)):
        assert yaml.safe_load(f"key: {written}\n") == {"key": text}
    assert yaml.safe_load(f"[{inline_scalar(text, flow=True)}]") == [text]


def test_the_example_of_the_format_is_written_as_it_stands() -> None:
    deck = parse_deck(EXAMPLE, path="deck.yaml")
    assert deck.cards[0].source == Source("notes/td.md", 42)
    assert deck.rejected == (Rejected(CardId("td-target-9qx2aa"), "77b01e"),)
    assert dump_deck(deck) == EXAMPLE
    assert quick_deck(EXAMPLE) == deck


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("TD 误差", "TD 误差"),
        ("$\\gamma$ 是折扣因子。", "$\\gamma$ 是折扣因子。"),
        ("no", "'no'"),
        ("12:30", "'12:30'"),
        ("a: b", "'a: b'"),
        ("it's: so", '"it\'s: so"'),
        ("\\alpha: it's", "|-\n  \\alpha: it's"),
        ("one\ntwo", "|-\n  one\n  two"),
        ("  in\ntwo", "|2-\n    in\n  two"),
        ("end\n", '"end\\n"'),
        ("a\x1b[31m", '"a\\e[31m"'),
        ("", "''"),
    ],
)
def test_how_a_text_is_written(text: str, written: str) -> None:
    assert block_scalar(text, 2) == written


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_no_file_can_hold_is_refused(text: str) -> None:
    with pytest.raises(DeckError, match="NUL or half a character"):
        dump_deck(Deck("d", (Card(CardId("c"), CardKind.BASIC, text, "b"),)))


def test_long_lists_stand_one_to_a_line() -> None:
    aliases = tuple(f"another long name number {place}" for place in range(6))
    deck = Deck("d", (Card(CardId("c"), CardKind.BASIC, "a", "b", aliases),))
    text = dump_deck(deck)
    assert "    aliases:\n      - another long name number 0\n" in text.replace("aliases: \n", "aliases:\n")
    assert parse_deck(text, path="d.yaml") == deck
