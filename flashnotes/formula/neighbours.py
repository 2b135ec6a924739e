"""Where boxes side by side would be read as one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flashnotes.formula.boxes import Box

_BACKS: Final = frozenset("⎞⎤⎫│║⎥╲\\]|")
_FRONTS: Final = frozenset("⎛⎡⎧│║⎢╱/[|")
_UPRIGHTS: Final = frozenset("⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎪⎩⎨⎫⎭⎬│║╱╲/|\\")
_BARS: Final = frozenset("─━−-═—")


def run_together(left: Box, right: Box, *, names: bool) -> bool:
    """Whether two boxes side by side would read as one: bars, tall brackets back to back, names in ASCII."""
    end, start = left.rows[left.base][-1:], right.rows[right.base][:1]
    if end in _BARS and start in _BARS:
        return True
    if left.tall and right.tall and left.rows[0][-1:] in _BACKS and right.rows[0][:1] in _FRONTS:
        return True
    if left.base > 1 and right.base > 1 and not (left.tall or right.tall):
        return True
    if len(left.rows) > 1 and len(right.rows) > 1 and _touch(left, right):
        return True
    return names and end.isalpha() and start.isalpha() and left.width + right.width > 2


def _touch(left: Box, right: Box) -> bool:
    """Whether letters meet above or below the line, as a subscript would meet a denominator."""
    offset = right.base - left.base
    for place, row in enumerate(left.rows):
        other = place + offset
        if place == left.base or not 0 <= other < len(right.rows):
            continue
        end, start = row[-1:], right.rows[other][:1]
        if end.strip() and start.strip() and end not in _UPRIGHTS and start not in _UPRIGHTS:
            return True
    return False
