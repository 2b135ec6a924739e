"""What makes a bad card: each finding names its rule.

The rules are those of Wozniak's "Twenty rules of formulating knowledge" (1999) that a program can check.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, is_typo_of, typo_keys
from flashnotes.cloze import hidden, question
from flashnotes.models import CardKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flashnotes.models import Card, CardId, Deck

_LONGEST_ANSWER = 60
"""Words."""
_MANY = 4
"""Items of an enumeration from which a card is hard to keep in memory."""
_MOST_COMPARED = 50
"""Fronts that share a key and are compared; what a thousand fronts share is a pattern, no typo."""
_LONG_WORD = 6
"""Letters from which a difference of one is more likely a typo than another word."""
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_CJK_WORDS = 0.6
"""Chinese runs to about 1.7 characters a word."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MATH = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$|\\\[.+?\\\]|\\\(.+?\\\)", re.DOTALL)
_ITEM = re.compile(r"^\s*(?:[-*+•·] |\(?\d{1,2}[.)、）]|[①-⑳]|（\d{1,2}）)", re.MULTILINE)
_NUMERAL = re.compile(r"[①-⑳]|(?<![\d.])\(\d\)(?=\s*[^\s\d])|（\d）")
_CLAUSE = re.compile(r"[。；;：:！!？?，\n]|[.,]\s")
_FORMULAS_IN_A_ROW = re.compile(r"x(?:、x)+")
_NUMBER = re.compile(r"\d+")
_SYMBOL = re.compile(r"\\(?!frac|sum|left|right|text|mathrm|quad|cdot|in\b)[A-Za-z]+|[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend in one card."""

    rule: str
    severity: str
    """`warning`: the card works, and is worse than it could be."""
    card_id: CardId
    message: str
    line: int | None = None
    """Of the deck file, from 1, where it is known."""


def check_deck(deck: Deck, lines: Mapping[CardId, int] | None = None) -> list[Finding]:
    """What is wrong with the cards of `deck`, in the order of the cards; `lines` tells where each card stands."""
    told = {card.id: list(_card_findings(card)) for card in deck.cards}
    for card, other in _nearly_equal_fronts(deck.cards):
        told[card.id].append(
            ("twin-fronts", f"the front is nearly that of {other.id}. Merge the two or tell them apart.")
        )
    where = lines or {}
    return [
        Finding(rule, "warning", card.id, message, where.get(card.id))
        for card in deck.cards
        for rule, message in told[card.id]
    ]


def word_count(text: str) -> int:
    """Words to read in `text`: a formula is one, Chinese counts 1.7 characters a word."""
    prose, formulas = _MATH.subn(" ", text)
    characters = len(_CJK.findall(prose))
    return formulas + round(characters * _CJK_WORDS) + len(_WORD.findall(_CJK.sub(" ", prose)))


def _card_findings(card: Card) -> Iterator[tuple[str, str]]:
    if _tells_answer(card):
        yield "question-contains-answer", "the front gives the answer away. Rewrite one of the two."
    words = word_count(card.back)
    if words > _LONGEST_ANSWER:
        yield (
            "long-answer",
            f"the answer has about {words} words; {_LONGEST_ANSWER} are enough. Split the card.",
        )
    items = _enumerated(card)
    if items >= _MANY:
        yield "enumeration", f"the answer lists {items} things. Make a card of each, or ask for one of them."
    if _lacks_legend(card):
        yield (
            "formula-without-meaning",
            "no word on what the symbols of the formula mean. Add 'where … is …'.",
        )
    if card.source is None and card.anki is None:
        yield "no-source", "no source says where this is from. Add 'source: path:line'."


def _tells_answer(card: Card) -> bool:
    if card.kind is CardKind.CLOZE:
        rest = fold_term(question(card.front))
        return any(len(gone) > 1 and gone in rest for gone in map(fold_term, hidden(card.front)))
    answer = fold_term(card.back)
    return len(answer) > 1 and answer in fold_term(card.front)


def _enumerated(card: Card) -> int:
    """The longest enumeration in the answer: lines of a list, numbers in a line, or names between 、.

    The names in a formula's legend are its symbols, and a run of formulas is one thing to look at.
    """
    prose = _FORMULAS_IN_A_ROW.sub("x", _MATH.sub("x", card.back))
    listed = [clause.count("、") + 1 for clause in _CLAUSE.split(prose) if card.kind is not CardKind.FORMULA]
    return max(len(_ITEM.findall(prose)), len(_NUMERAL.findall(prose)), *listed, 0)


def _lacks_legend(card: Card) -> bool:
    if card.kind is not CardKind.FORMULA:
        return False
    formulas = "".join(_MATH.findall(card.back)) or card.back
    prose = _MATH.sub("", card.back) if _MATH.search(card.back) else ""
    return len(set(_SYMBOL.findall(formulas))) > 1 and word_count(prose) < 2


def _nearly_equal_fronts(cards: Sequence[Card]) -> Iterator[tuple[Card, Card]]:
    """Each card whose front an earlier card of its kind nearly has, with that card."""
    seen: dict[tuple[str, ...], list[tuple[str, Card]]] = defaultdict(list)
    for card in cards:
        if card.retired:
            continue
        front = fold_term(card.front)
        # Fronts that differ in a number are never twins: a thousand numbered ones are not compared at all.
        shared = (card.kind.value, *_NUMBER.findall(front))
        keys = [(*shared, key) for key in typo_keys(front)]
        earlier = (
            other for key in keys for folded, other in seen[key][:_MOST_COMPARED] if _are_twins(front, folded)
        )
        twin = next(earlier, None)
        if twin:
            yield card, twin
        for key in keys:
            seen[key].append((front, card))


def _are_twins(one: str, other: str) -> bool:
    """Whether two folded fronts are one term: in Chinese, and in short names, one letter makes another word."""
    if one == other:
        return True
    is_word = one.isascii() and min(len(one), len(other)) >= _LONG_WORD and one[0] == other[0]
    return is_word and is_typo_of(one, other)
