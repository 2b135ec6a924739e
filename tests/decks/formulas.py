"""The formulas of the shipped notes, as their LaTeX stands there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

NOTES = Path(__file__).parents[2] / "decks" / "notes"
_DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)


@cache
def formulas(slug: str) -> frozenset[str]:
    """The display formulas of a note, without white space."""
    text = (NOTES / f"{slug}.md").read_text(encoding="utf-8")
    return frozenset(_squash(latex) for latex in _DISPLAY.findall(text))


def states(slug: str, latex: str) -> None:
    """Holds a test to its note: a formula that is reworded there must be computed here again."""
    assert _squash(latex) in formulas(slug), f"{slug}.md does not state {latex}"


def _squash(latex: str) -> str:
    return re.sub(r"\s+", "", latex)
