"""Formulas as they occur in notes, with their drawings and what a reader said of them: `drawings.md`.

`python -m tests.formula.drawings` draws them again after a change that was looked at.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from flashnotes.formula import draw

FILE = Path(__file__).with_name("drawings.md")
WIDTHS = (76, 36)

_CASE = re.compile(
    r"^## (?P<id>\d{3}) (?P<source>[^\n]+)\n\n```latex\n(?P<latex>.*?)\n```\n\n(?P<verdict>[^\n]+)\n\n"
    r"```text\n(?P<wide>.*?)\n```\n\n```text\n(?P<narrow>.*?)\n```\n",
    re.DOTALL | re.MULTILINE,
)


class Case(NamedTuple):
    """One formula: where it is from, how it reads at both widths, and whether that is right."""

    id: str
    source: str
    latex: str
    verdict: str
    wide: str
    narrow: str


def read_cases() -> list[Case]:
    return [Case(**match.groupdict()) for match in _CASE.finditer(FILE.read_text(encoding="utf-8"))]


def drawn(latex: str, width: int) -> str:
    """The rows without the spaces that end them."""
    return "\n".join(row.rstrip() for row in draw(latex, width=width).rows)


def dump(case: Case) -> str:
    wide, narrow = (drawn(case.latex, width) for width in WIDTHS)
    return (
        f"## {case.id} {case.source}\n\n```latex\n{case.latex}\n```\n\n{case.verdict}\n\n"
        f"```text\n{wide}\n```\n\n```text\n{narrow}\n```\n"
    )


HEAD = """# Drawings

Display formulas of public machine-learning notes and of our own, each with its drawing in at most 76 and at most
36 cells and the verdict of a reader who compared the drawing with the LaTeX. Right means: nothing is lost, every
scope is unambiguous, the rows are aligned.

"""

if __name__ == "__main__":
    FILE.write_text(HEAD + "\n".join(dump(case) for case in read_cases()), encoding="utf-8")
