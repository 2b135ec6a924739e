"""The words that a regular expression of words spells: looked up in a set, one is found in a fraction of the time."""

from __future__ import annotations

import re
from itertools import product

_WORD = re.compile(r"(?:\([^()]*\)|[^|()])+")
_PART = re.compile(
    r"\[(?P<letters>\w+)\]|\(\?:(?P<endings>[\w|]+)\)(?P<optional>\??)|(?P<letter>\w)(?P<may_lack>\??)"
)


def words_of(pattern: str) -> frozenset[str]:
    """Every word that `pattern` matches: words between bars, their parts optional, endings or single letters to choose from."""
    return frozenset(
        "".join(parts)
        for word in _WORD.findall(pattern)
        for parts in product(*map(_choices, _PART.finditer(word)))
    )


def _choices(part: re.Match[str]) -> list[str]:
    if part["letters"]:
        return list(part["letters"])
    choices = part["endings"].split("|") if part["endings"] else [part["letter"]]
    return [*choices, ""] if part["optional"] or part["may_lack"] else choices
