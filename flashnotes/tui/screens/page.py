"""A screen that is read: rows of text that scroll, under a title."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine
from flashnotes.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from flashnotes.tui.app import StudyApp

Result = TypeVar("Result")
"""What the page is dismissed with."""


class Page(Screen[Result]):
    """What finished, help and card info have in common."""

    app: StudyApp
    heading: ClassVar[str]
    aside = "flashnotes"
    """What stands at the right of the heading."""
    BINDINGS: ClassVar = [
        Binding("j,down", "move(1)", "scroll", id="down", show=False, tooltip="Scroll down"),
        Binding("k,up", "move(-1)", "up", id="up", show=False, tooltip="Scroll up"),
        Binding("pagedown", "leaf(1)", "page down", id="page_down", show=False, tooltip="A page down"),
        Binding("pageup", "leaf(-1)", "page up", id="page_up", show=False, tooltip="A page up"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="desk"):
            yield EndsLine(id="top")
            yield TextView(id="page")
            yield HintLine()

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        """Draw heading and text, anew where what they say has changed."""
        heading, aside = Content.styled(self.heading, "bold"), Content.styled(self.aside, "dim")
        self.query_one("#top", EndsLine).show(heading, aside)
        self.query_one("#page", TextView).show(self.rows)

    def rows(self, width: int) -> list[Content]:
        """The text of the page at `width` cells."""
        raise NotImplementedError

    def action_move(self, rows: int) -> None:
        self.query_one("#page", TextView).scroll_relative(y=rows, animate=False)

    def action_leaf(self, pages: int) -> None:
        page = self.query_one("#page", TextView)
        page.scroll_relative(y=pages * max(1, page.size.height - 1), animate=False)
