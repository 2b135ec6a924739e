"""The one seam between a card's text and the rows drawn of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from flashnotes.screen_text import printable
from flashnotes.tui.markdown import MATHS, QUIET, Display, Paragraph, Verbatim, pieces
from flashnotes.wrapping import row_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.tui.markdown import Piece

_TAB = 4
_LEAST_WIDTH = 4
"""Under this many cells beside a bullet the hanging indent is given up."""


def render_card_text(text: str, width: int) -> list[Content]:
    """The rows of one side of a card; prose is wrapped to `width` cells, code and formulas may be wider."""
    safe = printable(text).expandtabs(_TAB).strip("\n")
    return [row for piece in pieces(safe) for row in _rows(piece, width)]


def wrapped(content: Content, width: int) -> list[Content]:
    """`content` in rows of at most `width` cells, styles kept."""
    return [content[start:end] for start, end in row_spans(content.plain, width)]


def _rows(piece: Piece, width: int) -> Iterator[Content]:
    match piece:
        case Paragraph(text, first, rest):
            yield from _hanging(text, first, rest, width)
        case Verbatim(text):
            yield text
        case Display(latex):
            yield from _formula(latex, width)


def _hanging(text: Content, first: str, rest: str, width: int) -> Iterator[Content]:
    room = width - max(cell_len(first), cell_len(rest))
    if first and room < _LEAST_WIDTH:
        text, first, rest, room = Content.assemble(first, text), "", "", width
    for number, row in enumerate(wrapped(text, room)):
        yield Content.assemble((first if number == 0 else rest, QUIET), row)


def _formula(latex: str, width: int) -> Iterator[Content]:
    for line in latex.split("\n"):
        yield from _hanging(Content.styled(line.strip(), MATHS), "  ", "  ", width)
