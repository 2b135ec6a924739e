"""How many cells of a terminal a text takes: Rich's answer, without loading Rich for what is common."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

_SPANS: Final = (  # first character, last, cells of each between them
    (0x00A1, 0x00AC, 1),
    (0x00AE, 0x02FF, 1),
    (0x0300, 0x036F, 0),
    (0x0370, 0x0482, 1),
    (0x1D00, 0x1DBF, 1),
    (0x2010, 0x2027, 1),
    (0x2030, 0x205E, 1),
    (0x2070, 0x209C, 1),
    (0x20D0, 0x20F0, 0),
    (0x2100, 0x2319, 1),
    (0x232B, 0x23E8, 1),
    (0x2500, 0x25FC, 1),
    (0x27C0, 0x2AFF, 1),
    (0x3000, 0x3029, 2),
    (0x4E00, 0x9FFF, 2),
    (0xFF01, 0xFF60, 2),
    (0x1D400, 0x1D7FF, 1),
)
_FIRSTS: Final = tuple(span[0] for span in _SPANS)

_widths: dict[str, int] = {}


def _character_cells(character: str) -> int:
    code = ord(character)
    _, last, width = _SPANS[max(bisect_right(_FIRSTS, code) - 1, 0)]
    if _FIRSTS[0] <= code <= last:
        return width
    from rich.cells import cell_len

    return cell_len(character)


def cells(text: str) -> int:
    """The cells that `text` takes on a terminal, as Rich counts them; `text` has no control characters."""
    if text.isascii():
        return len(text)
    total = 0
    for character in text:
        width = _widths.get(character)
        if width is None:
            width = _widths[character] = 1 if " " <= character <= "~" else _character_cells(character)
        total += width
    return total
