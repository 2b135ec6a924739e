"""A terminal that may send anything and be stopped by anybody."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver

from flashnotes.tui.terminal_app import TerminalApp


class ForgivingDriver(LinuxDriver):
    """Textual's driver, but foreign bytes and a stop that gave no warning do not end or hang the session."""

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
