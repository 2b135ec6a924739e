"""A scrolling view of rows that are already broken to its width."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from flashnotes.tui.widgets.rows import strip_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

_NOTHING = Content("")


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
        if not self.size.width:
            # Nothing is known of the place yet: the rows are made when they are drawn for the first time.
            self._rows, self._width = [], 0
            return
        self._lay_out()
        if from_top:
            self.scroll_to(0, 0, animate=False, immediate=True)

    def on_resize(self, _event: events.Resize) -> None:
        if self.text_width == self._width:
            self._measure()
        else:
            self._lay_out()

    @property
    def text_width(self) -> int:
        """Cells of a row."""
        return max(1, self.scrollable_content_region.width)

    def _lay_out(self) -> None:
        before, width, size = self._rows, self._width, self.virtual_size
        self._width = self.text_width
        self._rows = self._make(self._width)
        self._measure()
        if (width, size) != (self._width, self.virtual_size):
            self.refresh()
            return
        changed = [
            number
            for number, rows in enumerate(zip_longest(before, self._rows, fillvalue=_NOTHING))
            if not rows[0].is_same(rows[1])
        ]
        if changed:
            height = changed[-1] - changed[0] + 1
            self.refresh(Region(0, changed[0] - self.scroll_offset.y, self.size.width, height))

    def _measure(self) -> None:
        """Tell how much there is to scroll; what fits is as large as the view, so that a new text moves nothing."""
        widest = max((row.cell_length for row in self._rows), default=0)
        height = max(len(self._rows), self.scrollable_content_region.height)
        self.virtual_size = Size(widest if widest > self._width else 0, height)

    def render_line(self, y: int) -> Strip:
        if self._width != self.text_width:
            self._width = self.text_width
            self._rows = self._make(self._width)
        across, down = self.scroll_offset
        style = self.visual_style
        if down + y >= len(self._rows):
            return Strip.blank(self.text_width, style.rich_style)
        strip = strip_of(self._rows[down + y], self, style)
        return strip.crop_extend(across, across + self.text_width, style.rich_style)
