"""Questions that must be answered before anything else: each is dismissed with the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input

from flashnotes.tui.render import wrapped
from flashnotes.tui.widgets.hint_line import HintLine
from flashnotes.tui.widgets.pick_list import PickList
from flashnotes.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from flashnotes.tui.app import StudyApp


_QUIT = Binding("q", "leave", "quit", id="quit", show=False, tooltip="Leave; every answer given is saved")


class Confirm(ModalScreen[bool]):
    """Yes or no; escape is no."""

    app: StudyApp
    BINDINGS: ClassVar = [
        Binding("y", "answer(True)", "yes", id="yes", tooltip="Yes"),
        Binding("n,b,escape", "answer(False)", "no", id="no", tooltip="No"),
        _QUIT,
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical(classes="-question"):
            yield TextView(id="asked")
            yield HintLine()

    def on_mount(self) -> None:
        self.query_one(TextView).show(lambda width: wrapped(Content(self._question), width))

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)

    def action_leave(self) -> None:
        """Leave the program; where something typed would be lost, go back to it."""
        if any(getattr(screen, "unsaved", False) for screen in self.app.screen_stack):
            self.dismiss(False)
        else:
            self.app.exit(0)


class AskText(ModalScreen[str | None]):
    """One line of text; escape is none."""

    app: StudyApp
    BINDINGS: ClassVar = [
        Binding("escape", "give_up", "leave it", id="give_up", tooltip="Go back without an answer"),
    ]

    def __init__(self, question: str, *, value: str = "", known: Sequence[str] = ()) -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._known = known

    def compose(self) -> ComposeResult:
        suggester = SuggestFromList(self._known, case_sensitive=False) if self._known else None
        with Vertical(classes="-question"):
            yield TextView(id="asked")
            yield Input(self._value, id="answer", compact=True, suggester=suggester)
            yield HintLine()

    def on_mount(self) -> None:
        self.query_one(TextView).show(lambda width: wrapped(Content(self._question), width))
        self.query_one(Input).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        self.dismiss(message.value.strip() or None)

    def action_give_up(self) -> None:
        self.dismiss(None)


class Choose(ModalScreen[int | None]):
    """One of a few things to do, by number or cursor; escape is none of them."""

    app: StudyApp
    BINDINGS: ClassVar = [
        Binding("enter,space", "take", "choose", id="take", tooltip="Take the row of the cursor"),
        Binding("j,down", "move(1)", "down", id="down", show=False, tooltip="The next row"),
        Binding("k,up", "move(-1)", "up", id="up", show=False, tooltip="The row above"),
        *(
            Binding(str(number), f"number({number})", str(number), id=f"choice_{number}", show=False)
            for number in range(1, 10)
        ),
        Binding("b,escape", "give_up", "leave it", id="give_up", tooltip="Go back without an answer"),
        _QUIT,
    ]

    def __init__(self, question: str, choices: Sequence[str], *, cursor: int = 0) -> None:
        super().__init__()
        self._question = question
        self._choices = choices
        self._cursor = cursor

    def compose(self) -> ComposeResult:
        with Vertical(classes="-question"):
            yield TextView(id="asked")
            yield PickList(id="choices")
            yield HintLine()

    def on_mount(self) -> None:
        self.query_one(TextView).show(lambda width: wrapped(Content(self._question), width))
        choices = self.query_one(PickList)
        choices.styles.height = len(self._choices)
        choices.show(len(self._choices), self._row, cursor=self._cursor)

    def _row(self, place: int, _width: int) -> Content:
        return Content.assemble((f"{place + 1}  ", "bold"), self._choices[place])

    def on_pick_list_chosen(self, message: PickList.Chosen) -> None:
        self.dismiss(message.row)

    def action_take(self) -> None:
        self.dismiss(self.query_one(PickList).cursor)

    def action_move(self, rows: int) -> None:
        self.query_one(PickList).move(rows)

    def action_number(self, number: int) -> None:
        if number <= len(self._choices):
            self.dismiss(number - 1)

    def action_give_up(self) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.app.exit(0)
