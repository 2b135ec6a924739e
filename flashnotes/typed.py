"""A typed answer against the card's: what differs, and which grade that suggests.

Width, case, spaces and punctuation do not count; digits and signs always do (`-1` is not `1`, `x^2` is not
`x2`). A back of the form `A｜B` accepts either.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from flashnotes.cloze import asked_numbers, hidden
from flashnotes.models import CardKind, Rating

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashnotes.models import Card

_LATEX_NOISE = re.compile(
    r"\\(?:left|right|big|Big|bigg|Bigg|displaystyle|textstyle|limits|quad|qquad)(?![A-Za-z])|\\[,;:!]|[$~]"
)
_LATEX_NAMES = {
    "\\le": "≤",
    "\\leq": "≤",
    "\\ge": "≥",
    "\\geq": "≥",
    "\\ne": "≠",
    "\\neq": "≠",
    "\\cdot": "·",
}
_LATEX_NAME = re.compile(r"\\[A-Za-z]+")
_SINGLE = re.compile(r"([_^])\{([^{}])\}")
_COUNTS = frozenset("+*/^_=<>%|\\{}±×÷≤≥≠·!#&@")
"""Punctuation and symbols that make a difference of meaning wherever they stand."""
_IN_NUMBERS = frozenset(".,:")
"""Count between digits: 3.14 is not 314."""
_MINUS = str.maketrans("−‐‑–", "----")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_LONG = 30
"""Characters of an answer that counts as prose."""
_SEVERAL = 3
"""Words."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_FEWEST_ALIKE = 4
"""Characters: fewer between two differences of a long answer are alike by chance."""
_FIRST_WITHOUT_SPACES = "\u2e80"
"""From here on scripts of East Asia, in which words are not set apart."""
_TWO_WAYS = re.compile(r"[｜]|\s\|\s")


class Part(Enum):
    """What became of a stretch of a typed answer."""

    SAME = "same"
    EXTRA = "extra"
    """Typed, but not in the answer."""
    MISSING = "missing"
    """In the answer, but not typed."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A typed answer beside the nearest accepted one."""

    is_right: bool
    parts: tuple[tuple[Part, str], ...]

    @property
    def suggested(self) -> Rating:
        return Rating.GOOD if self.is_right else Rating.AGAIN


def accepted_answers(card: Card) -> tuple[str, ...]:
    """Every text that answers `card`, the one to show first."""
    if card.kind is CardKind.CLOZE:
        asked = hidden(card.front, asked_numbers(card))
        return (" ".join(asked),) if asked else (card.back,)
    ways = tuple(way.strip() for way in _TWO_WAYS.split(card.back) if way.strip()) or (card.back,)
    names_answer = card.kind in (CardKind.ABBREVIATION, CardKind.BASIC)
    return (*ways, *card.aliases) if names_answer else ways


def compare(typed: str, answers: Iterable[str]) -> Comparison:
    """`typed` against the accepted answer that it is most like."""
    compared = [_compared(typed, answer) for answer in answers]
    return max(compared, key=lambda comparison: (comparison.is_right, _likeness(comparison)))


def _likeness(comparison: Comparison) -> float:
    same = sum(len(text) for part, text in comparison.parts if part is Part.SAME)
    return same / max(1, sum(len(text) for _, text in comparison.parts))


def _compared(typed: str, answer: str) -> Comparison:
    is_maths = any(mark in text for mark in "\\$" for text in (typed, answer))
    given, wanted = _Folded(typed, is_maths=is_maths), _Folded(answer, is_maths=is_maths)
    if given.text == wanted.text:
        return Comparison(True, ((Part.SAME, answer),))
    parts: list[tuple[Part, str]] = []
    for is_same, start, stop, first, last in _runs(given, wanted):
        if is_same:
            parts.append((Part.SAME, wanted.original(first, last)))
            continue
        if stop > start:
            parts.append((Part.EXTRA, given.original(start, stop)))
        if last > first:
            parts.append((Part.MISSING, wanted.original(first, last)))
    return Comparison(False, tuple(parts))


_Run = tuple[bool, int, int, int, int]
"""Whether it is the same in both, and its places in what was typed and in the answer."""


def _runs(given: _Folded, wanted: _Folded) -> list[_Run]:
    """Where two texts agree and where not: a name by the character, several words by the word, prose in phrases."""
    is_long = len(wanted.text) >= _LONG
    by_word = is_long or (given.has_several_words and wanted.has_several_words)
    ours, theirs = given.units(by_word=by_word), wanted.units(by_word=by_word)
    matcher = SequenceMatcher(None, _pieces(given, ours), _pieces(wanted, theirs), autojunk=False)
    runs: list[_Run] = []
    for kind, start, stop, first, last in matcher.get_opcodes():
        run = kind == "equal", ours[start], ours[stop], theirs[first], theirs[last]
        if is_long and runs and run[0] and run[4] - run[3] < _FEWEST_ALIKE and stop < len(ours) - 1:
            run = False, *run[1:]
        if runs and runs[-1][0] is run[0]:
            before = runs.pop()
            run = run[0], before[1], run[2], before[3], run[4]
        runs.append(run)
    return runs


def _pieces(folded: _Folded, units: list[int]) -> list[str]:
    return [folded.text[start:stop] for start, stop in pairwise(units)]


class _Folded:
    """A text as it is compared, and where each character of that came from."""

    def __init__(self, text: str, *, is_maths: bool) -> None:
        plain = unicodedata.normalize("NFC", normal_latex(text) if is_maths else text)
        self._source = _THOUSANDS.sub("", plain)
        folded = [
            (character, index)
            for index, letter in enumerate(self._source)
            for character in unicodedata.normalize("NFKC", letter).translate(_MINUS).casefold()
        ]
        kept = [place for place in range(len(folded)) if _matters(folded, place, is_maths=is_maths)]
        self.text = "".join(folded[place][0] for place in kept)
        self._places = [folded[place][1] for place in kept]

    @property
    def has_several_words(self) -> bool:
        return len(_WORD.findall(self._source)) >= _SEVERAL

    def units(self, *, by_word: bool) -> list[int]:
        """Where what is compared as one begins, and the end: words of letters, or else each character."""
        inside = (
            by_word
            and _is_in_word(self.text[place - 1 : place + 1])
            and self._places[place] <= self._places[place - 1] + 1
            for place in range(1, len(self.text))
        )
        starts = [place for place, is_inside in enumerate(inside, 1) if not is_inside]
        return [0, *starts, len(self.text)] if self.text else [0]

    def original(self, start: int, stop: int) -> str:
        """The source of the characters from `start` to `stop`, with what stands between them."""
        end = self._places[stop] if stop < len(self._places) else len(self._source)
        return self._source[self._places[start] : end]


def _is_in_word(two: str) -> bool:
    return all(character.isalnum() and character < _FIRST_WITHOUT_SPACES for character in two)


def _matters(folded: list[tuple[str, int]], place: int, *, is_maths: bool) -> bool:
    character = folded[place][0]
    if character in _COUNTS or (is_maths and character in "'′()[]|"):
        return True
    before = folded[place - 1][0] if place else ""
    after = folded[place + 1][0] if place + 1 < len(folded) else ""
    if character == "-":
        return not (before.isalpha() and after.isalpha())
    if character in _IN_NUMBERS:
        return before.isdigit() and after.isdigit()
    return not character.isspace() and not unicodedata.category(character).startswith(("P", "Z", "C"))


def normal_latex(latex: str) -> str:
    r"""`latex` without what changes only its looks: `\left`, thin spaces, braces round one character."""
    plain = _LATEX_NOISE.sub("", latex)
    plain = _LATEX_NAME.sub(lambda name: _LATEX_NAMES.get(name[0], name[0]), plain)
    return _SINGLE.sub(r"\1\2", plain)
