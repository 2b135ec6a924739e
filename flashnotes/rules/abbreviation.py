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
from flashnotes.notes import BlockKind, Sentence
from flashnotes.rules._head import Head
from flashnotes.rules._terms import is_acronym
from flashnotes.rules._text import make

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Note

_BRACKET = re.compile(r"[(（\[]\s*([^()（）\[\]]{2,120}?)\s*[)）\]]")
_WORDED = re.compile(
    r"(?P<short>[A-Za-z][A-Za-z0-9-]{1,9})[\s`”\"]*[，,（(]?\s*(?:的|是其)?(?:英文)?(?:全称|全名)(?:为|是|叫)?\s*[:：]?\s*"
    r"(?P<long>[A-Za-z][A-Za-z-]{1,30}(?:[ ][A-Za-z][A-Za-z-]{0,30}){1,7})"
    r"|(?P<before>[A-Za-z][A-Za-z-]{1,30}(?:[ ][A-Za-z][A-Za-z-]{0,30}){1,7})\s*[，,]?\s*的?(?:英文)?(?:简称|缩写|简写)(?:为|是)?\s*[:：]?\s*"
    r"(?P<after>[A-Za-z][A-Za-z0-9-]{1,9})(?![A-Za-z])"
)
_SHORT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9.&/+-]{0,8}[A-Za-z0-9]s?$|^[A-Za-z]{2,10}$|^(?:[A-Za-z]\.){2,6}$")
_DOTTED = re.compile(r"^(?!e\.g\.|i\.e\.|a\.k\.a\.)(?:[a-z]\.){2,6}$")
_TIMES = re.compile(r"([A-Za-z])([2-4])")
"""A letter and how often it stands: A2C is advantage actor-critic, W3C the World Wide Web Consortium."""
_NUMBER_WORDS = {"1": "o", "2": "t", "3": "t", "4": "f", "5": "f", "6": "s", "7": "s", "8": "e", "9": "n"}
"""What the words for the digits of a short form begin with: 3D is three-dimensional."""
_SYLLABLES = re.compile(r"[A-Z][a-z]+|[A-Z]|[a-z]+|\d")
_COUNTED = re.compile(r"([a-z])([2-5])", re.IGNORECASE)
"""A letter and how many of it there are: W3C is World Wide Web Consortium."""
_CROSSED = ("ex", "cross", "trans")
"""What an X in a short form stands for: Extensible, cross-site, transmit."""
_BARE_WORDS = re.compile(r"[A-Za-z0-9]+")
MOST_LETTERS = 10
_LETTER = re.compile("[A-Za-z0-9]")
_PARTS = re.compile("[,，、;；]")
_MAY_BE_SHORT = re.compile(r"[A-Z]|\(\s*(?:[a-z]\.){2}")
_NAME_CHARACTERS = f"{string.ascii_letters}0123456789'’&/ -"
_WORDS = re.compile(r"[A-Za-z0-9'’&/-]+")
_WORDS_FIRST = re.compile(r"[A-Za-z][A-Za-z'’-]*(?: [A-Za-z][A-Za-z'’-]*){1,7}(?=[,，.。:：(（]|$)")
SHORTEST_WORD = {2: 6}
"""Letters of a single word that a short form of so many letters can be made of; ten for a longer one."""
MOST_DIGITS = 2
"""Digits of a short form; more are a number (CS4320)."""
FEWEST_SHUFFLED = 3
"""Letters of a short form whose order may differ from that of its words."""
LONGEST_NAME = 90
"""Characters of a name in full."""
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
    yield from _in_headings(note)
    for sentence in note.sentences:
        text = sentence.text
        if _says(text):
            yield from _in_words(sentence)
        if ("(" in text or "（" in text or "[" in text) and _MAY_BE_SHORT.search(text):
            yield from _in_sentence(sentence)


def _in_headings(note: Note) -> Iterator[Candidate]:
    """A heading that spells its short form out: `## Advantage Actor-Critic (A2C)`."""
    for block in note.blocks:
        if block.kind is BlockKind.HEADING and ("(" in block.text or "（" in block.text):
            yield from _in_sentence(Sentence(block.text, block, 0, 0))


def _under_headings(note: Note) -> Iterator[Candidate]:
    """A heading that is a short form, the text under it opening with the long one."""
    for above, below in zip(note.blocks, note.blocks[1:], strict=False):
        if above.kind is BlockKind.HEADING and below.kind is BlockKind.PARAGRAPH and is_acronym(above.text):
            opening = _WORDS_FIRST.match(below.text)
            if opening and long_form(above.text, opening[0]) == opening[0].strip():
                yield make(
                    CardKind.ABBREVIATION, Head(above.text), opening[0], below, cues=("under heading",)
                )


def _says(text: str) -> bool:
    """Whether `text` holds a word for a short form or for a name in full, in Chinese: `_WORDED` needs one."""
    return "全称" in text or "全名" in text or "简称" in text or "缩写" in text or "简写" in text


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
    parts = [part.strip() for part in _PARTS.split(inside)]
    if len(parts) == 2 and _is_short(parts[1]) and (long := long_form(parts[1], parts[0])):
        return parts[1], long
    if len(parts) == 2 and is_acronym(parts[0]) and long_form(parts[0], parts[1]) == parts[1]:
        return parts[0], parts[1]
    if spelled := _spelled_before(parts[0]):
        return spelled
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


def _spelled_before(text: str) -> tuple[str, str] | None:
    """The short form that `text` ends with and the words before it, where they spell it out: `Support vector machine SVM`."""
    *words, short = text.split() or [""]
    if len(words) < 2 or not (short.isalpha() and is_acronym(short)) or words[-1].casefold() in _STOP:
        return None
    long = " ".join(words)
    return (short, long) if long_form(short, long) == long else None


def _last_words(text: str) -> str:
    """The English words that `text` ends with."""
    return text[len(text.rstrip(_NAME_CHARACTERS)) :].lstrip("'’&/ -")


def _is_short(text: str) -> bool:
    return bool(_SHORT.match(text)) and (any(map(str.isupper, text)) or _DOTTED.match(text) is not None)


def long_form(short: str, text: str) -> str | None:
    """The shortest end of `text` that spells `short` out, or None.

    The words that begin with its letters or syllables (XGBoost, BiLSTM) are preferred to the shortest end that holds
    its letters in order. Where they are not all there in order, its digits are read as so many of the letter before
    (A3C), as words (3D) or left out (CO2), or its letters are taken as the first ones of as many words in any order.
    """
    return (
        _initials(short, text)
        or _by_beginnings(short, text)
        or _spelled(short, text)
        or _spelled_numbers(short, text)
        or _shuffled(short, text)
    )


def are_initials(short: str, text: str) -> bool:
    """Whether `short` is the first letters of the words of `text`, words that join passed over or not."""
    words = [word.casefold() for word in _WORDS.findall(text)]
    telling = (word for word in words if word not in _STOP)
    return short.casefold() in ("".join(word[0] for word in words), "".join(word[0] for word in telling))


def _initials(short: str, text: str) -> str | None:
    """The end of `text` whose words begin with the letters of the dotted `short`: i.i.d., words that join passed over."""
    if not _DOTTED.match(short):
        return None
    words = list(_WORDS.finditer(text))
    start = len(text)
    for letter in reversed(short.replace(".", "").casefold()):
        while words and words[-1][0].casefold() in _STOP and not words[-1][0].casefold().startswith(letter):
            words.pop()
        if not words or not words[-1][0].casefold().startswith(letter):
            return None
        start = words.pop().start()
    return text[start:].strip()


def _by_beginnings(short: str, text: str) -> str | None:
    """The end of `text` whose words begin with the syllables of `short`, with its letters, or with its letters repeated."""
    single = short[:-1] if short[-1] == "s" and short[:-1].isupper() else short
    letters = [letter for letter in single.casefold() if letter.isalnum()]
    spellings = [[part.casefold() for part in _SYLLABLES.findall(single)], letters]
    if _COUNTED.search(single):
        spellings.append(list(_COUNTED.sub(lambda found: found[1] * int(found[2]), single.casefold())))
    words = list(_BARE_WORDS.finditer(text[-3 * LONGEST_NAME :]))
    for parts in spellings:
        start = _begun_by(parts, words) if 1 < len(parts) <= MOST_LETTERS else None
        if start is not None:
            long = text[-3 * LONGEST_NAME :][start:].strip()
            if len(short) < len(long) <= LONGEST_NAME and short.casefold() not in long.casefold().split():
                return long
    return None


def _begun_by(parts: Sequence[str], words: Sequence[re.Match[str]]) -> int | None:
    """Where the last `words` begin that begin with `parts` one by one, words that join passed over."""
    at, start = len(words) - 1, None
    for number, part in enumerate(reversed(parts)):
        while number and at >= 0 and words[at][0].casefold() in _STOP and not _begins(words[at][0], part):
            at -= 1
        if at < 0 or not _begins(words[at][0], part):
            return None
        start = words[at].start()
        at -= 1
    return start


def _begins(word: str, part: str) -> bool:
    """Whether `word` begins with `part`, or with what an X stands for."""
    word = word.casefold()
    return word.startswith(part) or (part == "x" and word.startswith(_CROSSED))


def _spelled_numbers(short: str, text: str) -> str | None:
    digits = sum(map(str.isdigit, short))
    if not 0 < digits <= MOST_DIGITS:
        return None
    again = _TIMES.sub(lambda found: found[1] * int(found[2]), short)
    worded = "".join(_NUMBER_WORDS.get(letter, letter) for letter in short)
    bare = "".join(letter for letter in short if not letter.isdigit())
    return (
        (_spelled(again, text) if again != short else None)
        or _spelled(worded, text)
        or (_spelled(bare, text) if sum(map(str.isalpha, bare)) > 1 else None)
    )


def _shuffled(short: str, text: str) -> str | None:
    letters = sorted(short.casefold())
    if len(letters) < FEWEST_SHUFFLED or not short.isupper() or not short.isalpha():
        return None
    words = [word for word in _WORDS.finditer(text) if word[0].casefold() not in _STOP][-len(letters) :]
    if sorted(word[0][0].casefold() for word in words) != letters:
        return None
    return text[words[0].start() :].strip()


def _spelled(short: str, text: str) -> str | None:
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    lower = text.casefold()
    if not letters or len(lower) != len(text):
        return None
    start = _start_of(letters, lower)
    if start is None:
        return None
    long = text[start:].strip()
    words = long.split()
    count = sum(1 for _ in _WORDS.finditer(long))
    if (
        not 1 < len(long) <= LONGEST_NAME
        or count > min(len(short) + 5, len(short) * 2)
        or len(long) <= len(short)
        or short.casefold() in long.casefold().split()
    ):
        return None
    if count == 1 and "-" not in long and len(long) < SHORTEST_WORD.get(len(letters), 10):
        return None
    spelled = [word[0].casefold() for word in words] == letters
    return None if words[0].casefold() in _STOP and not spelled else long


def _start_of(letters: Sequence[str], text: str) -> int | None:
    """Where the shortest end of `text` begins that has `letters` in order, the first one at the start of a word."""
    position = len(text) - 1
    for index in range(len(letters) - 1, -1, -1):
        while position >= 0 and (
            text[position] != letters[index] or (index == 0 and position > 0 and text[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
        position -= 1
    return position + 1
