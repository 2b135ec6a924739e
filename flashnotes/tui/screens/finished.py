"""The end of a session, or the news that there is nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content

from flashnotes.screen_text import printable
from flashnotes.session import Undone
from flashnotes.tui.charts import sparkline
from flashnotes.tui.faces import answer_rows
from flashnotes.tui.render import wrapped
from flashnotes.tui.screens.page import Page
from flashnotes.wording import next_due_text, summary_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.models import Card

MORE_NEW = 10
"""New cards at a press of the key, beyond the day's."""


class End(Page[Undone]):
    """No card is left; the last answer can still be taken back, and its card is asked again."""

    BINDINGS: ClassVar = [
        Binding("u,ctrl+z", "undo", "undo last", id="undo", tooltip="Take the last answer back"),
        Binding("m", "more", "more new", id="more", tooltip=f"Learn {MORE_NEW} more new cards today"),
    ]

    def action_undo(self) -> None:
        self.app.with_right_clock(self._undo)

    def _undo(self) -> None:
        undone = self.app.undo()
        if undone is not None:
            self.dismiss(undone)

    def action_more(self) -> None:
        """Go on with more new cards than the day's limit lets in."""
        session = self.app.session.more_new(MORE_NEW)
        if session.current is None:
            self.notify("No new card waits here.", markup=False, timeout=4)
            return
        self.app.sit_down(session)
        self.dismiss(None)


class FinishedScreen(End):
    """What the session came to."""

    heading = "done"
    BINDINGS: ClassVar = [
        Binding("r", "missed", "read missed", id="missed", tooltip="Read the cards you missed, ungraded"),
    ]

    def rows(self, width: int) -> list[Content]:
        session = self.app.session
        ahead = session.ahead()
        lines = [
            "Nothing more is due now.",
            next_due_text(session.next_due()),
            *([f"next 7 days {sparkline(ahead, self.app.ink)} {sum(ahead)}"] if any(ahead) else []),
            "",
            *summary_lines(session.summary()),
        ]
        return [row for line in lines for row in wrapped(Content(line), width)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was missed can be read where anything was."""
        return action != "missed" or bool(self.app.session.summary().missed)

    def action_missed(self) -> None:
        self.app.push_screen(MissedScreen(self.app.session.summary().missed))


class MissedScreen(Page[None]):
    """The cards that were answered Again, both sides of each."""

    heading = "missed"
    BINDINGS: ClassVar = [Binding("escape,b,enter,space,r", "back", "back", id="back", tooltip="Go back")]

    def __init__(self, missed: Sequence[Card]) -> None:
        super().__init__()
        self._missed = missed

    def rows(self, width: int) -> list[Content]:
        return [
            row
            for card in self._missed
            for row in (*answer_rows(card, None, self.app.maths, width), Content(""), Content(""))
        ]

    def action_back(self) -> None:
        self.dismiss()


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
