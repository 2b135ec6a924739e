"""A long list of one-row entries with a cursor; only the rows in sight are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.content import Content


class CheckList(ScrollView, can_focus=False):
    """Draws the rows that a function makes; the one under the cursor is marked by sign and colour."""

    DEFAULT_CSS = "CheckList { scrollbar-gutter: stable; scrollbar-size-vertical: 1; overflow-x: hidden; }"

    @dataclass
    class Pointed(Message):
        """A row was clicked."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self._count = 0
        self._draw: Callable[[int], Content]

    @property
    def plain(self) -> str:
        """Every row as it is drawn."""
        return "\n".join(self._row(index).plain for index in range(self._count))

    def show(self, count: int, draw: Callable[[int], Content]) -> None:
        """`count` rows, each made by `draw` when it comes in sight."""
        self._count, self._draw = count, draw
        self.virtual_size = Size(0, count)
        self.move_to(self.cursor)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, the nearest there is, and bring it in sight."""
        self.cursor = max(0, min(index, self._count - 1))
        height = max(1, self.scrollable_content_region.height)
        top = self.scroll_offset.y
        if not top <= self.cursor < top + height:
            place = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(0, place, animate=False, immediate=True)
        self.refresh()

    @property
    def page(self) -> int:
        """Rows that are in sight together."""
        return max(1, self.scrollable_content_region.height - 1)

    def on_resize(self, _event: events.Resize) -> None:
        self.move_to(self.cursor)

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < self._count:
            self.post_message(self.Pointed(index))

    def _row(self, index: int) -> Content:
        width = max(1, self.scrollable_content_region.width)
        row = (
            ("›" if index == self.cursor else " ") + self._draw(index).truncate(width - 1, ellipsis=True)
            if width > 1
            else self._draw(index).truncate(1)
        )
        padded = row.pad_right(max(0, width - row.cell_length))
        return padded.stylize("reverse") if index == self.cursor else padded

    def render_line(self, y: int) -> Strip:
        index = self.scroll_offset.y + y
        width = max(1, self.scrollable_content_region.width)
        style = self.visual_style
        if index >= self._count:
            return Strip.blank(width, style.rich_style)
        row = self._row(index)
        drawn = row.render(style, "", parse_style=self.app.stylesheet.parse_style)
        strip = Strip([Segment(text, part.rich_style) for text, part in drawn], row.cell_length)
        return strip.crop_extend(0, width, style.rich_style)
