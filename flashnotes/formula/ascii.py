"""Symbols in ASCII, for terminals without Unicode."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_SHAPES: Final = dict(
    zip(
        "−∗⋅·×÷±∓≤≥⩽⩾≠≈≡→←⇒⇐⟶⟵⟹⟸⟷↔⇔⟺↦⟼∣∥‖⟨⟩⌊⌋⌈⌉∞′″‴…⋯⋮⋱≪≫≔∼√─│═‾“”‘’，；：（）、。‥▁",
        [
            "-",
            "*",
            "*",
            ".",
            "x",
            "/",
            "+-",
            "-+",
            "<=",
            ">=",
            "<=",
            ">=",
            "!=",
            "~~",
            "==",
            "->",
            "<-",
            "=>",
            "<=",
            "-->",
            "<--",
            "==>",
            "<==",
            "<-->",
            "<->",
            "<=>",
            "<==>",
            "|->",
            "|-->",
            "|",
            "||",
            "||",
            "<",
            ">",
            "[",
            "]",
            "[",
            "]",
            "oo",
            "'",
            "''",
            "'''",
            "...",
            "...",
            ":",
            "\\",
            "<<",
            ">>",
            ":=",
            "~",
            "sqrt",
            "-",
            "|",
            "=",
            "-",
            '"',
            '"',
            "'",
            "'",
            ",",
            ";",
            ":",
            "(",
            ")",
            ",",
            ".",
            "..",
            "_",
        ],
        strict=True,
    )
)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Each symbol's command, the shortest of several, and each styled letter's plain form."""
    from flashnotes.formula.alphabets import _FIRST, _alphabet
    from flashnotes.formula.symbols import ATOMS

    names: dict[str, str] = {}
    for token, atom in ATOMS.items():
        name = token[1:]
        if token[0] != "\\" or not name.isalpha() or atom.text.isascii():
            continue
        if len(name) < len(names.get(atom.text, name + "x")):
            names[atom.text] = name
    for font in _FIRST:
        for plain, letter in _alphabet(font).items():
            names[letter] = names.get(plain, plain)
    return names | _SHAPES


def in_ascii(text: str) -> str:
    """`text` with every symbol that has a name or a likeness in ASCII; Chinese stays as it is."""
    if text.isascii():
        return text
    names = _names()
    return names.get(text) or "".join([names.get(character, character) for character in text])
