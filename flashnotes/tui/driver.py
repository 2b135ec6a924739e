"""A terminal that may send anything: bytes that are no UTF-8 must not end the session."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver


class ForgivingDriver(LinuxDriver):
    """Drops what it read together with a byte that is no UTF-8, as a terminal in another encoding sends."""

    def run_input_thread(self) -> None:
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except UnicodeDecodeError:
                continue
