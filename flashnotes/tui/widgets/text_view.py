"""A scrolling view of rows that are already broken to its width."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Self

from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from flashnotes.tui.widgets.desk import Desk
from flashnotes.tui.widgets.rows import strip_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
        self._strips: dict[int, Strip] = {}
        """Rows of the view that are drawn already, by their place in it."""
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
            self._repaint(changed[0] - self.scroll_offset.y, changed[-1] - self.scroll_offset.y)

    def _repaint(self, first: int, last: int) -> None:
        """Draw some rows of the view anew."""
        place = Region(0, first, self.size.width, last - first + 1)
        if isinstance(self.parent, Desk) and not self.styles.gutter:
            self._strips = {y: strip for y, strip in self._strips.items() if not first <= y <= last}
            self.parent.repaint(place.translate(self.region.offset).intersection(self.region))
        else:
            self.refresh(place)

    def _measure(self) -> None:
        """Tell how much there is to scroll; what fits is as large as the view, so that a new text moves nothing."""
        widest = max((row.cell_length for row in self._rows), default=0)
        height = max(len(self._rows), self.scrollable_content_region.height)
        self.virtual_size = Size(widest if widest > self._width else 0, height)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        self._strips = {}
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        self._strips = {}
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self.styles.gutter:
            return super().render_lines(crop)
        if self._width != self.text_width:
            self._strips = {}
        lines = crop.line_range
        if any(y not in self._strips for y in lines):
            self._draw(lines)
        strips = [self._strips[y] for y in lines]
        if crop.width < self.outer_size.width:
            return [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def _draw(self, lines: Iterable[int]) -> None:
        """Draw rows of the view, with the room for its scroll bar."""
        filters, background = self.get_line_filters(), self.background_colors[1]
        for y in lines:
            if y not in self._strips:
                strip = self.render_line(y).extend_cell_length(
                    self.outer_size.width, self.visual_style.rich_style
                )
                for line_filter in filters:
                    strip = strip.apply_filter(line_filter, background)
                self._strips[y] = strip

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
