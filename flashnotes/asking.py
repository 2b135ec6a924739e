"""How a card is asked, where a person wants it another way than it is written: both ways, or by one part.

The other side of a card asked both ways has a schedule of its own, and so an id. Asked by a part or by its name in the
other language, a card stays one card with one schedule; only what the screen shows is another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flashnotes import cloze
from flashnotes.models import OTHER_SIDE, CardKind, other_side_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashnotes.models import Card, StudyCard

GAP = "…"
_SHORTEST_NAME = 2
"""Characters: a shorter name, such as one letter, would be masked inside other words."""
_FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_TOKEN = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|.", re.DOTALL)
_RELATIONS = frozenset(
    ["=", "\\approx", "\\propto", "\\leftarrow", "\\gets", "\\triangleq", "\\equiv", "\\sim", "\\coloneqq"]
)
_OPENING = frozenset(["{", "(", "[", "\\{", "\\left", "\\langle", "\\lfloor", "\\lceil"])
_CLOSING = frozenset(["}", ")", "]", "\\}", "\\right", "\\rangle", "\\rfloor", "\\rceil"])


@dataclass(frozen=True, slots=True)
class Ways:
    """In which ways cards are asked."""

    other_language: bool = False
    """Fronts by their name in the other language, where a card has one."""
    formula_parts: bool = False
    """Formulas with one part left out: the right side, or a term of it, another each time."""

    def __bool__(self) -> bool:
        return self.other_language or self.formula_parts


def as_asked(card: Card, ways: Ways, turn: int) -> Card:
    """`card` as it is asked for the time `turn`, counted from 0; its id and tags stay."""
    if ways.formula_parts and card.kind is CardKind.FORMULA:
        return with_a_gap(card, turn)
    if ways.other_language:
        from flashnotes.cards import in_other_language

        return in_other_language(card)
    return card


def other_side(card: Card) -> Card | None:
    """A definition asked by its meaning, without the term and its other names; None for a card asked one way only.

    A note that came from Anki has the sides that it has there.
    """
    if card.kind is not CardKind.DEFINITION or card.anki:
        return None
    asked = card.back
    for name in sorted((card.front, *card.aliases), key=len, reverse=True):
        # Making the pattern takes longer than looking, and a home may have many definitions.
        if len(name) >= _SHORTEST_NAME and "$" not in name and name.casefold() in asked.casefold():
            asked = re.sub(_whole(name), GAP, asked, flags=re.IGNORECASE)
    side = replace(card, id=other_side_id(card.id), kind=CardKind.BASIC, front=asked, back=card.front)
    # It was not extracted, so that it is no card whose lines somebody removed once it is gone.
    return replace(side, extracted=None)


def with_other_sides(cards: Iterable[StudyCard]) -> Iterator[tuple[StudyCard, StudyCard | None]]:
    """Each card with its other side, where that follows it."""
    before: StudyCard | None = None
    for studied in cards:
        if before and studied.card.id == before.card.id + OTHER_SIDE:
            yield before, studied
            before = None
        else:
            if before:
                yield before, None
            before = studied
    if before:
        yield before, None


def _whole(name: str) -> str:
    """A pattern for `name`, not inside a longer word of Latin letters."""
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
    return before + re.escape(name) + after


def with_a_gap(card: Card, turn: int) -> Card:
    """A formula as a cloze of one of its parts, in turn; the card as it is where its formula has no such parts."""
    found = _FORMULA.search(card.back)
    spans = part_spans(found[1]) if found else []
    if found is None or not spans:
        return card
    first, last = (found.start(1) + place for place in spans[turn % len(spans)])
    back = card.back
    text = f"{card.front}\n{back[:first]}{{{{c1::{back[first:last]}}}}}{back[last:]}"
    is_whole = cloze.filled(text) == f"{card.front}\n{back}"
    return replace(card, kind=CardKind.CLOZE, front=text, back="", anki=None) if is_whole else card


def part_spans(latex: str) -> list[tuple[int, int]]:
    """Where the parts of a formula stand that can be asked for: its right side, then each term of that."""
    tokens = [(match.start(), match[0]) for match in _TOKEN.finditer(latex)]
    places = _signs(tokens)
    relation = next((place for place, token in places if token in _RELATIONS), None)
    if relation is None or not latex[:relation].strip():
        return []
    start = relation + len(next(token for place, token in places if place == relation))
    if any(token in _RELATIONS or token in ("&", "\\\\") for place, token in places if place > relation):
        return []
    signs = [place for place, token in places if place > relation and token in ("+", "-")]
    terms = [_trimmed(latex, *ends) for ends in _between(signs, start, len(latex))]
    right = _trimmed(latex, start, len(latex))
    spans = [right, *([term for term in terms if term != right] if len(terms) > 1 else [])]
    return [span for span in spans if span[0] < span[1] and "::" not in latex[slice(*span)]]


def _signs(tokens: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The tokens that stand in no brackets and in no environment."""
    depth = 0
    outside = []
    for place, token in tokens:
        if token in _OPENING or token.startswith("\\begin"):
            depth += 1
        elif token in _CLOSING or token.startswith("\\end"):
            depth -= 1
        elif depth == 0:
            outside.append((place, token))
    return outside


def _between(signs: list[int], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between plus and minus signs, the signs left out."""
    edges = [start - 1, *signs, end]
    return [(one + 1, other) for one, other in pairwise(edges)]


def _trimmed(latex: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and punctuation at its ends; empty where nothing else is left."""
    while start < end and latex[start].isspace():
        start += 1
    while start < end and (latex[end - 1].isspace() or latex[end - 1] in ",.;，。；"):
        end -= 1
    return start, end
