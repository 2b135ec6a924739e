"""Clauses after the first of an English sentence that say what a further term is: `Bias is …, variance is …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LATER = re.compile(
    r"[,;]\s(?:(?P<turns>while|whereas)\s|(?:and\s)?)(?P<subject>(?:the\s|an?\s)?"
    r"(?!(?:while|whereas|and|but|or|so|it|its|they|their|this|that|these|those|there|here|we|our|you|your|he|she|each|one|some|all|any|both|no|not|what|which|who"
    r"|how|why|when|where|if|then|as|for|with|in|on|at|by|to|from|since|because|although|though|especially|hence|thus|also|even|only)\b)"
    r"[\w-]+(?:\s(?!(?:is|are|which|that|and|or|but)\b)[\w-]+){0,4}?)\s"
    r"(?P<verb>is|are|means|measures|refers\sto|describes|represents|denotes|uses|focuses\son|tells|gives|minimizes|maximizes|learns?|models?|starts?|will)\s(?=\w)",
    re.IGNORECASE,
)
_SAYS_WHAT = re.compile(r"(?:the|an?|when|how|where|what|used|any|all|those)\b", re.IGNORECASE)
MOST = 4
"""Such clauses of one sentence; more is a list."""


class Clause(NamedTuple):
    """Where a further clause begins and ends, and where its subject does; `turns` after a word that sets it against the first."""

    start: int
    subject_end: int
    end: int
    turns: bool


def later_clauses(masked: str) -> Iterator[Clause]:
    """The clauses of `masked` after the first that have a subject of their own and its verb, or one that sets them against it."""
    found = [each for each in _LATER.finditer(masked) if _is_told_so(each)]
    if not 0 < len(found) <= MOST:
        return
    ends = [*[each.start() for each in found[1:]], len(masked)]
    for each, end in zip(found, ends, strict=True):
        yield Clause(each.start("subject"), each.end("subject"), end, each["turns"] is not None)


def _is_told_so(found: re.Match[str]) -> bool:
    """Whether the clause `found` is built as the one before it: the same verb stands there, and what it is follows."""
    before = found.string[: found.start()]
    if found["turns"]:
        return True
    return f" {found['verb']} " in before and _SAYS_WHAT.match(found.string, found.end()) is not None
