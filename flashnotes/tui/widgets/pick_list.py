"""A list with a cursor; only the rows in sight are made, so it may be as long as it likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from flashnotes.tui.widgets.rows import strip_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

MARK = "> "
"""Before the row of the cursor, which is so not told by colour alone."""


class PickList(ScrollView, can_focus=False):
    """Rows that a function makes by their number and the width in cells."""

    DEFAULT_CSS = """
    PickList {
        height: 1fr;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
        overflow-x: hidden;
        overflow-y: auto;
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor came to another row."""

        row: int

    @dataclass
    class Chosen(Message):
        """The row of the cursor was clicked."""

        row: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Callable[[int, int], Content] = lambda _row, _width: Content("")
        self._count = 0
        self.cursor = 0

    @property
    def plain(self) -> str:
        """The rows in sight as they are drawn."""
        top = self.scroll_offset.y
        rows = range(top, min(self._count, top + max(1, self.size.height)))
        return "\n".join(self._row(row).plain for row in rows)

    def show(self, count: int, make: Callable[[int, int], Content], *, cursor: int | None = None) -> None:
        """Draw `count` rows made by `make`; the cursor stays where it was unless told."""
        self._make = make
        self._count = count
        self.virtual_size = Size(0, count)
        self.cursor = max(0, min(self.cursor if cursor is None else cursor, count - 1))
        self._keep_in_sight()
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor down, or up by a negative number; it stops at the ends."""
        self.go_to(self.cursor + rows)

    def go_to(self, row: int) -> None:
        """Put the cursor on a row; out of range is the nearest."""
        row = max(0, min(row, self._count - 1))
        if row != self.cursor:
            self.cursor = row
            self._keep_in_sight()
            self.refresh()
            self.post_message(self.Moved(row))

    def leaf(self, pages: int) -> None:
        """Move by pages."""
        self.move(pages * max(1, self.size.height - 1))

    def on_resize(self, _event: events.Resize) -> None:
        self._keep_in_sight()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, and one on its row chooses it."""
        row = event.y + self.scroll_offset.y
        if row >= self._count:
            return
        if row == self.cursor:
            self.post_message(self.Chosen(row))
        self.go_to(row)

    def render_line(self, y: int) -> Strip:
        width = self._width
        style = self.visual_style
        row = self.scroll_offset.y + y
        if row >= self._count:
            return Strip.blank(width, style.rich_style)
        content = self._row(row)
        if row == self.cursor:
            content = content.stylize_before("bold $text on $foreground 15%")
        strip = strip_of(content, self, style)
        return strip.crop_extend(0, width, style.rich_style)

    @property
    def _width(self) -> int:
        return max(1, self.scrollable_content_region.width)

    def _row(self, row: int) -> Content:
        mark = MARK if row == self.cursor else " " * len(MARK)
        room = max(1, self._width - len(MARK))
        content = self._make(row, room).truncate(room, ellipsis=True)
        return Content.assemble(mark, content.pad_right(max(0, room - content.cell_length)))

    def _keep_in_sight(self) -> None:
        height = max(1, self.size.height)
        top = self.scroll_offset.y
        if self.cursor < top or self.cursor >= top + height:
            top = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(0, top, animate=False, immediate=True)
