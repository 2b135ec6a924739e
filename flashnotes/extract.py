"""Cards from a note: every rule is run, each candidate scored, the best kept where they overlap."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flashnotes.rules import RULES
from flashnotes.rules._context import nearest
from flashnotes.scoring import scores
from flashnotes.text import squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashnotes.models import Candidate
    from flashnotes.notes import Note
    from flashnotes.rules import Rule

_NAMED_BY_PLACE = frozenset(("label", "outline", "formula", "inline_formula"))
OPENING = 24
"""Characters that two backs of one term share by no accident."""
_SOURCES = re.compile(
    r"\W*(?:参考(?:文献|资料|链接|文章|内容)?|引用|相关(?:论文|链接|资料|阅读)|扩展阅读|延伸阅读|推荐阅读"
    r"|致谢|目录|更新日志|作者|贡献者"
    r"|references?|bibliography|further reading|citations?|acknowledge?ments?|changelog|table of contents"
    r"|related (?:links|work|papers)"
    r"|resources|license|authors?|contributors?|contributing)\W*$",
    re.IGNORECASE,
)
"""Headings of sections that list sources and people: nothing under them is a card."""
RECOMMENDED_SCORE = 0.6
"""The score from which a card is offered as chosen."""


def extract(note: Note, *, min_score: float | None = None, rules: Sequence[Rule] = RULES) -> list[Candidate]:
    """The cards found in `note` whose score is `min_score` or better, ordered by line."""
    least = RECOMMENDED_SCORE if min_score is None else min_score
    found = propose(note, rules)
    rated = [
        replace(candidate, score=score) for candidate, score in zip(found, scores(found, note), strict=True)
    ]
    return sorted((c for c in select(rated) if c.score >= least), key=lambda candidate: candidate.line)


def propose(note: Note, rules: Sequence[Rule] = RULES) -> list[Candidate]:
    """What the rules find in `note`, unscored, each candidate once."""
    lists_sources: dict[tuple[str, ...], bool] = {}
    found: dict[tuple[str, str, str], Candidate] = {}
    for rule in rules:
        name = rule.__name__
        for candidate in rule(note):
            path = candidate.headings
            if path not in lists_sources:
                lists_sources[path] = any(_SOURCES.match(heading) for heading in path)
            if not lists_sources[path]:
                key = (candidate.kind.value, candidate.front, candidate.back)
                found.setdefault(key, replace(candidate, rule=name))
    written = {candidate.line for candidate in found.values() if candidate.rule == "written_card"}
    return _told_apart([c for c in found.values() if c.line not in written or c.rule == "written_card"])


def _told_apart(candidates: list[Candidate]) -> list[Candidate]:
    """A name used under several headings (更新规则, P.M.F.) becomes `heading: name`: alone it has no one answer."""
    paths: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for candidate in candidates:
        paths.setdefault((candidate.kind.value, _name(candidate.front)), set()).add(candidate.headings)
    return [
        _under_heading(candidate)
        if candidate.rule in _NAMED_BY_PLACE and len(paths[candidate.kind.value, _name(candidate.front)]) > 1
        else candidate
        for candidate in candidates
    ]


def _under_heading(candidate: Candidate) -> Candidate:
    head = nearest(candidate.headings, ())
    if (
        head is None
        or _name(head.term) in _name(candidate.front)
        or _name(candidate.front) in _name(head.term)
    ):
        return candidate
    aliases = tuple(dict.fromkeys((candidate.front, *candidate.aliases)))
    return replace(candidate, front=f"{head.term}: {candidate.front}", aliases=aliases)


def select(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each thing said: the better score stays, then the earlier rule."""
    kept: dict[tuple[str, str], list[str]] = {}
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        said = squash(candidate.back)
        keys = [
            (candidate.kind.value, name)
            for name in {_name(name) for name in (candidate.front, *candidate.aliases)}
        ]
        if any(_overlap(said, other) for key in keys for other in kept.get(key, ())):
            continue
        for key in keys:
            kept.setdefault(key, []).append(said)
        chosen.append(candidate)
    return chosen


def _overlap(one: str, other: str) -> bool:
    """Whether two backs say the same: one holds the other, or the other's opening."""
    return (
        one in other
        or other in one
        or (len(one) > OPENING < len(other) and (one[:OPENING] in other or other[:OPENING] in one))
    )


def _name(text: str) -> str:
    """`text` as names are compared: without case, spacing, hyphens and an English plural."""
    name = squash(text).replace("-", "")
    return (
        name[:-1]
        if name.isascii() and len(name) > 3 and name.endswith("s") and not name.endswith("ss")
        else name
    )
