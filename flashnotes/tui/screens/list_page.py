"""A screen over a list: the keys of the list, and a line of text that narrows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input

from flashnotes.tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from flashnotes.desk import Desk
    from flashnotes.tui.app import StudyApp

Result = TypeVar("Result")
"""What the screen is dismissed with."""

_WHILE_TYPING = frozenset(["move", "leaf"])
"""A letter of theirs is typed, for the field takes it first."""


class ListPage(Screen[Result]):
    """What the start, browsing and the settings have in common."""

    app: StudyApp
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("j,down", "move(1)", "down", id="down", show=False, tooltip="The next row"),
        Binding("k,up", "move(-1)", "up", id="up", show=False, tooltip="The row above"),
        Binding("pagedown", "leaf(1)", "page down", id="page_down", show=False, tooltip="A page down"),
        Binding("pageup", "leaf(-1)", "page up", id="page_up", show=False, tooltip="A page up"),
        Binding("home", "first", "first", id="first", show=False, tooltip="The first row"),
        Binding("end", "last", "last", id="last", show=False, tooltip="The last row"),
        Binding("slash", "find", "find", id="find", tooltip="Type to narrow the list; esc shows all again"),
        Binding("escape", "stop_finding", "show all", id="stop_finding", tooltip="Show all again"),
    ]

    @property
    def desk(self) -> Desk:
        """The home that the screen is about."""
        if self.app.desk is None:
            raise LookupError("a screen of the home without a home")
        return self.app.desk

    @property
    def rows(self) -> PickList:
        """The list itself."""
        return self.query_one(PickList)

    @property
    def _field(self) -> Input:
        return self.query_one("#find", Input)

    @property
    def is_typing(self) -> bool:
        """Whether a line of text has the keys."""
        return isinstance(self.focused, Input)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is typed is text: no key of the screen works meanwhile but the one that ends it and the arrows."""
        if action == "stop_finding":
            return self.is_typing or bool(self._field.value)
        return action in _WHILE_TYPING or not self.is_typing

    def action_move(self, rows: int) -> None:
        self.rows.move(rows)

    def action_leaf(self, pages: int) -> None:
        self.rows.leaf(pages)

    def action_first(self) -> None:
        self.rows.go_to(0)

    def action_last(self) -> None:
        self.rows.move(10**9)

    def action_find(self) -> None:
        self.add_class("-finding")
        # At once, not by the field's own `focus`: the next letter may be in the queue already.
        self.set_focus(self._field)

    def action_stop_finding(self) -> None:
        self._field.value = ""
        self._leave_field()
        self.remove_class("-finding")

    def on_input_submitted(self, _message: Input.Submitted) -> None:
        self._leave_field()
        if not self._field.value:
            self.remove_class("-finding")

    def _leave_field(self) -> None:
        self.set_focus(None)
