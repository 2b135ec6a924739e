"""What a rule looks for before it looks closely must not cost a card."""

from __future__ import annotations

import functools
import gc
import re
import sys
from functools import cache

import pytest

from flashnotes.notes import Note, parse_note
from flashnotes.rules import RULES, _terms, _text
from tests.cases import read_cases
from tests.rules.test_rules import FOLDER


class Everything:
    """A set of characters that holds each of them."""

    def __contains__(self, character: object) -> bool:
        return True


chinese_definition = sys.modules["flashnotes.rules.chinese_definition"]
ANYTHING, ALL = re.compile(""), Everything()


def words(pattern: re.Pattern[str]) -> list[str]:
    """The Chinese words of `pattern` and each of their characters."""
    runs = re.findall("[\u4e00-\u9fff]+", pattern.pattern)
    return sorted({*runs, *"".join(runs)})


def always(_: str) -> bool:
    return True


GATES = {
    "what a later clause cannot do without": ("chinese_definition", "_DEFINES", ANYTHING),
    "a later clause": ("chinese_definition", "_DEFINES_LATER", ANYTHING),
    "what joins a sentence": ("chinese_definition", "_LEADS", ALL),
    "another name before the predicate": ("chinese_definition", "_STARTS_OF_APPOSITION", ALL),
    "a comparison before the predicate": ("chinese_definition", "_ENDS_OF_COMPARED", ALL),
    "adverbs before the predicate": ("chinese_definition", "_ADVERB_ENDS", ALL),
    "what names at the end": ("chinese_naming", "_may_name", always),
    "what explains a term": ("chinese_apposition", "_may_explain", always),
    "a word for a short form": ("abbreviation", "_says", always),
    "what asks": ("question", "_may_ask", always),
    "a long name": ("outline", "LONGEST_NAME", 10_000),
    "a stretch to mask": ("_text", "may_mask", always),
    "a figure": ("_text", "_may_point", always),
    "a figure in English": ("_text", "_may_point_in_english", always),
    "what announces": ("_text", "_LAST_OF_ANNOUNCEMENT", ALL),
    "a word said twice": ("_terms", "_repeats_itself", always),
    "the end of a term": ("_terms", "LONGEST_ENDING", 1000),
    "the last character of a term": ("_terms", "LAST_OF_ENDING", ALL),
    "a numbered term": ("_terms", "_NUMBERS", ALL),
    "one of several": ("_terms", "_COUNTERS", ALL),
    "several roles": ("_terms", "_may_join", always),
    "one of several roles": ("_terms", "_may_be_general", always),
    "a step": ("_terms", "_STARTS_OF_STEP", ALL),
}
"""Module, name and what opens the gate."""
WORDED = {
    "{}，感受野是一种输入的区域。": (chinese_definition, "_LEAD"),
    "感受野，{}视野，是一种输入的区域。": (chinese_definition, "_APPOSITION"),
    "感受野，{}称视野，是一种输入的区域。": (chinese_definition, "_APPOSITION"),
    "感受野{}是一种输入的区域。": (chinese_definition, "_COMPARED"),
    "节点{}是一种计算的方法。": (_terms, "ENDS_BADLY"),
    "{}梯度是一种计算的方法。": (_terms, "_STEP"),
    "{}更新参数是一种计算的方法。": (_terms, "_STEP"),
    "{}3步是一种计算的方法。": (_terms, "_COUNTED"),
    "{}3是一种计算的方法。": (_terms, "_COUNTED"),
    "3{}是一种计算的方法。": (_terms, "_COUNTED"),
    "感受野是{}1一种输入的区域。": (_text, "_ELSEWHERE_ZH"),
    "感受野是{}文一种输入的区域。": (_text, "_ELSEWHERE_ZH"),
}
"""Sentences for each Chinese word of a pattern that a gate stands before."""
NOTES = [
    *[
        "\n\n".join(sentence.format(word) for word in words(getattr(module, name)))
        for sentence, (module, name) in WORDED.items()
    ],
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


@pytest.mark.parametrize("gate", GATES)
def test_no_card_is_lost_at_a_gate(gate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, opened = GATES[gate]
    closed = found_with_gates(module)
    monkeypatch.setattr(sys.modules[f"flashnotes.rules.{module}"], name, opened)
    assert found(module) == closed
    monkeypatch.undo()
    forget()


def test_the_rules_find_cards_at_all() -> None:
    assert len(found_with_gates("")) > 200


def test_whatever_counts_begins_as_its_gate_says() -> None:
    texts = [
        word + rest for word in words(_terms._COUNTED) for rest in ("", "3", "3步", "一", "一部分", "三阶段")
    ]
    counted = [text for text in texts if _terms._COUNTED.match(text)]
    assert {"第一部分", "第3步"} <= set(counted)
    assert [text for text in counted if not _terms._is_counted(text)] == []
