"""Arrows, braces and bars as long as what they belong to."""

from __future__ import annotations

from typing import Final

from flashnotes.formula.ascii import in_ascii


def stretched(pieces: str, width: int) -> str:
    """`pieces` as wide as `width`: one piece is centred, two are `fill head` or `head fill`, three `end fill end`,
    five `end fill middle fill end`.
    """
    if len(pieces) == 1:
        return pieces.center(width) if pieces not in "^~" or width > 1 else pieces
    if len(pieces) == 2:
        first, last = pieces[0], pieces[1]
        if first == last:
            return first * width
        return first + last * (width - 1) if first in "←↼" else first * (width - 1) + last
    if width < len(pieces) and len(pieces) == 5:
        return {1: pieces[2], 2: pieces[0] + pieces[4], 3: pieces[0] + pieces[2] + pieces[4]}.get(
            width, pieces[0] + pieces[2] + pieces[1] + pieces[4]
        )
    if len(pieces) == 3:
        return pieces[0] + pieces[1] * (width - 2) + pieces[2] if width > 1 else pieces[2]
    left = (width - 3) // 2
    return pieces[0] + pieces[1] * left + pieces[2] + pieces[3] * (width - 3 - left) + pieces[4]


STRETCHY: Final = frozenset("⟶⟵⟷⟹⟸⟺⟼↪↩⇀⇁↼↽⇌⇋↠↞⇄⇆") | {"══", "→", "←"}


def longer(arrow: str, width: int) -> str:
    if len(arrow) >= width:
        return arrow
    if arrow == "══":
        return "═" * width
    fill = "═" if arrow in "⟹⟸⟺" else "─"
    if arrow in "⟵⟸↩↼↽↞←":
        return {"⟵": "←", "⟸": "⇐"}.get(arrow, arrow) + fill * (width - 1)
    if arrow in "⟶⟹↪⇀⇁↠⟼→":
        head = {"⟶": "→", "⟹": "⇒", "⟼": "→", "↪": "→"}.get(arrow, arrow)
        tail = {"⟼": "├", "↪": "╰"}.get(arrow, fill)
        return tail + fill * (width - 2) + head
    ends = {"⟷": "←→", "⟺": "⇐⇒"}.get(arrow)
    return ends[0] + fill * (width - 2) + ends[1] if ends else arrow.center(width)


def ascii_pieces(row: str) -> str:
    """The pieces of an accent's row in ASCII."""
    return "".join(
        {"╰": "\\", "╯": "/", "╭": "/", "╮": "\\", "┬": "v", "┴": "^"}.get(c) or in_ascii(c)[:1] for c in row
    )
