"""A card's Markdown, with its formulas, as rows of styled text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from flashnotes.formula import draw
from flashnotes.formula import inline as inline_drawing
from flashnotes.formula.width import cells
from flashnotes.markdown.blocks import (
    Block,
    Code,
    Divider,
    Formula,
    Heading,
    Item,
    Line,
    Quote,
    Table,
    blocks,
)
from flashnotes.markdown.inlines import formulas as inline_formulas
from flashnotes.markdown.inlines import inline
from flashnotes.markdown.inlines import pictures as inline_pictures
from flashnotes.markdown.spans import Maths, MathsForm, Row, Span, styled, wrapped
from flashnotes.markdown.tables import table_rows
from flashnotes.screen_text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.formula import Drawing

_TAB: Final = 4
_INDENT: Final = "  "
_DRAWN: Final = Maths()
_LEAST_WIDTH: Final = 4
"""Under this many cells beside a mark the hanging indent is given up."""


def render(text: str, width: int, maths: Maths = _DRAWN) -> list[Row]:
    """The rows of `text` in at most `width` cells; only code and formulas that cannot be broken are wider."""
    return _Renderer(maths).rows(blocks(_prepared(text)), max(width, 1))


def formulas(text: str) -> list[str]:
    """The LaTeX of every formula of `text`, in order."""
    found: list[str] = []
    for part in _leaves(blocks(_prepared(text))):
        found += [part.latex] if isinstance(part, Formula) else inline_formulas(part)
    return found


def pictures(text: str) -> list[str]:
    """The address of every picture of `text`, in order."""
    parts = _leaves(blocks(_prepared(text)))
    return [address for part in parts if isinstance(part, str) for address in inline_pictures(part)]


def _prepared(text: str) -> str:
    return printable(text).expandtabs(_TAB).strip("\n")


def _leaves(of: Sequence[Block]) -> Iterator[Formula | str]:
    """Display formulas, and every piece of text that may hold something marked up."""
    for block in of:
        match block:
            case Formula():
                yield block
            case Line(text) | Heading(text):
                yield text
            case Item(_, inside) | Quote(inside):
                yield from _leaves(inside)
            case Table(rows):
                yield from (cell for row in rows for cell in row)


class _Renderer:
    def __init__(self, maths: Maths) -> None:
        self.maths = maths

    def rows(self, of: Sequence[Block], width: int) -> list[Row]:
        return [row for block in of for row in self._block(block, width)]

    def _block(self, block: Block, width: int) -> Iterator[Row]:
        match block:
            case Line(text):
                yield from self._line(text, width)
            case Heading(text):
                yield from wrapped(styled(inline(text, self.maths), "heading"), width)
            case Item(mark, inside):
                yield from self._hanging(Span(f"{mark} ", "quiet"), " " * (cells(mark) + 1), inside, width)
            case Quote(inside):
                yield from self._hanging(Span("│ ", "quiet"), "│ ", inside, width)
            case Code(lines):
                yield from ((Span(_INDENT + line, "code"),) for line in lines)
            case Formula():
                yield from self._formula(block, width)
            case Table():
                yield from table_rows(block, width, self.maths)
            case Divider():
                yield (Span("─" * width, "quiet"),)

    def _line(self, text: str, width: int) -> list[Row]:
        """Prose; the indent it is written with stays in front of each row."""
        content = text.lstrip(" ")
        indent = text[: len(text) - len(content)]
        room = width - len(indent)
        if not indent or room < _LEAST_WIDTH:
            return wrapped(inline(text, self.maths), width)
        return [(Span(indent), *row) for row in wrapped(inline(content, self.maths), room)]

    def _hanging(self, first: Span, rest: str, inside: Sequence[Block], width: int) -> Iterator[Row]:
        room = width - cells(rest)
        if room < _LEAST_WIDTH:
            yield from wrapped([first], width)
            yield from self.rows(inside, width)
            return
        for number, row in enumerate(self.rows(inside, room) or [()]):
            yield (first, *row) if number == 0 else (Span(rest, "quiet"), *row)

    def _formula(self, formula: Formula, width: int) -> Iterator[Row]:
        room = max(width - len(_INDENT), 1)
        latex = formula.latex + formula.after
        draw_ = inline_drawing if self.maths.form is MathsForm.LINEAR else partial(draw, width=room)
        drawing = draw_(latex, style=self.maths.letters)
        if drawing.problem or self.maths.form is MathsForm.SOURCE:
            for line in latex.split("\n"):
                yield from ((Span(_INDENT), *row) for row in wrapped([Span(line.strip(), "maths")], room))
            return
        for number in range(len(drawing.rows)):
            yield (Span(_INDENT), *_maths(drawing, number))


def _maths(drawing: Drawing, number: int) -> Iterator[Span]:
    """One row of a drawing, its bold letters strong."""
    row = drawing.rows[number].rstrip()
    position = 0
    for at, start, end in drawing.bold:
        if at != number:
            continue
        if start > position:
            yield Span(row[position:start], "maths")
        yield Span(row[start:end], "maths strong")
        position = end
    if position < len(row):
        yield Span(row[position:], "maths")
