"""One row with text at both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashnotes.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.strip import Strip

_GAP = 2


class EndsLine(Rows):
    """A text at the left with its tail, and one at the right; where they do not fit the left one is cut.

    A right one that would take more than three fifths of the row is cut first. Under them is a rule where there is
    room for a second row.
    """

    DEFAULT_CSS = "EndsLine { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts = (Content(""), Content(""), Content(""))
        self._is_path = False
        self._rule: Strip | None = None

    def show(
        self, left: Content, right: Content, *, tail: Content | None = None, is_path: bool = False
    ) -> None:
        """Draw `left` and `right`; `tail` follows `left` and is kept when that is cut.

        Of a right one that is a path the end is kept, where the file's name is.
        """
        self._is_path = is_path
        parts = (left, Content("") if tail is None else tail, right)
        if not all(map(Content.is_same, parts, self._parts)):
            self._parts = parts
            self.changed()

    def notify_style_update(self) -> None:
        self._rule = None
        super().notify_style_update()

    def drawn(self) -> list[Strip]:
        drawn = super().drawn()
        if len(drawn) > 1:
            if self._rule is None or self._rule.cell_length != self.size.width:
                self._rule = self.strips(Content.styled("─" * self.size.width, "$foreground 20%"))[0]
            drawn[1] = self._rule
        return drawn

    def render(self) -> Content:
        left, tail, right = self._parts
        width = max(1, self.size.width)
        needed = left.cell_length + tail.cell_length
        most = max(width * 3 // 5, width - needed - (_GAP if needed else 0))
        right = _end_of(right, most) if self._is_path else right.truncate(max(1, most), ellipsis=True)
        room = width - right.cell_length - (_GAP if right else 0)
        if room < 1:
            return right.truncate(width, ellipsis=True)
        left = left.truncate(max(1, room - tail.cell_length), ellipsis=True)
        both = (left + tail).truncate(room, ellipsis=True)
        return Content.assemble(both, " " * (width - both.cell_length - right.cell_length), right)


def _end_of(content: Content, room: int) -> Content:
    """What of the end of `content` fits into `room` cells."""
    if content.cell_length <= room:
        return content
    start = next(start for start in range(1, len(content) + 1) if content[start:].cell_length < max(1, room))
    return Content("…") + content[start:]
