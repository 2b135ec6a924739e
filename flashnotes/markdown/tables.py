"""Tables of a card: columns as wide as their text, narrower where the screen asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flashnotes.markdown.inlines import inline
from flashnotes.markdown.spans import Row, Span, row_cells, styled, wrapped

if TYPE_CHECKING:
    from flashnotes.markdown.blocks import Table
    from flashnotes.markdown.spans import Maths

_NARROWEST: Final = 4
_BAR: Final = " │ "


def table_rows(table: Table, width: int, maths: Maths) -> list[Row]:
    """The rows of `table`, cells wrapped where the columns together are wider than `width`."""
    cells = [[inline(cell, maths) for cell in row] for row in table.rows]
    cells[0] = [styled(cell, "strong") for cell in cells[0]]
    widths = _widths(cells, width)
    rows = [row for line in cells[:1] for row in _lines(line, widths, table.aligns)]
    rows.append((Span("─┼─".join("─" * column for column in widths), "quiet"),))
    return rows + [row for line in cells[1:] for row in _lines(line, widths, table.aligns)]


def _widths(cells: list[list[list[Span]]], width: int) -> list[int]:
    """Columns as wide as their widest cell, the widest made narrower until all of them fit."""
    widths = [max(1, *map(row_cells, column)) for column in zip(*cells, strict=True)]
    room = width - len(_BAR) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        excess = sum(widths) - room
        widest = max(widths)
        next_widest = max((column for column in widths if column < widest), default=_NARROWEST)
        share = widths.count(widest)
        step = max(min(widest - max(next_widest, _NARROWEST), -(-excess // share)), 1)
        widths = [column - step if column == widest else column for column in widths]
    return widths


def _lines(cells: list[list[Span]], widths: list[int], aligns: str) -> list[Row]:
    """One row of the table as rows of text."""
    columns = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, columns))
    return [
        _joined([column[number] if number < len(column) else () for column in columns], widths, aligns)
        for number in range(height)
    ]


def _joined(cells: list[Row], widths: list[int], aligns: str) -> Row:
    spans: list[Span] = []
    for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        room = max(width - row_cells(cell), 0)
        left = {"l": 0, "r": room}.get(aligns[number : number + 1] or "l", room // 2)
        if number:
            spans.append(Span(_BAR, "quiet"))
        spans += [Span(" " * left), *cell, Span(" " * (room - left))]
    return tuple(span for span in spans if span.text)
