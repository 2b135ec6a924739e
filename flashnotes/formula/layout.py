"""The tree drawn in two dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashnotes.formula.alphabets import MARKS
from flashnotes.formula.ascii import in_ascii
from flashnotes.formula.boxes import (
    NOTHING,
    Box,
    above_one_another,
    beside,
    extent,
    has_bar,
    line,
    spread,
    with_waist,
)
from flashnotes.formula.looks import Look, tall_delimiter
from flashnotes.formula.neighbours import run_together
from flashnotes.formula.small_letters import is_raised_anyway, script_text
from flashnotes.formula.spacing import SPACE, gaps, kinds_of, left_edge, own_spaces, right_edge
from flashnotes.formula.stretching import STRETCHY, ascii_pieces, longer, stretched
from flashnotes.formula.tables import draw_table
from flashnotes.formula.tree import (
    BESIDE,
    CLOSE,
    LIMITS,
    OPEN,
    Accent,
    Boxed,
    Delimiter,
    Fenced,
    Fraction,
    Group,
    Node,
    Operator,
    Phantom,
    Root,
    Scripts,
    Space,
    Struck,
    Symbol,
    Table,
    Tag,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Layout:
    """Draws nodes with one look. `script` is true inside sub- and superscripts, where spacing is tight."""

    def __init__(self, look: Look, *, tight: bool = False) -> None:
        self.look = look
        self.tight = tight
        self._leaves: dict[str, Box] = {}
        self._draw: dict[type, Callable[[Any, bool], Box]] = {
            Symbol: self._text,
            Operator: self._text,
            Text: self._text,
            Unknown: self._unknown,
            Group: self._group,
            Scripts: self._scripts,
            Fraction: self._fraction,
            Root: self._root,
            Accent: self._accent,
            Fenced: self._fenced,
            Delimiter: self._text,
            Table: self._table,
            Space: self._space,
            Phantom: self._phantom,
            Struck: self._struck,
            Boxed: self._boxed,
            Tag: self._tag,
        }

    def box(self, node: Node, script: bool = False) -> Box:
        return self._draw[type(node)](node, script)

    # leaves

    def leaf(self, text: str) -> Box:
        box = self._leaves.get(text)
        if box is None:
            box = self._leaves[text] = line(in_ascii(text) if self.look.ascii else text)
        return box

    def _text(self, node: Symbol | Operator | Text | Delimiter, script: bool) -> Box:
        return self.leaf(node.text)

    def _unknown(self, node: Unknown, script: bool) -> Box:
        return self.leaf(f"{node.source} ")

    def _space(self, node: Space, script: bool) -> Box:
        return self.leaf(" " * node.cells)

    def _tag(self, node: Tag, script: bool) -> Box:
        return self.leaf("    " + node.text)

    def _phantom(self, node: Phantom, script: bool) -> Box:
        box = self.box(node.body, script)
        return Box((" " * box.width,), box.width)

    # lists

    def _group(self, node: Group, script: bool) -> Box:
        return self.row(node.items, script)

    def row(
        self, items: Sequence[Node], script: bool = False, before: int | None = None, after: int | None = None
    ) -> Box:
        """`items` from left to right. `before` and `after` are the classes of what stands at the sides."""
        if not items:
            return NOTHING
        draw = self._draw
        boxes = [draw[type(item)](item, script) for item in items]
        kinds = kinds_of(items, before, after)
        for box in boxes:
            if box.tall:
                self._grow(items, boxes, script)
                break
        return beside(self._spaced(items, boxes, kinds, (before, after, script or self.tight)))

    def _spaced(
        self,
        items: Sequence[Node],
        boxes: Sequence[Box],
        kinds: Sequence[int],
        around: tuple[int | None, int | None, bool],
    ) -> list[Box]:
        """The boxes with the spaces that their classes ask for between them."""
        before, after, script = around
        table = gaps(script)
        spaced: list[Box] = []
        last = before
        neighbour: Box | None = None
        before_item: Node | None = None
        explicit = 0
        for item, box, kind in zip(items, boxes, kinds, strict=True):
            if kind == SPACE:
                explicit += box.width
                continue
            gap = table[last][left_edge(item, kind)] if last is not None else 0
            if not gap and neighbour is not None and run_together(neighbour, box, names=self.look.ascii):
                gap = 1
            if explicit > gap:
                gap = explicit
            if gap:
                gap -= own_spaces(before_item, item)
            if gap > 0:
                spaced.append(self.leaf(" " * gap))
            explicit = 0
            spaced.append(box)
            last = right_edge(item, kind)
            neighbour, before_item = box, item
        if after is not None and last is not None:
            explicit = max(explicit, table[last][after])
        if explicit:
            spaced.append(self.leaf(" " * explicit))
        return spaced

    # delimiters that grow

    def _grow(self, items: Sequence[Node], boxes: list[Box], script: bool) -> None:
        """Make delimiters as tall as what stands between them, and lone ones as tall as their neighbours."""
        opened: list[int] = []
        for place, item in enumerate(items):
            delimiter = _delimiter(item)
            if delimiter is None:
                continue
            if delimiter.kind == OPEN:
                opened.append(place)
            elif delimiter.kind == CLOSE and opened and delimiter.text not in "!?":
                self._grow_pair(items, boxes, (opened.pop(), place), script)
        for place in opened:
            if place + 1 < len(boxes) and boxes[place + 1].tall:
                boxes[place] = self._grown(items[place], boxes[place + 1 : place + 2], script)
        for place, item in enumerate(items):
            delimiter = _delimiter(item)
            if isinstance(delimiter, Delimiter) and len(boxes[place].rows) <= 3 and not boxes[place].tall:
                near = boxes[max(place - 1, 0) : place] or boxes[place + 1 : place + 2]
                boxes[place] = self._grown(item, near, script)

    def _grow_pair(
        self, items: Sequence[Node], boxes: list[Box], pair: tuple[int, int], script: bool
    ) -> None:
        first, last = pair
        inside = boxes[first + 1 : last]
        if any(box.tall for box in inside):
            for place in pair:
                boxes[place] = self._grown(items[place], inside, script)

    def _grown(self, item: Node, inside: Sequence[Box], script: bool) -> Box:
        delimiter = _delimiter(item)
        if delimiter is None or not any(box.tall for box in inside):
            return self.box(item, script)
        above = max(box.base for box in inside)
        below = max(len(box.rows) - box.base for box in inside)
        box = self._fence(delimiter.text, above, below)
        return self._with_scripts(item, box, script) if isinstance(item, Scripts) else box

    def _fence(self, text: str, above: int, below: int) -> Box:
        text = self.leaf(text).rows[0]
        rows = tall_delimiter(text, above + below, self.look.pieces)
        return Box(rows, len(rows[0]) if text else 0, above, True)

    def fenced(self, node: Fenced, body: Box) -> Box:
        """`body` between the delimiters of `node`."""
        middle = body._replace(base=(len(body.rows) - 1) // 2, tall=True)
        return self._between(node, [middle])

    def _fenced(self, node: Fenced, script: bool) -> Box:
        parts = [self.box(part, script) for part in node.parts]
        if not any(part.tall for part in parts):
            row = [self.leaf(node.left), parts[0]]
            for middle, part in zip(node.middles, parts[1:], strict=True):
                row += [self.leaf(f" {middle} " if middle in "|‖∣∥" else middle), part]
            return beside([*row, self.leaf(node.right)])
        return self._between(node, parts)

    def _between(self, node: Fenced, parts: list[Box]) -> Box:
        if _is_braced(node) and sum(extent(parts)) == 2:
            parts = [with_waist(part) for part in parts]
        above, below = extent(parts)
        fenced = [self._fence(node.left, above, below)] if node.left else []
        fenced.append(parts[0])
        for middle, part in zip(node.middles, parts[1:], strict=True):
            fenced += [self._fence(middle, above, below), part] if middle else [part]
        if node.right:
            fenced.append(self._fence(node.right, above, below))
        return beside(fenced)

    # scripts

    def _scripts(self, node: Scripts, script: bool) -> Box:
        return self._with_scripts(node, self._script_base(node.base, script), script)

    def _script_base(self, base: Node, script: bool) -> Box:
        if isinstance(base, Root):
            return self._tall_root(base, script)
        return self.box(base, script)

    def _with_scripts(self, node: Scripts, base: Box, script: bool) -> Box:
        sub, sup = node.sub, node.sup
        if node.place > LIMITS or (node.place == LIMITS and not script):
            return self._stacked(node, base, script)
        raised = script_text(sup, self.look.superscripts)
        lowered = script_text(sub, self.look.subscripts)
        if raised is not None and lowered is not None:
            return self._joined(base, lowered, raised)
        if raised is not None and sup is not None and is_raised_anyway(sup):
            # A prime stays at its letter even if the subscript needs a row.
            base, sup = self._joined(base, "", raised), None
        return self._hung(base, sub, sup)

    def _joined(self, base: Box, lowered: str, raised: str) -> Box:
        """`base` with scripts that are characters: on its line, or at the corners of a tall one."""
        if not base.tall:
            return beside([base, self.leaf(lowered + raised)])
        sup, sub = line(raised), line(lowered)
        width = max(sup.width, sub.width)
        rows = [" " * width] * len(base.rows)
        rows[-1] = lowered + " " * (width - sub.width)
        if raised:
            rows[0] = raised + " " * (width - sup.width)
        return beside([base, Box(tuple(rows), width, base.base, True)])

    def _hung(self, base: Box, sub: Node | None, sup: Node | None) -> Box:
        """`base` with scripts on rows of their own."""
        over = self.box(sup, True) if sup is not None else NOTHING
        under = self.box(sub, True) if sub is not None else NOTHING
        width = max(over.width, under.width)
        height = len(base.rows) if base.tall else 1
        top = base.base if base.tall else 0
        middle = [" " * width] * height
        upper = spread(over.rows, over.width, width, "l") if sup is not None else []
        lower = spread(under.rows, under.width, width, "l") if sub is not None else []
        if base.tall:
            if upper:
                middle[0] = upper.pop()
            if lower:
                middle[-1] = lower.pop(0)
        rows = (*upper, *middle, *lower)
        return beside([base, Box(rows, width, len(upper) + top, base.tall)])

    def _stacked(self, node: Scripts, base: Box, script: bool) -> Box:
        base = self._as_wide(node, base)
        boxes = [base]
        if node.sup is not None:
            boxes.insert(0, self.box(node.sup, True))
        if node.sub is not None:
            boxes.append(self.box(node.sub, True))
        if len(boxes) == 1:
            return base
        return above_one_another(boxes, int(node.sup is not None))

    def _as_wide(self, node: Scripts, base: Box) -> Box:
        """An arrow or equals sign as long as what is written on it."""
        if not (isinstance(node.base, Symbol) and node.base.text in STRETCHY):
            return base
        width = max(self.box(script, True).width for script in (node.sub, node.sup) if script is not None)
        return line(longer(base.rows[0], width + 2))

    # fractions, roots, accents

    def _fraction(self, node: Fraction, script: bool) -> Box:
        over, under = self.box(node.over, script), self.box(node.under, script)
        width = max(over.width, under.width, 1)
        if any(box.width == width and has_bar(box, self.look.bar) for box in (over, under)):
            width += 2
        bar = self.look.bar if node.bar else " "
        return above_one_another([over, Box((bar * width,), width), under], 1)

    def _root(self, node: Root, script: bool) -> Box:
        body = self.box(node.body, script)
        if node.degree is None and _is_one_thing(node.body) and len(body.rows) == 1 and not self.look.ascii:
            return beside([self.leaf("√"), body])
        return self._tall_root(node, script, body)

    def _tall_root(self, node: Root, script: bool, body: Box | None = None) -> Box:
        body = body or self.box(node.body, script)
        roof, corner, upright, foot = self.look.root
        height = len(body.rows)
        width = max(body.width, 1)
        lines = [f" {corner}"] + [f" {upright}"] * (height - 1) + [foot + upright]
        covered = Box(
            (roof * width, *(spread(body.rows, body.width, width, "l"))), width, body.base + 1, True
        )
        root = beside([Box(tuple(lines), 2, body.base + 1, True), covered])
        if node.degree is None:
            return root
        index = self.box(node.degree, True)
        place = Box(
            (*index.rows, *[" " * index.width] * (height - 1)),
            index.width,
            len(index.rows) + height - 2 - (height - 1 - body.base),
            True,
        )
        return beside([place, root])

    def _accent(self, node: Accent, script: bool) -> Box:
        mark = MARKS[node.name]
        body = self.box(node.body, script)
        if mark.combining and body.width == 1 and len(body.rows) == 1 and not self.look.ascii:
            return Box((body.rows[0] + mark.combining,), 1)
        pieces = ascii_pieces(mark.row) if self.look.ascii else mark.row
        width = max(body.width, 1)
        row = Box((stretched(pieces, width),), width)
        boxes = [row, body] if mark.above else [body, row]
        stacked = above_one_another(boxes, int(mark.above))
        return stacked if len(mark.row) == 5 else stacked._replace(tall=body.tall)

    def _table(self, node: Table, script: bool) -> Box:
        return draw_table(self.row, node, script)

    def _struck(self, node: Struck, script: bool) -> Box:
        box = self.box(node.body, script)
        if self.look.ascii:
            return beside([self.leaf("/"), box, self.leaf("/")])
        rows = tuple("".join(c if c == " " else c + "\u0338" for c in row) for row in box.rows)
        return box._replace(rows=rows)

    def _boxed(self, node: Boxed, script: bool) -> Box:
        box = self.box(node.body, script)
        across, down = ("-", "|") if self.look.ascii else ("─", "│")
        corners = "++++" if self.look.ascii else "┌┐└┘"
        rows = [f"{down} {row} {down}" for row in box.rows]
        rows.insert(0, corners[0] + across * (box.width + 2) + corners[1])
        rows.append(corners[2] + across * (box.width + 2) + corners[3])
        return Box(tuple(rows), box.width + 4, box.base + 1, True)


def _delimiter(item: Node) -> Symbol | Delimiter | None:
    """The delimiter that `item` is, with or without scripts."""
    if isinstance(item, Scripts) and item.place == BESIDE:
        item = item.base
    if isinstance(item, Delimiter):
        return item
    return item if isinstance(item, Symbol) and item.kind in (OPEN, CLOSE) else None


def _is_braced(node: Fenced) -> bool:
    return node.left == "{" or node.right == "}"


def _is_one_thing(node: Node) -> bool:
    """Whether a root sign before `node` can only mean all of it."""
    if isinstance(node, Group) and len(node.items) == 1:
        node = node.items[0]
    if isinstance(node, Scripts):
        node = node.base
    if isinstance(node, Accent):
        node = node.body
    return isinstance(node, Symbol) and (len(node.text) == 1 or node.text.isdigit())
