"""What stands on the terminal after many partial paintings is what one painting of everything would show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual._compositor import ChopsUpdate, LayoutUpdate

import flashnotes.tui.app
from flashnotes.models import CardKind
from flashnotes.tui.app import StudyApp, StudyOptions
from tests.sittings import card

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen
    from textual.strip import Strip

    from tests.sittings import Sit, Sitting

CARDS = [
    card("什么是特征值？", "满足 $\\det(A-\\lambda I)=0$ 的数 λ。"),
    card("TD error", "$$\\delta_t = r_{t+1} + \\frac{1}{2} v(s_{t+1}) - v(s_t)$$", kind=CardKind.FORMULA),
    card("long", "\n".join(f"- line {number}" for number in range(60))),
    card("short", "back"),
]
KEYS = ["space", "3", "h", "space", "x", "1", "space", "j", "u", "t", "escape", "f", "2", "@"]
Cells = dict[tuple[int, int], tuple[str, str]]


class Painted(StudyApp, inherit_css=False):
    """An app that keeps what it paints, by row and column."""

    CSS_PATH = str(Path(flashnotes.tui.app.__file__).with_name("app.tcss"))

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting, options=StudyOptions(key_guard_ms=0), clock=lambda: 0.0)
        self.cells: Cells = {}

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, LayoutUpdate):
            self.cells = everything(renderable)
        elif isinstance(renderable, ChopsUpdate):
            for y, first, last in renderable.spans:
                for end, (x, strip) in zip(
                    renderable.chop_ends[y], renderable.chops[y].items(), strict=False
                ):
                    if strip is not None and first <= x and end <= last:
                        self.cells.update(cells_of(strip, y, x))
        super()._display(screen, renderable)


def drawn_anew(app: Painted) -> Cells:
    """The whole screen, with nothing taken from what was drawn before."""
    for widget in (app.screen, *app.screen.query("*")):
        widget.notify_style_update()
        widget.refresh()
    return everything(app.screen._compositor.render_full_update())


def everything(update: LayoutUpdate) -> Cells:
    cells: Cells = {}
    for y, strips in enumerate(update.strips):
        x = 0
        for strip in strips:
            cells.update(cells_of(strip, y, x))
            x += strip.cell_length
    return cells


def cells_of(strip: Strip, y: int, x: int) -> Cells:
    """What stands in each cell, and how; the second one of a wide character is empty."""
    cells: Cells = {}
    for segment in strip:
        for character in segment.text:
            for text in (character, "")[: cell_len(character)]:
                cells[y, x] = text, str(segment.style)
                x += 1
    return cells


@pytest.mark.parametrize(("size", "keys"), [((60, 20), KEYS), ((121, 44), KEYS[:3])])
async def test_nothing_that_changed_is_left_unpainted(
    sit: Sit, size: tuple[int, int], keys: list[str]
) -> None:
    app = Painted(sit(*CARDS))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            painted = dict(app.cells)
            assert painted == drawn_anew(app), key


async def test_nothing_that_is_kept_outlives_a_theme_or_a_size(sit: Sit) -> None:
    """Drawn in other colours or at another size, the screen is as one that began so."""
    app = Painted(sit(*CARDS))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        app.theme = "textual-light"
        await pilot.pause()
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        later = dict(app.cells)
    fresh = Painted(sit(*CARDS))
    fresh.theme = "textual-light"
    async with fresh.run_test(size=(100, 30)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        assert later == drawn_anew(fresh)


async def test_without_colours_none_is_painted(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = StudyApp(sit(*CARDS), options=StudyOptions(key_guard_ms=0, theme="light"), clock=lambda: 0.0)
    async with app.run_test(size=(60, 20)) as pilot:
        for keys in ([], ["t", "a"], ["enter"]):
            await pilot.press(*keys)
            await pilot.pause()
            styles = {
                part.style for strip in app.screen._compositor.render_strips() for part in strip if part.style
            }
            assert {part.color.name for part in styles if part.color} <= {"default"}
            assert {part.bgcolor.name for part in styles if part.bgcolor} <= {"default"}
            assert any(part.bold for part in styles)
            assert any(part.reverse for part in styles) is (keys == ["t", "a"]), "the cursor of the field"
