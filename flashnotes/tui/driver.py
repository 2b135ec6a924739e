"""A terminal that may send anything and be stopped by anybody."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

from flashnotes.tui.terminal_app import TerminalApp

if TYPE_CHECKING:
    from typing import TextIO


class ForgivingFile:
    """A terminal to write to that may go at any time: what comes after that is dropped.

    Textual's thread that writes would end with the error, and the application wait for it for ever.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class ForgivingDriver(LinuxDriver):
    """Textual's driver, but foreign bytes, a stop that gave no warning and a lost terminal do not hang the session."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._file = ForgivingFile(self._file)  # type: ignore[arg-type, assignment]

    def start_application_mode(self) -> None:
        """Take the terminal over, from whoever held it until now."""
        if isinstance(self._app, TerminalApp):
            self._app.before_start()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def run_input_thread(self) -> None:
        """Read keys; what came with a byte that is no UTF-8, as from a terminal in another encoding, is lost."""
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except UnicodeDecodeError:
                continue

    def _sigcont_application(self, *signal: object) -> None:
        """Go on after a stop: after SIGSTOP, which nobody can catch, the terminal is still ours and let go first."""
        if self._auto_restart and not self._must_signal_resume:
            self.suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application(*signal)
