"""The full-screen session: it owns the sitting, the clock and the way from screen to screen."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from textual.app import SystemCommand
from textual.binding import Binding

from flashnotes.errors import FlashnotesError
from flashnotes.markdown import Maths, MathsForm
from flashnotes.screen_text import one_line
from flashnotes.tui.keys import keymap_problems
from flashnotes.tui.screens.study import StudyScreen
from flashnotes.tui.terminal_app import TerminalApp
from flashnotes.tui.widgets.hint_line import hints
from flashnotes.wording import summary_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.screen import Screen

    from flashnotes.formula import Letters
    from flashnotes.session import Session, Undone


@dataclass(frozen=True, slots=True)
class StudyOptions:
    """What a person may choose about the screen."""

    key_guard_ms: int = 150
    """The key that changed the card is ignored for this long, so that one press is one step; 0 never."""
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of their binding, comma-separated: `{"undo": "u,backspace"}`."""
    letters: Letters = "styled"
    """In which letters formulas are drawn."""
    theme: str | None = None
    """A theme of Textual's."""


class StudyApp(TerminalApp):
    """A session on the whole screen; its return value is an exit status."""

    def __init__(
        self,
        session: Session,
        *,
        options: StudyOptions | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.session = session
        self.options = options or StudyOptions()
        self.clock = clock
        self.maths_form = MathsForm.DRAWN
        self._began = clock()
        if self.options.theme:
            self.theme = self.options.theme
        if self.options.keymap:
            self.set_keymap(dict(self.options.keymap))

    @property
    def maths(self) -> Maths:
        """How formulas are shown now, and in which letters."""
        return Maths(self.maths_form, self.options.letters)

    @property
    def seconds(self) -> float:
        """How long the session has been on the screen."""
        return self.clock() - self._began

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action that has a key here, and the themes."""
        for binding, node, _ in hints(screen).values():
            if binding.tooltip and not binding.action.endswith("command_palette"):
                run = partial(self.run_action, binding.action, node)
                yield SystemCommand(binding.description, binding.tooltip, run)
        yield SystemCommand("theme", "Choose the colours", self.action_change_theme)

    def get_default_screen(self) -> Screen[None]:
        return StudyScreen()

    def on_mount(self) -> None:
        bindings = (*StudyScreen.BINDINGS, *TerminalApp.BINDINGS)
        named = [binding for binding in bindings if isinstance(binding, Binding)]
        for problem in keymap_problems(self.options.keymap, named):
            self.notify(one_line(problem), severity="warning", markup=False, timeout=10)

    def undo(self) -> Undone | None:
        """Take the last answer back; None, and said, when there is none or it cannot be."""
        try:
            undone = self.session.undo()
        except FlashnotesError as error:
            self.tell(error)
            return None
        if undone is None:
            self.notify("Nothing to undo.", markup=False, timeout=3)
        return undone


def run_study(session: Session, out: TextIO, options: StudyOptions | None = None) -> int:
    """Study on the whole screen; what it came to is left in `out`, the scrollback. The exit status."""
    status = StudyApp(session, options=options).run()
    if session.done:
        out.write("".join(f"{line}\n" for line in summary_lines(session.summary())))
    return status or 0
