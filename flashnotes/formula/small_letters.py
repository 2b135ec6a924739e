"""Scripts that are written with the small letters of Unicode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flashnotes.formula.tree import Group, Node, Operator, Symbol, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_PRIMES: Final = frozenset("′″‴⁗'")


def script_text(node: Node | None, letters: dict[str, str]) -> str | None:
    """`node` in the small letters of Unicode, if it has no other; nothing is the empty text."""
    if node is None:
        return ""
    if isinstance(node, Symbol):
        text = node.text
        small = letters.get(text)
        if small is not None or len(text) == 1:
            return small
        return _all(text, letters)
    if isinstance(node, Group):
        return _joined_scripts(node.items, letters)
    return _all(node.text, letters) if isinstance(node, (Text, Operator)) else None


def _joined_scripts(items: Sequence[Node], letters: dict[str, str]) -> str | None:
    pieces = []
    for item in items:
        piece = script_text(item, letters)
        if piece is None:
            return None
        pieces.append(piece)
    return "".join(pieces)


def _all(text: str, letters: dict[str, str]) -> str | None:
    small = [letters.get(character) for character in text.strip()]
    return None if None in small else "".join(character for character in small if character)


def is_raised_anyway(sup: Node) -> bool:
    """Whether `sup` stays at its letter though the subscript needs a row: primes and stars."""
    return isinstance(sup, Symbol) and (sup.text[0] in _PRIMES or sup.text in "*∗")
