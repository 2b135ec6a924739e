"""Prose that its indentation makes code: Chinese paragraphs open with an indent, and a tab or four spaces begin code."""

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
CHINESE = 0.4
"""The share of Chinese letters from which an indented line is prose."""
SHORT_LINE = 24
"""Characters: whoever wraps by hand writes longer lines."""


def prose_of(code: str) -> list[tuple[int, str]]:
    """The paragraphs of an indented block that is Chinese prose, each with the number of lines before it; none of code."""
    lines = code.rstrip("\n").split("\n")
    if not is_cjk(code, CHINESE) or not _PUNCTUATED.search(code) or any(map(_is_code, lines)):
        return []
    return list(_paragraphs(lines))


def _is_code(line: str) -> bool:
    if _CODE.search(line):
        return True
    return _ASSIGNED.search(line) is not None and not (_PUNCTUATED.search(line) or is_cjk(line, CHINESE))


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, str]]:
    """What the lines are without their indents; each is a paragraph, unless the one before it stops short of a stop."""
    first, parts = 0, list[str]()
    for number, line in enumerate(lines):
        bare = line.strip(" \t\u3000")
        if parts and not (bare and _is_wrapped(parts[-1])):
            yield first, "\n".join(parts)
            parts = []
        if bare:
            first = first if parts else number
            parts.append(bare)
    if parts:
        yield first, "\n".join(parts)


def _is_wrapped(line: str) -> bool:
    return len(line) > SHORT_LINE and line[-1] not in _STOPS
