"""Brackets in a list whose inside may be set on lines of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashnotes.formula.tree import CLOSE, OPEN, Fenced, Group, Node, Scripts, Symbol, Table, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.formula.layout import Layout


class Bracketed(NamedTuple):
    """A list cut open: up to the opening bracket, what is inside, and from the closing bracket on."""

    before: list[Node]
    inside: list[Node]
    after: list[Node]


def widest_bracketed(items: Sequence[Node], layout: Layout) -> Bracketed | None:
    """`items` cut open at their widest pair of brackets, if they have one."""
    found = [*_fences(items), *_pairs(items)]
    return max(found, key=lambda cut: layout.row(cut.inside).width, default=None)


def _fences(items: Sequence[Node]) -> list[Bracketed]:
    found: list[Bracketed] = []
    for place, item in enumerate(items):
        fence = item.base if isinstance(item, Scripts) else item
        if not isinstance(fence, Fenced) or len(fence.parts) > 1 or not (fence.left and fence.right):
            continue
        part = fence.parts[0]
        inside: list[Node] = [*part.items] if isinstance(part, Group) else [part]
        if len(inside) == 1 and isinstance(inside[0], Table):
            continue
        closing: Node = Symbol(fence.right, CLOSE)
        if isinstance(item, Scripts):
            closing = item._replace(base=closing)
        opening = Symbol(fence.left, OPEN)
        found.append(Bracketed([*items[:place], opening], inside, [closing, *items[place + 1 :]]))
    return found


def _pairs(items: Sequence[Node]) -> list[Bracketed]:
    """Plain brackets that are not inside other ones."""
    found: list[Bracketed] = []
    opened: list[int] = []
    for place, item in enumerate(items):
        kind = kind_of(item)
        if kind == OPEN:
            opened.append(place)
        elif kind == CLOSE and opened:
            first = opened.pop()
            if not opened:
                found.append(Bracketed([*items[: first + 1]], [*items[first + 1 : place]], [*items[place:]]))
    return found
