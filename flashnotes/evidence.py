"""What the wording of a front and a back tells of a candidate: how they begin and end, and whether they ask somebody to act."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.rules._generic import is_generic
from flashnotes.rules._terms import is_acronym, is_symbol
from flashnotes.rules._text import addresses_reader, is_dangling
from flashnotes.rules._words import IMPERATIVES
from flashnotes.text import as_bytes, ascii_words, has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.models import Candidate

_GOVERNS = frozenset(
    "the a an each all every your its up out off in into from with to for on by as over".split()
)
"""What follows a verb sooner than the noun of a name: `train on the …`, not `training set`."""
_GROUPS = {
    word: group
    for group, words in {
        "article": "a an the",
        "wh": "where when if while because since",
        "to": "to for",
        "prep": "in on at by with from of during after before",
        "is": "is are was were can may will",
        "and": "and or but so also",
        "we": "we you i our your let",
        "it": "it they this these that its",
        "quant": "all each every some any many most several both one two three",
        "not": "not no only just",
        "neg": "unlike instead although however",
        "use": "used using use uses",
    }.items()
    for word in words.split()
}
_JOINED_WORDS = re.compile(r"\b(?:of|in|for|to|with|on|and|or)\b")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[A-Za-z'’]+|\d|[$(\"“`]|[\u4e00-\u9fff]")
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|by which)\b")
_ABSTRACT = ("ion", "ment", "ity", "ness", "ance", "ence")
_SIMPLE_OPENERS = frozenset(("label", "heading", "outline", "table", "definition_list", "question"))
_DEFINITION = CardKind.DEFINITION
_CUES = {
    f"back {name}": frozenset(words.split())
    for name, words in {
        "compares": """better worse faster slower more less than compared unlike best most
            相比 更好 更快 更大 更小 更高 更低 更多 比较 不同""",
        "judges": """good bad great easy hard difficult important popular interesting useful possible available
            necessary common 重要 简单 复杂 容易 困难 常见 流行 很好 不错 有趣""",
        "tells": """was were had did released published proposed introduced developed created invented
            提出 发表 发布 诞生 年""",
        "supposes": "suppose assume imagine example 例如 比如 假设 举例 例子",
        "first person": "we We WE our Our OUR us Us US i I my My MY 我 咱",
        "needs": "should must need can could may might want 应该 需要 必须 可以 可能",
    }.items()
}
"""Words of a back that tell something of it."""
_PHRASES = {
    "e": ("back supposes", re.compile(r"\be\.g\.\b")),
    "for": ("back supposes", re.compile(r"\bfor instance\b")),
    "let": ("back supposes", re.compile(r"\blet us\b")),
    "have": ("back needs", re.compile(r"\bhave to\b")),
}
"""Phrases that do the same, by their first word."""
_CUE_OF = {word: name for name, words in _CUES.items() for word in words}
_TELLING = frozenset((*_CUE_OF, *_PHRASES))
_MAY_TELL = as_bytes(_TELLING)
_WHOLE_WORD = re.compile(r"\w+")
_LETTERS = re.compile("[A-Za-z]+")
"""Words at a fraction of the time; some are parts of one, as in `we_2`."""
_NOTHING = frozenset[str]()
_CHINESE_WORD = re.compile("|".join(sorted(word for word in _CUE_OF if not word.isascii())))
# The character comes first and what may stand around it after: a search for one of a few is many times as fast.
_NUMBERS = re.compile(r"[\d%](?:(?<=%)|(?<![\w.]\d)\d++(?![\w.]*\d{4})|(?<=\d)\.\d)")
_SIGNS = (
    ("?", "back asks"),
    ("？", "back asks"),
    ("!", "back exclaims"),
    ("！", "back exclaims"),
    ("http", "back link"),
    ("$", "back formula"),
)
EARLY = 60
"""Characters after the term in which a clause that sets it apart stands early."""


@lru_cache(maxsize=4096)
def opening_of(text: str) -> str:
    """What sort of word `text` begins with."""
    found = _WORD.search(text)
    if not found:
        return "other"
    word = found[0].lower()
    if word in _GROUPS:
        return _GROUPS[word]
    if word.isdigit():
        return "digit"
    if not word[0].isascii() and word[0] not in "“’":
        return "zh"
    return _ending(word) or (
        "sign" if not word[0].isalpha() else "upper" if found[0][0].isupper() else "lower"
    )


def _ending(word: str) -> str:
    if not word[0].isalpha():
        return ""
    if word.endswith("ing"):
        return "ing"
    if word.endswith("s") and not word.endswith("ss"):
        return "s"
    return "ed" if word.endswith("ed") else ""


@lru_cache(maxsize=1024)
def of_front(front: str) -> tuple[str, ...]:
    """What `front` tells of itself."""
    words = front.split()
    found = _of_chinese(front) if has_cjk(front) else _of_english(front, words)
    if is_generic(front):
        found.append("front generic")
    if words and is_generic(words[-1]):
        found.append("front ends generic")
    if is_acronym(front):
        found.append("front acronym")
    if "$" in front or is_symbol(front):
        found.append("front symbol")
    if _DIGIT.search(front):
        found.append("front digit")
    return tuple(found)


def _of_chinese(front: str) -> list[str]:
    found = [f"front zh {bisect_left((2.5, 4.5, 6.5, 9.5, 13.5), len(front))}"]
    if "的" in front:
        found.append("front 的")
    if "和" in front or "与" in front or "、" in front or "及" in front:
        found.append("front joined")
    return found


def _of_english(front: str, words: list[str]) -> list[str]:
    found = [f"front en {bisect_left((1.5, 2.5, 3.5, 4.5), len(words))}"]
    if front[:1].islower():
        found.append("front en lower")
    if _JOINED_WORDS.search(front):
        found.append("front en joined")
    if words:
        found += (f"front ends {_last(words[-1])}", f"front starts {opening_of(words[0])}")
    if len(words) > 1:
        found += _of_words(words)
    return found


def _of_words(words: list[str]) -> Iterator[str]:
    """What several English words tell that are the front."""
    if all(word[:1].isupper() for word in words):
        yield "front title"
    if words[0].lower() in IMPERATIVES and not _GOVERNS.isdisjoint(map(str.lower, words[1:])):
        yield "front tells to"


def _last(word: str) -> str:
    if word.endswith(_ABSTRACT):
        return "ion"
    if word.endswith("ing"):
        return "ing"
    if word.endswith("s") and not word.endswith("ss"):
        return "s"
    return "caps" if word.isupper() else "plain"


def of_back(candidate: Candidate, script: str, length: int, opens_with_term: bool) -> Iterator[str]:
    """What the words of the back tell; `length` is the class of its length."""
    if script != "en" or candidate.kind is not _DEFINITION:
        return
    back, rule = candidate.back, candidate.rule
    if rule in _SIMPLE_OPENERS:
        yield f"{'label' if rule in ('outline', 'table') else rule} opens {opening_of(back)}"
    elif rule == "english_definition":
        yield f"{rule} starts {'front' if opens_with_term else opening_of(back)}"
    if found := _RELATIVE.search(back):
        yield "back relates"
        if found.end() <= len(candidate.front) + EARLY:
            yield f"{rule} back relates early"
    yield f"{rule} length {length}"
    first = back.split(None, 1)[0].lower().strip(".,")
    if first in IMPERATIVES:
        yield "back tells to"


def words_of_back(back: str, script: str) -> set[str]:
    """What single words and signs of `back` tell, wherever they stand."""
    found = _cues_of(back)
    for sign, name in _SIGNS:
        if sign in back:
            found.add(name)
    if _NUMBERS.search(back):
        found.add(f"back {script} numbers")
    if is_dangling(back):
        found.add("back dangling")
    if addresses_reader(back):
        found.add("back reader")
    if back[-1:] in ".。;；!":
        found.add("back stops")
    return found


def _told_in(back: str) -> frozenset[str]:
    return _TELLING.intersection(_WHOLE_WORD.findall(back))


def _cues_of(back: str) -> set[str]:
    if back.isascii():
        words = _told_in(back) if not _MAY_TELL.isdisjoint(ascii_words(back)) else _NOTHING
    else:
        words = _told_in(back) if not _TELLING.isdisjoint(_LETTERS.findall(back)) else _NOTHING
        words = words.union(_CHINESE_WORD.findall(back))
    cues: set[str] = set()
    for word in words:
        if word in _PHRASES:
            name, pattern = _PHRASES[word]
            if pattern.search(back):
                cues.add(name)
        else:
            cues.add(_CUE_OF[word])
    return cues
