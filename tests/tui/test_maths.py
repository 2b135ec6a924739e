from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flashnotes.models import CardKind
from flashnotes.tui.widgets.text_view import TextView
from tests.sittings import card
from tests.tui.test_study import SIZES, card_text, shown, studying

if TYPE_CHECKING:
    from tests.sittings import Sit

HALF = card("一半，记作 $h_1$", "$$h = \\frac{1}{2}$$", kind=CardKind.FORMULA)
CLOZE = card("误差 $\\delta_t = {{c1::r_{t+1}}} + \\gamma$", "", kind=CardKind.CLOZE)
LONG = card("long", "$$" + " + ".join(f"x_{{{number}}}" for number in range(40)) + "$$")


@pytest.mark.parametrize("size", SIZES)
async def test_x_cycles_the_form_of_formulas(sit: Sit, size: tuple[int, int]) -> None:
    async with studying(sit(HALF), size) as pilot:
        assert "一半，记作 h₁" in card_text(pilot)
        await pilot.press("space")
        assert "  h = ─" in card_text(pilot)
        await pilot.press("x")
        assert "  h = 1/2" in card_text(pilot)
        assert "formulas: on one line" in shown(pilot)
        await pilot.press("x")
        assert "\\frac{1}{2}" in card_text(pilot)
        await pilot.press("ｘ")
        assert "  h = ─" in card_text(pilot)


async def test_the_form_stays_for_the_next_card(sit: Sit) -> None:
    async with studying(sit(HALF, CLOZE)) as pilot:
        await pilot.press("x", "x", "space", "3")
        assert "$\\delta_t = […] + \\gamma$" in card_text(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_y_copies_the_latex_that_is_shown(sit: Sit, size: tuple[int, int]) -> None:
    async with studying(sit(HALF, card("none", "here")), size) as pilot:
        await pilot.press("y")
        assert pilot.app.clipboard == "h_1"
        await pilot.press("space", "y")
        assert pilot.app.clipboard == "h_1\nh = \\frac{1}{2}"
        assert "copied" in shown(pilot)
        await pilot.press("3", "y")
        assert "No formula is shown." in shown(pilot)


async def test_a_cloze_may_stand_in_a_formula(sit: Sit) -> None:
    async with studying(sit(CLOZE)) as pilot:
        assert "误差 δₜ = […] + γ" in card_text(pilot)
        await pilot.press("space")
        assert "误差 δₜ = rₜ₊₁ + γ" in card_text(pilot)


async def test_a_wide_formula_scrolls_and_is_not_wrapped(sit: Sit) -> None:
    async with studying(sit(LONG), (40, 12)) as pilot:
        await pilot.press("space", "x")
        view = pilot.app.screen.query_one(TextView)
        assert view.virtual_size.width > 40
        await pilot.press("right", "right")
        assert view.scroll_offset.x == 8
