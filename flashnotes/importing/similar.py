"""How alike two texts are: a sentence reworded or another sentence."""

from __future__ import annotations

from difflib import SequenceMatcher

_COMPARED = 400
"""Characters of a text that are compared; what a definition says, it says early."""
_OTHER = 0.3
"""Below this the texts are different and the exact figure is not worth its time."""


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1."""
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one[:_COMPARED], other[:_COMPARED], autojunk=False)
    if matcher.real_quick_ratio() < _OTHER or matcher.quick_ratio() < _OTHER:
        return 0.0
    return matcher.ratio()
