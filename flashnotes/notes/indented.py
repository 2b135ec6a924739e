"""Prose that its indentation makes code: a tab or four spaces begin code, and people set paragraphs and lists in by as much."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.text import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOPS = "。！？：；!?:;"
_PUNCTUATED = re.compile(r"[，。；：、！？]|[\u4e00-\u9fff][,.:;]")
_CODE = re.compile(r"[{};]\s*$|^\s*(?://|#|/\*|\*(?!\*)|--|>>>|\$ )|\w\(\)|==|->|\w\.\w+\(")
_ASSIGNED = re.compile(r"\w = |^\s*\S+\s?=\s?\S")
"""Code, unless the line is Chinese: `召回率 = 正确数 / 总数` under a sentence is a formula in words."""
_BULLET = re.compile(r"(?:[-*+]|\d{1,2}[.)])\s+(?=\S)")
_DIGITS = frozenset("0123456789")
_KEY = re.compile(r"\s*(?:[-*+]\s+)?[\w.-]+:(?:\s*$|\s+\S+\s*$|\s*[\[{|>&\"'])")
"""A line of YAML or of a program's output: a key and one word, or a value that no note would hold."""
_LABELLED = re.compile(r"[^\W\d_][^:：。，,=_]{1,40}\s?[:：]\s*\S")
_WORD = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]")
_FORMULA = re.compile(r"\$[^$]+\$|\b[A-Za-z]_(?:\{\w+\}|\w\b)")
_SIGN = re.compile(r"[{}\[\]<>=_|\\#@]|\d{3}")
_BRACES = re.compile(r"[{}<>=_|\\#@]|\[(?!\d)")
_WORD_OF_ENGLISH = re.compile(r"[a-z]+(?:'[a-z]+)?")
_LITTLE = frozenset(
    "the a an of is are to and in that for with it as by on or be this from at which can not was has have".split()
)
LITTLE = 0.2
"""The share of little words in English that says something."""
FEWEST_OF_SENTENCE = 8
"""Words."""
_STOPS_OF_ENGLISH = ".!?"
FEWEST_WORDS = 5
"""Words of English or letters of Chinese that a line of prose has."""
EVEN = 0.6
"""The share of the longest line's characters that every line of a paragraph wrapped by hand has, its last apart."""
CHINESE = 0.4
"""The share of Chinese letters from which an indented line is prose."""
SHORT_LINE = 24
"""Characters: whoever wraps by hand writes longer lines."""


def prose_of(code: str) -> list[tuple[int, str]]:
    """The paragraphs of an indented block that is prose, or its list, each with the number of lines before it; none of code.

    Prose is Chinese text, English sentences, items with bullets or numbers, or lines that each begin with a label.
    """
    lines = code.rstrip("\n").split("\n")
    if _is_list(lines):
        return [(0, code)]
    if _are_labelled(lines):
        return [(number, line.strip()) for number, line in enumerate(lines) if line.strip()]
    # What a program reports has sentences, too, but sets lines in.
    if _is_english(code) and not any(line[:1].isspace() for line in lines):
        return list(_paragraphs(lines))
    if not is_cjk(code, CHINESE) or not _PUNCTUATED.search(code) or any(map(_is_code, lines)):
        return []
    return list(_paragraphs(lines))


def _is_english(code: str) -> bool:
    """Whether `code` is a text of English sentences: a capital opens it, a stop ends it, and little words join the others."""
    if not code.isascii() or not code[:1].isupper() or code.rstrip()[-1] not in _STOPS_OF_ENGLISH:
        return False
    bare = _FORMULA.sub("", code)
    if _CODE.search(bare) or _BRACES.search(bare):
        return False
    words = _WORD_OF_ENGLISH.findall(bare.lower())
    return len(words) >= FEWEST_OF_SENTENCE and sum(map(_LITTLE.__contains__, words)) >= LITTLE * len(words)


def _is_list(lines: list[str]) -> bool:
    """Whether `lines` are list items that say something, each as a whole or with lines set in under it; with `+` and `-` they are a patch."""
    outermost = [line for line in lines if line and not line[0].isspace()]
    if (
        not lines[0]
        or not all(map(_BULLET.match, outermost))
        or len({line[0] for line in outermost} - _DIGITS) > 1
    ):
        return False
    bare = [_BULLET.sub("", line.strip(), count=1) for line in lines]
    return (
        not any(map(_KEY.match, lines))
        and not any(map(_is_code_or_output, bare))
        and any(map(_is_said, bare))
    )


def _are_labelled(lines: list[str]) -> bool:
    """Whether there are several of `lines`, and each gives a label its text: `Leading indicators: …`."""
    said = [line for line in lines if line.strip()]
    return len(said) > 1 and all(
        _LABELLED.match(line) and _is_said(line) and not _is_code_or_output(line) for line in said
    )


def _is_said(line: str) -> bool:
    return len(_WORD.findall(line)) >= FEWEST_WORDS


def _is_code_or_output(line: str) -> bool:
    """Whether `line` is code, or output of a program; formulas between dollar signs are neither."""
    bare = _FORMULA.sub("", line)
    return _CODE.search(bare) is not None or _SIGN.search(bare) is not None


def _is_code(line: str) -> bool:
    if _CODE.search(line):
        return True
    return _ASSIGNED.search(line) is not None and not (_PUNCTUATED.search(line) or is_cjk(line, CHINESE))


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, str]]:
    """What the lines are without their indents; each is a paragraph, unless the one before it stops short of a stop."""
    first, parts = 0, list[str]()
    enough = EVEN * max(map(len, lines))
    for number, line in enumerate(lines):
        bare = line.strip(" \t\u3000")
        if parts and not (bare and len(parts[-1]) >= enough and _is_wrapped(parts[-1])):
            yield first, "\n".join(parts)
            parts = []
        if bare:
            first = first if parts else number
            parts.append(bare)
    if parts:
        yield first, "\n".join(parts)


def _is_wrapped(line: str) -> bool:
    return len(line) > SHORT_LINE and line[-1] not in _STOPS
