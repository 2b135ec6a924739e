"""The end of a session, or the news that there is nothing to do."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding
from textual.content import Content

from flashnotes.screen_text import printable
from flashnotes.session import Undone
from flashnotes.tui.render import wrapped
from flashnotes.tui.screens.page import Page
from flashnotes.wording import next_due_text, summary_lines


class End(Page[Undone]):
    """No card is left; the last answer can still be taken back, and its card is asked again."""

    BINDINGS: ClassVar = [
        Binding("u,ctrl+z", "undo", "undo last", id="undo", tooltip="Take the last answer back"),
    ]

    def action_undo(self) -> None:
        undone = self.app.undo()
        if undone is not None:
            self.dismiss(undone)


class FinishedScreen(End):
    """What the session came to."""

    heading = "done"

    def rows(self, width: int) -> list[Content]:
        session = self.app.session
        lines = [
            "Nothing more is due now.",
            next_due_text(session.next_due()),
            "",
            *summary_lines(session.summary()),
        ]
        return [row for line in lines for row in wrapped(Content(line), width)]


class NothingDueScreen(End):
    """No card is due: when the next one is, and what can be done meanwhile."""

    heading = "nothing is due"

    def rows(self, width: int) -> list[Content]:
        lines = [
            "No card is due now.",
            next_due_text(self.app.session.next_due()),
            "",
            "To make cards of your notes:   flashnotes import NOTES",
            "To study all the same:         flashnotes study --cram",
        ]
        return [row for line in lines for row in wrapped(Content(printable(line)), width)]
