"""`Long Form (LF)` and `LF (Long Form)`: an abbreviation with its expansion.

Short and long form are matched as in Schwartz and Hearst (2003), "A simple algorithm for identifying
abbreviation definitions in biomedical text": from the end backwards every letter of the short form is found
in the long form, the first one at the start of a word.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind
from flashnotes.rules._terms import Head, is_acronym
from flashnotes.rules._text import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note, Sentence

_BRACKET = re.compile(r"[(（\[]\s*([^()（）\[\]]{2,120}?)\s*[)）\]]")
_SAYING = re.compile(r"全称|全名|缩写|简称|简写|abbreviat|short for|stands for|acronym")
_WORDED = re.compile(
    r"(?P<short>[A-Za-z][A-Za-z0-9-]{1,9})[\s`”\"]*[，,（(]?\s*(?:的|是其)?(?:英文)?(?:全称|全名)(?:为|是|叫)?\s*[:：]?\s*"
    r"(?P<long>[A-Za-z][A-Za-z-]{1,30}(?:[ ][A-Za-z][A-Za-z-]{0,30}){1,7})"
    r"|(?P<before>[A-Za-z][A-Za-z-]{1,30}(?:[ ][A-Za-z][A-Za-z-]{0,30}){1,7})\s*[，,]?\s*的?(?:英文)?(?:简称|缩写|简写)(?:为|是)?\s*[:：]?\s*"
    r"(?P<after>[A-Za-z][A-Za-z0-9-]{1,9})(?![A-Za-z])"
)
_SHORT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9.&/+-]{0,8}[A-Za-z0-9]s?$|^[A-Za-z]{2,10}$")
_OPENS, _CAPITAL, _LETTER = re.compile(r"[(（\[]"), re.compile("[A-Z]"), re.compile("[A-Za-z0-9]")
_NAME_CHARACTERS = f"{string.ascii_letters}0123456789'’&/ -"
_WORDS = re.compile(r"[A-Za-z0-9'’&/-]+")
_WORDS_FIRST = re.compile(r"[A-Za-z][A-Za-z'’-]*(?: [A-Za-z][A-Za-z'’-]*){1,7}(?=[,，.。:：(（]|$)")
SHORTEST_WORD = 10
"""Letters of a single word that a short form of three letters or more can be made of."""
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "for",
        "and",
        "or",
        "to",
        "is",
        "are",
        "was",
        "by",
        "with",
        "from",
        "as",
        "at",
        "it",
        "we",
        "that",
        "this",
        "which",
        "called",
        "named",
        "use",
        "using",
    ]
)


def abbreviation(note: Note) -> Iterator[Candidate]:
    """A short form and its expansion, one of them in brackets: `Markov Decision Process (MDP)`."""
    yield from _under_headings(note)
    for sentence in note.sentences:
        if _SAYING.search(sentence.text):
            yield from _in_words(sentence)
        if _OPENS.search(sentence.text) and _CAPITAL.search(sentence.text):
            yield from _in_sentence(sentence)


def _under_headings(note: Note) -> Iterator[Candidate]:
    """A heading that is a short form, the text under it opening with the long one."""
    for above, below in zip(note.blocks, note.blocks[1:], strict=False):
        if above.kind is BlockKind.HEADING and below.kind is BlockKind.PARAGRAPH and is_acronym(above.text):
            opening = _WORDS_FIRST.match(below.text)
            if opening and long_form(above.text, opening[0]) == opening[0].strip():
                yield make(
                    CardKind.ABBREVIATION, Head(above.text), opening[0], below, cues=("under heading",)
                )


def _in_sentence(sentence: Sentence) -> Iterator[Candidate]:
    for found in _BRACKET.finditer(sentence.text):
        if not _LETTER.search(found[1]):
            continue
        before = sentence.text[: found.start()].rstrip()
        pair = _pair(before, found[1])
        if pair:
            short, long = pair
            yield make(
                CardKind.ABBREVIATION,
                Head(short),
                long,
                sentence.block,
                offset=sentence.start + found.start(),
                cues=("expansion",),
            )


def _in_words(sentence: Sentence) -> Iterator[Candidate]:
    """A short form whose expansion is given by a word for it: `MQA，全称 Multi Query Attention`."""
    for found in _WORDED.finditer(sentence.text):
        short = found["short"] or found["after"]
        text = (found["long"] or found["before"]).strip()
        long = long_form(short, text) if is_acronym(short) else None
        if long and (long == text or found["after"]):
            yield make(
                CardKind.ABBREVIATION,
                Head(short),
                long,
                sentence.block,
                offset=sentence.start + found.start(),
                cues=("expansion",),
            )


def _pair(before: str, inside: str) -> tuple[str, str] | None:
    """The short form and the expansion that a bracket and the text before it make."""
    parts = [part.strip() for part in re.split(r"[,，、;；]", inside)]
    if len(parts) == 2 and _is_short(parts[1]) and (long := long_form(parts[1], parts[0])):
        return parts[1], long
    if len(parts) == 2 and is_acronym(parts[0]) and long_form(parts[0], parts[1]) == parts[1]:
        return parts[0], parts[1]
    if _is_short(parts[0]):
        tail = _last_words(before)
        long = long_form(parts[0], tail) if tail else None
        return (parts[0], long) if long else None
    short = (_last_words(before).split() or [""])[-1]
    if (
        _is_short(short)
        and is_acronym(short)
        and len(parts[0].split()) > 1
        and long_form(short, parts[0]) == parts[0]
    ):
        return short, parts[0]
    return None


def _last_words(text: str) -> str:
    """The English words that `text` ends with."""
    return text[len(text.rstrip(_NAME_CHARACTERS)) :].lstrip("0123456789'’&/ -")


def _is_short(text: str) -> bool:
    return bool(_SHORT.match(text)) and any(map(str.isupper, text)) and len(text) > 1


def long_form(short: str, text: str) -> str | None:
    """The shortest end of `text` that spells `short` out, or None."""
    words = list(_WORDS.finditer(text))
    most = min(len(short) + 5, len(short) * 2)
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    position = len(text) - 1
    lower = text.casefold()
    if len(lower) != len(text):
        return None
    for index in range(len(letters) - 1, -1, -1):
        while position >= 0 and (
            lower[position] != letters[index]
            or (index == 0 and position > 0 and lower[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
        position -= 1
    long = text[position + 1 :].strip()
    count = sum(1 for word in words if word.start() > position)
    if (
        not 1 < len(long) <= 90
        or count > most
        or len(long) <= len(short)
        or short.casefold() in long.casefold().split()
    ):
        return None
    if count == 1 and "-" not in long and (len(short) < 3 or len(long) < SHORTEST_WORD):
        return None
    return None if long.split()[0].casefold() in _STOP else long
