"""The one seam between a card's text and the rows drawn of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from flashnotes.formula import draw, inline
from flashnotes.screen_text import printable
from flashnotes.tui.markdown import MATHS, QUIET, Display, MathsForm, Paragraph, Verbatim, pieces
from flashnotes.wrapping import row_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.tui.markdown import Piece

_TAB = 4
_INDENT = "  "
_LEAST_WIDTH = 4
"""Under this many cells beside a bullet the hanging indent is given up."""


def render_card_text(text: str, width: int, form: MathsForm = MathsForm.DRAWN) -> list[Content]:
    """The rows of one side of a card; prose is wrapped to `width` cells, code and formulas may be wider."""
    safe = printable(text).expandtabs(_TAB).strip("\n")
    return [row for piece in pieces(safe, form) for row in _rows(piece, width, form)]


def wrapped(content: Content, width: int) -> list[Content]:
    """`content` in rows of at most `width` cells, styles kept."""
    return [content[start:end] for start, end in row_spans(content.plain, width)]


def _rows(piece: Piece, width: int, form: MathsForm) -> Iterator[Content]:
    match piece:
        case Paragraph(text, first, rest):
            yield from _hanging(text, first, rest, width)
        case Verbatim(text):
            yield text
        case Display(latex, after):
            yield from _display(latex, after, width, form)


def _hanging(text: Content, first: str, rest: str, width: int) -> Iterator[Content]:
    room = width - max(cell_len(first), cell_len(rest))
    if first and room < _LEAST_WIDTH:
        text, first, rest, room = Content.assemble(first, text), "", "", width
    for number, row in enumerate(wrapped(text, room)):
        yield Content.assemble((first if number == 0 else rest, QUIET), row)


def _display(latex: str, after: str, width: int, form: MathsForm) -> Iterator[Content]:
    """A display formula, set in; what is drawn is never wrapped."""
    drawing = inline(latex) if form is MathsForm.LINEAR else draw(latex, width=max(1, width - len(_INDENT)))
    if form is MathsForm.SOURCE or drawing.problem:
        for line in (latex + after).split("\n"):
            yield from _hanging(Content.styled(line.strip(), MATHS), _INDENT, _INDENT, width)
        return
    for number, row in enumerate(drawing.rows):
        mark = after if number == drawing.baseline else ""
        yield Content.assemble(_INDENT, (row, MATHS), mark)
