"""Each construct of LaTeX, drawn and on one row."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from flashnotes.formula import Drawing, draw, inline

BLOCK = re.compile(
    r"^```latex\n(.*?)\n```\n\n```text\n(.*?)\n```\n\n```text\n(.*?)\n```", re.DOTALL | re.MULTILINE
)
CASES = BLOCK.findall(Path(__file__).with_name("constructs.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("latex", "rows", "row"), CASES, ids=[latex for latex, _, _ in CASES])
def test_is_drawn(latex: str, rows: str, row: str) -> None:
    assert "\n".join(line.rstrip() for line in draw(latex).rows) == rows
    assert inline(latex).rows == (row,)


@pytest.mark.parametrize(
    ("latex", "problem"),
    [
        (r"\frac{a}{b", "a { is not closed"),
        (r"\frac{a}", "something is missing at the end"),
        (r"a}", "} does not belong to anything before it"),
        (r"\left(a", "\\left( has no \\right"),
        (r"\begin{cases}a", "\\begin{cases} has no \\end"),
        (r"\begin{cases}a\end{matrix}", "\\begin{cases} is closed by \\end{matrix}"),
        (r"x^", "something is missing at the end"),
        (r"\def\a{\a\a}\a", "the definition of \\a goes on without end"),
        ("{" * 100 + "}" * 100, "nested more than 60 deep"),
    ],
)
def test_what_cannot_be_read_comes_back_with_the_reason(latex: str, problem: str) -> None:
    assert draw(latex) == Drawing((latex,), problem=problem)
    assert inline(latex).problem == problem


def test_unknown_commands_are_shown_and_listed_once() -> None:
    drawing = draw(r"\foo{a} + \foo \bar x \baz")
    assert drawing.unknown == ("\\foo", "\\baz")
    assert "\\foo" in drawing.rows[0]


def test_terminal_escapes_are_not_drawn() -> None:
    assert "\x1b" not in "".join(draw("\x1b[31mx\x1b]52;c;QQ==\x07\u202e").rows)


def test_plain_letters_tell_which_were_bold() -> None:
    drawing = draw(r"\mathbf{x}+\mathcal{D}+\mathbb{R}", style="plain")
    assert drawing.rows == ("x + D + ℝ",)
    assert drawing.bold == ((0, 0, 1),)


def test_ascii_has_no_other_character_but_chinese() -> None:
    drawing = draw(
        r"\left(\frac{\alpha_i}{\sqrt{x}}\right)^2 \leq \sum_{i=1}^\infty \text{中}", style="ascii"
    )
    assert {character for row in drawing.rows for character in row if not character.isascii()} == {"中"}


def test_what_cannot_fit_says_so() -> None:
    drawing = draw(r"\frac{a}{b} averyverylongword", width=5)
    assert not drawing.fits
    assert cell_len(drawing.rows[0]) > 5


def test_a_narrow_width_is_kept_by_the_rows_of_the_linear_form() -> None:
    drawing = draw(r"\frac{aaaa + bbbb}{cccc + dddd}", width=12)
    assert drawing.fits
    assert max(map(cell_len, drawing.rows)) <= 12
