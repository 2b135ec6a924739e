"""How many cells stand between two atoms, by their classes.

Source: the table of chapter 18 of The TeXbook, its thin, medium and thick spaces all one cell wide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flashnotes.formula.tree import (
    BIN,
    CLOSE,
    OP,
    OPEN,
    ORD,
    PUNCT,
    REL,
    Fenced,
    Node,
    Scripts,
    Space,
    Symbol,
    Text,
    kind_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SPACE: Final = -1

_DISPLAY: Final = (  # columns: ORD OP BIN REL OPEN CLOSE PUNCT
    (0, 1, 1, 1, 0, 0, 0),  # ORD
    (1, 1, 0, 1, 0, 0, 0),  # OP
    (1, 1, 0, 0, 1, 0, 0),  # BIN
    (1, 1, 0, 0, 1, 0, 0),  # REL
    (0, 0, 0, 0, 0, 0, 0),  # OPEN
    (0, 1, 1, 1, 0, 0, 0),  # CLOSE
    (1, 1, 0, 1, 1, 1, 0),  # PUNCT
)
_SCRIPT: Final = (
    (0, 1, 0, 0, 0, 0, 0),
    (1, 1, 0, 0, 0, 0, 0),
    (0, 0, 0, 0, 0, 0, 0),
    (0, 0, 0, 0, 0, 0, 0),
    (0, 0, 0, 0, 0, 0, 0),
    (0, 1, 0, 0, 0, 0, 0),
    (0, 0, 0, 0, 0, 0, 0),
)
_BEFORE_ORDINARY: Final = frozenset([BIN, REL, OPEN, PUNCT, OP])
_AFTER_ORDINARY: Final = frozenset([REL, CLOSE, PUNCT])


def gaps(script: bool) -> tuple[tuple[int, ...], ...]:
    """The spaces by the class on the left and on the right; in scripts almost none."""
    return _SCRIPT if script else _DISPLAY


def kinds_of(items: Sequence[Node], before: int | None = None, after: int | None = None) -> list[int]:
    """The class of each item, binary operators with nothing to join being ordinary; `SPACE` for a space."""
    kinds = [SPACE if isinstance(item, Space) else kind_of(item) for item in items]
    last = before
    for place, kind in enumerate(kinds):
        if kind == SPACE:
            continue
        if kind == BIN and (last is None or last in _BEFORE_ORDINARY):
            kinds[place] = kind = ORD
        last = kind
    following = after
    for place in range(len(kinds) - 1, -1, -1):
        kind = kinds[place]
        if kind == SPACE:
            continue
        if kind == BIN and (following is None or following in _AFTER_ORDINARY):
            kinds[place] = kind = ORD
        following = kind
    return kinds


def left_edge(item: Node, kind: int) -> int:
    return OPEN if is_fence(item) else kind


def right_edge(item: Node, kind: int) -> int:
    """The class on the right; a sign is as close to a function as an opening bracket."""
    if kind == ORD and is_sign(item):
        return OPEN
    return CLOSE if is_fence(item) else kind


def own_spaces(left: Node | None, right: Node) -> int:
    """The spaces that texts bring along themselves where `left` and `right` meet."""
    ends = isinstance(left, Text) and left.text.endswith(" ")
    return ends + (isinstance(right, Text) and right.text.startswith(" "))


def is_sign(item: Node) -> bool:
    return isinstance(item, Symbol) and item.text in "−+±∓"


def is_fence(item: Node) -> bool:
    while isinstance(item, Scripts):
        item = item.base
    return isinstance(item, Fenced)
