"""A progress bar on standard error, for work that takes more than a second and somebody watches."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PATIENCE = 1.0
"""Seconds before anything is shown."""
Item = TypeVar("Item")


def progress(items: Iterable[Item], total: int, doing: str = "reading notes") -> Iterator[Item]:
    """`items` as they come, with a bar from the second on; without a terminal only the items."""
    if not sys.stderr.isatty():
        yield from items
        return
    begun = time.monotonic()
    iterator = iter(items)
    passed = 0
    for item in iterator:
        passed += 1
        yield item
        if time.monotonic() - begun > _PATIENCE:
            break
    if passed < total:
        yield from _with_bar(iterator, (passed, total), doing)
    else:
        yield from iterator


def _with_bar(items: Iterator[Item], counts: tuple[int, int], doing: str) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        passed, total = counts
        task = bar.add_task("", total=total, completed=passed)
        for item in items:
            bar.advance(task)
            yield item
