"""The full-screen session: it owns the sitting, the clock and the way from screen to screen."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from textual.app import SystemCommand

from flashnotes.errors import FlashnotesError
from flashnotes.markdown import Maths, MathsForm
from flashnotes.screen_text import one_line
from flashnotes.tui.keys import keymap_problems, normal_keymap
from flashnotes.tui.screens.study import SixGradeScreen, StudyScreen
from flashnotes.tui.terminal_app import TerminalApp
from flashnotes.tui.themes import theme_named
from flashnotes.tui.widgets.hint_line import hints
from flashnotes.wording import summary_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.screen import Screen

    from flashnotes.formula import Letters
    from flashnotes.library import Library
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
    theme: str = "auto"
    """`dark`, `light`, `ansi` for the terminal's own colours, `auto`, or the name of a theme of Textual's."""
    six_grades: bool = False
    """SM-2's grades on the keys 0 to 5, in place of four on 1 to 4."""


class StudyApp(TerminalApp):
    """A session on the whole screen; its return value is an exit status."""

    def __init__(
        self,
        session: Session,
        *,
        options: StudyOptions | None = None,
        library: Library | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.session = session
        self.library = library
        self.options = options or StudyOptions()
        self.clock = clock
        self.maths_form = MathsForm.DRAWN
        self._began = clock()
        self._problems = self._take_options()

    def _take_options(self) -> list[str]:
        """Put on the theme and the keys that were chosen; what is wrong with them, a line each."""
        self.set_keymap(normal_keymap(self.options.keymap))
        theme = theme_named(self.options.theme, self.console.color_system)
        if theme in self.available_themes:
            self.theme = theme
            problems = []
        else:
            problems = [f"flashnotes.toml: there is no theme {theme!r}. Write dark, light, ansi or auto."]
        if self.options.keymap:
            from flashnotes.tui.screens import bindings_of_screens

            problems += keymap_problems(self.options.keymap, bindings_of_screens(type(self), self._first))
        return problems

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
            if binding.description and not binding.action.endswith("command_palette"):
                run = partial(self.run_action, binding.action, node)
                yield SystemCommand(binding.description, binding.tooltip, run)
        yield SystemCommand("theme", "Choose the colours", self.action_change_theme)

    @property
    def _first(self) -> type[StudyScreen]:
        return SixGradeScreen if self.options.six_grades else StudyScreen

    def get_default_screen(self) -> Screen[None]:
        return self._first()

    def on_mount(self) -> None:
        for problem in self._problems:
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


def run_study(
    session: Session, out: TextIO, options: StudyOptions | None = None, *, library: Library | None = None
) -> int:
    """Study on the whole screen; what it came to is left in `out`, the scrollback. The exit status."""
    status = StudyApp(session, options=options, library=library).run()
    if session.done:
        out.write("".join(f"{line}\n" for line in summary_lines(session.summary())))
    return status or 0
