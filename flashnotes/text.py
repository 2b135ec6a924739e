"""What the core shares about text: folding for comparison, stripping of control characters, the name that was meant."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# C0 and C1 controls save tab and newline, and the marks that reorder or hide text on a terminal.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-"
    "\ufffb]"
)
_LONGEST_MISTYPED = 100
CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
"""Characters of scripts written without spaces, as the inside of a regular expression's class."""
_CJK = re.compile(f"[{CJK}]")
_WIDE_MARKS = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；（）？！\xa0")
_JOINING = re.compile("[\u0300-\u036f]")
"""Marks that join a letter of ASCII before them."""
_UNCOMMON = re.compile("[^\x00-\x7f\u2014\u2018-\u201d\u3001\u3002\u300a-\u3011\u4e00-\u9fff]+")
"""Characters that the normal form may change: the others stay as they are, unless a mark joins them."""
_CJK_RUN = re.compile(f"[{CJK}]+")


_WORDS_APART = bytes(
    [code if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(128)]
).ljust(256)
"""What is no part of a word, as a space."""


def ascii_words(text: str) -> list[bytes]:
    """The words of `text`, which is ASCII, in small letters: bytes are parted five times as fast as a pattern finds words."""
    return text.lower().encode().translate(_WORDS_APART).split()


def as_bytes(words: Iterable[str]) -> frozenset[bytes]:
    """`words` as `ascii_words` gives them."""
    return frozenset([word.lower().encode() for word in words])


def strip_controls(text: str) -> str:
    """`text` without terminal escapes, bidirectional overrides and other invisible controls."""
    # What can be printed is no control: to ask that is several times as fast as to look for each of them.
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return _CONTROLS.sub("", text)


def fold(text: str) -> str:
    """`text` as it is compared: compatibility forms composed, case and white space folded."""
    if text.isascii():
        return " ".join(text.split()).lower()
    return " ".join(_composed(text).split()).casefold()


def squash(text: str) -> str:
    """`fold` without any white space: Chinese is spaced by taste."""
    if text.isascii():
        return "".join(text.split()).lower()
    return "".join(_composed(text).split()).casefold()


def _composed(text: str) -> str:
    """`text` in Unicode's normal form NFKC; the marks that Chinese is written with are replaced on the way, for speed."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text
    for wide, plain in _WIDE_MARKS:
        if wide in text:
            text = text.replace(wide, plain)
    if unicodedata.is_normalized("NFKC", text):
        return text
    return unicodedata.normalize("NFKC", text) if _JOINING.search(text) else _UNCOMMON.sub(_normal, text)


def _normal(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def has_cjk(text: str) -> bool:
    """Whether `text` holds a Chinese, Japanese or Korean character."""
    # Most begin with one: to compare a character is several times as fast as to begin a search.
    return not text.isascii() and ("\u4e00" <= text[0] <= "\u9fff" or _CJK.search(text) is not None)


def is_cjk(text: str, share: float) -> bool:
    """Whether more than `share` (0 to 1) of the letters of `text` is Chinese, Japanese or Korean."""
    if text.isascii():
        return False
    length, wide = len(text), 0
    for run in _CJK_RUN.finditer(text):
        wide += run.end() - run.start()
        if wide / length > share:
            return True
    return wide > 0 and wide / sum(map(str.isalpha, text)) > share


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question that a mistyped `word` raises where one of `known` is near; else nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word[:_LONGEST_MISTYPED], list(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else ""
