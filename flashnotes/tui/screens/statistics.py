"""What was reviewed, how well, and what is coming."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from flashnotes.models import Day
from flashnotes.tui.charts import beside
from flashnotes.tui.panels import panel_rows, panels_of
from flashnotes.tui.screens.page import Page
from flashnotes.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from textual.content import Content

    from flashnotes.desk import Desk
    from flashnotes.statistics import Figures

_RANGES = (("the last year", 365), ("the last 3 months", 91), ("the last month", 30), ("everything", 10**6))
_DAYS_AHEAD = 30
_TWO_COLUMNS = 100
"""Cells from which the parts stand in two columns."""
_GAP = 4


class StatisticsScreen(Page[None]):
    """The figures of a home, part below part; on a wide screen in two columns."""

    heading = "statistics"
    BINDINGS: ClassVar = [
        Binding("r", "range", "another range", id="range", tooltip="The last year, 3 months, month, or all"),
        Binding("right,l,n", "part(1)", "next part", id="next_part", tooltip="To the next part"),
        Binding(
            "left,h,p", "part(-1)", "part before", id="part_before", show=False, tooltip="To the part before"
        ),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._range = 0
        self._figures: Figures | None = None
        self._starts: list[int] = []

    def on_mount(self) -> None:
        self.query_one("#desk").add_class("-broad")
        self._load()

    def _load(self) -> None:
        self.aside, days = _RANGES[self._range]
        today = self._desk.day()
        store = self._desk.library.store
        counted = store.figures(today, Day(max(1, today - days + 1)))
        self._figures = replace(counted, ahead=store.forecast(today, _DAYS_AHEAD))

    def rows(self, width: int) -> list[Content]:
        if self._figures is None:
            return []
        number = len(panels_of(self._figures))
        if width < _TWO_COLUMNS or number == 1:
            return self._column(range(number), width)
        column = (width - _GAP) // 2
        left, right = range(0, number, 2), range(1, number, 2)
        both = beside(self._column(left, column), self._column(right, column), column, _GAP)
        self._starts = list(range(0, len(both), max(1, self.query_one("#page", TextView).size.height - 1)))
        return both

    def _column(self, places: range, width: int) -> list[Content]:
        assert self._figures is not None
        rows: list[Content] = []
        self._starts = []
        for place in places:
            self._starts.append(len(rows))
            rows += panel_rows(panels_of(self._figures)[place], self._figures, width, self.app.ink)
        return rows

    def action_range(self) -> None:
        self._range = (self._range + 1) % len(_RANGES)
        self._load()
        self.show()

    def action_part(self, parts: int) -> None:
        """Scroll so that the next part, or the one before, stands at the top."""
        page = self.query_one("#page", TextView)
        here = page.scroll_offset.y
        if parts > 0:
            place = next((start for start in self._starts if start > here), None)
        else:
            place = next((start for start in reversed(self._starts) if start < here), None)
        if place is not None:
            page.scroll_to(0, place, animate=False, immediate=True)
