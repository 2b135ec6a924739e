"""How much of an answer a hint gives away: its beginning, and at each step a little more, never the last of it.

An answer of several lines is given line by line, a formula up to its sign of equality, any other text by its first
character and then word by word (Chinese by characters). Where it begins with what the card asks about, that goes with
the first step: `TLB` tells nothing of TLB.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes import cloze
from flashnotes.models import CardKind

if TYPE_CHECKING:
    from flashnotes.models import Card

MORE = "…"
_LINE = re.compile(r"(?:\$\$.*?\$\$|[^\n])+", re.DOTALL)
_UNIT = re.compile(
    r"\s*(?:\$\$.*?\$\$|\$[^$\n]+\$|!?\[[^\]\n]*\]\([^)\n]*\)|`[^`\n]+`"
    r"|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af$`]+|.)",
    re.DOTALL,
)
_FORMULA = re.compile(r"(\$\$?)(.+?)\1", re.DOTALL)
_LETTER = re.compile(r"\s*[^\s$`!\[\]\\]")


def hint(card: Card, step: int) -> str:
    """What the hint of `step`, from 1, shows of the answer of `card`, as Markdown; nothing if that would be all."""
    asked = cloze.hidden(card.front, cloze.asked_numbers(card)) if card.kind is CardKind.CLOZE else []
    if not asked:
        return _beginning(card.back, step, known=card.front)
    return "  ".join(begun or MORE for begun in (_beginning(text, step) for text in asked))


def _beginning(text: str, step: int, known: str = "") -> str:
    text = text.strip()
    parts = _parts(text)
    begins = (
        re.match(rf"[*_]*{re.escape(known.strip())}[*_]*", text, re.IGNORECASE) if known.strip() else None
    )
    while begins and len(parts) > 1 and len(parts[0]) <= begins.end():
        parts[:2] = [parts[0] + parts[1]]
    shown = "".join(parts[: min(step, len(parts) - 1)])
    gap = "\n" if shown.endswith("\n") else " "
    return f"{shown.rstrip()}{gap}{MORE}" if shown else ""


def _parts(text: str) -> list[str]:
    """`text` cut where hints stop."""
    lines = _LINE.findall(text)
    if len(lines) > 1:
        return [f"{line}\n" for line in lines[:-1]] + lines[-1:]
    if (formula := _FORMULA.fullmatch(text)) is not None:
        return _sides(formula[1], formula[2])
    units = _UNIT.findall(text)
    first = _LETTER.match(text)
    if units and first and len(units[0]) > len(first[0]):
        units[0] = units[0][len(first[0]) :]
        units.insert(0, first[0])
    return units


def _sides(mark: str, latex: str) -> list[str]:
    """The left side of a formula with its sign, and the rest."""
    depth = 0
    for place, character in enumerate(latex):
        depth += (character == "{") - (character == "}")
        if character == "=" and depth == 0 and latex[:place].strip():
            return [f"{mark}{latex[: place + 1].strip()}{mark}", latex[place + 1 :]]
    return [latex]
