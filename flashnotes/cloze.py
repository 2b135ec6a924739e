r"""Cloze deletions: `{{c1::hidden::hint}}`, the way Anki writes them.

Braces inside a deletion are counted, so that LaTeX such as `{{c1::\frac{a}{b}}}` ends where a reader thinks
it does. A deletion may hold others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flashnotes.models import Card

_START = re.compile(r"\{\{c(\d+(?:,\d+)*)::")


@dataclass(frozen=True, slots=True)
class Deletion:
    """What one cloze deletion hides."""

    numbers: frozenset[int]
    text: str
    hint: str
    start: int
    """Where it begins in its text, its braces included."""
    end: int


def deletions(text: str) -> Iterator[Deletion]:
    """The outermost deletions of `text`, in order; what is not closed is text."""
    position = 0
    while start := _START.search(text, position):
        end = _closing(text, start.end())
        if end is None:
            position = start.end()
            continue
        hidden, _, hint = _parted(text[start.end() : end])
        numbers = frozenset(map(int, start[1].split(",")))
        yield Deletion(numbers, hidden, hint, start.start(), end + 2)
        position = end + 2


def _closing(text: str, start: int) -> int | None:
    """Where the `}}` stands that closes a deletion whose text begins at `start`."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] == "{":
            depth += 1
        elif text[index] == "}" and depth:
            depth -= 1
        elif text.startswith("}}", index):
            return index
    return None


def _parted(inside: str) -> tuple[str, str, str]:
    """What is hidden, and the hint after the last `::` that is in no inner deletion."""
    inner = max((found.end for found in deletions(inside)), default=0)
    at = inside.find("::", inner)
    return (inside, "", "") if at < 0 else (inside[:at], "::", inside[at + 2 :])


def question(text: str, asked: frozenset[int] | None = None) -> str:
    """`text` with the deletions `asked` as `[…]` or `[hint]`, the others filled in; None asks all of them."""
    return _replaced(text, asked, lambda deletion: f"[{deletion.hint or '…'}]")


def answer(text: str, asked: frozenset[int] | None = None) -> str:
    """`text` with every deletion filled in, the ones asked for highlighted where the text allows it."""
    return _replaced(text, asked, lambda deletion: _highlighted(text, deletion))


def hidden(text: str, asked: frozenset[int] | None = None) -> list[str]:
    """What the deletions `asked` hide, in order."""
    return [filled(found.text) for found in deletions(text) if _is_asked(found, asked)]


def filled(text: str) -> str:
    """`text` with every deletion filled in."""
    return _replaced(text, frozenset(), lambda deletion: deletion.text)


def asked_numbers(card: Card) -> frozenset[int] | None:
    """Which deletions of its front a card asks: an Anki note's cards one number each, any other card all."""
    if card.anki is None:
        return None
    number = card.anki.ord + 1
    return frozenset({number}) if any(number in found.numbers for found in deletions(card.front)) else None


def _replaced(text: str, asked: frozenset[int] | None, shown: Callable[[Deletion], str]) -> str:
    parts: list[str] = []
    position = 0
    for found in deletions(text):
        parts.append(text[position : found.start])
        parts.append(shown(found) if _is_asked(found, asked) else _replaced(found.text, asked, shown))
        position = found.end
    return "".join([*parts, text[position:]])


def _is_asked(deletion: Deletion, asked: frozenset[int] | None) -> bool:
    return asked is None or bool(deletion.numbers & asked)


def _highlighted(text: str, deletion: Deletion) -> str:
    inside = filled(deletion.text)
    before = text[: deletion.start]
    in_maths = before.count("$$") % 2 == 1 or before.replace("$$", "").count("$") % 2 == 1
    return inside if in_maths or not inside.strip() or set(inside) & set("=$\n`") else f"=={inside.strip()}=="
