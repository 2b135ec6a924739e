"""What is looked for before a note is rewritten must be in whatever the rewriting looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flashnotes.notes import habits, prepare
from tests.rules.patterns import matched_by

if TYPE_CHECKING:
    import re


def test_a_line_to_be_rewritten_holds_a_sign_of_it() -> None:
    texts = list(matched_by(prepare._NEEDS_WORK))
    assert texts
    assert [text for text in texts if not any(sign in text for sign in prepare._SIGNS)] == []


def test_a_list_of_attributes_begins_with_a_sign_of_it() -> None:
    texts = list(matched_by(prepare._ATTRIBUTES))
    assert texts
    assert [text for text in texts if not any(sign in text for sign in prepare._BEFORE_ATTRIBUTES)] == []


@pytest.mark.parametrize(
    ("pattern", "gate"), [(habits._BLOCK_ID, habits._HAS_BLOCK_ID), (habits._TAGS, habits._HAS_TAGS)]
)
def test_a_gate_opens_for_what_its_pattern_finds(pattern: re.Pattern[str], gate: re.Pattern[str]) -> None:
    texts = list(matched_by(pattern))
    assert texts
    assert [text for text in texts if not gate.search(text)] == []
