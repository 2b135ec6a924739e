"""The grades with what each would do, or how to see the answer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from flashnotes.screen_text import one_line
from flashnotes.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.strip import Strip

_COLUMN = 15
"""Cells; where each grade has as many, the grades stand in one row, else in two."""
_COLOURS = ("$text-error", "$text-error", "$text-error", "$text-warning", "$text-success", "$text-primary")
"""By SM-2's grade."""
_MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """A grade that may be given."""

    grade: int
    """SM-2's, 0 to 5."""
    key: str
    """As it is bound now."""
    name: str
    label: str
    """When the card comes back."""
    is_default: bool = False
    """The one that space takes."""


class RatingBar(Rows):
    """Two rows that never change their height, so that nothing jumps when the answer is shown."""

    DEFAULT_CSS = "RatingBar { height: 2; }"

    class AnswerAsked(Message):
        """The prompt to show the answer was clicked."""

    @dataclass
    class Graded(Message):
        """A grade was clicked."""

        grade: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offers: tuple[Offer, ...] = ()
        self._prompt = ""
        self._made: dict[object, list[Strip]] = {}
        """What was drawn, by what it tells: the prompt is the same for all cards, the grades for many."""

    def ask(self, prompt: str) -> None:
        """Say how to see the answer; there are no grades yet."""
        self._offers = ()
        self._prompt = prompt
        self.changed()

    def offer(self, offers: Iterable[Offer]) -> None:
        """Show the grades."""
        self._offers = tuple(offers)
        self.changed()

    def prepare(self, offers: Iterable[Offer]) -> None:
        """Draw grades that are about to be offered; what is shown stays."""
        shown, self._offers = self._offers, tuple(offers)
        self.drawn()
        self._offers = shown

    def notify_style_update(self) -> None:
        self._made = {}
        super().notify_style_update()

    def drawn(self) -> list[Strip]:
        state = (self.size, self._offers or self._prompt)
        if state not in self._made:
            if len(self._made) >= _MOST_KEPT:
                self._made = {}
            self._made[state] = super().drawn()
        return self._made[state]

    def render(self) -> Content:
        width = self.size.width
        if not self._offers:
            return Content.styled(self._prompt, "dim").truncate(max(1, width), ellipsis=True)
        columns = self._columns()
        if self._is_one_row:
            cells = [*map(_title, self._offers), *(Content("  ") + _label(each) for each in self._offers)]
        else:
            cells = [_title(each) + " " + _label(each) for each in self._offers]
        count = len(columns)
        rows = (cells[start : start + count] for start in range(0, len(cells), count))
        return Content("\n").join(Content("").join(map(_fitted, row, columns)) for row in rows)

    def on_click(self, event: events.Click) -> None:
        """The mouse may do what the keys do."""
        if not self._offers:
            self.post_message(self.AnswerAsked())
            return
        columns = self._columns()
        column = sum(event.x >= end for end in list(accumulate(columns))[:-1])
        row = 0 if self._is_one_row else min(event.y, 1)
        place = min(row * len(columns) + column, len(self._offers) - 1)
        self.post_message(self.Graded(self._offers[place].grade))

    @property
    def _is_one_row(self) -> bool:
        return self.size.width >= _COLUMN * len(self._offers)

    def _columns(self) -> list[int]:
        """The widths of the columns: alike, or as wide as what stands in them where that helps."""
        count = len(self._offers) if self._is_one_row else (len(self._offers) + 1) // 2
        alike = max(1, self.size.width // count)
        if self._is_one_row:
            return [alike] * count
        lengths = [(_title(each) + " " + _label(each)).cell_length + 2 for each in self._offers]
        needed = [max(lengths[column::count]) for column in range(count)]
        if max(needed[:-1], default=0) <= alike or sum(needed) - 1 > self.size.width:
            return [alike] * count
        return needed


def _title(offer: Offer) -> Content:
    title = Content.styled(f"{offer.key} {offer.name}", f"bold {_COLOURS[offer.grade]}")
    return title.stylize("underline", len(offer.key) + 1) if offer.is_default else title


def _label(offer: Offer) -> Content:
    return Content.styled(one_line(offer.label), "dim")


def _fitted(content: Content, width: int) -> Content:
    fitted = content.truncate(max(1, width - 1), ellipsis=True)
    return fitted.pad_right(max(0, width - fitted.cell_length))
