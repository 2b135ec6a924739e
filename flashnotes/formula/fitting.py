"""A formula made to fit a width: broken at relations, then at operators, then tighter, then on rows of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flashnotes.formula.boxes import Box, above_one_another, beside, line, spread
from flashnotes.formula.brackets import Bracketed, widest_bracketed
from flashnotes.formula.layout import Layout
from flashnotes.formula.linear import Linear
from flashnotes.formula.spacing import kinds_of
from flashnotes.formula.tree import (
    BIN,
    CLOSE,
    OPEN,
    ORD,
    PUNCT,
    REL,
    Fenced,
    Group,
    Node,
    Space,
    Symbol,
    Table,
    Tag,
)
from flashnotes.formula.width import cells
from flashnotes.formula.wrapped import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.formula.looks import Look

_INDENT: Final = 2
_WIDEST_LEFT_SIDE: Final = 0.5
"""The share of the width up to which a left side keeps its relations aligned under the first."""
_ROWS: Final = frozenset(["align", "gather", "array"])
_FULL_WIDTH_COMMAS: Final = frozenset(Symbol(mark, ORD) for mark in "，；。、")
_TIMES: Final = Symbol("⋅", BIN)


def fitted(node: Node, width: int, look: Look, whole: Box) -> Box | None:
    """`node` in rows of at most `width` cells, or nothing if that cannot be; `whole` is its unbroken drawing."""
    if whole.width <= width:
        return whole
    normal, tight = Layout(look), Layout(look, tight=True)
    if _sole_rows(node) is not None:
        whole = tight.box(node)
        if whole.width <= width:
            return whole
    for layout, brackets in ((normal, 0), (tight, 0), (normal, 1), (tight, 1), (normal, 2)):
        box = _Breaker(layout, width, brackets).node(node)
        if box is not None:
            return box
    return _as_text(node, width, Linear(look))


class _Breaker:
    """Breaks with one layout; every method answers nothing when a piece stays too wide.

    `brackets` is how deep brackets may be opened, their inside set on lines of its own.
    """

    def __init__(self, layout: Layout, width: int, brackets: int) -> None:
        self.layout = layout
        self.width = width
        self.brackets = brackets

    def node(self, node: Node) -> Box | None:
        items, tags = _without_tags(node)
        table = _sole_rows(node)
        if table is None:
            lines = self._clauses(items, self.width)
        else:
            lines = self._columns(table) or self._rows(table)
        if lines is None:
            return None
        return _stacked([*lines, *[line("  " + tag.text) for tag in tags]])

    def _columns(self, table: Table) -> list[Box] | None:
        """Aligned equations with their right sides broken, relations still under one another."""
        if table.look != "align" or any(len(row) != 2 for row in table.rows):
            return None
        lefts = [self.layout.row(_items_of(row[0]), after=ORD) for row in table.rows]
        widest = max(box.width for box in lefts)
        lines: list[Box] = []
        for left, row in zip(lefts, table.rows, strict=True):
            right = self._right(_items_of(row[1]), self.width - widest)
            if right is None:
                return None
            margin = beside([line(" " * (widest - left.width)), left])
            lines += [
                beside([line(" " * widest) if number else margin, box]) for number, box in enumerate(right)
            ]
        return lines

    def _right(self, items: Sequence[Node], width: int) -> list[Box] | None:
        lines: list[Box] = []
        for side in _split(items, REL):
            more = self._side(side, width - 1)
            if more is None:
                return None
            lines += [beside([line(" "), box]) for box in more]
        return lines

    def _rows(self, table: Table) -> list[Box] | None:
        lines: list[Box] = []
        for row in table.rows:
            box = self.node(Group(tuple(_row_items(row, table.look))))
            if box is None:
                return None
            lines.append(box)
        return lines

    def _clauses(self, items: Sequence[Node], width: int) -> list[Box] | None:
        """Statements that commas part, as many on a line as there is room for."""
        lines: list[Box] = []
        taken: list[Node] = []
        for clause in _parted(items):
            if taken and self.layout.row([*taken, *clause]).width > width:
                more = self._equation(taken, width)
                if more is None:
                    return None
                lines += more
                taken = []
            taken += clause
        more = self._equation(taken, width)
        return None if more is None else [*lines, *more]

    def _equation(self, items: Sequence[Node], width: int) -> list[Box] | None:
        """The lines of one equation, relations under one another."""
        items = _without_outer_spaces(items)
        whole = self.layout.row(items)
        if whole.width <= width:
            return [whole]
        sides = list(_split(items, REL))
        if len(sides) == 1:
            return self._side(sides[0], width)
        first = self.layout.row(sides[0], after=REL)
        if first.width <= width * _WIDEST_LEFT_SIDE:
            lines = self._aligned(first, sides[1:], width)
            if lines is not None:
                return lines
        return self._loose(sides, width)

    def _aligned(self, first: Box, sides: Sequence[Sequence[Node]], width: int) -> list[Box] | None:
        blank = line(" " * first.width)
        lines: list[Box] = []
        for side in sides:
            right = self._side(side, width - first.width)
            if right is None:
                return None
            lines += [beside([blank if lines or number else first, box]) for number, box in enumerate(right)]
        return lines

    def _loose(self, sides: Sequence[Sequence[Node]], width: int) -> list[Box] | None:
        """Each side on lines of its own, those after the first indented."""
        lines: list[Box] = []
        margin = line(" " * _INDENT)
        for number, side in enumerate(sides):
            boxes = self._side(side, width - (_INDENT if number else 0))
            if boxes is None:
                return None
            if number == 1 and len(lines) == 1:
                joined = beside([self.layout.row(sides[0], after=REL), boxes[0]])
                if joined.width <= width:
                    lines = [joined]
                    boxes = boxes[1:]
            lines += [beside([margin, box]) if number else box for box in boxes]
        return lines

    def _side(self, items: Sequence[Node], width: int) -> list[Box] | None:
        """One side of a relation, broken at binary operators where it must be."""
        box = self.layout.row(items)
        if box.width <= width:
            return [box]
        narrow = [_narrowed(item) for item in items]
        if narrow != list(items):
            return self._side(narrow, width) or (self._cases(items, width) if self.brackets else None)
        lines: list[Box] = []
        taken: list[Node] = []
        for piece in _split(items, BIN):
            if taken and self._piece([*taken, *piece], bool(lines)).width > width:
                more = self._opened(taken, bool(lines), width)
                if more is None:
                    return None
                lines += more
                taken = []
            taken += piece
        more = self._opened(taken, bool(lines), width)
        return None if more is None else [*lines, *more]

    def _cases(self, items: Sequence[Node], width: int) -> list[Box] | None:
        """Cases with their cells broken too, each condition below its value."""
        place = next(place for place, item in enumerate(items) if _narrowed(item) != item)
        fence = items[place]
        table = _sole_table(fence) if isinstance(fence, Fenced) else None
        before, after = self.layout.row(items[:place], after=ORD), self.layout.row(items[place + 1 :])
        room = width - before.width - after.width - 1
        if not isinstance(fence, Fenced) or table is None or fence.right or room < 1:
            return None
        lines: list[Box] = []
        for row in table.rows:
            for number, cell in enumerate(row):
                margin = 2 * _INDENT * min(number, 1)
                more = self._clauses(_items_of(cell), room - margin)
                if more is None:
                    return None
                lines += [beside([line(" " * margin), box]) for box in more]
        return [beside([before, self.layout.fenced(fence, _stacked(lines)), after])]

    def _piece(self, items: Sequence[Node], continued: bool) -> Box:
        box = self.layout.row(items, before=ORD if continued else None)
        return beside([line(" "), box]) if continued else box

    def _opened(self, items: Sequence[Node], continued: bool, width: int) -> list[Box] | None:
        """A piece as it is, or with its widest brackets opened and their inside on lines of its own."""
        box = self._piece(items, continued)
        if box.width <= width:
            return [box]
        found = widest_bracketed(items, self.layout) if self.brackets else None
        return None if found is None else self._bracketed(found, continued, width)

    def _bracketed(self, found: Bracketed, continued: bool, width: int) -> list[Box] | None:
        first = self._piece(found.before, continued)
        margin = line(" " * (2 * _INDENT if continued else _INDENT))
        self.brackets -= 1
        inside = self._clauses(found.inside, width - margin.width)
        self.brackets += 1
        last = beside([line(" " * (margin.width - _INDENT)), self.layout.row(found.after)])
        if inside is None or first.width > width or last.width > width:
            return None
        return [first, *[beside([margin, box]) for box in inside], last]


def _sole_rows(node: Node) -> Table | None:
    """The rows that `node` is, but for its tags."""
    items, _ = _without_tags(node)
    if len(items) == 1 and isinstance(items[0], Table) and items[0].look in _ROWS:
        return items[0]
    return None


def _items_of(cell: Node) -> Sequence[Node]:
    return cell.items if isinstance(cell, Group) else (cell,)


def _without_tags(node: Node) -> tuple[list[Node], list[Tag]]:
    items = node.items if isinstance(node, Group) else (node,)
    return [item for item in items if not isinstance(item, Tag)], [
        item for item in items if isinstance(item, Tag)
    ]


def _without_outer_spaces(items: Sequence[Node]) -> Sequence[Node]:
    start, end = 0, len(items)
    while start < end and isinstance(items[start], Space):
        start += 1
    while end > start and isinstance(items[end - 1], Space):
        end -= 1
    return items[start:end]


def _parted(items: Sequence[Node]) -> Iterator[list[Node]]:
    """`items` cut after commas and before wide spaces, outside brackets."""
    piece: list[Node] = []
    depth = 0
    for item, kind in zip(items, kinds_of(items), strict=True):
        depth += (kind == OPEN) - (kind == CLOSE)
        wide = isinstance(item, Space) and item.cells > 1
        if wide and piece and depth == 0:
            yield piece
            piece = []
        piece.append(item)
        if (kind == PUNCT or item in _FULL_WIDTH_COMMAS) and depth == 0:
            yield piece
            piece = []
    if piece:
        yield piece


def _split(items: Sequence[Node], kind: int) -> Iterator[list[Node]]:
    """`items` cut before each atom of the class `kind` outside brackets, and between matrices."""
    piece: list[Node] = []
    depth = 0
    last = None
    for item, its_kind in zip(items, kinds_of(items), strict=True):
        matrices = kind == BIN and bool(piece) and _is_matrix(item) and _is_matrix(piece[-1])
        if depth == 0 and piece and (matrices or (its_kind == kind and last != kind)):
            yield piece
            piece = [_TIMES] if matrices else []
        piece.append(item)
        depth += (its_kind == OPEN) - (its_kind == CLOSE)
        last = its_kind if not isinstance(item, Space) else last
    yield piece


def _is_matrix(item: Node) -> bool:
    return isinstance(item, Fenced) and _sole_table(item) is not None and bool(item.left and item.right)


def _sole_table(item: Fenced) -> Table | None:
    part = item.parts[0]
    if isinstance(part, Group) and len(part.items) == 1:
        part = part.items[0]
    return part if isinstance(part, Table) and len(item.parts) == 1 else None


def _narrowed(item: Node) -> Node:
    """Cases with each condition on a row below its value."""
    table = _sole_table(item) if isinstance(item, Fenced) else None
    if not isinstance(item, Fenced) or table is None or table.columns[:1] != "l":
        return item
    if all(len(row) < 2 for row in table.rows):
        return item
    rows = [
        cell for row in table.rows for cell in ((row[0],), *((Group((Space(4), more)),) for more in row[1:]))
    ]
    return item._replace(parts=(table._replace(rows=tuple(rows), columns="l", look="cases"),))


def _row_items(row: Sequence[Node], look: str) -> Iterator[Node]:
    """The cells of a row as one list, remarks after the equation set off."""
    apart = False
    for number, cell in enumerate(row):
        items = _items_of(cell)
        apart = apart or (number > 0 and (look == "array" or number % 2 == 0))
        if apart and items:
            yield Space(2 if look == "array" else 4)
            apart = False
        yield from items


def _stacked(lines: Sequence[Box]) -> Box:
    """Lines to the left, under one another, with air beside those that are taller than a row."""
    if len(lines) == 1:
        return lines[0]
    airy: list[Box] = []
    for before, after in zip((None, *lines[:-1]), lines, strict=True):
        if before is not None and (before.base + 1 < len(before.rows) or after.base):
            airy.append(line(""))
        airy.append(after)
    return above_one_another(airy, 0, "l")


def _as_text(node: Node, width: int, linear: Linear) -> Box | None:
    """The linear form on rows of its own, or nothing if a word of it is too long."""
    items, tags = _without_tags(node)
    table = _sole_rows(node)
    if table is None:
        texts = [linear.row(items)]
    else:
        texts = [linear.row(list(_row_items(row, table.look))) for row in table.rows]
    texts += ["  " + tag.text for tag in tags]
    rows = [row for text in texts for row in wrapped(text.rstrip(), width)]
    widest = max(map(cells, rows))
    if widest > width:
        return None
    return Box(
        tuple(part for row in rows for part in spread([row], cells(row), widest, "l")),
        widest,
        0,
        len(rows) > 1,
    )
