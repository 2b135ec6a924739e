"""Ids are minted from what a card is about, and from nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.cards import (
    fold_term,
    is_as_extracted,
    is_typo_of,
    mint_id,
    siblings,
    slug,
    storable,
    text_hash,
    typo_keys,
)
from flashnotes.models import Card, CardId, CardKind

TERMS = st.text(st.characters(), max_size=80)


def test_an_id_is_the_same_on_every_machine_and_in_every_year() -> None:
    assert mint_id("强化学习::时序差分", CardKind.FORMULA, "TD 误差", set()) == "td-误差-ydcah2"
    assert mint_id("rl", CardKind.DEFINITION, "Temporal-Difference (TD) learning", set()) == (
        "temporal-difference-td-learning-"
        + mint_id("rl", CardKind.DEFINITION, "Temporal-Difference (TD) learning", set())[-6:]
    )


@given(st.sampled_from(CardKind), TERMS)
def test_an_id_is_safe_everywhere(kind: CardKind, term: str) -> None:
    made = mint_id("deck", kind, term, set())
    name, _, digits = made.rpartition("-")
    assert 1 <= len(name) <= 40
    assert len(digits) == 6
    assert made.lower() == made or not made.isascii()
    assert not set(made) & set("/\\:*?\"<>|'`$&;~ \n\t\0")
    assert made == mint_id("deck", kind, term, set())


@given(TERMS)
def test_a_taken_id_gives_the_next_hash(term: str) -> None:
    taken: set[str] = set()
    for _ in range(5):
        made = mint_id("deck", CardKind.BASIC, term, taken)
        assert made not in taken
        taken.add(made)


def test_deck_kind_and_term_make_the_id() -> None:
    ids = {
        mint_id(deck, kind, term, set())
        for deck in ("a", "b")
        for kind in (CardKind.DEFINITION, CardKind.FORMULA)
        for term in ("x", "y")
    }
    assert len(ids) == 8
    composed, apart = unicodedata.normalize("NFC", "é"), unicodedata.normalize("NFD", "é")
    assert mint_id("a", CardKind.BASIC, composed, set()) == mint_id("a", CardKind.BASIC, apart, set())


@pytest.mark.parametrize(
    ("term", "made"),
    [
        ("TD 误差", "td-误差"),
        ("C++", "c"),
        ("$\\gamma$", "gamma"),
        ("...", "card"),
        ("ＴＤ（λ）", "td-λ"),
        ("{{c1::自举}}是一种方法", "自举是一种方法"),
    ],
)
def test_slugs(term: str, made: str) -> None:
    assert slug(term) == made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TD-error", "td error"),
        ("ＴＤ（λ）", "TD(λ)"),
        ("什么是策略？", "什么是策略"),
        ("Q-learning", "Q Learning"),
        ("“自举”", "自举"),
        ("e.g.", "eg"),
    ],
)
def test_terms_that_are_one(one: str, other: str) -> None:
    assert fold_term(one) == fold_term(other)


@pytest.mark.parametrize(
    ("one", "other"), [("C++", "C"), ("C#", "C"), ("A*", "A"), ("n!", "n"), ("1.5", "15"), ("...", "--")]
)
def test_terms_that_are_two(one: str, other: str) -> None:
    assert fold_term(one) != fold_term(other)


@given(st.text(), st.text())
def test_a_hash_is_six_hex_digits_and_minds_neither_space_nor_form(front: str, back: str) -> None:
    made = text_hash(front, back)
    assert len(made) == 6
    assert set(made) <= set("0123456789abcdef")
    assert text_hash(f"  {front} ", back + "\r\n") == made
    assert text_hash(unicodedata.normalize("NFD", front), back) == made


def test_front_and_back_are_not_one_text() -> None:
    assert text_hash("ab", "c") != text_hash("a", "bc")


def test_siblings_are_of_one_term_or_one_text() -> None:
    def card(card_id: str, kind: CardKind, front: str, *aliases: str) -> Card:
        return Card(CardId(card_id), kind, front, "…", aliases)

    cards = [
        card("d", CardKind.DEFINITION, "TD 误差", "TD error"),
        card("f", CardKind.FORMULA, "TD误差"),
        card("a", CardKind.ABBREVIATION, "TD-Error"),
        card("b", CardKind.BASIC, "TD 误差"),
        card("x", CardKind.DEFINITION, "自举"),
        card("c1", CardKind.CLOZE, "{{c1::自举}}是方法"),
        card("c2", CardKind.CLOZE, "自举是{{c2::方法}}"),
        card("c3", CardKind.CLOZE, "{{c1,2::自举}}{{c3::是{{c4::方法::what}}}}"),
    ]
    assert siblings(cards) == {
        "d": {"f", "a"},
        "f": {"d"},
        "a": {"d"},
        "c1": {"c2", "c3"},
        "c2": {"c1", "c3"},
        "c3": {"c1", "c2"},
    }


def test_a_card_edited_or_written_by_hand_is_not_as_extracted() -> None:
    card = Card(CardId("c"), CardKind.BASIC, "a", "b", extracted=text_hash("a", "b"))
    assert is_as_extracted(card)
    assert not is_as_extracted(Card(CardId("c"), CardKind.BASIC, "a", "B", extracted=card.extracted))
    assert not is_as_extracted(Card(CardId("c"), CardKind.BASIC, "a", "b"))


TYPOS = [
    ("bellman", "belman", True),
    ("a" * 40, "a" * 41, True),
    ("abcdefgh" * 5, "abcdefgh" * 5 + "i", True),
    ("bellman", "bellmann", True),
    ("bellman", "ballman", True),
    ("bellman", "bellamn", True),
    ("bellman", "bellman", False),
    ("bellman", "blmann", False),
    ("td", "md", False),
    ("gpt3x", "gpt4x", False),
    ("贝尔曼方程式", "贝尔曼方程", True),
    ("a" * 60 + "b", "a" * 60 + "c", True),
    ("b" + "a" * 60, "a" * 60, True),
]


@pytest.mark.parametrize(("one", "other", "is_typo"), TYPOS)
def test_typos(one: str, other: str, is_typo: bool) -> None:
    assert is_typo_of(one, other) is is_typo
    assert is_typo_of(other, one) is is_typo
    if is_typo:
        assert set(typo_keys(one)) & set(typo_keys(other))


@given(st.text("abc", min_size=4, max_size=60), st.data())
def test_every_typo_is_found_by_its_keys(term: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(term) - 1))
    letter = data.draw(st.sampled_from("abcx"))
    edited = data.draw(
        st.sampled_from(
            [
                term[:place] + term[place + 1 :],
                term[:place] + letter + term[place:],
                term[:place] + letter + term[place + 1 :],
            ]
        )
    )
    if is_typo_of(term, edited):
        assert set(typo_keys(term)) & set(typo_keys(edited))
    else:
        assert edited == term or len(edited) < 4


@given(TERMS)
def test_what_is_stored_can_be_encoded(text: str) -> None:
    assert "\0" not in storable(text)
    storable(text).encode("utf-8")


def test_a_card_asked_in_the_other_language() -> None:
    from flashnotes.cards import in_other_language

    card = Card(
        CardId("x"), CardKind.FORMULA, "TD 误差", "b", aliases=(r"$\delta_t$", "时序差分误差", "TD error")
    )
    other = in_other_language(card)
    assert (other.id, other.front, other.aliases[0]) == ("x", "TD error", "TD 误差")
    assert in_other_language(other).front == "TD 误差"
    assert in_other_language(Card(CardId("y"), CardKind.BASIC, "问", "b", aliases=("q",))).front == "问"
    assert in_other_language(Card(CardId("z"), CardKind.DEFINITION, "熵", "b")).front == "熵"
