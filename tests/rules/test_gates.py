"""What a rule looks for before it looks closely must not cost a card."""

from __future__ import annotations

import functools
import gc
import re
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

from flashnotes.notes import Note, parse_note
from flashnotes.rules import RULES
from tests.cases import read_cases
from tests.rules.patterns import matched_by
from tests.rules.test_rules import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


class Everything:
    """A set of characters that holds each of them."""

    def __contains__(self, character: object) -> bool:
        return True


ANYTHING, ALL = re.compile(""), Everything()


def always(_: str) -> bool:
    return True


def never(_: str) -> bool:
    return False


GATES = {
    "what a later clause cannot do without": ("chinese_definition", "_DEFINES", ANYTHING),
    "a later clause": ("chinese_definition", "_DEFINES_LATER", ANYTHING),
    "a number after the predicate": ("chinese_definition", "_may_value", always),
    "what no term begins with": ("_chinese_subject", "is_no_start", never),
    "an English predicate": ("english_definition", "_first_word", lambda _: 0),
    "a long name": ("outline", "LONGEST_NAME", 10_000),
    "a separator": ("label", "LATEST_SEPARATOR", 10_000),
    "how a sentence opens": ("heading", "LONGEST_LEAD", 10_000),
    "what announces": ("_text", "_LAST_OF_ANNOUNCEMENT", ALL),
    "how what dangles opens": ("_text", "LONGEST_OPENING", 10_000),
    "a word said twice": ("_terms", "_repeats_itself", always),
}
"""Module, name and what opens the gate, where only the cards can tell whether it shuts one out."""
FIRST, LAST = 0, -1
PATTERNS: dict[str, tuple[str, str, str | tuple[str, int]]] = {
    "what joins a sentence": ("_chinese_subject", "_LEAD", ("_LEADS", FIRST)),
    "another name": ("_chinese_subject", "_APPOSITION", ("_STARTS_OF_APPOSITION", FIRST)),
    "a comparison": ("_chinese_subject", "_COMPARED", ("_ENDS_OF_COMPARED", LAST)),
    "adverbs": ("_chinese_subject", "_ADVERBS", ("_ADVERB_ENDS", LAST)),
    "a number": ("chinese_definition", "_VALUE", "_may_value"),
    "a stretch to mask": ("_chinese_subject", "MASKED", "_text.may_mask"),
    "one in English": ("_passing", "MASKED", "_text.may_mask"),
    "one before a formula": ("_chinese_formulas", "_MASKED", "_text.may_mask"),
    "one around a term": ("chinese_apposition", "_MASKED", "_text.may_mask"),
    "what names": ("chinese_naming", "_NAMING", "_may_name"),
    "what names at the end": ("chinese_naming", "_BECOMES", "_may_name"),
    "what points back": ("chinese_naming", "_POINTS_BACK", ("_STARTS_OF_POINTING", FIRST)),
    "what is called so": ("_chinese_conditions", "_CALLS", "_may_define"),
    "what a thing is said to be": ("_chinese_conditions", "_IS_SO", "_may_define"),
    "what is defined as": ("_chinese_conditions", "_DEFINED_AS", "_may_define"),
    "what a condition leads to": ("_chinese_conditions", "_THEN_IS", "_may_define"),
    "what defines so": ("chinese_naming", "_DEFINED_SO", "_may_name"),
    "a verb that names": ("chinese_naming", "_NAMING", "_may_name_by_verb"),
    "a kind beside its name": ("chinese_apposition", "_KIND_APPOSED", "_may_appose"),
    "a name before a comma": ("chinese_label", "_COMMA", "_may_name"),
    "what explains a term": ("chinese_apposition", "_EXPLAINED", "_may_explain"),
    "an English predicate": ("english_definition", "_PREDICATE", "_first_word"),
    "an example": ("english_definition", "_INSTANCE", "_may_be_instance"),
    "another English name": ("english_definition", "_APPOSITION", "_may_be_apposed"),
    "a term in passing": ("_passing", "_WHICH_IS", "_may_name"),
    "a word for a short form": ("abbreviation", "_WORDED", "_says"),
    "a label": ("label", "_PLAIN", "_may_be_labelled"),
    "what asks": ("question", "_ASKS", "_may_ask"),
    "what only asks": ("_text", "_ASKS", ("_STARTS_OF_ASKS", FIRST)),
    "a word to the reader": ("_text", "_READER_EN", "_may_address"),
    "a figure": ("_text", "_ELSEWHERE_ZH", "_may_point"),
    "a figure in English": ("_text", "_ELSEWHERE_EN", "_may_point_in_english"),
    "a figure that is shown": ("_text", "_FIGURE", "_may_show"),
    "what no term begins with": ("_terms", "NEVER_BEGINS", "_may_open_badly"),
    "a name that begins like none": ("_terms", "BEGINS_A_NAME", ("BEGINS_A_NAME_WITH", FIRST)),
    "a question": ("question", "_Q", ("_QUESTION_BEGINS", FIRST)),
    "what leads from a label": ("label", "_TRAILING", ("_LAST_OF_TRAILING", LAST)),
    "what a heading asks": ("_context", "_ASKED_OF", ("_LAST_OF_ASKED", LAST)),
    "one of several": ("_generic", "_COUNTED", "_may_be_counted"),
    "several roles": ("_generic", "_AND", "_may_join"),
    "one of several roles": ("_generic", "_GENERAL", "_may_be_general"),
    "a step": ("_terms", "_STEP", ("_STARTS_OF_STEP", FIRST)),
    "a kind": ("_shorter", "_KIND", "_may_be_kind"),
}
"""Module, pattern and its gate: a function of the text, or the characters that a match can begin or end with."""
NOTES = [
    *[case.note for rule in RULES for case in read_cases(FOLDER / f"{rule.__name__}.md")],
    "stride 是步长，ksize 表示卷积核的大小，padding 控制填充的宽度。",
    "相关知识 感知机 感知机是一种二分类的线性模型。",
]


@cache
def notes() -> tuple[Note, ...]:
    return tuple(parse_note(text, path="note.md") for text in NOTES)


def found(rule: str) -> list[object]:
    """What the rule of that name finds in every note, or each of the rules where none has the name."""
    forget()
    rules = [each for each in RULES if each.__name__ == rule] or RULES
    return [candidate for note in notes() for each in rules for candidate in each(note)]


found_with_gates = cache(found)


def forget() -> None:
    """Let the rules judge anew what they judged before."""
    for function in remembering():
        function.cache_clear()


@cache
def remembering() -> list[functools._lru_cache_wrapper[object]]:
    return [
        each
        for each in gc.get_objects()
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith("flashnotes.rules")
    ]


@pytest.mark.parametrize("gate", PATTERNS)
def test_a_gate_opens_for_what_its_pattern_finds(gate: str) -> None:
    module, pattern, needs = PATTERNS[gate]
    home = sys.modules[f"flashnotes.rules.{module}"]
    looked_for: re.Pattern[str] = getattr(home, pattern)
    texts = list(matched_by(looked_for))
    assert texts
    opens = _gate(home, needs)
    assert [text for text in texts if (found := looked_for.search(text)) and not opens(text, found)] == []


def _gate(home: ModuleType, needs: str | tuple[str, int]) -> Callable[[str, re.Match[str]], bool]:
    if isinstance(needs, tuple):
        characters, place = getattr(home, needs[0]), needs[1]
        return lambda _, found: not found[0].strip() or found[0].strip()[place] in characters
    owner, _, name = needs.rpartition(".")
    may_hold = getattr(sys.modules[f"flashnotes.rules.{owner}"] if owner else home, name)
    if name == "_first_word":
        return lambda text, found: 0 <= may_hold(text) <= found.start()
    return lambda text, found: may_hold(found[0][0] if name == "_may_value" else text)


@pytest.mark.parametrize("gate", GATES)
def test_no_card_is_lost_at_a_gate(gate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, opened = GATES[gate]
    closed = found_with_gates(module)
    monkeypatch.setattr(sys.modules[f"flashnotes.rules.{module}"], name, opened)
    assert found(module) == closed
    monkeypatch.undo()
    forget()


def test_the_rules_find_cards_at_all() -> None:
    assert len(found_with_gates("")) > 150
