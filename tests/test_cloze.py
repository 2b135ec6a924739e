from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.cloze import answer, asked_numbers, deletions, filled, hidden, question
from flashnotes.models import AnkiRef, Card, CardId, CardKind

CASES = [
    ("TD 误差是 {{c1::δ}}。", "TD 误差是 […]。", "TD 误差是 ==δ==。", ["δ"]),
    ("{{c1::Paris::city}} is big", "[city] is big", "==Paris== is big", ["Paris"]),
    ("{{c1::a}} and {{c2::b}}", "[…] and […]", "==a== and ==b==", ["a", "b"]),
    (
        "$\\frac{ {{c1::\\frac{a}{b}}} }{2}$",
        "$\\frac{ […] }{2}$",
        "$\\frac{ \\frac{a}{b} }{2}$",
        ["\\frac{a}{b}"],
    ),
    ("{{c1::x^{2^{n}}}} end", "[…] end", "==x^{2^{n}}== end", ["x^{2^{n}}"]),
    ("{{c1::outer {{c2::inner}} text}}", "[…]", "==outer inner text==", ["outer inner text"]),
    ("{{c1::{{c2::a::h2}} b::h1}}", "[h1]", "==a b==", ["a b"]),
    ("{{c1::never closed", "{{c1::never closed", "{{c1::never closed", []),
    ("no deletion", "no deletion", "no deletion", []),
    ("{{c1::a=b}}", "[…]", "a=b", ["a=b"]),
]


@pytest.mark.parametrize(("text", "asked", "told", "gone"), CASES)
def test_all_deletions_are_asked(text: str, asked: str, told: str, gone: list[str]) -> None:
    assert question(text) == asked
    assert answer(text) == told
    assert hidden(text) == gone


def test_one_number_is_asked_and_the_others_are_filled_in() -> None:
    text = "{{c1::a}} {{c2::b}} {{c1,3::c}} {{c2::x {{c1::y}} z}}"
    assert question(text, frozenset({1})) == "[…] b […] x […] z"
    assert answer(text, frozenset({2})) == "a ==b== c ==x y z=="
    assert question(text, frozenset({3})) == "a b […] x y z"


@pytest.mark.parametrize(
    ("front", "ref", "expected"),
    [
        ("{{c1::a}} {{c2::b}}", None, None),
        ("{{c1::a}} {{c2::b}}", AnkiRef("g", 1), frozenset({2})),
        ("{{c1::a}}", AnkiRef("g", 4), None),
    ],
)
def test_a_card_of_anki_asks_one_number(
    front: str, ref: AnkiRef | None, expected: frozenset[int] | None
) -> None:
    card = Card(CardId("c"), CardKind.CLOZE, front, "", anki=ref)
    assert asked_numbers(card) == expected


@given(st.lists(st.sampled_from([*"ab{}:c1 $=\\", "{{c1::", "}}", "{{c2::", "::"])).map("".join))
def test_any_text_is_read(text: str) -> None:
    found = list(deletions(text))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    if not found:
        assert question(text) == answer(text) == filled(text) == text


@given(
    st.text(st.sampled_from("ab 特$\\^_"), min_size=1), st.integers(1, 9), st.text(st.sampled_from("xy 值"))
)
def test_a_deletion_comes_back_whole(inside: str, number: int, around: str) -> None:
    text = f"{around}{{{{c{number}::{inside}}}}}{around}"
    assert hidden(text) == [inside]
    assert filled(text) == around + inside + around
    assert question(text) == f"{around}[…]{around}"
