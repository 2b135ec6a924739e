"""What the screens look like, held by pictures: `UPDATE_PICTURES=1 pytest tests/tui/test_pictures.py` draws them anew."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import textual

from flashnotes.models import Card, CardKind
from flashnotes.tui.app import StudyOptions
from flashnotes.tui.picture import svg
from tests.sittings import card
from tests.tui.test_study import studying

if TYPE_CHECKING:
    from tests.sittings import Sit

KEPT = Path(__file__).parent / "pictures"
MADE_WITH = "8."
"""Textual's colours and scroll bars are its own: pictures hold for the version that they were made with."""
CARDS = {
    "zh": (
        "强化学习::时序差分",
        card(
            "TD 误差",
            "$$\\delta_t = r_{t+1} + \\gamma v(s_{t+1}) - v(s_t)$$\n其中 $\\gamma$ 是**折扣因子**，`r` 是奖励。",
            kind=CardKind.FORMULA,
        ),
    ),
    "en": (
        "Linear algebra::Eigenvalues",
        card(
            "What is an eigenvalue of $A$?",
            "A number $\\lambda$ with $Av = \\lambda v$ for some $v \\ne 0$:\n$$\\det(A - \\lambda I) = \\frac{1}{2}\\sum_{i=1}^n x_i$$",
        ),
    ),
}


@pytest.mark.skipif(not textual.__version__.startswith(MADE_WITH), reason=f"made with Textual {MADE_WITH}x")
@pytest.mark.parametrize("theme", ["dark", "ansi"])
@pytest.mark.parametrize("language", CARDS)
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_answer_looks_as_it_did(sit: Sit, size: tuple[int, int], language: str, theme: str) -> None:
    deck, asked = CARDS[language]
    options = StudyOptions(key_guard_ms=0, theme=theme)
    async with studying(sit(asked, deck=deck), size, options) as pilot:
        await pilot.press("space")
        await pilot.pause()
        drawn = svg(pilot.app)
    path = KEPT / f"answer-{language}-{theme}-{size[0]}x{size[1]}.svg"
    if "UPDATE_PICTURES" in os.environ:
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    changes = difflib.unified_diff(kept.splitlines(), drawn.splitlines(), "kept", "drawn", lineterm="", n=0)
    assert kept == drawn, "\n".join(list(changes)[:20])


async def test_chinese_stands_at_its_cells(sit: Sit) -> None:
    """Each character of two cells begins two cells after the one before."""
    async with studying(sit(Card(card("x", "y").id, CardKind.BASIC, "中文ab", "y"))) as pilot:
        drawn = svg(pilot.app)
    line = next(row for row in drawn.splitlines() if ">中<" in row)
    following = drawn.splitlines()[drawn.splitlines().index(line) + 1 :][:2]
    places = [float(row.split('x="')[1].split('"')[0]) for row in (line, *following)]
    assert [round(place - places[0], 1) for place in places] == [0, 16.8, 33.6]
