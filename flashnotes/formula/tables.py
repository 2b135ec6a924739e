"""Rows and columns drawn: matrices, aligned equations, cases, arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flashnotes.formula.boxes import NOTHING, Box, beside, check_area, spread
from flashnotes.formula.tree import ORD, REL, Group, Node, Table, Tag, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Row = Callable[[tuple[Node, ...], bool, int | None, int | None], Box]
    """Draws what stands side by side: the nodes, whether as scripts, and the classes of their neighbours."""

_GAPS: Final = {"matrix": 2, "array": 2, "cases": 2, "align": 4, "substack": 1, "gather": 2}


def draw_table(row: Row, table: Table, script: bool) -> Box:
    """A table whose cells `row` draws; its baseline is its middle row."""
    count = max(len(row) for row in table.rows)
    sides = _sides(table, count)
    cells = [
        [_cell(row, table, cell, sides[column], script) for column, cell in enumerate(line)]
        for line in table.rows
    ]
    widths = [max(row[column].width for row in cells if column < len(row)) for column in range(count)]
    aligns = _aligns(table, count)
    check_area(sum(max(len(cell.rows) for cell in row) for row in cells), sum(widths) + 2 * count)
    lines = [_line(row, widths, aligns, _separators(table, count)) for row in cells]
    if table.look == "matrix" and not script:
        lines = [_padded(line) for line in lines]
    return _stack(lines, table, script)


Sides = tuple[int | None, int | None]
"""The classes that a cell's neighbours on the left and on the right count as."""


def _sides(table: Table, count: int) -> list[Sides]:
    """What the cells of each column stand between: in aligned equations a left side and a right one."""
    if table.look != "align":
        return [(None, None)] * count
    return [
        (ORD if _continues(table, column) else None, None) if column % 2 else (None, ORD)
        for column in range(count)
    ]


def _continues(table: Table, column: int) -> bool:
    """Whether a column of right sides continues left ones: then a sign that begins a cell is an operator."""
    for row in table.rows:
        items = _items(row[column]) if column < len(row) else ()
        if items and (kind_of(items[0]) == REL or _items(row[column - 1])):
            return True
    return False


def _items(cell: Node) -> tuple[Node, ...]:
    return cell.items if isinstance(cell, Group) else (cell,)


def _cell(row: Row, table: Table, cell: Node, sides: Sides, script: bool) -> Box:
    items = _items(cell)
    if items and isinstance(items[-1], Tag):
        sides = (sides[0], None)
    return row(items, script or table.look == "substack", *(sides if items else (None, None)))


def _aligns(table: Table, count: int) -> str:
    letters = table.columns.replace("|", "") or "l"
    if table.look == "align":
        return ("rl" * count)[:count]
    return (letters + letters[-1] * count)[:count]


def _separators(table: Table, count: int) -> list[str]:
    """What stands before each column and after the last."""
    gap = " " * _GAPS[table.look]
    if table.look == "align":
        between = ["" if column % 2 else gap for column in range(count)]
    else:
        between = [gap] * count
    between[0] = ""
    between.append("")
    column = 0
    for letter in table.columns if table.look == "array" else "":
        if letter == "|":
            place = min(column, count)
            between[place] = ("│ " if place == 0 else " │") if place in (0, count) else " │ "
        else:
            column += 1
    return between


def _line(row: list[Box], widths: list[int], aligns: str, separators: list[str]) -> Box:
    pieces: list[Box] = []
    height = max(len(cell.rows) for cell in row)
    for column, width in enumerate(widths):
        cell = row[column] if column < len(row) else NOTHING
        pieces.append(_rule(separators[column], cell, height))
        pieces.append(
            Box(tuple(spread(cell.rows, cell.width, width, aligns[column])), width, cell.base, cell.tall)
        )
    pieces.append(_rule(separators[-1], NOTHING, height))
    return beside(pieces)


def _rule(separator: str, cell: Box, height: int) -> Box:
    return Box((separator,), len(separator), 0, False)


def _padded(line: Box) -> Box:
    return beside([Box((" ",), 1), line, Box((" ",), 1)])


def _stack(lines: list[Box], table: Table, script: bool) -> Box:
    """The lines of a table under one another, with air between them if one is tall."""
    width = lines[0].width
    airy = any(len(line.rows) > 1 for line in lines) and not script
    bar = _upright_positions(table, lines[0])
    rows: list[str] = []
    starts: list[int] = []
    for number, line in enumerate(lines):
        if number in table.rules:
            rows.append("─" * width)
        elif number and airy:
            rows.append(" " * width)
        starts.append(len(rows) + line.base)
        rows += line.rows
    if len(lines) in table.rules:
        rows.append("─" * width)
    if bar:
        rows = [_ruled(row, bar, _corners(number, len(rows))) for number, row in enumerate(rows)]
    check_area(len(rows), width)
    base = starts[0] if len(lines) == 1 else (len(rows) - 1) // 2
    return Box(tuple(rows), width, base, len(rows) > 1)


def _upright_positions(table: Table, line: Box) -> list[int]:
    """The places of the vertical rules, on rows where every character is one cell wide."""
    if "|" not in table.columns:
        return []
    row = line.rows[line.base]
    return [place for place, character in enumerate(row) if character == "│"]


def _corners(number: int, count: int) -> str:
    """What a horizontal rule has at its left end, where it crosses a vertical one, and at its right end."""
    if number == 0:
        return "┌┬┐"
    return "└┴┘" if number == count - 1 else "├┼┤"


def _ruled(row: str, places: list[int], corners: str) -> str:
    """`row` with the vertical rules drawn through, where it is empty or crossed by a horizontal one."""
    for place in places:
        if place < len(row) and row[place] in " ─":
            corner = corners[0] if place == 0 else corners[2] if place == len(row) - 1 else corners[1]
            row = row[:place] + ("│" if row[place] == " " else corner) + row[place + 1 :]
    return row
