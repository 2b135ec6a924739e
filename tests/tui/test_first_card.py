from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flashnotes.markdown import Maths
from flashnotes.models import CardKind
from flashnotes.tui.first_card import first_rows
from tests.sittings import card
from tests.tui.test_study import shown, studying

if TYPE_CHECKING:
    from tests.sittings import Sit

LONG = card(
    "贝尔曼方程（Bellman equation）把状态的价值写成 $v(s) = \\sum_a \\pi(a|s) q(s,a)$，" * 4, "back", line=7
)
CLOZE = card("**TD** 误差是 {{c1::$r + \\gamma v' - v$::hint}}\n- one\n- two", "", kind=CardKind.CLOZE)


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60), (130, 30), (30, 6)])
@pytest.mark.parametrize("asked", [LONG, CLOZE], ids=["long", "cloze"])
async def test_stands_where_the_screen_will_draw_it(sit: Sit, size: tuple[int, int], asked: object) -> None:
    """What is drawn before Textual is there must not move when it comes."""
    sitting = sit(asked)  # type: ignore[arg-type]
    rows = first_rows(sitting, *size, Maths())
    assert any(text.strip() for _, _, text, _ in rows)
    async with studying(sitting, size) as pilot:
        screen = shown(pilot).split("\n")
    for row, column, text, _ in rows:
        drawn = _from(screen[row], column)
        assert drawn.startswith(text.rstrip()), (row, column)


def _from(row: str, column: int) -> str:
    """The text of a row from a cell on."""
    from rich.cells import cell_len

    place = 0
    while cell_len(row[:place]) < column:
        place += 1
    return row[place:]
