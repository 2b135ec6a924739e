from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from flashnotes.wrapping import row_spans

CASES = {
    "a line of Chinese after a Latin word is broken inside": (
        "TD 误差是时序差分学习的核心量",
        12,
        ["TD 误差是时", "序差分学习的", "核心量"],
    ),
    "no row begins with a comma or full stop": ("特征值，特征向量。", 6, ["特征", "值，特", "征向", "量。"]),
    "no row ends with an opening bracket": ("指标（mAP）", 7, ["指标", "（mAP）"]),
    "brackets and quotes stay with what they enclose": ("他说“好”。", 6, ["他说", "“好”。"]),
    "a dash of two is not divided": ("甲乙——丙", 5, ["甲", "乙——", "丙"]),
    "English breaks at spaces": ("the quick brown fox", 9, ["the quick", "brown fox"]),
    "spaces at a break belong to no row": ("one   two", 4, ["one", "two"]),
    "an indent is kept": ("  one two", 6, ["  one", "two"]),
    "a long word is cut": ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    "empty lines stay": ("a\n\nb", 4, ["a", "", "b"]),
    "graphemes are whole": ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
    "a joined emoji is whole": ("👩‍💻👩‍💻", 2, ["👩‍💻", "👩‍💻"]),
    "a flag is whole": ("🇨🇳🇬🇧", 2, ["🇨🇳", "🇬🇧"]),
    "nothing": ("", 5, [""]),
}


def wrap(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in row_spans(text, width)]


@pytest.mark.parametrize(("text", "width", "expected"), CASES.values(), ids=CASES.keys())
def test_cases(text: str, width: int, expected: list[str]) -> None:
    assert wrap(text, width) == expected


PROSE = st.text(
    st.sampled_from(" ab，。、（）“”《》特征值エン。,.()[]-—…é\n") | st.characters(exclude_categories=["C"]),
    max_size=80,
)
WIDTHS = st.integers(2, 30)


@given(PROSE, WIDTHS)
def test_every_row_fits(text: str, width: int) -> None:
    for row in wrap(text, width):
        assert cell_len(row) <= width or _one_grapheme(row)


def _one_grapheme(row: str) -> bool:
    return len(row_spans(row, 1)) == 1


@given(PROSE, WIDTHS)
def test_only_spaces_and_line_ends_are_lost(text: str, width: int) -> None:
    end = 0
    for start, stop in row_spans(text, width):
        assert set(text[end:start]) <= {" ", "\n"}
        assert start <= stop
        end = stop
    assert set(text[end:]) <= {" ", "\n"}


@given(st.text(st.sampled_from("特征值向量abc，。（）“”"), max_size=60), st.integers(16, 30))
def test_no_row_begins_with_closing_punctuation_that_need_not(text: str, width: int) -> None:
    rows = wrap(text, width)
    for before, row in pairwise(rows):
        if row.startswith(("，", "。", "）", "”")):
            assert _one_run(before)
        if before.endswith(("（", "“")) and row:
            assert _one_run(before)


def _one_run(row: str) -> bool:
    """Nothing but a chain of signs that must not be parted."""
    return all(
        after in "，。）”" or before in "（“" or (before in "abc" and after in "abc“”")
        for before, after in pairwise(row)
    )


def test_long_texts_take_linear_time() -> None:
    assert len(wrap("特征值，" * 20_000, 80)) > 1_900
