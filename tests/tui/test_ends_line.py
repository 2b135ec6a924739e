"""A row with text at both ends, at widths that are too small for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.content import Content

from flashnotes.tui.widgets.ends_line import EndsLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

CASES = [
    (30, "settings", "", "/home/me/flashnotes.toml", "settings  …/me/flashnotes.toml"),
    (30, "强化学习 > 时序差分 > 误差", "", "3/41 · 01:12", "强化学习 > 时序…  3/41 · 01:12"),
    (30, "a long front of a card", " · Good", "u undo", "a long front o… · Good  u undo"),
    (12, "", "", "/home/me/flashnotes.toml", "…hnotes.toml"),
    (12, "left", "", "中文中文中文", "le…  中文中…"),
    (30, "left", "", "", "left"),
]


class Line(App[None]):
    def compose(self) -> ComposeResult:
        yield EndsLine()


async def test_the_name_of_a_file_and_what_became_of_a_card_are_kept() -> None:
    async with Line().run_test(size=(40, 1)) as pilot:
        line = pilot.app.query_one(EndsLine)
        for width, left, tail, right, expected in CASES:
            line.styles.width = width
            line.show(Content(left), Content(right), tail=Content(tail), is_path="/" in right)
            await pilot.pause()
            assert line.plain.rstrip() == expected
