"""Cards from many note files, in order: by a process for each processor where there is work for them."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashnotes.errors import NoteError
from flashnotes.extract import extract
from flashnotes.notefiles import read_note

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from pathlib import Path

    from flashnotes.models import Candidate

MOST_PROCESSES = 8
ENOUGH_FOR_ONE = 2**20
"""Bytes of notes for each process: it saves more time than it takes to begin."""
CHUNK = 128 * 2**10
"""Bytes of notes that a process is given at a time."""
AHEAD = 2
"""Chunks for each process that may be read before the first is asked for: memory does not grow with the notes."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one note file holds: its cards and what it says of them, or why it cannot be read."""

    path: Path
    candidates: tuple[Candidate, ...] = ()
    deck: str | None = None
    tags: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How notes are read."""

    min_score: float | None = None
    """The least score of a card; None for the recommended one."""
    encoding: str | None = None
    """Of notes that are not UTF-8; None refuses them."""


def extract_files(
    paths: Sequence[Path], *, min_score: float | None = None, encoding: str | None = None
) -> Generator[Extracted]:
    """What each of the note files `paths` holds, in their order."""
    how = Reading(min_score, encoding)
    chunks = list(_chunks(paths))
    processes = min(_cores(), MOST_PROCESSES, sum(size for size, _ in chunks) // ENOUGH_FOR_ONE)
    if processes < 2:
        for path in paths:
            yield extract_file(path, how)
    else:
        yield from _by_processes([chunk for _, chunk in chunks], how, processes)


def extract_file(path: Path, how: Reading = Reading()) -> Extracted:
    """What the note file at `path` holds."""
    try:
        note = read_note(path, how.encoding)
    except NoteError as error:
        return Extracted(path, problem=str(error))
    found = extract(note, min_score=how.min_score)
    if note.lines:
        found = [replace(each, line=note.lines[min(each.line, len(note.lines)) - 1]) for each in found]
    return Extracted(path, tuple(found), note.deck, note.tags)


def _chunks(paths: Iterable[Path]) -> Iterator[tuple[int, list[Path]]]:
    """`paths` in runs of about `CHUNK` bytes, each with its size."""
    run: list[Path] = []
    size = 0
    for path in paths:
        run.append(path)
        size += _size(path)
        if size >= CHUNK:
            yield size, run
            run, size = [], 0
    if run:
        yield size, run


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _by_processes(chunks: Iterable[list[Path]], how: Reading, processes: int) -> Iterator[Extracted]:
    pool = _pool(processes)
    waiting: deque[tuple[list[Path], Future[list[Extracted]] | None]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, _begun(pool, chunk, how)))
            if len(waiting) > AHEAD * processes:
                yield from _ended(*waiting.popleft(), how)
        while waiting:
            yield from _ended(*waiting.popleft(), how)
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _pool(processes: int) -> ProcessPoolExecutor | None:
    """So many processes, or None where the system allows none.

    A forked one begins at once; where a thread may hold a lock, or by the system's custom, they begin anew.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    forks = sys.platform == "linux" and threading.active_count() == 1
    try:
        return ProcessPoolExecutor(processes, get_context("fork" if forks else "spawn"), _begin)
    except (OSError, ImportError, NotImplementedError):
        return None


def _begin() -> None:
    """Leave Ctrl-C to the process that the person started, and its objects to the memory they share."""
    import gc
    import signal

    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _begun(
    pool: ProcessPoolExecutor | None, chunk: list[Path], how: Reading
) -> Future[list[Extracted]] | None:
    try:
        return pool.submit(_extract_chunk, chunk, how) if pool is not None else None
    except (BrokenExecutor, OSError):
        return None


def _ended(chunk: list[Path], begun: Future[list[Extracted]] | None, how: Reading) -> list[Extracted]:
    """The chunk's cards; where its process ended too early, they are found here."""
    if begun is not None:
        try:
            return begun.result()
        except BrokenExecutor:
            pass
    return _extract_chunk(chunk, how)


def _extract_chunk(chunk: list[Path], how: Reading) -> list[Extracted]:
    return [extract_file(path, how) for path in chunk]
