"""`import --watch`: notes that change are looked at quietly, and their cards wait for the next session."""

from __future__ import annotations

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
    from collections.abc import Collection, Sequence

    from flashnotes.cli.context import Context
    from flashnotes.library import Library
    from flashnotes.models import Moment
    from flashnotes.scanning import Choices


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
    library = context.library()
    print(f"watching {', '.join(map(str, folders))}; Ctrl-C ends it", file=sys.stderr, flush=True)
    for changed in changes(
        *(folder.absolute() for folder in folders), watch_filter=_is_note, raise_interrupt=False
    ):
        take_in({Path(path) for _, path in changed}, library, choices, context.now())
        count = waiting_count(library.home)
        print("1 card waits" if count == 1 else f"{count} cards wait", file=sys.stderr, flush=True)
    return 0


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
