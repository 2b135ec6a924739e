"""How alike two texts are: a sentence reworded or another sentence."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from flashnotes.text import CJK

_COMPARED = 400
"""Characters of a text that are compared; what a definition says, it says early."""
_OTHER = 0.3
"""Below this the texts are different and the exact figure is not worth its time."""

_WORD = re.compile(rf"[{CJK}]|\s+|[^\s{CJK}]+")


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1."""
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one[:_COMPARED], other[:_COMPARED], autojunk=False)
    if matcher.real_quick_ratio() < _OTHER or matcher.quick_ratio() < _OTHER:
        return 0.0
    return matcher.ratio()


def difference(one: str, other: str) -> list[tuple[str, str]]:
    """What makes `other` of `one`, word by word: pieces marked ` ` (in both), `-` (only in `one`) or `+`."""
    mine, theirs = _WORD.findall(one[:_COMPARED]), _WORD.findall(other[:_COMPARED])
    pieces: list[tuple[str, str]] = []
    for kind, start, stop, first, last in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((" ", "".join(mine[start:stop])))
            continue
        pieces += [("-", "".join(mine[start:stop]))] if stop > start else []
        pieces += [("+", "".join(theirs[first:last]))] if last > first else []
    return pieces
