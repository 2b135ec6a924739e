"""Everything known of the card that is asked, but its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content

from flashnotes.tui.facts import card_facts, history_rows
from flashnotes.tui.render import render_card_text, wrapped
from flashnotes.tui.screens.page import Page
from flashnotes.wording import question_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.models import Event, StudyCard

_GAP = 2
_LEAST_VALUE = 8
"""Cells for a fact, however narrow the screen."""


class InfoScreen(Page[None]):
    """A card's schedule and history."""

    heading = "card"
    BINDINGS: ClassVar = [Binding("escape,b,i,enter,space", "back", "back", id="back", tooltip="Go back")]

    def __init__(self, studied: StudyCard, events: Sequence[Event], *, answer_shown: bool) -> None:
        super().__init__()
        self._answer_shown = answer_shown
        self._studied = studied
        self._events = events

    def rows(self, width: int) -> list[Content]:
        asked = render_card_text(question_text(self._studied.card), width)
        front = [row.stylize_before("bold") for row in asked]
        facts = card_facts(self._studied, answer_shown=self._answer_shown)
        return [*front, Content(""), *fact_rows(facts, width), Content(""), *past_rows(self._events, width)]

    def action_back(self) -> None:
        self.dismiss()


def past_rows(events: Sequence[Event], width: int) -> list[Content]:
    """What was answered and done, newest first."""
    if not events:
        return [Content.styled("no answers yet", "dim")]
    lines = (Content("  ").join(map(Content, filter(None, row))) for row in history_rows(events))
    return [row for line in lines for row in wrapped(line, width)]


def fact_rows(facts: Sequence[tuple[str, str]], width: int) -> list[Content]:
    """Names in one column, what they stand for beside it."""
    column = max((cell_len(name) for name, _ in facts), default=0) + _GAP
    rows: list[Content] = []
    for name, fact in facts:
        label = Content.styled(name, "dim").pad_right(column - cell_len(name))
        for number, row in enumerate(wrapped(Content(fact), max(_LEAST_VALUE, width - column))):
            rows.append((label if number == 0 else Content(" " * column)) + row)
    return rows
