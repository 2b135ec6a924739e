"""Rows of text drawn as they are: they are broken already, and hold no links that Textual would have to look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from flashnotes.tui.widgets.desk import Desk

if TYPE_CHECKING:
    from textual.content import Content
    from textual.geometry import Region
    from textual.style import Style


def strip_of(row: Content, widget: Widget, style: Style) -> Strip:
    """`row` in the colours of `widget`, whose style is `style`."""
    drawn = row.render(style, "", parse_style=widget.app.stylesheet.parse_style)
    return Strip([Segment(text, part.rich_style) for text, part in drawn], row.cell_length)


class Rows(Widget):
    """A widget of few rows, none wider than itself; without border and padding."""

    _drawn: list[Strip] | None = None
    """What was drawn stays until something else is shown, or is shown otherwise."""

    @property
    def plain(self) -> str:
        """The texts as they are drawn."""
        return self.render().plain

    def render(self) -> Content:
        """All rows, with line ends between."""
        raise NotImplementedError

    def changed(self) -> None:
        """Draw what there is to show now."""
        self._drawn = None
        if isinstance(self.parent, Desk):
            self.parent.repaint(self.region)
        else:
            self.refresh()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        self._drawn = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        self._drawn = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        width, height = self.size
        if self._drawn is None or len(self._drawn) != height or self._drawn[0].cell_length != width:
            self._drawn = self.drawn()
        rows = self._drawn[crop.y : crop.bottom]
        return rows if crop.width == width else [row.crop(crop.x, crop.right) for row in rows]

    def drawn(self) -> list[Strip]:
        """The rows as they stand on the screen."""
        return self.strips(self.render())

    def strips(self, content: Content) -> list[Strip]:
        """`content` in the widget's size and colours."""
        width, height = self.size
        style, background = self.visual_style, self.background_colors[1]
        rows = content.split("\n", allow_blank=True)[:height]
        drawn = [strip_of(row, self, style).crop_extend(0, width, style.rich_style) for row in rows]
        drawn += [Strip.blank(width, style.rich_style)] * (height - len(drawn))
        for line_filter in self.get_line_filters():
            drawn = [strip.apply_filter(line_filter, background) for strip in drawn]
        return drawn
