"""The drawings that a reader judged stay as they are."""

import pytest
from rich.cells import cell_len

from flashnotes.formula import draw, inline, linear
from flashnotes.formula.parser import parse
from tests.formula.reading import to_latex

from .canonical import canonical
from .drawings import WIDTHS, Case, drawn, read_cases

CASES = read_cases()
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def test_all_are_judged_and_nearly_all_right() -> None:
    verdicts = [case.verdict.partition(":")[0] for case in CASES]
    assert len(CASES) == 120
    assert set(verdicts) <= {"Right", "Wrong"}
    assert verdicts.count("Right") >= 118
    assert all(case.verdict.partition(": ")[2] for case in CASES)


@each
def test_is_drawn_as_judged(case: Case) -> None:
    assert (drawn(case.latex, 76), drawn(case.latex, 36)) == (case.wide, case.narrow)


@each
@pytest.mark.parametrize("width", WIDTHS)
def test_fits_in_rows_of_equal_width(case: Case, width: int) -> None:
    drawing = draw(case.latex, width=width)
    widths = {cell_len(row) for row in drawing.rows}
    assert (drawing.problem, drawing.unknown, drawing.fits) == (None, (), True)
    assert len(widths) == 1
    assert max(widths) <= width


@each
def test_one_row_says_the_same(case: Case) -> None:
    assert len(inline(case.latex).rows) == 1
    tree, _ = parse(case.latex)
    again, _ = parse(to_latex(linear(case.latex)))
    assert canonical(again) == canonical(tree)
