"""The command line: finds the command, runs it, and turns errors into one line and an exit status.

Each command is a module beside this one with `add_arguments(parser)` and `run(options, context)`; its docstring
is its help. Only the module of the command that was asked for is imported, so `flashnotes due` never pays for
Textual or SQLModel.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

from flashnotes import __version__
from flashnotes.errors import FlashnotesError, UsageError
from flashnotes.streams import discard, prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "extract": "print the cards found in notes",
    "import": "take cards from notes and deck files into your decks",
    "study": "review what is due",
    "serve": "study in a browser on this machine",
    "browse": "search, edit and put in order all cards",
    "due": "count what is due",
    "cards": "list cards",
    "answer": "record one review without a session",
    "undo": "take the last action back",
    "bury": "keep a card for tomorrow",
    "suspend": "ask a card no more",
    "flag": "mark a card",
    "set-due": "set the day a card is due",
    "reset": "make a card new again",
    "catch-up": "spread a backlog over days",
    "exam": "see every card of a deck once more before a day",
    "stats": "what was reviewed and how well",
    "export": "write decks for Anki and other programs",
    "check": "find what makes a deck or a card bad",
    "rules": "what the extractor looks for",
    "decks": "list the decks, add the shipped ones",
    "optimize": "fit FSRS to your own reviews",
    "replay": "the schedule that a log of answers gives",
    "doctor": "look after database, decks, clock and terminal",
    "backup": "copy the database",
    "restore": "put a backup back",
    "sync": "merge the reviews of another home",
    "formula": "draw a LaTeX formula as text",
}
"""Every command, in the order of the help: the name of its module (`import_` for `import`) and what it does."""

_MODULES = {"import": "import_", "set-due": "set_due", "catch-up": "catch_up"}
"""Commands whose name is no name of a module."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    prepare()
    try:
        if sys.stdout is None:
            raise FlashnotesError("standard output is closed. Send it to a file; nothing was done.")
        status = _dispatch(words)
        sys.stdout.flush()
    except FlashnotesError as error:
        _say(str(error))
        return error.exit_status
    except BrokenPipeError:
        # The reader of a pipe left; nothing more can be said to it, not even by the interpreter at its end.
        discard(sys.stdout)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.filename is None:
            discard(sys.stdout)
        _say(_describe(error))
        return 1
    except MemoryError:
        _say("out of memory; what was saved before stays saved.")
        return 1
    return status


def _describe(error: OSError) -> str:
    """What went wrong with a file or, where the error names none, with standard output."""
    why = error.strerror or error
    if error.filename:
        return f"{error.filename}: {why}."
    return f"the output cannot be written ({why}). What was saved stays saved."


def _dispatch(words: list[str]) -> int:
    position = _command_position(words)
    if position is None:
        return _run_no_command(words)
    name = words[position]
    if name == "help":
        return _dispatch([*words[position + 1 :], "--help"])
    if name not in COMMANDS:
        from flashnotes.text import did_you_mean

        meant = " ".join(filter(None, (did_you_mean(name, COMMANDS), "`flashnotes --help` lists them.")))
        raise UsageError(f"no command {name!r}. {meant}")
    return _run(name, words[:position] + words[position + 1 :])


def _run_no_command(words: list[str]) -> int:
    if any(word in ("-V", "--version") for word in words):
        print(f"flashnotes {__version__}")
    elif any(word in ("-h", "--help") for word in words) or not words:
        print(_overview())
    else:
        raise UsageError(f"no command given. Commands: {', '.join(COMMANDS)}.")
    return 0 if words else 2


def _command_position(words: list[str]) -> int | None:
    """Where the command stands: the first word that is neither an option nor the value of `--home`."""
    skip = False
    for position, word in enumerate(words):
        if skip:
            skip = False
        elif word == "--home":
            skip = True
        elif not word.startswith("-"):
            return position
    return None


def _run(name: str, words: list[str]) -> int:
    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser

    module = importlib.import_module(f"flashnotes.cli.{_MODULES.get(name, name)}")
    parser = Parser(prog=f"flashnotes {name}", description=module.__doc__)
    parser.add_argument("--home", metavar="DIR", help="the folder with your decks and reviews")
    module.add_arguments(parser)
    # Only the plain form lets words that begin with a hyphen follow "--".
    parse = parser.parse_args if "--" in words else parser.parse_intermixed_args
    try:
        options = parse(words)
    except SystemExit:
        # argparse leaves so after --help alone; the help is still to be written out.
        return 0
    with Context(options.home) as context:
        status: int = module.run(options, context)
    return status


def _overview() -> str:
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:{width}}  {what}" for name, what in COMMANDS.items())
    return (
        "usage: flashnotes [--home DIR] COMMAND …\n\n"
        "Flashcards from your own notes, studied in the terminal.\n\n"
        f"commands:\n{rows}\n\n"
        "`flashnotes COMMAND --help` tells more of one. `flashnotes --version` tells the version."
    )


def _say(message: str) -> None:
    from flashnotes.cli.context import warn

    warn(message)
