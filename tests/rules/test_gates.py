"""What a rule looks for before it looks closely must not cost a card."""

from __future__ import annotations

import re
import sys

import pytest

from flashnotes.notes import parse_note
from flashnotes.rules import RULES, _terms
from tests.cases import read_cases
from tests.rules.test_rules import FOLDER

ANYTHING = re.compile("")
GATES = {
    "what a later clause cannot do without": ("chinese_definition", "_DEFINES", ANYTHING),
    "a later clause": ("chinese_definition", "_DEFINES_LATER", ANYTHING),
    "a stretch to mask": ("_text", "_MASKABLE", ANYTHING),
    "what names at the end": ("chinese_naming", "_MAY_NAME", ANYTHING),
    "what asks": ("question", "_MAY_ASK", ANYTHING),
    "a word said twice": ("_terms", "_repeats_itself", lambda _: True),
    "the end of a term": ("_terms", "LONGEST_ENDING", 1000),
}
"""Module, name and what opens the gate."""
NOTES = [
    *[case.note for rule in RULES for case in read_cases(FOLDER / f"{rule.__name__}.md")],
    "stride 是步长，ksize 表示卷积核的大小，padding 控制填充的宽度。",
    "相关知识 感知机 感知机是一种二分类的线性模型。",
]


def _found(text: str) -> list[object]:
    _terms.head_of.cache_clear()
    note = parse_note(text, path="note.md")
    return [candidate for rule in RULES for candidate in rule(note)]


@pytest.mark.parametrize("gate", GATES)
def test_no_card_is_lost_at_a_gate(gate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with_gate = [_found(text) for text in NOTES]
    module, name, opened = GATES[gate]
    monkeypatch.setattr(sys.modules[f"flashnotes.rules.{module}"], name, opened)
    assert [_found(text) for text in NOTES] == with_gate
    monkeypatch.undo()
    _terms.head_of.cache_clear()
