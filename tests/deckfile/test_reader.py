"""Every text of a deck is read as typed, or the deck is refused with its line and what to do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.deckfile import nodes
from flashnotes.deckfile.files import read_deck
from flashnotes.deckfile.quick import quick_deck
from flashnotes.deckfile.reader import locate_deck, parse_deck
from flashnotes.deckfile.usual import usual_deck
from flashnotes.deckfile.writer import dump_deck
from flashnotes.errors import DeckError
from tests.strategies_decks import HARD_WORDS, decks

if TYPE_CHECKING:
    from flashnotes.models import Deck


def refusal_of(text: str) -> str | None:
    """Why `text` is no deck; None if it is one."""
    try:
        parse_deck(text, path="d.yaml")
    except DeckError as error:
        return str(error)
    return None


REFUSED = yaml.safe_load((Path(__file__).parent / "refused.yaml").read_text(encoding="utf-8"))
MAKER = Path(__file__).parents[2] / ".." / "shared" / "faults" / "gen_yaml.py"
TYPED = "no No yes on null ~ 2026-11-21 12:30 1:20:30 007 0x1F 0b101 1_000 1e3 1.10 .5 +1 -0 .inf .nan << =".split()


@pytest.mark.parametrize("typed", TYPED)
def test_a_scalar_is_the_text_that_was_typed(typed: str) -> None:
    deck = parse_deck(f"deck: D\ncards:\n  - front: {typed}\n    back: {typed}\n", path="d.yaml")
    assert (deck.cards[0].front, deck.cards[0].back) == (typed, typed)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_a_deck_is_refused_in_words(case: dict[str, Any]) -> None:
    with pytest.raises(DeckError) as refusal:
        parse_deck(case["deck"], path="decks/d.yaml")
    said = str(refusal.value)
    assert said.startswith(f"decks/d.yaml:{case['line']}: ")
    assert case["says"] in said
    assert "\n" not in said


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_the_pure_parser_refuses_the_same(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flashnotes.deckfile.reader.events_of", nodes.pure_events_of)
    with pytest.raises(DeckError, match=r"^d.yaml:\d+: "):
        locate_deck(case["deck"], path="d.yaml")


@given(decks)
def test_both_parsers_read_the_same(deck: Deck) -> None:
    text = dump_deck(deck)
    ours: list[Any] = []
    pure: list[Any] = []
    for got, make in ((ours, nodes.events_of), (pure, nodes.pure_events_of)):
        get = make(text)
        while (event := get()) is not None:
            got.append((type(event), getattr(event, "value", None), nodes.start_of(event)))
    assert ours == pure


@given(decks, st.data())
def test_a_second_look_says_the_same_or_refuses(deck: Deck, data: st.DataObject) -> None:
    """However a deck is damaged, the quick way never reads another deck than the careful one."""
    text = dump_deck(deck)
    place = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 6))
    damaged = text[:place] + data.draw(st.sampled_from(HARD_WORDS)) + text[place + length :]
    for quick in filter(None, (usual_deck(damaged), quick_deck(damaged))):
        parsed = locate_deck(damaged, path="d.yaml")
        assert quick == parsed.deck
        assert not parsed.warnings
        assert not parsed.unnamed


def test_the_shipped_decks_are_read_line_by_line() -> None:
    for path in (Path(__file__).parents[2] / "decks").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert usual_deck(text) == locate_deck(text, path=path.name).deck


@given(st.text(st.characters(), max_size=60))
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    said = refusal_of("deck: D\ncards:\n  - front: " + text)
    assert said is None or said.startswith("d.yaml:")


def test_a_deck_written_by_hand_needs_only_fronts_and_backs() -> None:
    text = "cards:\n- front: a\n  back: b\n- front: a\n  back: c\n"
    parsed = locate_deck(text, path="x/english.yaml", stem="english")
    assert parsed.deck.name == "english"
    ids = [card.id for card in parsed.deck.cards]
    assert len(set(ids)) == 2
    assert parsed.unnamed == set(ids)
    assert [card.id for card in locate_deck(text, path="y", stem="english").deck.cards] == ids
    assert list(parsed.lines().values()) == [2, 4]


def test_a_text_cut_by_a_comment_is_told() -> None:
    parsed = locate_deck("deck: D\ncards:\n  - front: C# is # a comment?\n    back: b\n", path="d.yaml")
    assert parsed.deck.cards[0].front == "C# is"
    assert parsed.warnings[0].startswith("3: ' #' begins a comment")


def test_a_cloze_needs_no_back() -> None:
    deck = parse_deck("deck: D\ncards:\n  - kind: cloze\n    front: '{{c1::a}} b'\n", path="d.yaml")
    assert deck.cards[0].back == ""
    assert parse_deck(dump_deck(deck), path="d.yaml") == deck


def test_aliases_cannot_make_a_deck_grow(tmp_path: Path) -> None:
    rows = "".join(
        f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    path = tmp_path / "laughs.yaml"
    path.write_text(f"deck: D\na: &a [lol,lol]\n{rows}cards: *i\n", encoding="utf-8")
    with pytest.raises(DeckError, match=r"laughs.yaml:2: &a is an anchor"):
        read_deck(path)


@pytest.mark.skipif(not MAKER.exists(), reason="the corpus of nasty decks lies outside the repository")
def test_the_corpus_of_nasty_decks(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(MAKER), str(tmp_path)], check=True, capture_output=True)
    for case in json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8")):
        try:
            file, said = read_deck(tmp_path / case["file"]), ""
        except DeckError as error:
            file, said = None, str(error)
        assert case["expect"] in ("either", "ok" if file else "reject"), said or case["file"]
        assert "\n" not in said
        if file and case["expect"] == "ok" and case.get("text"):
            assert file.deck.cards[0].back == case["text"]
