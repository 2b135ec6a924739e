"""The session in a browser on this machine: prints the address to open, with a token that nobody else knows.

Every page that is open is a session of its own. Ctrl-C ends them all; every answer given is saved.
"""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument(
        "--port", metavar="N", type=port, default=0, help="where to listen; a free port without it"
    )


def port(text: str) -> int:
    """A TCP port; 0 for one that is free."""
    number = int(text)
    if not 0 <= number < 1 << 16:
        raise ValueError(text)
    return number


def run(options: argparse.Namespace, context: Context) -> int:
    try:
        from flashnotes.web.server import serve
    except ImportError as error:
        raise FlashnotesError(
            "a session in a browser needs the extra 'web'. Run: pip install 'flashnotes[web]'"
        ) from error
    from flashnotes.web.gate import Gate

    with _listen(options.port) as listening:
        # What is wrong with the home is told here, not on a page that stays empty.
        context.library(shipped=True)
        gate = Gate(listening.getsockname()[1])
        print(f"open {gate.address}", flush=True)
        print("Ctrl-C ends it", file=sys.stderr, flush=True)
        serve(gate, _study(context.home.path), listening)
    return 0


def _listen(number: int) -> socket.socket:
    """On loopback alone: no other machine can reach it."""
    try:
        return socket.create_server(("127.0.0.1", number))
    except OSError as error:
        raise FlashnotesError(
            f"port {number} of this machine cannot be had ({error.strerror}). Name another with --port."
        ) from error


def _study(home: Path) -> list[str]:
    """The command of one session: this Python and this program, wherever it stands.

    Not `python -m`, which would take modules from the current folder, where notes may lie beside a random.py.
    """
    program = f"import sys; sys.path[:] = {sys.path!r}; from flashnotes.cli import main; sys.exit(main())"
    return [sys.executable, "-P", "-X", "utf8", "-c", program, "--home", str(home), "study"]
