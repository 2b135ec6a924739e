"""What extraction promises: it never fails, points into the note, takes linear time, keeps no twins."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashnotes.extract import RECOMMENDED_SCORE, extract, propose, select
from flashnotes.models import Candidate, CardKind
from flashnotes.notes import parse_note

PIECES = st.sampled_from(
    [
        "# Head\n", "\n", "**X**: y\n", "- item：值\n", "$$\na=b\n$$\n", "$x$",
        "| a | b |\n|---|---|\n| c | d |\n", "```\n", "```math\n", "<p>html</p>\n",
        "<table><tr><td>a</td></tr></table>\n", "> [!note] t\n> u\n", "::: tip\n",
        "A is a b. ", "损失是一种度量。", "\\(", "\\)", "**", "`", "[", "](u)",
        "![](https://x/equation?tex=a%5E2)", "Term\n: def\n",
        "<!-- flashnotes: off -->\n", "1. a\n   2. b\n", "\t", "  \n",
        "\\begin{align}\n", "\\end{align}\n", "{{c1::x}}", " :: ", "Q: a\nA: b\n", "。",
        "==h==", "---\n", "(AB)", "…", "\u0000", "\ud7ff", "x" * 300,
    ]
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)),
    st.sampled_from(["n.md", "n.txt"]),
)
@settings(max_examples=150, deadline=None)
def test_any_text_extracts_and_every_card_points_into_it(text: str, path: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for candidate in extract(parse_note(text, path=path), min_score=0):
        assert 1 <= candidate.line <= lines
        assert 0 <= candidate.score <= 1
        assert candidate.front.strip()
        assert candidate.rule


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "*",
        "|",
        "(",
        "$",
        "`",
        "<",
        "**a：**",
        "\\(",
        "\\[",
        "是",
        "- ",
        "> ",
        "a, ",
        "A is ",
        "x:",
        "((",
        "_",
        "==a",
        "{{c1::",
        "# ",
        "\n$$\n",
        "::: ",
        "A (B) ",
        "，指",
        "<p>",
        "~",
        "\n- a: ",
        "**a** b\n",
        "**A** is a b. ",
        "损失是指一种度量，",
        "这种差异称为 X。",
        "其 $a=b+c$ 为 $x$，",
        "A refers to B. It is C. ",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    extract(parse_note(text, path="n.md"), min_score=0)
    assert time.process_time() - start < 8


def test_threshold_is_the_recommended_one_by_default() -> None:
    note = parse_note(
        "**Recall**: the share of positives that were found.\n\nContributions are welcome here.", path="n.md"
    )
    assert extract(note) == [card for card in extract(note, min_score=0) if card.score >= RECOMMENDED_SCORE]


def test_cards_come_in_the_order_of_the_note() -> None:
    note = parse_note(
        "\n\n".join(f"**Term{n}**: the meaning number {n} of it." for n in range(9)), path="n.md"
    )
    lines = [card.line for card in extract(note, min_score=0)]
    assert lines == sorted(lines)


def test_best_of_twins_is_kept() -> None:
    better = Candidate(CardKind.DEFINITION, "回报", "把奖励折扣后相加。", 3, score=0.9)
    worse = Candidate(CardKind.DEFINITION, "回报", "回报：把奖励折扣后相加。", 3, score=0.4)
    other = Candidate(CardKind.FORMULA, "回报", "$G = r$", 4, score=0.2)
    assert select([worse, better, other]) == [better, other]


def test_short_form_that_its_definition_spells_out_is_no_card_of_its_own() -> None:
    names = ("batch normalization", "BN")
    definition = Candidate(
        CardKind.DEFINITION, "批归一化", "把一批的激活标准化。", 3, aliases=names, score=0.8
    )
    short = Candidate(CardKind.ABBREVIATION, "BN", "Batch Normalization", 3, score=0.95)
    assert select([definition, short]) == [definition]
    weak = replace(definition, score=0.2)
    assert select([weak, short]) == [short, weak]
    other = replace(short, back="Bayesian network")
    assert set(select([definition, other])) == {definition, other}


def test_a_question_and_the_definition_that_answers_it_are_one_card() -> None:
    said = "Accuracy is the share of predictions that are right. It says little where classes are rare."
    asked = Candidate(CardKind.BASIC, "What is accuracy?", said, 3, score=0.7)
    defined = Candidate(CardKind.DEFINITION, "accuracy", said.partition(" It")[0], 3, score=0.9)
    assert select([asked, defined]) == [defined]
    other = replace(defined, front="rare class")
    assert set(select([asked, other])) == {asked, other}


def test_openings_that_only_share_a_long_name_are_two_cards() -> None:
    name = "stochastic gradient descent"
    one = Candidate(CardKind.DEFINITION, name, f"{name} takes one example at each of its steps.", 3)
    two = Candidate(CardKind.DEFINITION, name, f"{name} was first described in the fifties, by Robbins.", 9)
    assert set(select([one, two])) == {one, two}


def test_bold_definition_stands_against_a_later_remark() -> None:
    bold = Candidate(CardKind.DEFINITION, "mAP", "各类 AP 的平均。", 9, score=0.7, cues=("bold subject",))
    remark = Candidate(
        CardKind.DEFINITION, "mAP", "mAP 把三件事压成一个数。", 3, score=0.9, cues=("zh does",)
    )
    means = replace(remark, cues=("zh means",))
    assert select([remark, bold]) == [bold]
    assert set(select([means, bold])) == {means, bold}


def test_bold_name_with_formula_and_legend_is_recommended() -> None:
    text = "**感受野 (receptive field, RF)** 的公式为：\n\n$$r_l = r_{l-1} + k_l$$\n\n其中 $k_l$ 是核大小。"
    (card,) = extract(parse_note(f"# 网络\n\n{text}", path="n.md"))
    assert (card.front, card.kind) == ("感受野", CardKind.FORMULA)


@pytest.mark.parametrize("heading", ["来源", "参考文献", "Sources", "References"])
def test_lists_of_sources_hold_no_cards(heading: str) -> None:
    note = parse_note(f"## {heading}\n\n- **PyTorch 文档**：自动求导的入门教程，讲了计算图。", path="n.md")
    assert not propose(note)


def test_extracting_twice_is_extracting_once() -> None:
    note = parse_note("梯度（gradient）是函数增长最快的方向。\n\n学习率：每一步的步长。", path="n.md")
    assert extract(note, min_score=0) == extract(note, min_score=0)
    assert propose(note)


def test_a_name_used_under_several_headings_is_told_apart() -> None:
    text = "# Adam\n\n**Learning rate**: 0.001 in most papers.\n\n# SGD\n\n**Learning rate**: 0.1 in most papers."
    fronts = [card.front for card in extract(parse_note(text, path="n.md"), min_score=0)]
    assert fronts == ["Adam: Learning rate", "SGD: Learning rate"]
