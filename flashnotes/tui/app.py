"""The full-screen session: it owns the sitting, the clock and the way from screen to screen."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, TextIO

from textual.app import SystemCommand
from textual.binding import Binding

from flashnotes.errors import FlashnotesError
from flashnotes.markdown import Maths, MathsForm
from flashnotes.screen_text import one_line
from flashnotes.tui.keys import keymap_problems, normal_keymap, takes_text
from flashnotes.tui.screens.flagging import Flagging
from flashnotes.tui.screens.study import SixGradeScreen, StudyScreen
from flashnotes.tui.terminal import letters_for
from flashnotes.tui.terminal_app import TerminalApp
from flashnotes.tui.themes import theme_named
from flashnotes.tui.widgets.hint_line import hints
from flashnotes.wording import summary_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual import events
    from textual.screen import Screen

    from flashnotes.config import Settings
    from flashnotes.desk import Desk
    from flashnotes.formula import Letters
    from flashnotes.library import Library
    from flashnotes.session import Session, Undone
    from flashnotes.times import ClockTrust
    from flashnotes.tui.charts import Ink
    from flashnotes.upkeep import Upkeep


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


def options_of(settings: Settings, encoding: str | None) -> StudyOptions:
    """What a home's settings say of the screen; a terminal of another `encoding` than Unicode gets ASCII."""
    return StudyOptions(
        keymap=settings.keys,
        letters=letters_for(settings, encoding),
        theme=settings.theme,
        six_grades=settings.six_grades,
    )


class StudyApp(TerminalApp):
    """A session on the whole screen; its return value is an exit status."""

    BINDINGS: ClassVar = [
        Binding("b", "back", "back", id="back", tooltip="Go back; every answer given is saved"),
        Binding("escape", "back", "back", show=False),
    ]

    def __init__(
        self,
        session: Session | None = None,
        *,
        desk: Desk | None = None,
        options: StudyOptions | None = None,
        library: Library | None = None,
        clock: Callable[[], float] = time.monotonic,
        let_go: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self.sittings = [session] if session else []
        self.desk = desk
        self.library = desk.library if desk else library
        self.options = options or StudyOptions()
        self.clock = clock
        self._let_go = let_go
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

            problems += keymap_problems(self.options.keymap, bindings_of_screens(type(self), self.first))
        return problems

    def before_start(self) -> None:
        self._let_go()

    def on_key(self, event: events.Key) -> None:
        """Take the digit of a flag here, where keys become actions: in its order among them, however fast it comes."""
        if isinstance(self.screen, Flagging) and self.screen.flagged_by(event):
            event.prevent_default()

    @property
    def maths(self) -> Maths:
        """How formulas are shown now, and in which letters."""
        return Maths(self.maths_form, self.options.letters)

    @property
    def ink(self) -> Ink:
        """What charts are drawn with."""
        from flashnotes.tui.charts import ASCII, BLOCKS

        return ASCII if self.options.letters == "ascii" else BLOCKS

    @property
    def session(self) -> Session:
        """The session on the screen: the last one that was sat down to."""
        return self.sittings[-1]

    @property
    def seconds(self) -> float:
        """How long the session has been on the screen."""
        return self.clock() - self._began

    @cached_property
    def upkeep(self) -> Upkeep:
        """What was done to cards on the screens beside the session, to be taken back."""
        if self.library is None:
            raise LookupError("upkeep without a home")
        from flashnotes.upkeep import Upkeep

        return Upkeep(self.library)

    @cached_property
    def clock_trust(self) -> ClockTrust:
        """Whether the clock may be written by, on whatever screen."""
        from flashnotes.times import ClockTrust

        desk = self.desk
        return ClockTrust(desk.library.store.last_moment, desk.now) if desk else self.session.clock_trust()

    def with_right_clock(self, write: Callable[[], None]) -> None:
        """Write; where the clock has jumped, not before the person has said that it is right."""
        doubt = self.clock_trust.doubt()
        if doubt is None:
            write()
            return
        from flashnotes.tui.screens.ask import Confirm

        def told(is_right: bool | None) -> None:
            if is_right:
                self.clock_trust.trust()
                write()
            else:
                unsaved = "Nothing was saved. Set the clock right, then go on."
                self.notify(unsaved, severity="warning", markup=False, timeout=10)

        self.push_screen(Confirm(f"{doubt[0].upper()}{doubt[1:]}. Is it right?"), told)

    def follow(self, settings: Settings) -> None:
        """Go by other settings: the screen at once, sessions from the next one on."""
        if self.desk is not None:
            self.desk.follow(settings)
        chosen = options_of(settings, self.console.encoding)
        self.options = replace(chosen, key_guard_ms=self.options.key_guard_ms)
        for problem in self._take_options():
            self.notify(one_line(problem), severity="warning", markup=False, timeout=10)

    def sit_down(self, session: Session) -> None:
        """Take up another session."""
        self.sittings.append(session)
        self._began = self.clock()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action that has a key here, and the themes."""
        for binding, node, _ in hints(screen).values():
            if binding.description and not binding.action.endswith("command_palette"):
                run = partial(self.run_action, binding.action, node)
                yield SystemCommand(binding.description, binding.tooltip, run)
        yield SystemCommand("theme", "Choose the colours", self.action_change_theme)

    @property
    def first(self) -> type[StudyScreen]:
        return SixGradeScreen if self.options.six_grades else StudyScreen

    def get_default_screen(self) -> Screen[None]:
        if self.sittings:
            return self.first()
        from flashnotes.tui.screens.start import StartScreen

        return StartScreen()

    def on_mount(self) -> None:
        for problem in self._problems:
            self.notify(one_line(problem), severity="warning", markup=False, timeout=10)
        if not gc.isenabled():
            self.call_after_refresh(_collect_again)

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a way back where something stands below the screen, or a home to show the start of."""
        if action != "back":
            return True
        if takes_text(self.focused):
            return False
        above = len(self.screen_stack) > 1
        if isinstance(self.screen_stack[0], StudyScreen):
            return self.desk is not None or (above and not self._is_at_end)
        return above

    @property
    def _is_at_end(self) -> bool:
        from flashnotes.tui.screens.finished import End

        return isinstance(self.screen, End)

    async def action_back(self) -> None:
        """To where one came from; from the end of a session, as from its middle, to the start."""
        if not isinstance(self.screen, StudyScreen):
            is_end = self._is_at_end
            self.pop_screen()
            if not is_end:
                return
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            from flashnotes.tui.screens.start import StartScreen

            self.switch_screen(StartScreen())


def _collect_again() -> None:
    """Let the collector run again, but never over what the start has made: that stays, and is much."""
    gc.freeze()
    gc.enable()


def run_study(
    session: Session | None,
    out: TextIO,
    options: StudyOptions | None = None,
    *,
    desk: Desk | None = None,
    let_go: Callable[[], None] = lambda: None,
    inline: bool = False,
) -> int:
    """Study on the whole screen, from the start where there is no session yet; the exit status.

    What each session came to is left in `out`, the scrollback. `let_go` is called when the screen takes the terminal
    over from whoever holds it. With `inline` it takes a few rows under the prompt.
    """
    app = StudyApp(session, desk=desk, options=options, let_go=let_go)
    status = app.run(inline=inline, inline_no_clear=False)
    for sitting in app.sittings:
        if sitting.done:
            out.write("".join(f"{line}\n" for line in summary_lines(sitting.summary())))
    return status or 0
