"""Rows of styled text that know nothing of a screen."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.formula.width import cells
from flashnotes.wrapping import row_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashnotes.formula import Letters

_HELD = "\u00a0"
"""Stands for a space that no row may be broken at, until the rows are made."""


class Span(NamedTuple):
    """Text in one style: the names of `STYLES` that hold, parted by spaces; none is plain text."""

    text: str
    style: str = ""


Row = tuple[Span, ...]


class MathsForm(Enum):
    """How formulas are shown."""

    DRAWN = "drawn"
    LINEAR = "on one line"
    SOURCE = "LaTeX"


class Maths(NamedTuple):
    """How formulas are shown, and in which letters."""

    form: MathsForm = MathsForm.DRAWN
    letters: Letters = "styled"


STYLES = ("strong", "emphasis", "strike", "mark", "code", "maths", "link", "heading", "quiet")
"""Every name that a span's style is made of."""


def plain(row: Iterable[Span]) -> str:
    return "".join(span.text for span in row)


def row_cells(row: Iterable[Span]) -> int:
    return sum(cells(span.text) for span in row)


def styled(spans: Iterable[Span], style: str) -> list[Span]:
    """`spans` with `style` on top of their own."""
    return [Span(span.text, f"{span.style} {style}".strip()) for span in spans]


def held(text: str) -> str:
    """`text` with its spaces held, so that it stays on one row."""
    return text.replace(" ", _HELD)


def wrapped(spans: list[Span], width: int) -> list[Row]:
    """`spans` in rows of at most `width` cells."""
    text = plain(spans)
    return [_released(_cut(spans, start, end)) for start, end in row_spans(text, width)]


def _cut(spans: list[Span], start: int, end: int) -> Iterator[Span]:
    position = 0
    for span in spans:
        first, last = max(start - position, 0), min(end - position, len(span.text))
        if first < last:
            yield Span(span.text[first:last], span.style)
        position += len(span.text)
        if position >= end:
            return


def _released(spans: Iterable[Span]) -> Row:
    return tuple(Span(span.text.replace(_HELD, " "), span.style) for span in spans)
