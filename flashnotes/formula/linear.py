"""The tree written on one row, with its grouping kept.

A fraction is `a/b`, with parentheses round whatever would otherwise be read differently; scripts that have no
small letters are `_θ` and `^(k+1)`; rows are parted by `;;` and the cells of a matrix by `&`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flashnotes.formula.alphabets import MARKS
from flashnotes.formula.ascii import in_ascii
from flashnotes.formula.small_letters import is_raised_anyway, script_text
from flashnotes.formula.spacing import SPACE, gaps, is_sign, kinds_of, left_edge, own_spaces, right_edge
from flashnotes.formula.tree import (
    BIN,
    CLOSE,
    OP,
    OPEN,
    ORD,
    PUNCT,
    REL,
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
from flashnotes.formula.width import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashnotes.formula.looks import Look

ROW_END: Final = " ;; "
CELL_END: Final = " & "

_ROOTS: Final = {"": "√", "3": "∛", "4": "∜"}
_BRACES: Final = {"underbrace": "⏟", "overbrace": "⏞", "underbracket": "⎵", "overbracket": "⎴"}
_PAIRED: Final = frozenset("()[]{}⌊⌋⌈⌉⟨⟩")
_PARTIAL: Final = Symbol("∂", ORD)
_DIFFERENTIAL: Final = Symbol("d", ORD)
_OPENING: Final = Symbol("(", OPEN)
_STOPS: Final = frozenset(Symbol(mark, ORD) for mark in ".。，；：、！？")
_LOOSE: Final = frozenset([BIN, REL, PUNCT, OP])


class Linear:
    """Writes nodes with one look."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._write: dict[type, Callable[[Any, bool], str]] = {
            Symbol: self._text,
            Operator: self._text,
            Text: self._text,
            Delimiter: self._text,
            Unknown: lambda node, script: f"{node.source} ",
            Group: lambda node, script: self.row(node.items, script),
            Scripts: self._scripts,
            Fraction: self._fraction,
            Root: self._root,
            Accent: self._accent,
            Fenced: self._fenced,
            Table: self._table,
            Space: lambda node, script: " " * node.cells,
            Phantom: lambda node, script: "",
            Struck: self._struck,
            Boxed: lambda node, script: f"boxed({self.text(node.body, script)})",
            Tag: lambda node, script: f"  {node.text}",
        }

    def text(self, node: Node, script: bool = False) -> str:
        return self._write[type(node)](node, script)

    def row(self, items: Sequence[Node], script: bool = False) -> str:
        return "".join(self.pieces(items, script))

    def pieces(self, items: Sequence[Node], script: bool = False) -> list[str]:
        """The text of each item with the space before it."""
        items = _flat(items)
        kinds = kinds_of(items)
        table = gaps(script)
        pieces: list[str] = []
        last: int | None = None
        before: Node | None = None
        explicit = 0
        for place, (item, kind) in enumerate(zip(items, kinds, strict=True)):
            if kind == SPACE:
                explicit += item.cells if isinstance(item, Space) else 0
                continue
            text = self._listed(items, kinds, place, script)
            gap = table[last][left_edge(item, kind)] if last is not None else 0
            if isinstance(item, Fraction) and last in (ORD, CLOSE) and not is_sign(items[place - 1]):
                gap = max(gap, 1)
            if self.look.ascii and pieces and pieces[-1][-1:].isalpha() and text[:1].isalpha():
                gap = max(gap, int(len(pieces[-1]) + len(text) > 2))
            if isinstance(before, Scripts) and pieces[-1][-1:].isdigit() and text[:1].isdigit():
                gap = max(gap, 1)
            room = max(gap, explicit)
            pieces.append(" " * (room - own_spaces(before, item) if room else 0) + text)
            before = item
            explicit = 0
            last = right_edge(item, kind)
        return [*pieces, " " * explicit] if explicit and pieces else pieces

    def _listed(self, items: Sequence[Node], kinds: Sequence[int], place: int, script: bool) -> str:
        """One item among others: a fraction or a table beside something gets parentheses."""
        item = items[place]
        text = self.text(item, script)
        if isinstance(item, Fraction) and item.bar and _touches(items, kinds, place):
            return f"({text})"
        if isinstance(item, Table) and len(items) > 1 and len(item.rows) > 1:
            return f"({text})"
        return text

    # leaves

    def _text(self, node: Symbol | Operator | Text | Delimiter, script: bool) -> str:
        return in_ascii(node.text) if self.look.ascii else node.text

    # scripts

    def _scripts(self, node: Scripts, script: bool) -> str:
        base = self._base(node.base)
        lowered = script_text(node.sub, self.look.subscripts)
        raised = script_text(node.sup, self.look.superscripts)
        if lowered is None and node.sup is not None:
            if raised and is_raised_anyway(node.sup):
                return base + raised + self._script("_", node.sub, lowered)
            raised = None
        return base + self._script("_", node.sub, lowered) + self._script("^", node.sup, raised)

    def _script(self, sign: str, node: Node | None, small: str | None) -> str:
        if node is None:
            return ""
        if small:
            return small
        return sign + self._enclosed_script(node)

    def _enclosed_script(self, node: Node) -> str:
        text = self.text(node, True)
        if (
            isinstance(node, (Symbol, Operator))
            and (len(node.text) == 1 or node.text.isdigit())
            and cells(text) == len(text)
        ):
            return text if node.text not in "()" else f"({text})"
        return f"({text})"

    def _base(self, base: Node) -> str:
        text = self.text(base)
        if isinstance(base, (Fraction, Root, Scripts, Table)) and not _is_bare(base):
            return f"({text})"
        if isinstance(base, Group) and len(base.items) > 1:
            return f"({text})"
        if isinstance(base, Accent) and base.name in _BRACES:
            return text
        return text

    # fractions and roots

    def _fraction(self, node: Fraction, script: bool) -> str:
        if not node.bar:
            return f"{self._operand(node.over, script)} choose {self._operand(node.under, script)}"
        if _is_derivative(node):
            return f"{self.text(node.over, script)}/{self.text(node.under, script)}"
        over = self.text(node.over, script) if _is_product(node.over) else f"({self.text(node.over, script)})"
        return f"{over}/{self._operand(node.under, script)}"

    def _operand(self, node: Node, script: bool) -> str:
        text = self.text(node, script)
        return text if _is_one_factor(node) else f"({text})"

    def _root(self, node: Root, script: bool) -> str:
        index = "" if node.degree is None else self.text(node.degree, True)
        sign = _ROOTS.get(index) or f"√[{index}]"
        if self.look.ascii:
            sign = "sqrt" + (f"[{index}]" if index else "")
            return f"{sign}({self.text(node.body, script)})"
        body = self.text(node.body, script)
        return sign + (body if _is_letter(node.body) else f"({body})")

    # marks and fences

    def _accent(self, node: Accent, script: bool) -> str:
        body = self.text(node.body, script)
        mark = MARKS[node.name]
        if node.name in _BRACES and not self.look.ascii:
            return f"({body}){_BRACES[node.name]}"
        if mark.combining and cells(body) == 1 and not self.look.ascii:
            return body + mark.combining
        return f"{node.name}({body})"

    def _fenced(self, node: Fenced, script: bool) -> str:
        parts = [self.text(part, script) for part in node.parts]
        body = parts[0]
        for middle, part in zip(node.middles, parts[1:], strict=True):
            body += f" {self._sign(middle)} {part}"
        left, right = node.left, node.right
        if _only_table(node):
            left, right = left or ("{" if right == "}" else "("), right or ("}" if left == "{" else ")")
            if left not in _PAIRED and (ROW_END in body or CELL_END in body):
                body = f"({body})"
        return self._sign(left) + body + self._sign(right)

    def _sign(self, text: str) -> str:
        return in_ascii(text) if self.look.ascii else text

    def _table(self, node: Table, script: bool) -> str:
        between = {"align": " ", "gather": " "}.get(node.look, CELL_END)
        rows = (between.join([self.text(cell, script).strip() for cell in row]).strip() for row in node.rows)
        return ROW_END.join(rows)

    def _struck(self, node: Struck, script: bool) -> str:
        text = self.text(node.body, script)
        return (
            f"cancel({text})" if self.look.ascii else "".join(c if c == " " else c + "\u0338" for c in text)
        )


def _flat(items: Sequence[Node]) -> Sequence[Node]:
    """`items` with a lone group unwrapped."""
    while len(items) == 1 and isinstance(items[0], Group):
        items = items[0].items
    return items


def _touches(items: Sequence[Node], kinds: Sequence[int], place: int) -> bool:
    """Whether the item at `place` stands directly beside a factor or a function."""
    before = kinds[place - 1] if place else None
    after = kinds[place + 1] if place + 1 < len(items) else None
    if before == SPACE:
        before = _beyond(items, kinds, place, -1)
    if after == SPACE:
        after = _beyond(items, kinds, place, 1)
    if before == ORD and is_sign(items[place - 1]):
        before = None
    if after == ORD and items[place + 1] in _STOPS:
        after = None
    return before in (ORD, CLOSE, OP) or after in (ORD, OPEN, OP)


def _beyond(items: Sequence[Node], kinds: Sequence[int], place: int, step: int) -> int | None:
    """The class of what stands beyond narrow spaces; wide ones part."""
    place += step
    while 0 <= place < len(items) and kinds[place] == SPACE:
        space = items[place]
        if isinstance(space, Space) and space.cells > 1:
            return None
        place += step
    return kinds[place] if 0 <= place < len(items) else None


def _members(node: Node) -> Sequence[Node]:
    items = node.items if isinstance(node, Group) else (node,)
    return [item for item in _flat(items) if not isinstance(item, Space)]


def _is_product(node: Node) -> bool:
    """Whether `node` is factors side by side, which a slash takes as a whole from the left."""
    items = _members(node)
    kinds = kinds_of(items)
    apart = isinstance(node, Group) and any(isinstance(item, Space) for item in _flat(node.items))
    if not items or apart or not _balanced(kinds):
        return False
    depth = 0
    for item, kind in zip(items, kinds, strict=True):
        depth += (kind == OPEN) - (kind == CLOSE)
        loose = kind in _LOOSE or isinstance(item, (Fraction, Table, Text, Tag, Unknown)) or is_sign(item)
        if loose and depth == 0:
            return False
    return True


def _balanced(kinds: Sequence[int]) -> bool:
    depth = 0
    for kind in kinds:
        depth += (kind == OPEN) - (kind == CLOSE)
        if depth < 0:
            return False
    return depth == 0


def _is_one_factor(node: Node) -> bool:
    """Whether `node` is a single thing: a letter or number with its scripts, or something in brackets."""
    items = _members(node)
    if len(items) != 1:
        return _is_call(items) or _is_bracketed(items)
    item = items[0]
    if isinstance(item, Scripts):
        return item.base != Group(()) and _is_one_factor(item.base)
    if isinstance(item, Symbol):
        return item.kind == ORD and (len(item.text) == 1 or item.text.isalnum())
    return isinstance(item, (Accent, Root)) or (
        isinstance(item, Fenced) and item.left in _PAIRED and item.right in _PAIRED
    )


def _is_derivative(node: Fraction) -> bool:
    """Whether `node` is like dy/dx, which nobody reads as (dy/d)x."""
    over, under = _members(node.over), _members(node.under)
    if not (over and over[0] == _DIFFERENTIAL and len(under) == 2 and under[0] == _DIFFERENTIAL):
        return False
    return _is_product(node.over) and isinstance(under[1], Symbol)


def _is_letter(node: Node) -> bool:
    """Whether `node` is one letter or number, accents and scripts included."""
    items = _members(node)
    item = items[0] if len(items) == 1 else None
    base = item.base if isinstance(item, Scripts) else item
    return isinstance(base, (Symbol, Accent)) and _is_one_factor(base)


def _is_bracketed(items: Sequence[Node]) -> bool:
    """Whether `items` are one pair of parentheses and what is in it."""
    if len(items) < 2 or items[0] != _OPENING:
        return False
    depth = 0
    for place, kind in enumerate(kinds_of(items)):
        depth += (kind == OPEN) - (kind == CLOSE)
        if depth == 0:
            return place == len(items) - 1
    return False


def _is_call(items: Sequence[Node]) -> bool:
    """Whether `items` are a letter and what stands in brackets after it, like `p(x)`."""
    if len(items) < 2 or not _is_one_factor(items[0]) or isinstance(items[0], Fenced):
        return False
    if items[0] == _PARTIAL:
        return items[1] != _PARTIAL and _is_one_factor(Group(tuple(items[1:])))
    if len(items) == 2 and isinstance(items[1], Fenced):
        return items[1].left == "("
    return _is_bracketed(items[1:])


def _is_bare(base: Node) -> bool:
    r"""Scripts that hold nothing yet, as `\mathop` leaves them."""
    return isinstance(base, Scripts) and base.sub is None and base.sup is None


def _only_table(node: Fenced) -> bool:
    if len(node.parts) != 1 or node.middles:
        return False
    items = _members(node.parts[0])
    return len(items) == 1 and isinstance(items[0], Table)
