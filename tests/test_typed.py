from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.models import Card, CardId, CardKind, Rating
from flashnotes.typed import Part, accepted_answers, compare

RIGHT = [
    ("temporal difference", "Temporal-Difference"),
    ("ＴＤ误差", "TD 误差"),
    ("时序差分，误差", "时序差分误差。"),
    ("e\u0301tale", "étale"),
    ("1000", "1,000"),
    ("x^{2}", "$x^2$"),
    ("\\left( a \\right)", "(a)\\,"),
    ("a\\leq b", "$a ≤ b$"),
    ("−1", "-1"),
]
WRONG = [
    ("1", "-1"),
    ("x2", "x^2"),
    ("314", "3.14"),
    ("a<b", "a>b"),
    ("2", "3"),
    ("50", "50%"),
    ("$f$", "$f'$"),
    ("eigenvalue", "eigenvector"),
    ("", "anything"),
]


@pytest.mark.parametrize(("typed", "wanted"), RIGHT)
def test_looks_do_not_count(typed: str, wanted: str) -> None:
    comparison = compare(typed, [wanted])
    assert comparison.is_right
    assert comparison.suggested is Rating.GOOD
    assert comparison.parts == ((Part.SAME, wanted),)


@pytest.mark.parametrize(("typed", "wanted"), WRONG)
def test_meaning_does(typed: str, wanted: str) -> None:
    comparison = compare(typed, [wanted])
    assert not comparison.is_right
    assert comparison.suggested is Rating.AGAIN


def test_the_difference_names_what_is_missing_and_what_is_too_much() -> None:
    assert compare("abXd", ["ab cd。"]).parts == (
        (Part.SAME, "ab "),
        (Part.EXTRA, "X"),
        (Part.MISSING, "c"),
        (Part.SAME, "d。"),
    )


@pytest.mark.parametrize(
    ("typed", "answer", "expected"),
    [
        (
            "a small cache that stores recent translations of virtual addresses",
            "a small cache that keeps the recent translations of virtual to physical addresses",
            "a small cache that -stores- +keeps the+ recent translations of virtual +to physical+ addresses",
        ),
        (
            "it is a thing in the processor for memory",
            "A small cache that keeps the recent translations of virtual addresses.",
            "-it is a thing in the processor for memory- +A small cache that keeps the recent translations of virtual addresses.+",
        ),
        (
            "智能体在状态里按照策略行动之后得到的奖励的总和的平均",
            "智能体从某个状态出发，按照策略行动，之后得到的回报的期望，记作价值函数。",
            "智能体 -在状态里- +从某个状态出发，+ 按照策略行动，之后得到的 -奖励的总和的平均- +回报的期望，记作价值函数。+",
        ),
    ],
)
def test_the_difference_of_prose_is_told_in_words_and_phrases(typed: str, answer: str, expected: str) -> None:
    signs = {Part.SAME: "", Part.EXTRA: "-", Part.MISSING: "+"}
    parts = compare(typed, [answer]).parts
    assert " ".join(f"{signs[part]}{text.strip()}{signs[part]}" for part, text in parts) == expected


def test_the_nearest_of_several_answers_is_shown() -> None:
    assert compare("colour", ["paint", "Colour"]).is_right
    assert compare("colr", ["paint", "colour"]).parts[0] == (Part.SAME, "col")


@pytest.mark.parametrize(
    ("kind", "front", "back", "aliases", "expected"),
    [
        (CardKind.BASIC, "q", "A｜B", ("c",), ("A", "B", "c")),
        (
            CardKind.ABBREVIATION,
            "TLB",
            "translation lookaside buffer",
            ("快表",),
            ("translation lookaside buffer", "快表"),
        ),
        (CardKind.DEFINITION, "TLB", "a cache", ("快表",), ("a cache",)),
        (CardKind.FORMULA, "f", "$|a|b|$", (), ("$|a|b|$",)),
        (CardKind.CLOZE, "{{c1::a}} x {{c2::b}}", "", (), ("a b",)),
        (CardKind.CLOZE, "nothing hidden", "back", (), ("back",)),
    ],
)
def test_what_answers_a_card(
    kind: CardKind, front: str, back: str, aliases: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert accepted_answers(Card(CardId("c"), kind, front, back, aliases)) == expected


TEXT = st.text(
    st.sampled_from("aB１1-+.,，。 值$\\{}^_'") | st.characters(exclude_categories=["Cs"]), max_size=30
)


@given(TEXT)
def test_an_answer_is_right_as_it_stands(text: str) -> None:
    assert compare(text, [text]).is_right


@given(TEXT, TEXT)
def test_the_parts_add_up_to_both_texts(typed: str, wanted: str) -> None:
    comparison = compare(typed, [wanted])
    if not comparison.is_right:
        kept = "".join(text for part, text in comparison.parts if part is not Part.EXTRA)
        assert len(kept) <= len(wanted)
    assert comparison.is_right == all(part is Part.SAME for part, _ in comparison.parts) or not wanted
