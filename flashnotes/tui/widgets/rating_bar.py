"""The four grades with what each would do, or how to see the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from flashnotes.models import Rating
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

    from flashnotes.session import Choice

_COLOURS = {
    Rating.AGAIN: "$text-error",
    Rating.HARD: "$text-warning",
    Rating.GOOD: "$text-success",
    Rating.EASY: "$text-primary",
}
_FOUR_COLUMNS = 60
"""Cells; on a narrower bar the grades stand two by two."""
_LEAST_COLUMN = 6
"""Cells of the second of two columns."""


class RatingBar(Widget):
    """Two rows that never change their height, so that nothing jumps when the answer is shown."""

    DEFAULT_CSS = "RatingBar { height: 2; }"

    class AnswerAsked(Message):
        """The prompt to show the answer was clicked."""

    @dataclass
    class Graded(Message):
        """A grade was clicked."""

        rating: Rating

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices: Mapping[Rating, Choice] = {}
        self._prompt = ""
        self._suggested = Rating.GOOD

    @property
    def plain(self) -> str:
        return self.render().plain

    def ask(self, prompt: str) -> None:
        """Say how to see the answer; there are no grades yet."""
        self._choices = {}
        self._prompt = prompt
        self.refresh()

    def offer(self, choices: Mapping[Rating, Choice], *, suggested: Rating = Rating.GOOD) -> None:
        """Show the grades; `suggested` is the one that space takes."""
        self._choices = choices
        self._suggested = suggested
        self.refresh()

    def render(self) -> Content:
        width = self.size.width
        if not self._choices:
            return Content.styled(self._prompt, "dim").truncate(max(1, width), ellipsis=True)
        return self._four_columns() if width >= _FOUR_COLUMNS else self._two_columns()

    def on_click(self, event: events.Click) -> None:
        """The mouse may do what the keys do."""
        if not self._choices:
            self.post_message(self.AnswerAsked())
            return
        ratings = list(self._choices)
        if self.size.width >= _FOUR_COLUMNS:
            place = event.x // max(1, self.size.width // len(ratings))
        else:
            place = 2 * min(event.y, 1) + (event.x >= self._second_column())
        self.post_message(self.Graded(ratings[min(place, len(ratings) - 1)]))

    def _four_columns(self) -> Content:
        column = self.size.width // 4
        titles = [_cell(self._title(rating), column) for rating in self._choices]
        labels = [_cell(Content("  ") + self._label(rating), column) for rating in self._choices]
        return Content("\n").join([Content("").join(titles), Content("").join(labels)])

    def _two_columns(self) -> Content:
        again, hard, good, easy = self._cells()
        left = self._second_column()
        right = max(1, self.size.width - left)
        rows = ((again, hard), (good, easy))
        return Content("\n").join([_cell(first, left) + _cell(second, right) for first, second in rows])

    def _second_column(self) -> int:
        """Where the second of two columns begins: at the middle, or where the first one ends."""
        again, _, good, _ = self._cells()
        needed = max(again.cell_length, good.cell_length) + 2
        return min(max(needed, self.size.width // 2), max(1, self.size.width - _LEAST_COLUMN))

    def _cells(self) -> list[Content]:
        return [Content.assemble(self._title(each), " ", self._label(each)) for each in self._choices]

    def _title(self, rating: Rating) -> Content:
        title = Content.styled(f"{rating.value} {rating.name.capitalize()}", f"bold {_COLOURS[rating]}")
        return title.stylize("underline", 2) if rating is self._suggested else title

    def _label(self, rating: Rating) -> Content:
        return Content.styled(one_line(self._choices[rating].label), "dim")


def _cell(content: Content, width: int) -> Content:
    fitted = content.truncate(max(1, width - 1), ellipsis=True)
    return fitted.pad_right(max(0, width - fitted.cell_length))
