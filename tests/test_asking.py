from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes import cloze
from flashnotes.asking import Ways, as_asked, other_side, part_spans
from flashnotes.models import Card, CardId, CardKind
from flashnotes.wording import answer_text, question_text

TD = Card(
    CardId("td"),
    CardKind.FORMULA,
    "TD 误差",
    "$$\\delta_t = r_{t+1} + \\gamma v(s_{t+1}) - v(s_t)$$\n其中 $\\gamma$ 是折扣因子。",
    aliases=("TD error",),
)
RL = Card(
    CardId("rl"),
    CardKind.DEFINITION,
    "强化学习",
    "强化学习（RL）是让智能体试错的学习；rl 不是 Girl。",
    ("RL",),
)
PARTS = [
    (r"a = b + c", ["b + c", "b", "c"]),
    (r"a = -b", ["-b", "b"]),
    (r"v(s) = \sum_a \pi(a|s) (r + \gamma v)", [r"\sum_a \pi(a|s) (r + \gamma v)"]),
    (r"x \leftarrow x - \frac{a-b}{c}.", [r"x - \frac{a-b}{c}", "x", r"\frac{a-b}{c}"]),
    (r"y = \left( a + b \right)", [r"\left( a + b \right)"]),
    (r"a = b = c", []),
    (r"a + b", []),
    (r"= b", []),
    (r"a &= b \\ &= c", []),
    (r"\begin{aligned} a &= b + c \end{aligned}", []),
    (r"f = \begin{cases} a & b \\ c & d \end{cases}", [r"\begin{cases} a & b \\ c & d \end{cases}"]),
    (r"f: A \to B", []),
]


@pytest.mark.parametrize(("latex", "parts"), PARTS)
def test_the_parts_of_a_formula(latex: str, parts: list[str]) -> None:
    found = [latex[start:end] for start, end in part_spans(latex)]
    assert [part for part in found if part] == parts


def test_a_formula_is_asked_by_another_part_each_time() -> None:
    ways = Ways(formula_parts=True)
    asked = [question_text(as_asked(TD, ways, turn)).split("\n")[1] for turn in range(5)]
    assert asked == [
        "$$\\delta_t = […]$$",
        "$$\\delta_t = […] + \\gamma v(s_{t+1}) - v(s_t)$$",
        "$$\\delta_t = r_{t+1} + […] - v(s_t)$$",
        "$$\\delta_t = r_{t+1} + \\gamma v(s_{t+1}) - […]$$",
        "$$\\delta_t = […]$$",
    ]
    assert TD.back in answer_text(as_asked(TD, ways, 2))[0]


def test_a_definition_is_asked_by_its_meaning() -> None:
    asked = other_side(RL)
    assert asked
    assert (asked.front, asked.back, asked.id) == (
        "…（…）是让智能体试错的学习；… 不是 Girl。",
        "强化学习",
        f"{RL.id}~r",
    )
    assert other_side(replace(RL, kind=CardKind.BASIC)) is None


@given(st.text("ab=+-{}()\\ $&", max_size=30), st.integers(0, 5))
def test_nothing_of_a_formula_is_lost(latex: str, turn: int) -> None:
    card = replace(TD, back=f"$${latex}$$")
    asked = as_asked(card, Ways(formula_parts=True), turn)
    if asked != card:
        assert cloze.filled(asked.front) == f"{card.front}\n{card.back}"
        assert question_text(asked) != asked.front
