"""The two texts of a card, to be changed before it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, TextArea

from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine

if TYPE_CHECKING:
    from textual.app import ComposeResult


class EditOfferScreen(ModalScreen[tuple[str, str] | None]):
    """Front and back; dismissed with both, or None when nothing is to change."""

    BINDINGS: ClassVar = [
        Binding("ctrl+s,f2", "save", "keep the text", id="save", priority=True, tooltip="Keep the text"),
        Binding("escape", "cancel", "as it was", id="cancel", priority=True, tooltip="Leave it as it was"),
    ]

    def __init__(self, front: str, back: str) -> None:
        super().__init__()
        self._texts = (front, back)

    def compose(self) -> ComposeResult:
        with Vertical(id="desk"):
            yield EndsLine(id="top")
            yield Label("front", markup=False)
            yield TextArea(self._texts[0], id="front", compact=True, soft_wrap=True)
            yield Label("back", markup=False)
            yield TextArea(self._texts[1], id="back", compact=True, soft_wrap=True)
            yield EndsLine(id="status")
            yield HintLine()

    def on_mount(self) -> None:
        self.query_one("#top", EndsLine).show(
            Content.styled("edit", "bold"), Content.styled("tab: the other side", "dim")
        )
        self.query_one("#front", TextArea).focus()

    def action_save(self) -> None:
        front, back = (self.query_one(name, TextArea).text.strip() for name in ("#front", "#back"))
        if front and back:
            self.dismiss((front, back))
        else:
            empty = "front" if not front else "back"
            told = Content.styled(f"The {empty} is empty: a card needs both sides.", "$text-warning")
            self.query_one("#status", EndsLine).show(told, Content(""))

    def action_cancel(self) -> None:
        self.dismiss(None)
