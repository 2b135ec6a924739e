"""A scrolling view of rows that are already broken to its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.content import Content


class TextView(ScrollView, can_focus=False):
    """Draws the rows that a function makes for its width; scrolls both ways when they are more than fit."""

    DEFAULT_CSS = """
    TextView {
        height: 1fr;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        overflow-x: auto;
        overflow-y: auto;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Callable[[int], list[Content]] = lambda _width: []
        self._rows: list[Content] = []
        self._width = 0

    @property
    def plain(self) -> str:
        """The text as drawn, row by row."""
        return "\n".join(row.plain for row in self._rows)

    def show(self, make: Callable[[int], list[Content]], *, from_top: bool = True) -> None:
        """Draw what `make` returns for the width in cells, and again whenever the width changes."""
        self._make = make
        self._lay_out()
        if from_top:
            self.scroll_to(0, 0, animate=False, immediate=True)

    def on_resize(self, _event: events.Resize) -> None:
        if self._text_width != self._width:
            self._lay_out()

    @property
    def _text_width(self) -> int:
        return max(1, self.scrollable_content_region.width)

    def _lay_out(self) -> None:
        self._width = self._text_width
        self._rows = self._make(self._width)
        widest = max((row.cell_length for row in self._rows), default=0)
        self.virtual_size = Size(widest if widest > self._width else 0, len(self._rows))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        across, down = self.scroll_offset
        style = self.visual_style
        if down + y >= len(self._rows):
            return Strip.blank(self._text_width, style.rich_style)
        row = self._rows[down + y]
        drawn = row.render(style, "", parse_style=self.app.stylesheet.parse_style)
        strip = Strip([Segment(text, part.rich_style) for text, part in drawn], row.cell_length)
        return strip.crop_extend(across, across + self._text_width, style.rich_style)
