"""What every full-screen part has in common: the driver, signals, keys of input methods, errors in words."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.filter import NoColor

from flashnotes.screen_text import one_line
from flashnotes.tui.keys import narrowed, takes_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.widgets import Input, TextArea

    from flashnotes.errors import FlashnotesError


_NO_COLOUR = NoColor()
_WIDE_SPACE = "\N{IDEOGRAPHIC SPACE}"
_SECONDS_BETWEEN_LOOKS = 1.0
"""How often it is looked whether the terminal is still there."""


class TerminalApp(App[int]):
    """The whole screen of a terminal; the return value is an exit status."""

    CSS_PATH = "app.tcss"
    TITLE = "flashnotes"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (120, "-wide")]  # noqa: RUF012 (as in App)
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (8, "-low"), (20, "-high"), (44, "-huge")]  # noqa: RUF012 (as in App)
    BINDINGS: ClassVar = [
        Binding("question_mark,f1", "help", "help", id="help", tooltip="This page"),
        Binding("q", "leave", "quit", id="quit", tooltip="Leave; every answer given is saved"),
        Binding("ctrl+c,ctrl+q", "leave", "quit", show=False, priority=True),
        Binding(
            "ctrl+p",
            "command_palette",
            "palette",
            id="palette",
            show=False,
            priority=True,
            tooltip="Every action, found by its name",
        ),
    ]

    def get_line_filters(self) -> Sequence[LineFilter]:
        """With NO_COLOR no colour at all leaves the program: Textual alone would send shades of grey."""
        return [_NO_COLOUR] if self.no_color else super().get_line_filters()

    def before_start(self) -> None:
        """The driver is about to take the terminal over."""

    def get_driver_class(self) -> type[Driver]:
        driver = super().get_driver_class()
        if driver.__module__ == "textual.drivers.web_driver":
            from flashnotes.tui.web_driver import PageDriver

            return PageDriver
        if sys.platform == "win32":
            return driver
        from textual.drivers.linux_driver import LinuxDriver

        from flashnotes.tui.driver import ForgivingDriver

        return ForgivingDriver if driver is LinuxDriver else driver

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._paint_again)
        if not self.is_headless:
            self._heed_signals()
            if sys.platform != "win32" and sys.stdin.isatty():
                self.set_interval(_SECONDS_BETWEEN_LOOKS, self._leave_with_the_terminal)

    def _paint_again(self, _resumed: App[Any]) -> None:
        """Whoever had the terminal meanwhile left nothing of the screen."""
        self.refresh(layout=True)

    def _heed_signals(self) -> None:
        """Leave the screen as it was when the terminal goes away or the program is told to end."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            number = getattr(signal, name, None)
            with contextlib.suppress(NotImplementedError):  # Windows
                if number is not None:
                    loop.add_signal_handler(number, self.exit, 128 + number)

    def _leave_with_the_terminal(self) -> None:
        """A terminal may go without a SIGHUP: that is sent to its own session alone."""
        if not sys.stdin.isatty():
            self.exit(128 + signal.SIGHUP)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            field = self.focused
            if not takes_text(field):
                event = narrowed(event)
            elif self._is_for(field, event):
                return
        await super().on_event(event)

    def _is_for(self, field: Input | TextArea, event: events.Key) -> bool:
        """Give a field what it would not get by itself; whether it was that."""
        if event.key == "ideographic_space":
            # Python calls it unprintable, so the fields would swallow it.
            from textual.widgets import Input

            insert = field.insert_text_at_cursor if isinstance(field, Input) else field.insert
            insert(_WIDE_SPACE)
            return True
        if event.is_forwarded and event.is_printable:
            # A field lets none of these pass: it was typed while the field was being opened.
            field.post_message(events.Key(event.key, event.character))
            return True
        return False

    def tell(self, error: FlashnotesError) -> None:
        """Say what a person can put right, without leaving."""
        self.notify(one_line(str(error)), severity="error", markup=False, timeout=10)

    def action_help(self) -> None:
        from flashnotes.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    async def action_leave(self) -> None:
        """Leave the program; a form that holds something unsaved asks first."""
        if getattr(self.screen, "unsaved", False):
            await self.run_action("screen.cancel")
        else:
            self.exit(0)
