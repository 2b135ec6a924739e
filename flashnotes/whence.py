"""Where in its note a card comes from: the headings above its line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.models import Source

_LARGEST = 2_000_000
"""Bytes: a larger note is not looked into between two cards."""
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_MARKS = re.compile(r"[*_`]+")


def note_headings(home: Path, source: Source | None) -> tuple[str, ...]:
    """The headings that a card's place stands under, outermost first; none where its note cannot be read."""
    if source is None or source.line is None:
        return ()
    path = home / source.path
    try:
        about = path.stat()
        return _headings(path, source.line, about.st_mtime_ns) if about.st_size <= _LARGEST else ()
    except (OSError, ValueError):
        return ()


@lru_cache(maxsize=256)
def _headings(path: Path, line: int, _changed: int) -> tuple[str, ...]:
    return headings_above(path.read_text(encoding="utf-8", errors="replace"), line)


def headings_above(text: str, line: int) -> tuple[str, ...]:
    """The path of Markdown's headings (`#` to `######`) that the line, from 1, stands under."""
    path: list[tuple[int, str]] = []
    in_code = False
    for row in text.split("\n")[: max(0, line - 1)]:
        if _FENCE.match(row):
            in_code = not in_code
        elif not in_code and (found := _HEADING.match(row)):
            level = len(found[1])
            path = [(above, name) for above, name in path if above < level]
            path.append((level, one_line(_MARKS.sub("", found[2]))))
    return tuple(name for _, name in path if name)
