from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.screen_text import one_line, printable

DIRECTING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
CASES = {
    "\x1b[31mred": "␛[31mred",
    "\x1b]52;c;QQ==\x07": "␛]52;c;QQ==␇",
    "\x9b31m": "�31m",
    "a\x7fb": "a␡b",
    "a\u202eb\u202c": "ab",
    "\u2066x\u2069": "x",
    "a\r\nb\rc\u2028d": "a\nb\nc\nd",
    "lone \ud800 surrogate": "lone � surrogate",
    "\ufeffBOM": "BOM",
    "[0] [/ [red] 中文\tλ": "[0] [/ [red] 中文\tλ",
    "👩‍💻 e\u0301": "👩‍💻 e\u0301",
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_control_characters_are_drawn_not_obeyed(text: str, expected: str) -> None:
    assert printable(text) == expected


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    shown = printable(text)
    controls = {character for character in shown if unicodedata.category(character) in ("Cc", "Cs")}
    assert controls <= {"\n", "\t"}
    assert not {unicodedata.bidirectional(c) for c in shown} & {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "LRI",
        "RLI",
        "FSI",
    }
    assert printable(shown) == shown
    shown.encode("utf-8")


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert "\n" not in one_line(text)
    assert len(one_line(text).splitlines()) <= 1
