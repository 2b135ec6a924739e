"""A linear formula broken into rows where it hurts least."""

from __future__ import annotations

from typing import Final

from flashnotes.formula.tree import BIN, REL, Symbol
from flashnotes.formula.width import cells

_INDENT: Final = 4
_SHORTEST: Final = 0.4
"""The share of the width below which a row is not cut even at a better place."""


def wrapped(text: str, width: int) -> list[str]:
    """`text` in rows of at most `width` cells if its words allow, the rows after the first indented."""
    rows: list[str] = []
    indent = ""
    rest = text
    while cells(indent) + cells(rest) > width:
        cut = _best_cut(rest, width - len(indent))
        if cut is None:
            break
        rows.append(indent + rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
        indent = " " * min(_INDENT, width // 8)
    return [*rows, indent + rest]


def _best_cut(text: str, width: int) -> int | None:
    """The place of the space to break at: outside brackets first, before relations, then operators."""
    best: tuple[int, int, int] | None = None
    last: int | None = None
    depth = taken = 0
    for place, character in enumerate(text):
        if taken > width:
            break
        if character == " " and place:
            last = place
            if taken >= width * _SHORTEST:
                rows_end = text.startswith(";;", place + 1)
                worth = (0 if rows_end else -depth, -_cost(text, place), place)
                best = max(best, worth) if best else worth
        depth += (character in "([{⌊⌈⟨") - (character in ")]}⌋⌉⟩")
        taken += cells(character)
    if best is not None:
        return best[2]
    return last if last is not None else _first_space(text)


def _first_space(text: str) -> int | None:
    place = text.find(" ")
    return place if place > 0 else None


def _cost(text: str, place: int) -> int:
    from flashnotes.formula.symbols import ATOMS

    following = ATOMS.get(text[place + 1 : place + 2])
    if text[place + 1 : place + 3] == ";;" or (isinstance(following, Symbol) and following.kind == REL):
        return 0
    if text[place - 1] in ",;，；&":
        return 1
    return 2 if isinstance(following, Symbol) and following.kind == BIN else 3
