"""LaTeX formulas drawn as rows of text, for the terminal.

`draw` gives a formula two dimensions, `inline` one row with its grouping kept. Neither raises: what cannot be
read comes back as its source, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashnotes.formula.boxes import Box, line
from flashnotes.formula.layout import Layout
from flashnotes.formula.looks import ASCII, UNICODE, Letters, Look, plain_rows
from flashnotes.formula.parser import parse
from flashnotes.formula.problem import Problem
from flashnotes.formula.tokens import visible
from flashnotes.formula.width import cells

if TYPE_CHECKING:
    from flashnotes.formula.tree import Node

__all__ = ["Drawing", "Letters", "draw", "inline", "linear"]

LONGEST = 20_000
"""Characters of the longest formula that is drawn; longer ones come back as their source."""


class Drawing(NamedTuple):
    """A formula as rows of text of equal width in cells."""

    rows: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    """Commands that nobody knows, shown as they are written."""
    baseline: int = 0
    """The row that stands on the line of the text around, from 0."""
    fits: bool = True
    """Whether the rows keep to the width asked for."""
    problem: str | None = None
    """Why the formula is shown as its source."""
    bold: tuple[tuple[int, int, int], ...] = ()
    """With plain letters: where bold ones stand, as row, first character and last character + 1."""


def draw(latex: str, *, width: int | None = None, style: Letters = "styled") -> Drawing:
    """`latex` in two dimensions, in at most `width` cells if that can be; else `fits` is false."""
    look = ASCII if style == "ascii" else UNICODE
    try:
        node, unknown = _parsed(latex)
        whole = Layout(look).box(node)
        box = whole if width is None or whole.width <= width else _fitted(node, max(width, 1), look, whole)
    except Problem as problem:
        return _source(latex, width, str(problem))
    return _drawing(box or whole, unknown, box is not None, style)


def inline(latex: str, *, style: Letters = "styled") -> Drawing:
    """`latex` on one row, as it stands inside a sentence."""
    look = ASCII if style == "ascii" else UNICODE
    try:
        node, unknown = _parsed(latex)
    except Problem as problem:
        return _source(" ".join(latex.split()), None, str(problem))
    # Loaded when first used: a program that draws no formula starts sooner.
    from flashnotes.formula.linear import Linear

    return _drawing(line(Linear(look).text(node).strip()), unknown, True, style)


def linear(latex: str, *, style: Letters = "styled") -> str:
    """The row of `inline` as text."""
    return inline(latex, style=style).rows[0]


def _fitted(node: Node, width: int, look: Look, whole: Box) -> Box | None:
    from flashnotes.formula.fitting import fitted

    return fitted(node, width, look, whole)


def _parsed(latex: str) -> tuple[Node, tuple[str, ...]]:
    if len(latex) > LONGEST:
        raise Problem(f"longer than {LONGEST} characters")
    return parse(latex)


def _drawing(box: Box, unknown: tuple[str, ...], fits: bool, style: Letters) -> Drawing:
    rows, bold = plain_rows(box.rows) if style == "plain" else (box.rows, ())
    return Drawing(rows, unknown, box.base, fits, None, bold)


def _source(latex: str, width: int | None, problem: str) -> Drawing:
    """The source as rows, cut at `width`."""
    rows = [row for text in (visible(latex).splitlines() or [""]) for row in _cut(text.expandtabs(4), width)]
    widest = max(map(cells, rows))
    return Drawing(tuple(row + " " * (widest - cells(row)) for row in rows), problem=problem)


def _cut(text: str, width: int | None) -> list[str]:
    """`text` in rows of at most `width` cells; a character wider than that has a row of its own."""
    if width is None or cells(text) <= width:
        return [text]
    rows = [""]
    taken = 0
    for character in text:
        size = cells(character)
        if taken + size > width and rows[-1]:
            rows.append("")
            taken = 0
        rows[-1] += character
        taken += size
    return rows
