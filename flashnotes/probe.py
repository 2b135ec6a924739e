"""How many cells the terminal gives to characters: written to it, and then it is asked where its cursor stands."""

from __future__ import annotations

import os
import re
import select
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WHERE = "\x1b[6n"
_FOUND = re.compile(rb"\x1b\[\d+;(\d+)R")
_CLEAR = "\r\x1b[K"


def measured_cells(
    texts: Sequence[str], keyboard: int, screen: int, *, wait: float = 0.5
) -> list[int] | None:
    """The cells that each of `texts` takes on the terminal of two descriptors; None where it does not say.

    A terminal that does not answer costs `wait` seconds. The line of the cursor is used and left empty.
    """
    if not (os.isatty(keyboard) and os.isatty(screen)):
        return None
    try:
        with _unbuffered(keyboard):
            return _measure(texts, keyboard, screen, wait)
    except (ImportError, OSError):
        return None


def _measure(texts: Sequence[str], keyboard: int, screen: int, wait: float) -> list[int] | None:
    found = []
    try:
        for text in texts:
            os.write(screen, f"{_CLEAR}{text}{_WHERE}".encode())
            column = _column(keyboard, wait)
            if column is None:
                return None
            found.append(column - 1)
    finally:
        os.write(screen, _CLEAR.encode())
    return found


def _column(keyboard: int, wait: float) -> int | None:
    """The column of the cursor, from 1, once the terminal has told it."""
    told, until = b"", time.monotonic() + wait
    while not (found := _FOUND.search(told)):
        left = until - time.monotonic()
        if left <= 0 or not select.select([keyboard], [], [], left)[0]:
            return None
        told += os.read(keyboard, 64)
    return int(found[1])


@contextmanager
def _unbuffered(keyboard: int) -> Iterator[None]:
    """Keys come at once and are not shown, until the terminal is as it was again."""
    import termios
    import tty

    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard)
        yield
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
