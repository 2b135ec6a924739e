"""Laws that hold for every formula and for any text at all."""

from time import process_time
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from flashnotes.formula import LONGEST, draw, inline, linear
from flashnotes.formula.commands import COMMANDS
from flashnotes.formula.parser import parse
from flashnotes.formula.symbols import ATOMS
from flashnotes.formula.width import cells
from tests.formula.reading import to_latex

from .canonical import canonical

LETTERS = st.sampled_from(["a", "b", "x", "y", "n", "\\theta ", "\\phi ", "\\mathbf{v}", "12", "\\hat x"])
FORMULAS = st.recursive(
    LETTERS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: rf"\frac{{{pair[0]}}}{{{pair[1]}}}"),
        st.tuples(LETTERS, inner).map(lambda pair: f"{pair[0]}_{{{pair[1]}}}"),
        st.tuples(LETTERS, inner, inner).map(lambda parts: f"{parts[0]}_{{{parts[1]}}}^{{{parts[2]}}}"),
        inner.map(lambda latex: rf"\sqrt{{{latex}}}"),
        inner.map(lambda latex: rf"\left({latex}\right)"),
        inner.map(lambda latex: rf"\overline{{{latex}}}"),
        st.tuples(inner, st.sampled_from("+-=,"), inner).map("".join),
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: rf"\sum_{{{pair[0]}}}{pair[1]}"),
        st.tuples(inner, inner).map(
            lambda pair: rf"\begin{{pmatrix}}{pair[0]}&1\\2&{pair[1]}\end{{pmatrix}}"
        ),
    ),
    max_leaves=12,
)
PIECES = st.sampled_from(sorted([*ATOMS, *COMMANDS])) | st.sampled_from(
    ["{", "}", "_", "^", "&", "\\\\", "\\left(", "\\right)", "$", "'", "[", "]", " ", "%", "\n", "中文", "x̂", "\x1b[31m",
     "\\begin{cases}", "\\end{cases}", "\\begin{array}{c|l}", "\\end{array}", "\\foo", "\\limits", "\\middle|", "#1",
     "\\newcommand{\\f}[1]{#1\\f}", "\\def\\g{\\g\\g}", "\\f", "\\g", "👩‍🔬", "２"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join)


def are_rows(rows: tuple[str, ...]) -> bool:
    return (
        bool(rows)
        and len({cell_len(row) for row in rows}) == 1
        and {category(c) for row in rows for c in row}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    )


@given(TEXTS, st.none() | st.integers(1, 100), st.sampled_from(["styled", "plain", "ascii"]))
def test_any_text_gives_rows_of_equal_width(text: str, width: int | None, style: str) -> None:
    drawing = draw(text, width=width, style=style)  # type: ignore[arg-type]
    assert are_rows(drawing.rows)
    assert 0 <= drawing.baseline < len(drawing.rows)
    if width is not None and drawing.fits and drawing.problem is None:
        assert cell_len(drawing.rows[0]) <= width


@given(TEXTS)
def test_any_text_gives_one_row_inline(text: str) -> None:
    drawing = inline(text)
    assert len(drawing.rows) == 1
    assert are_rows(drawing.rows)


@given(FORMULAS)
def test_what_is_written_by_the_rules_is_drawn(latex: str) -> None:
    drawing = draw(latex)
    assert (drawing.problem, drawing.unknown) == (None, ())


@given(FORMULAS)
def test_braces_and_fractions_keep_their_scope_on_one_row(latex: str) -> None:
    tree, _ = parse(latex)
    again, _ = parse(to_latex(linear(latex)))
    assert canonical(again) == canonical(tree)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs"], exclude_characters="\u200d\ufe0f"))
)
def test_cells_are_those_of_rich(text: str) -> None:
    assert cells(text) == cell_len(text)


def test_every_character_of_the_width_table_is_as_rich_has_it() -> None:
    from flashnotes.formula.width import _SPANS

    for first, last, width in _SPANS:
        assert {cell_len(chr(code)) for code in range(first, last + 1)} == {width}


HARD = {
    "row": "x+" * 5000,
    "fractions": r"\frac{a}{b}" * 900,
    "braces": "{" * 10_000,
    "closed braces": "{" * 5000 + "}" * 5000,
    "primes": "'" * 10_000,
    "scripts": "x" + "_a^b" * 2500,
    "superscripts": "x" + "^" * 9999,
    "roots": r"\sqrt" * 2000,
    "rows": r"a\\" * 3300,
    "cells": "a&" * 5000,
    "signs": r"&-\\\\" * 2400,
    "rows and one long": r"a\\" * 1600 + "x" * 5000,
    "overs": r"a\over " * 1400,
    "lefts": r"\left(" * 1600,
    "environments": r"\begin{cases}" * 700,
    "macros": r"\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\def\d{" + "x" * 2000 + "}" + r"\a" * 2000,
    "brackets": "(" * 5000 + ")" * 5000,
    "optional": r"\sqrt[" * 1600,
    "dollars": r"\text{" + "$x$ " * 2400 + "}",
    "lone dollars": r"\text{" + "$ {" * 3000,
    "chinese": "中文，" * 3300,
    "partials": r"\frac{1}{" + r"\partial" * 1100 + "}",
    "products below": r"\frac{1}{" + "(a)" * 3300 + "}",
    "matrices": r"\begin{pmatrix}a&b\\c&d\end{pmatrix}" * 270,
}


@pytest.mark.parametrize("name", HARD)
def test_ten_thousand_characters_take_no_more_than_seconds(name: str) -> None:
    latex = HARD[name]
    start = process_time()
    drawings = [draw(latex), draw(latex, width=76), inline(latex)]
    assert process_time() - start < 5
    assert all(are_rows(drawing.rows) for drawing in drawings)
    assert all(drawing.problem is None or " " in drawing.problem for drawing in drawings)


@pytest.mark.parametrize(
    "unit", ["x+", r"\frac{a}{b}+", r"x_{\theta}^2", r"\text{中 $x$}", r"\sqrt{x}=", r"(a)", "a & b \\\\"]
)
def test_time_grows_with_length(unit: str) -> None:
    def seconds(count: int) -> float:
        start = process_time()
        draw(unit * count, width=60)
        return process_time() - start

    seconds(10)
    short = min(seconds(100) for _ in range(3))
    assert min(seconds(800) for _ in range(2)) < 8 * 5 * max(short, 0.001)


def test_what_is_too_long_is_refused_in_words() -> None:
    drawing = draw("x" * (LONGEST + 1), width=80)
    assert drawing.problem == f"longer than {LONGEST} characters"
    assert max(map(len, drawing.rows)) == 80


@given(TEXTS.filter(lambda text: len(text) < 2000))
def test_nothing_short_is_refused_for_its_size(text: str) -> None:
    problem = draw(text).problem or ""
    assert "longer than" not in problem
    assert "too large" not in problem
