"""Every formula of the notes at hand: none raises, nearly all have nothing unknown."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from flashnotes.formula import draw, inline

from .harvest import formulas

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.mark.parametrize(("folder", "each"), [("gold", 1), ("notes", 4)])
def test_all_formulas_of_the_notes_are_drawn(folder: str, each: int) -> None:
    """Of the many notes one formula in four: the suite is run often, and all 21,000 take four times as long."""
    if not (SHARED / folder).is_dir():
        pytest.skip(f"../shared/{folder} is not there")
    well_formed = known = 0
    for latex in sorted(set(formulas(SHARED / folder)))[::each]:
        drawing = draw(latex)
        assert len({cell_len(row) for row in drawing.rows}) == 1, latex
        assert len(inline(latex).rows) == 1
        well_formed += drawing.problem is None
        known += drawing.problem is None and not drawing.unknown
    assert well_formed > 100
    assert known / well_formed >= 0.995
