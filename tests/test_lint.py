"""What makes a bad card: each rule fires where it should and nowhere else."""

from __future__ import annotations

import pytest

from flashnotes.lint import check_deck, word_count
from flashnotes.models import Card, CardId, CardKind, Deck, Source

SOURCE = Source("notes/a.md", 1)


def card(front: str, back: str, kind: CardKind = CardKind.DEFINITION, **more: object) -> Card:
    return Card(CardId(f"{front}-{kind}"), kind, front, back, source=SOURCE, **more)  # type: ignore[arg-type]


def found(*cards: Card) -> list[str]:
    return [finding.rule for finding in check_deck(Deck("d", cards))]


@pytest.mark.parametrize(
    ("front", "back", "rules"),
    [
        ("梯度", "损失对参数的偏导数组成的向量。", []),
        ("The entropy of a fair coin is one bit", "one bit", ["question-contains-answer"]),
        ("熵", "混乱" * 60, ["long-answer"]),
        ("entropy", "word " * 61, ["long-answer"]),
        ("entropy", "word " * 60, []),
        ("优化器", "有 SGD、Adam、RMSProp、Adagrad 等。", ["enumeration"]),
        ("优化器", "- SGD\n- Adam\n- RMSProp\n- Adagrad", ["enumeration"]),
        ("注意力", "由查询、键、值算出权重，再对键、值、查询求和。", []),
        ("张量积", "把 $a$、$b$、$c$、$d$、$e$ 相乘。", []),
        ("集合", "{{c1::a}}", []),
    ],
)
def test_definitions(front: str, back: str, rules: list[str]) -> None:
    assert found(card(front, back)) == rules


@pytest.mark.parametrize(
    ("back", "rules"),
    [
        ("$$a = b + c$$", ["formula-without-meaning"]),
        ("$$a = b + c$$\n其中 $a$ 是和。", []),
        ("$$a = b + c$$\nwhere $a$ is the sum of both.", []),
        ("$$y = QKV$$\n其中 $Q$ 是查询矩阵、$K$ 是键矩阵、$V$ 是值矩阵、$y$ 是输出、$d$ 是维数。", []),
    ],
)
def test_formulas(back: str, rules: list[str]) -> None:
    assert found(card("输出", back, CardKind.FORMULA)) == rules


def test_a_cloze_that_shows_its_answer() -> None:
    assert found(card("{{c1::Paris}} is Paris", "", CardKind.CLOZE)) == ["question-contains-answer"]
    assert found(card("{{c1::Paris}} is the capital of France", "", CardKind.CLOZE)) == []


def test_no_source() -> None:
    assert [
        finding.rule for finding in check_deck(Deck("d", (Card(CardId("a"), CardKind.BASIC, "q", "a"),)))
    ] == ["no-source"]


@pytest.mark.parametrize(
    ("one", "other", "twins"),
    [
        ("learning rate", "Learning-Rate", True),
        ("regularisation", "regularization", True),
        ("ReLU", "GELU", False),
        ("Adam", "AdamW", False),
        ("监督学习", "无监督学习", False),
        ("一阶矩估计", "二阶矩估计", False),
        ("layer 1 output", "layer 2 output", False),
    ],
)
def test_twin_fronts(one: str, other: str, twins: bool) -> None:
    rules = found(card(one, "this"), card(other, "that"))
    assert rules == (["twin-fronts"] if twins else [])


def test_a_definition_and_a_formula_of_one_term_are_no_twins() -> None:
    assert found(card("entropy", "disorder"), card("entropy", "$S$", CardKind.FORMULA)) == []


def test_words_are_counted_in_both_scripts() -> None:
    assert word_count("one two three") == 3
    assert word_count("$x + y$ is small") == 3
    assert word_count("十个汉字约为六个词哦") == 6
