"""Rows of text drawn as they are: they are broken already, and hold no links that Textual would have to look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.content import Content
    from textual.style import Style


def strip_of(row: Content, widget: Widget, style: Style) -> Strip:
    """`row` in the colours of `widget`, whose style is `style`."""
    drawn = row.render(style, "", parse_style=widget.app.stylesheet.parse_style)
    return Strip([Segment(text, part.rich_style) for text, part in drawn], row.cell_length)


class Rows(Widget):
    """A widget of few rows, none wider than itself."""

    @property
    def plain(self) -> str:
        """The texts as they are drawn."""
        return self.render().plain

    def render(self) -> Content:
        """All rows, with line ends between."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        style = self.visual_style
        rows = self.render().split("\n", allow_blank=True)
        if y >= len(rows):
            return Strip.blank(self.size.width, style.rich_style)
        return strip_of(rows[y], self, style).crop_extend(0, self.size.width, style.rich_style)
