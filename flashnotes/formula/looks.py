"""What drawings are made of: the letters and lines of the styled, the plain and the ASCII look."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple

from flashnotes.formula.alphabets import SUBSCRIPTS, SUPERSCRIPTS

Letters = Literal["styled", "plain", "ascii"]
"""`styled` has the mathematical alphabets of Unicode; `plain` keeps to the basic plane, bold letters being told
apart; `ascii` is for terminals without Unicode or with a doubtful width of symbols."""

_PIECES: Final = {  # top, middle, bottom, and the centre where there is one
    "(": "⎛⎜⎝",
    ")": "⎞⎟⎠",
    "[": "⎡⎢⎣",
    "]": "⎤⎥⎦",
    "{": "⎧⎪⎩⎨",
    "}": "⎫⎪⎭⎬",
    "|": "│││",
    "∣": "│││",
    "‖": "║║║",
    "∥": "║║║",
    "⌊": "⎢⎢⎣",
    "⌋": "⎥⎥⎦",
    "⌈": "⎡⎢⎢",
    "⌉": "⎤⎥⎥",
    "⟨": "╱⟨╲⟨",
    "⟩": "╲⟩╱⟩",
    "⟦": "⟦⟦⟦",
    "⟧": "⟧⟧⟧",
    "⟮": "⎧⎪⎩",
    "⟯": "⎫⎪⎭",
    "⎰": "⎧⎪⎭",
    "⎱": "⎫⎪⎩",
    "↑": "↑││",
    "↓": "││↓",
    "↕": "↑│↓",
    "/": "╱╱╱",
    "\\": "╲╲╲",
    "⌜": "⌜  ",
    "⌝": "⌝  ",
    "⌞": "  ⌞",
    "⌟": "  ⌟",
}
_ASCII_PIECES: Final = {
    "(": "/|\\",
    ")": "\\|/",
    "[": "[[[",
    "]": "]]]",
    "{": "/|\\{",
    "}": "\\|/}",
    "|": "|||",
    "<": "/<\\<",
    ">": "\\>/>",
}


class Look(NamedTuple):
    """The material of a drawing."""

    pieces: dict[str, str]
    bar: str
    root: tuple[str, str, str, str]
    """The roof of a root, its corner, its upright and its foot."""
    superscripts: dict[str, str]
    subscripts: dict[str, str]
    ascii: bool = False


UNICODE: Final = Look(_PIECES, "─", ("─", "┌", "│", "√"), SUPERSCRIPTS, SUBSCRIPTS)
ASCII: Final = Look(
    _ASCII_PIECES, "-", ("_", " ", "|", "\\"), {"′": "'", "″": "''", "‴": "'''", "∗": "*", "*": "*"}, {}, True
)


def tall_delimiter(text: str, height: int, pieces: dict[str, str]) -> tuple[str, ...]:
    """The delimiter `text` over `height` rows."""
    shape = pieces.get(text)
    if height == 1 or shape is None:
        return (text,) * height if height == 1 else _centred(text, height)
    if height == 2:
        return shape[0], shape[2]
    if len(shape) == 3:
        return (shape[0], *[shape[1]] * (height - 2), shape[2])
    middle = (height - 1) // 2
    if text in "⟨⟩<>":
        return (
            *[shape[0]] * middle,
            *[shape[3]] * (height % 2),
            *[shape[2]] * ((height - height % 2) - middle),
        )
    return (shape[0], *[shape[1]] * (middle - 1), shape[3], *[shape[1]] * (height - middle - 2), shape[2])


def _centred(text: str, height: int) -> tuple[str, ...]:
    from flashnotes.formula.width import cells

    blank = (" " * cells(text),)
    middle = (height - 1) // 2
    return blank * middle + (text,) + blank * (height - middle - 1)


@lru_cache(maxsize=1)
def _plain() -> tuple[dict[int, str], frozenset[str]]:
    from flashnotes.formula.alphabets import plain_letters

    letters = plain_letters()
    bold = frozenset(chr(code) for code, (_, is_bold) in letters.items() if is_bold)
    return {code: plain for code, (plain, _) in letters.items()}, bold


def plain_rows(rows: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[tuple[int, int, int], ...]]:
    """`rows` without letters beyond the basic plane, and where the bold ones stood: row, first and last + 1 place."""
    table, bold = _plain()
    spans: list[tuple[int, int, int]] = []
    for number, row in enumerate(rows):
        for place, character in enumerate(row):
            if character in bold:
                if spans and spans[-1][0] == number and spans[-1][2] == place:
                    spans[-1] = (number, spans[-1][1], place + 1)
                else:
                    spans.append((number, place, place + 1))
    return tuple(row.translate(table) for row in rows), tuple(spans)
