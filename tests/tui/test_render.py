from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from flashnotes.markdown import MathsForm, formulas
from flashnotes.tui.render import render_card_text

CASES = {
    "emphasis loses its marks": ("a **b** *c* `d` ==e==", ["a b c d e"]),
    "bold beside full-width signs": ("**术语：**定义", ["术语：定义"]),
    "stars of a product are text": ("2*3*4 and a * b * c", ["2*3*4 and a * b * c"]),
    "underscores are text": ("snake_case_name", ["snake_case_name"]),
    "a mark without its partner is text": ("**a and `b and $5", ["**a and `b and $5"]),
    "maths keeps its source": ("若 $a*b*c$ 则", ["若 $a*b*c$ 则"]),
    "prices are no maths": ("$5 and $6", ["$5 and $6"]),
    "bullets": ("- one\n* two\n3. three", ["• one", "• two", "3. three"]),
    "a long item hangs": ("- one two three four five", ["• one two three four", "  five"]),
    "headings": ("## Title", ["Title"]),
    "quotes": ("> said", ["│ said"]),
    "a display formula stands alone": (
        "before\n$$\nE = mc^2\n$$\nafter",
        ["before", "  E = mc^2", "after"],
    ),
    "a display formula on one line": ("$$x^2$$\n其中 x", ["  x^2", "其中 x"]),
    "code is verbatim": ("```py\nx = [0]  # **no**\n```", ["  x = [0]  # **no**"]),
    "tables have columns": ("| a | b |\n|---|---|\n| c | d |", ["a │ b", "──┼──", "c │ d"]),
    "empty": ("", [""]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_cases(text: str, expected: list[str]) -> None:
    assert [row.plain for row in render_card_text(text, 20, MathsForm.SOURCE)] == expected


@given(
    st.text(st.sampled_from("ab 特征值，。*`$=-[]>#|\n") | st.characters(), max_size=80), st.integers(1, 30)
)
def test_any_text_is_drawn(text: str, width: int) -> None:
    for row in render_card_text(text, width):
        assert "\n" not in row.plain
        assert all(0 <= span.start <= span.end <= len(row.plain) for span in row.spans)


@given(st.text(st.sampled_from("ab 特征值，。*[]"), max_size=80), st.integers(2, 30))
def test_prose_fits_the_width(text: str, width: int) -> None:
    assert all(cell_len(row.plain) <= width for row in render_card_text(text, width))


DRAWN = {
    "inline formulas stand in the line": ("若 $\\delta_t = x^2$ 则", ["若 δₜ = x² 则"]),
    "a fraction has two dimensions": (
        "$$x = \\frac{1}{2}$$。\n后",
        ["      1", "  x = ─", "      2", "后"],
    ),
    "what cannot be read stays as it was written": (
        "$\\frac{$ and $$\\frac{$$",
        ["$\\frac{$ and", "  \\frac{"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), DRAWN.values(), ids=DRAWN.keys())
def test_formulas_are_drawn(text: str, expected: list[str]) -> None:
    drawn = render_card_text(text.replace("$$。", "$$"), 40)
    assert [row.plain.rstrip() for row in drawn] == expected


def test_the_mark_after_a_display_formula_stands_on_its_line() -> None:
    rows = [row.plain.rstrip() for row in render_card_text("$$x = \\frac{1}{2}$$，", 40)]
    assert rows == ["      1", "  x = ─，", "      2"]


def test_a_formula_on_one_line() -> None:
    rows = [row.plain for row in render_card_text("$$\\frac{1}{n}\\sum_i x_i$$", 8, MathsForm.LINEAR)]
    assert len(rows) == 1
    assert "(1/n)" in rows[0]


def test_all_formulas_of_a_text() -> None:
    assert formulas("若 **$a$** 则\n$$\nb\n$$。\n- $c$ 和 `$d$`") == ["a", "b", "c"]
