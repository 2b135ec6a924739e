"""Boxes of text with a baseline, and how they are put beside and above one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from flashnotes.formula.problem import Problem
from flashnotes.formula.width import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAXIMUM_AREA: Final = 400_000
"""Cells of the largest box: a formula of many rows with one very long row would grow as the square."""


class Box(NamedTuple):
    """Rows of equal width. `base` is the row that stands on the line; `tall` if more than scripts rise from it."""

    rows: tuple[str, ...]
    width: int
    base: int = 0
    tall: bool = False


NOTHING: Final = Box(("",), 0)


def line(text: str) -> Box:
    return Box((text,), cells(text))


def check_area(height: int, width: int) -> None:
    if height * width > MAXIMUM_AREA:
        raise Problem("too large to draw")


def beside(boxes: Sequence[Box]) -> Box:
    """`boxes` from left to right, on one baseline."""
    if len(boxes) == 1:
        return boxes[0]
    above = below = width = 0
    tall = False
    for box in boxes:
        width += box.width
        above = max(above, box.base)
        below = max(below, len(box.rows) - box.base)
        tall = tall or box.tall
    if above + below <= 1:
        return Box(("".join([box.rows[0] for box in boxes]),), width, 0, tall)
    check_area(above + below, width)
    columns = [_padded(box, above, below) for box in boxes]
    return Box(tuple(map("".join, zip(*columns, strict=True))), width, above, tall)


def _padded(box: Box, above: int, below: int) -> tuple[str, ...]:
    blank = (" " * box.width,)
    return blank * (above - box.base) + box.rows + blank * (below - len(box.rows) + box.base)


def spread(rows: Iterable[str], width: int, by: int, align: str = "c") -> list[str]:
    """`rows` of `width` cells in a width of `by`, to the left, the right or the centre."""
    room = by - width
    if not room:
        return list(rows)
    left = {"l": 0, "r": room}.get(align, room // 2)
    return [" " * left + row + " " * (room - left) for row in rows]


def above_one_another(boxes: Sequence[Box], base: int, align: str = "c") -> Box:
    """`boxes` from top to bottom; the baseline is that of the box numbered `base`."""
    width = max(box.width for box in boxes)
    rows: list[str] = []
    line_ = 0
    for number, box in enumerate(boxes):
        if number == base:
            line_ = len(rows) + box.base
        rows += spread(box.rows, box.width, width, align)
    check_area(len(rows), width)
    return Box(tuple(rows), width, line_, True)


def extent(boxes: Sequence[Box]) -> tuple[int, int]:
    return max(box.base for box in boxes), max(len(box.rows) - box.base for box in boxes)


def with_waist(box: Box) -> Box:
    """A box of two rows with an empty one between them, where a curly brace has its point."""
    blank = " " * box.width
    if len(box.rows) == 2:
        return Box((box.rows[0], blank, box.rows[1]), box.width, 1, True)
    return Box((blank, *box.rows, blank), box.width, box.base + 1, True)


def has_bar(box: Box, bar: str) -> bool:
    full = bar * box.width
    return box.width > 0 and full in box.rows
