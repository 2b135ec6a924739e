"""Two kinds of one thing told apart by sentences of one build: `乐观锁只在提交时检查…；悲观锁则先加锁…`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashnotes.models import Candidate
    from flashnotes.notes import Sentence
    from flashnotes.rules._head import Head

CONTRASTED = "zh contrasted"
"""The cue of one of two such sentences."""
SHORTEST = 4
"""Characters of names that may share only their last: 精确率 and 召回率."""
LISTED = "zh listed"
"""The cue of a sentence about one of the things that a sentence before it in its paragraph lists."""
_LISTS = re.compile(r"(?:[两二三四五六七八几多]|\d)\s?[种类个大]|分为|分成|包括|包含|分别[是为]|有：")
_AFTER_LISTED = "（(、和与及，,。；;"
EARLIEST = 240
"""Characters before a sentence in which the list is looked for."""
NEAR = 2
"""Lines from one to the other."""


def with_contrasts(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates `found` in a note, in order, with a cue on neighbours that tell two kinds of one thing apart."""
    before, paired = None, False
    for candidate in found:
        contrasts = before is not None and _contrast(before, candidate)
        if before is not None:
            yield _with_cue(before) if paired or contrasts else before
        before, paired = candidate, contrasts
    if before is not None:
        yield _with_cue(before) if paired else before


def _with_cue(candidate: Candidate) -> Candidate:
    return replace(candidate, cues=(*candidate.cues, CONTRASTED))


def _contrast(one: Candidate, other: Candidate) -> bool:
    return (
        one.cues[0] == other.cues[0]
        and abs(other.line - one.line) <= NEAR
        and one.headings == other.headings
        and are_kinds(one.front, other.front)
    )


def are_kinds(one: str, other: str) -> bool:
    """Whether two names differ in what stands before a word they share, or behind a hyphen: 一阶矩 and 二阶矩, F-1 and F-2."""
    if one == other or one in other or other in one:
        return False
    shared = _shared(one[::-1], other[::-1])
    if has_cjk(one[-1:]):
        return shared > 1 or (shared == 1 and len(one) == len(other) <= SHORTEST)
    first = _shared(one, other)
    return one[first - 1 : first] in ("-", " ") or one[len(one) - shared :][:1] == " "


def listed_cues(head: Head, sentence: Sentence) -> tuple[str, ...]:
    """The cue of a sentence about one of several things that were listed before it."""
    return (LISTED,) if sentence.number and _is_listed(head, sentence) else ()


def _is_listed(head: Head, sentence: Sentence) -> bool:
    """Whether a sentence not far before `sentence` lists what `head` names: `分为两类：A、B。A 是 …`."""
    start = sentence.start
    before = sentence.block.text[max(0, start - EARLIEST) : start]
    for name in (head.term, *head.aliases):
        at = before.find(name)
        if (
            at > 0
            and before[at + len(name) : at + len(name) + 1] in _AFTER_LISTED
            and _LISTS.search(before, 0, at)
        ):
            return True
    return False


def _shared(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    for number, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return number
    return min(len(one), len(other))
