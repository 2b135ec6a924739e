"""`import --watch`: notes that change are looked at quietly, and their cards wait for the next session."""

from __future__ import annotations

import contextlib
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.candidates import read_waiting, waiting_count, write_waiting
from flashnotes.cli.context import warn
from flashnotes.errors import FlashnotesError, UsageError
from flashnotes.importer import plan_import
from flashnotes.notefiles import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from flashnotes.cli.context import Context
    from flashnotes.library import Library
    from flashnotes.models import Moment
    from flashnotes.scanning import Choices


_LOOKS_UP_AFTER_MS = 1000
"""With no change for so long, it says that it watches, or goes on."""


def watch(folders: Sequence[Path], choices: Choices, context: Context) -> int:
    """Watch `folders` until interrupted; what changes while nobody watches is found by the next import."""
    try:
        from watchfiles import watch as changes
    except ImportError as error:
        raise FlashnotesError(
            "watching needs the extra 'watch'. Run: pip install 'flashnotes[watch]'"
        ) from error
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder}: is no folder. Name the folder to watch.")
    logging.getLogger("watchfiles").setLevel(logging.ERROR)
    with contextlib.suppress(KeyboardInterrupt):
        _follow(
            changes(
                *(folder.absolute() for folder in folders),
                watch_filter=_is_note,
                raise_interrupt=False,
                rust_timeout=_LOOKS_UP_AFTER_MS,
                yield_on_timeout=True,
            ),
            f"watching {', '.join(map(str, folders))}; Ctrl-C ends it",
            choices,
            context,
        )
    return 0


def _follow(
    rounds: Iterable[Collection[tuple[object, str]]], greeting: str, choices: Choices, context: Context
) -> None:
    """Take in each round of changes; the `greeting` waits for the first, for only then no change is missed."""
    library = context.library()
    for number, changed in enumerate(rounds):
        if number == 0:
            print(greeting, file=sys.stderr, flush=True)
        if changed:
            take_in({Path(path) for _, path in changed}, library, choices, context.now())
            count = waiting_count(library.home)
            print("1 card waits" if count == 1 else f"{count} cards wait", file=sys.stderr, flush=True)


def take_in(paths: Collection[Path], library: Library, choices: Choices, at: Moment) -> None:
    """Queue the notes among `paths` that hold something to decide on; those that no longer do leave the queue."""
    library.refresh()
    waiting = read_waiting(library.home)
    for path in sorted(paths):
        count = _to_decide(path, library, choices, at)
        if count:
            waiting.notes[str(path)] = count
        else:
            waiting.notes.pop(str(path), None)
    try:
        write_waiting(library.home, waiting)
    except FlashnotesError as error:
        warn(str(error))


def _to_decide(path: Path, library: Library, choices: Choices, at: Moment) -> int:
    """How many cards of the note at `path` wait for a word; none of one that is gone: the next import tells of it."""
    if not path.exists():
        return 0
    done = plan_import(library, [path], at=at, choices=choices)
    for problem in done.problems:
        warn(problem)
    return done.open_entries


def _is_note(_change: object, path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return path.lower().endswith(SUFFIXES) and not any(part.startswith(".") for part in parts[-2:])
