"""`Long Form (LF)` and `LF (Long Form)`: an abbreviation with its expansion."""

from __future__ import annotations

import re
import string
from itertools import pairwise
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind, Sentence
from flashnotes.rules._head import Head
from flashnotes.rules._spelling import (
    LETTERS,
    STOP,
    is_dotted,
    long_form,
    small_long_form,
)
from flashnotes.rules._terms import is_acronym
from flashnotes.rules._text import make

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Block, Note

_HEADING, _PARAGRAPH, _ABBREVIATION = BlockKind.HEADING, BlockKind.PARAGRAPH, CardKind.ABBREVIATION
_PROSE = (_PARAGRAPH, BlockKind.ITEM)
_BRACKET = re.compile(r"[(（\[]\s{0,3}([^()（）\[\]\s][^()（）\[\]]{0,118}?[^()（）\[\]\s])\s{0,3}[)）\]]")
_WORDED = re.compile(
    r"(?P<short>[A-Za-z][A-Za-z0-9-]{1,9})[\s`”\"]*+[，,（(]?\s*+(?:的|是其)?(?:英文)?(?:全称|全名)(?:为|是|叫)?\s*+[:：]?\s*+"
    r"(?P<long>[A-Za-z][A-Za-z-]{1,30}(?:[ ][A-Za-z][A-Za-z-]{0,30}){1,7})"
    r"|(?P<before>[A-Za-z][A-Za-z-]{1,30}(?:[ ][A-Za-z][A-Za-z-]{0,30}){1,7})\s*+[，,]?\s*+的?(?:英文)?(?:简称|缩写|简写)(?:为|是)?\s*+[:：]?\s*+"
    r"(?P<after>[A-Za-z][A-Za-z0-9-]{1,9})(?![A-Za-z])"
)
_SHORT = re.compile(
    rf"[{LETTERS}0-9][{LETTERS}0-9.&/+'’-]{{0,10}}[{LETTERS}0-9]s?|[A-Za-z]{{2,10}}|(?:[A-Za-z]\.){{2,6}}"
)
_LOWER = re.compile(r"(?![ivx]+$)[a-z]{2,4}")
"""A short form without capitals, but no small Roman number."""
_NAMING = re.compile(
    r"(?:or|hereafter|henceforth|also|abbreviated|abbr\.|termed|called|known|referred\ to|denoted|i\.e\.,?|the"
    r"|(?:以下|下文)?(?:简称|缩写|简写)[为作是]?)[\s:：]+(?:(?:as|to|by)\s+)?|(?:以下|下文)?(?:简称|缩写|简写)[为作是]?",
    re.VERBOSE | re.IGNORECASE,
)
"""What a bracket may open with before a name: `(hereafter MDP)`, `（简称 MDP）`."""
_QUOTES = " \"'“”‘’「」`*"
_AMOUNT = re.compile(r"\s+(?:[±=<>≤≥~+-]|\d(?!\d*\.\d+\.))")
"""Where an amount follows a short form, `VEGF 50 ng/ml`; the numbers of enzymes and versions are none."""
_VALUE = re.compile(r"^\s*\S+\s*[=<>±≤≥~]")
_TITLED = re.compile(
    r"\W{0,3}(?:\d{1,2}(?:\.\d{1,2}){0,3}[.、]?\s{0,3})?(?P<short>[A-Za-z][A-Za-z0-9-]{1,9})\s?(?:[:：]|——?|–)\s?"
    r"(?P<long>[A-Za-z][A-Za-z'’-]*(?:[ ][A-Za-z][A-Za-z'’-]*){1,7})(?=\s|[，,。(（]|$)"
)
"""A heading that is a short form, and after a colon its name in full: `## MQA: Multi-Query Attention`."""
_LETTER = re.compile("[A-Za-z0-9]")
_PARTS = re.compile("[,，、;；:：=]")
_MAY_BE_SHORT = re.compile(r"[A-Z]|[(（\[]\s*[a-z]{1,4}(?:\.[a-z]\.|[)）\],;，；])")
_BETWEEN_PLACES = re.compile(r"(?:.|)(?:\d|\d['′’]),\d", re.DOTALL)
"""A comma between the numbers of two places in a molecule, `3',5'`, with what is before and after it."""
_LATIN = "".join(chr(code) for code in range(0xC0, 0x100) if chr(code).isalpha())
_GREEK = "".join(chr(code) for code in range(0x391, 0x3CA))
_NAME_CHARACTERS = f"{string.ascii_letters}{_LATIN}{_GREEK}0123456789'’&/ -"
_CELL = re.compile(r"[^()（）]+[(（][A-Za-z][^()（） ]{1,8}[)）]\s*")
LONGEST_CELL = 60
"""Characters of a table's cell that is a name and its short form."""
FARTHEST = 270
"""Characters before a bracket in which the name in full is looked for."""
SHORTEST_ALONE = 10
"""Letters of a single word in brackets that a short form before them can be made of; capitals in it are those of code."""
_WORDS_FIRST = re.compile(r"[A-Za-z][A-Za-z'’-]*(?: [A-Za-z][A-Za-z'’-]*){1,7}(?=[,，.。:：(（]|$)")


def abbreviation(note: Note) -> Iterator[Candidate]:
    """A short form and its expansion, one of them in brackets: `Markov Decision Process (MDP)`."""
    yield from _under_headings(note)
    yield from _in_headings(note)
    for sentence in note.sentences:
        text = sentence.text
        if "(" in text or "（" in text or "[" in text or _says(text):
            yield from _in_sentence(sentence)
        elif text[1:2].isupper() and len(text) < LONGEST_CELL and (pair := _side_by_side(sentence)):
            yield _card(*pair, sentence, 0)


def _in_headings(note: Note) -> Iterator[Candidate]:
    """A heading or a table's cell that spells its short form out: `## Advantage Actor-Critic (A2C)`."""
    for block in note.blocks:
        if block.kind is _HEADING:
            if "(" in block.text or "（" in block.text:
                yield from _in_brackets(Sentence(block.text, block, 0, 0))
            elif titled := _TITLED.match(block.text):
                yield from _of_title(block, titled["short"], titled["long"])
        elif "(" in block.text and block.is_link:
            yield from _in_brackets(Sentence(block.text, block, 0, 0))
        for cell in block.cells:
            if len(cell) < LONGEST_CELL and ("(" in cell or "（" in cell) and _CELL.fullmatch(cell):
                yield from _in_brackets(Sentence(cell, block, 0, 0))


def _of_title(block: Block, short: str, long: str) -> Iterator[Candidate]:
    if is_acronym(short) and long_form(short, long) == long:
        yield _card(short, long, Sentence(block.text, block, 0, 0), 0)


def _under_headings(note: Note) -> Iterator[Candidate]:
    """A heading that is a short form, the text under it opening with the long one."""
    for above, below in zip(note.blocks, note.blocks[1:], strict=False):
        if above.kind is _HEADING and below.kind in _PROSE and is_acronym(above.text):
            opening = _WORDS_FIRST.match(below.text)
            if opening and long_form(above.text, opening[0]) == opening[0].strip():
                yield make(_ABBREVIATION, Head(above.text), opening[0], below, cues=("under heading",))


def _says(text: str) -> bool:
    """Whether `text` holds a word for a short form or for a name in full, in Chinese: `_WORDED` needs one."""
    return not text.isascii() and (
        "全称" in text or "全名" in text or "简称" in text or "缩写" in text or "简写" in text
    )


def _in_sentence(sentence: Sentence) -> Iterator[Candidate]:
    """What `sentence` spells out in words or in brackets, each once."""
    text = sentence.text
    worded = list(_in_words(sentence)) if _says(text) else []
    yield from worded
    if ("(" in text or "（" in text or "[" in text) and _MAY_BE_SHORT.search(text):
        said = {candidate.front for candidate in worded}
        yield from (candidate for candidate in _in_brackets(sentence) if candidate.front not in said)


def _in_brackets(sentence: Sentence) -> Iterator[Candidate]:
    for found in _BRACKET.finditer(sentence.text):
        if not _LETTER.search(found[1]):
            continue
        before = sentence.text[max(0, found.start() - FARTHEST) : found.start()].rstrip()
        pair = _pair(before, found[1])
        if pair:
            yield _card(*pair, sentence, found.start())


def _card(short: str, long: str, sentence: Sentence, start: int) -> Candidate:
    """The card for what `sentence` spells out at `start`."""
    return make(
        _ABBREVIATION,
        Head(short),
        long,
        sentence.block,
        offset=sentence.start + start,
        cues=("expansion",),
    )


def _in_words(sentence: Sentence) -> Iterator[Candidate]:
    """A short form whose expansion is given by a word for it: `MQA，全称 Multi Query Attention`."""
    for found in _WORDED.finditer(sentence.text):
        short = found["short"] or found["after"]
        text = (found["long"] or found["before"]).strip()
        long = long_form(short, text) if is_acronym(short) else None
        if long and (long == text or found["after"]):
            yield _card(short, long, sentence, found.start())


def _side_by_side(sentence: Sentence) -> tuple[str, str] | None:
    """A short form and its name in full, where they are all that a list item or line holds: `- HMM hidden markov model`."""
    short, _, rest = sentence.block.text.strip(" .").partition(" ")
    if sentence.number or not (_is_short(short) and is_acronym(short)):
        return None
    return (short, rest) if " " in rest and long_form(short, rest) == rest else None


def _pair(before: str, inside: str) -> tuple[str, str] | None:
    """The short form and the expansion that a bracket and the text before it make."""
    parts = [_bare(part) for part in _PARTS.split(inside)]
    if len(parts) > 2 and all(map(_is_short, parts)):
        return _short_outside(before, inside)
    pair = (
        _both_inside(parts)
        or _spelled_before(parts[0])
        or _short_inside(before, parts[0])
        or _short_outside(before, parts[0])
        or (_short_outside(before, inside) if len(parts) > 2 else None)
    )
    # Of a value nearly always the name was given before: OR = 1.8 after "occurrence" is the odds ratio.
    return None if pair and " " not in pair[1] and _VALUE.search(inside) else pair


def _bare(part: str) -> str:
    """`part` of a bracket without quotes, what announces a name, and an amount after a short form."""
    part = part.strip(_QUOTES)
    if naming := _NAMING.match(part):
        part = part[naming.end() :].strip(_QUOTES)
    amount = _AMOUNT.search(part)
    return part[: amount.start()] if amount and is_acronym(part[: amount.start()]) else part


def _both_inside(parts: Sequence[str]) -> tuple[str, str] | None:
    """A short form and its name in full, side by side in a bracket, in either order."""
    for first, second in pairwise(parts):
        if _is_short(second) and (long := long_form(second, first)):
            return second, long
        if is_acronym(first) and long_form(first, second) == second:
            return first, second
    return None


def _short_inside(before: str, text: str) -> tuple[str, str] | None:
    """The short form in a bracket and the words before it that spell it out."""
    words = _last_words(before)
    if not words:
        return None
    if _is_short(text):
        long = long_form(text, words)
    elif _LOWER.fullmatch(text) and text not in STOP:
        long = small_long_form(text, words)
    else:
        long = _with_word(text, words)
    return (text, long) if long else None


def _with_word(short: str, text: str) -> str | None:
    """What spells `short` out where one of its two words is written in full: MEF cells, gamma IFN, Ang II."""
    words = short.split()
    if len(words) != 2:
        return None
    first, last = words
    if _is_short(first) and text.endswith(f" {last}"):
        long = long_form(first, text[: -len(last)])
        return f"{long} {last}" if long else None
    if is_acronym(last) and first.islower() and (long := long_form(last, text)):
        return f"{first} {long}" if text.endswith(f"{first} {long}") else None
    return None


def _short_outside(before: str, text: str) -> tuple[str, str] | None:
    """The short form before a bracket that holds nothing but its expansion."""
    short = (_last_words(before).split() or [""])[-1]
    if not (_is_short(short) and is_acronym(short)) or long_form(short, text) != text:
        return None
    alone = len(text) >= SHORTEST_ALONE and text[1:].islower()
    return (short, text) if " " in text or alone else None


def _spelled_before(text: str) -> tuple[str, str] | None:
    """The short form that `text` ends with and the words before it, where they spell it out: `Support vector machine SVM`."""
    *words, short = text.split() or [""]
    if len(words) < 2 or not (short.isalpha() and is_acronym(short)) or words[-1].casefold() in STOP:
        return None
    long = " ".join(words)
    return (short, long) if long_form(short, long) == long else None


def _last_words(text: str) -> str:
    """The English words that `text` ends with, among them names of molecules with commas between their places."""
    start = len(text.rstrip(_NAME_CHARACTERS))
    while _BETWEEN_PLACES.fullmatch(text[max(0, start - 3) : start + 1]):
        start = len(text[: start - 1].rstrip(_NAME_CHARACTERS))
    return text[start:].lstrip("'’&/ -")


def _is_short(text: str) -> bool:
    return _SHORT.fullmatch(text) is not None and (any(map(str.isupper, text)) or is_dotted(text))
