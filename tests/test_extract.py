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
        "Foo bar is here. Alpha: a kind (1999) of thing. ",
        "这就是**甲乙**。",
        "the ",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    extract(parse_note(text, path="n.md"), min_score=0)
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("定义：", ".", "为"),
        ("甲乙，", "…", "，提出甲乙"),
        ("A is b", "!?", "x"),
        ("甲是一种方法，", " ", "乙，即"),
        ("甲 = ", "a", "x"),
        ("熵的定义", " ", "公式为：\n\n$$H = p$$"),
        ("熵的公式为：\n\n$$H = ", "1", "p$$"),
        ("全称, 简称 and 缩写 as", " ", "well as brackets."),
        ("Entropy\n: The surprise", " ", "of a variable."),
        ("## a list", " ", " of one item and\n\nWhoever numbers headings writes one."),
    ],
)
def test_a_run_of_one_sign_inside_a_sentence_takes_linear_time(before: str, piece: str, after: str) -> None:
    text = before + piece * (40_000 // len(piece)) + after
    start = time.process_time()
    extract(parse_note(text, path="n.md"), min_score=0)
    assert time.process_time() - start < 3


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


def test_short_form_and_the_words_that_spell_it_out_are_recommended_in_any_company() -> None:
    filler = (
        "You should install it first, because we ran 40 of these and they were much better than before. " * 12
    )
    text = f"Setup\n\n{filler}We look at two-dimensional (2D) scans and Kappa opioid receptors (KORs) here. {filler}"
    cards = extract(parse_note(text, path="n.md"))
    assert {(card.front, card.back) for card in cards if card.kind is CardKind.ABBREVIATION} == {
        ("2D", "two-dimensional"),
        ("KORs", "Kappa opioid receptors"),
    }


@pytest.mark.parametrize(
    "heading",
    [
        "来源",
        "参考文献",
        "【课程目录】",
        "Sources",
        "References",
        "Goal part 2",
        "Learning objectives",
        "Agenda",
    ],
)
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


def test_a_label_used_in_several_cases_is_told_apart_by_them() -> None:
    """Also where the label is a bold line, which heads the formula itself."""
    text = "".join(
        f"# {case}\n\n**拒绝域**：\n\n$$W = {left} > c$$\n\n"
        for case, left in (("情形一：方差已知", "Z"), ("情形二：方差未知", "T"), ("两个总体" * 11, "F"))
    )
    found = extract(parse_note(text, path="n.md"), min_score=0)
    assert [card.front for card in found] == [
        "拒绝域（情形一：方差已知）",
        "拒绝域（情形二：方差未知）",
        "拒绝域",
    ]
    assert "拒绝域" in found[0].aliases


RAN_ON = (
    "引言 策略梯度方法直接对策略的参数求梯度，不需要先学出价值函数，因此可以处理连续的动作空间，也可以学出带随机性的策略。"
    "这一点在部分可观测的环境中很有用处，在对抗性的博弈里也是如此，扑克与石头剪刀布都是现成的例子。 {label} 表格法为每个状态"
    "存一行动作概率，网络则由参数算出这些概率，状态很多的时候只有后者可行，前者既存不下也学不全，相近的状态之间也不能互相借鉴。"
    "目标函数衡量一个策略的好坏，通常取每一步回报的平均值，或者取从起点开始的折扣回报，二者在折扣因子趋近于一的时候是等价的。"
)


@pytest.mark.parametrize(
    ("label", "fronts"),
    [("策略表示:从表格到网络", set()), ("策略:状态到动作的映射 回报:奖励折扣后的和", {"策略", "回报"})],
)
def test_a_title_that_ran_into_its_article_is_no_label(label: str, fronts: set[str]) -> None:
    note = parse_note(RAN_ON.format(label=label), path="n.txt")
    found = {card.front for card in propose(note) if card.rule == "label"}
    assert found == fronts


def test_what_a_term_consists_of_is_asked_once() -> None:
    one = Candidate(
        CardKind.DEFINITION, "浮点数", "浮点数分为单精度和半精度。", 3, cues=("zh parts",), score=0.9
    )
    again = replace(one, back="按照标准，浮点数包括单精度、半精度等几种。", line=9, score=0.7)
    assert select([again, one]) == [one]


def test_short_form_beside_a_statement_of_its_kind_is_told() -> None:
    cues = ("zh is", "zh genus")
    method = Candidate(
        CardKind.DEFINITION, "时序差分方法", "…", 3, aliases=("Temporal Difference", "TD"), cues=cues
    )
    short = Candidate(CardKind.ABBREVIATION, "TD", "TemporalDifference", 3)
    assert select([method, short]) == [method]
    assert set(select([replace(method, cues=("zh is",)), short])) == {replace(method, cues=("zh is",)), short}


def test_a_label_of_every_answer_in_a_note_of_questions_is_no_term() -> None:
    answer = "**加分句**：先说结论，再说原因，最后给一个例子。"
    text = f"## 过拟合怎么办？\n\n{answer}\n\n## 学习率怎么选？\n\n{answer.replace('例子', '数字')}\n"
    assert [
        card.front
        for card in extract(parse_note(text, path="note.md"), min_score=0.0)
        if "加分句" in card.front
    ] == []


@pytest.mark.parametrize(
    ("meaning", "count"),
    [
        ("I will go through the first chapters on the first days of the month.", 0),
        ("I've read about it, and it makes sense to me by now.", 0),
        ("Something I feel at home with, since it came up before.", 0),
        ("a plan of which chapter is read on which day", 1),
        ("Information that is spread over the days of the month", 1),
    ],
)
def test_what_the_writer_does_is_no_meaning(meaning: str, count: int) -> None:
    note = parse_note(f"# Habits\n\n- **Spaced reading**: {meaning}\n", path="note.md")
    assert len(propose(note)) == count
