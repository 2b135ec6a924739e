"""Standard input, output and error as they really come: closed, full, or in an encoding that lacks our letters."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def prepare() -> None:
    """Make reading and writing safe: no letter is an error, and closed input and error are empty ones."""
    # print() to an error stream that is not there would go to standard output.
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def discard(out: TextIO) -> None:
    """Send what is still buffered nowhere, so that closing the output does not fail again."""
    try:
        descriptor = out.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
