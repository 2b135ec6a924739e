"""What makes a bad card, each rule with a card that breaks it and one that does not."""

from __future__ import annotations

import pytest

from flashnotes.lint import check_deck, word_count
from flashnotes.models import Card, CardId, CardKind, Deck, Source


def card(front: str, back: str, kind: CardKind = CardKind.BASIC, name: str = "c") -> Card:
    return Card(CardId(name), kind, front, back, source=Source("notes/a.md", 1))


def rules_broken(*cards: Card) -> list[str]:
    return [finding.rule for finding in check_deck(Deck("d", cards))]


LONG = "word " * 61
BROKEN = [
    (
        "question-contains-answer",
        card("What does Adam, the optimiser by Kingma, do with momentum?", "momentum"),
    ),
    ("question-contains-answer", card("{{c1::自举}}是一种方法，自举很常见", "", CardKind.CLOZE)),
    ("long-answer", card("What?", LONG)),
    ("long-answer", card("什么？", "字" * 110)),
    ("enumeration", card("Which?", "- a b\n- c d\n- e f\n- g h")),
    ("enumeration", card("哪些？", "有均值、方差、偏度、峰度。")),
    ("enumeration", card("哪些？", "①甲②乙③丙④丁")),
    ("formula-without-meaning", card("TD 误差", "$$\\delta_t = r + \\gamma v$$", CardKind.FORMULA)),
]
FINE = [
    card("策略", "从状态到动作概率分布的映射。", CardKind.DEFINITION),
    card("TD 误差", "$$\\delta_t = r + \\gamma v$$\n其中 $\\gamma$ 是折扣因子。", CardKind.FORMULA),
    card("Which?", "- a b\n- c d\n- e f"),
    card("什么？", "字" * 90),
    card("x", "$a, b, c, d, e, f$ 的和"),
    card("{{c1::自举}}是一种方法", "", CardKind.CLOZE),
]


@pytest.mark.parametrize(
    ("rule", "broken"), BROKEN, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_rule_names_the_card_that_breaks_it(rule: str, broken: Card) -> None:
    assert rules_broken(broken) == [rule]


@pytest.mark.parametrize("fine", FINE, ids=lambda fine: fine.front)
def test_a_good_card_breaks_none(fine: Card) -> None:
    assert rules_broken(fine) == []


def test_a_card_needs_a_source() -> None:
    assert rules_broken(Card(CardId("c"), CardKind.BASIC, "a", "b c d")) == ["no-source"]


def test_fronts_that_are_nearly_equal() -> None:
    one = card("What is bootstrapping?", "this", name="one")
    two = card("What is bootstraping?", "that", name="two")
    (finding,) = check_deck(Deck("d", (one, two)), {two.id: 7})
    assert (finding.rule, finding.card_id, finding.line) == ("twin-fronts", "two", 7)
    assert "one" in finding.message
    definition, formula = (
        card("TD", "x y z", CardKind.DEFINITION),
        card("TD", "x 是差", CardKind.FORMULA, "f"),
    )
    assert rules_broken(definition, formula) == []


def test_words() -> None:
    assert word_count("three small words") == 3
    assert word_count("$$a + b$$ and $c$") == 3
    assert word_count("十个汉字算六个词左右") == 6
