"""Cards from a note: every rule is run, each candidate scored, the best kept where they overlap."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes.characters import simplified
from flashnotes.notes.sentences import each_sentence
from flashnotes.rules import RULES
from flashnotes.rules._context import context_head, nearest
from flashnotes.rules._generic import is_generic
from flashnotes.rules._text import tells_of_writer
from flashnotes.scoring import scores
from flashnotes.text import has_cjk, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashnotes.notes import Note
    from flashnotes.rules import Rule

_FORMULA_CARD, _ABBREVIATION, _DEFINITION, _BASIC = (
    CardKind.FORMULA,
    CardKind.ABBREVIATION,
    CardKind.DEFINITION,
    CardKind.BASIC,
)
_NAMED_BY_PLACE = frozenset(("label", "outline", "formula", "inline_formula"))
_LABELLED = frozenset(("label", "outline"))
NAMED_AND_EXPLAINED = 0.8
"""The least score of a formula that has a name in bold before it and the meaning of its symbols after it."""
SPELLED_OUT = 0.7
"""The least score of a short form beside words that spell it out: whatever is around the two, they hardly meet by chance."""
OPENING = 24
"""Characters that two backs of one term share by no accident, the term itself not counted."""
LONGEST_CASE = 40
"""Characters of a heading that tells two cards of one name apart."""
MOST_ALIKE = 8
"""Cards whose answers begin alike that are compared with one more."""
_SOURCES = re.compile(
    r"\W*(?:参考(?:文献|资料|链接|文章|内容)?|引用|(?:资料|图片)?来源|出处|相关(?:论文|链接|资料|阅读)|扩展阅读|延伸阅读|推荐阅读"
    r"|致谢|(?:课程|本章|章节|文章|全文|笔记)?目录|课程(?:大纲|安排|计划)|学习(?:计划|路线)|更新日志|作者|贡献者"
    r"|references?|sources?|bibliography|agenda|syllabus|(?:learning )?(?:goals?|objectives|outcomes)(?: part ?\d+)?|further reading|citations?|acknowledge?ments?|changelog|table of contents"
    r"|related (?:links|work|papers)"
    r"|resources|license|authors?|contributors?|contributing)\W*$",
    re.IGNORECASE,
)
"""Headings of sections that list sources and people: nothing under them is a card."""
_MARKED = frozenset(("bold label", "bold subject"))
"""Cues of a passage that is set off as a definition."""
_WEAK = frozenset(
    ("zh does", "zh is", "zh ie", "zh parts", "zh topic", "en does", "en is", "below paragraph")
)
"""Cues of a passage that says something of a term, what it is or only what it does."""
_PASSING = _WEAK | {"past", "ranked", "judged"}
"""The same, and cues of what happened to it or how it ranks."""
_GENUS = "zh genus"
"""The cue of a passage that says what kind of thing a term is, whatever its verb."""
_PARTS = "zh parts"
"""The cue of a passage that lists what a term consists of: once is enough."""
_TELLING = (CardKind.DEFINITION, CardKind.FORMULA)
AGREED = "agreed"
"""The cue of what another rule found too."""
RECOMMENDED_SCORE = 0.6
"""The score from which a card is offered as chosen."""


def extract(note: Note, *, min_score: float | None = None, rules: Sequence[Rule] = RULES) -> list[Candidate]:
    """The cards found in `note` whose score is `min_score` or better, ordered by line."""
    if other := simplified(note):
        return [other.as_written(found) for found in extract(other.note, min_score=min_score, rules=rules)]
    least = RECOMMENDED_SCORE if min_score is None else min_score
    found = propose(note, rules)
    # What is kept comes first in `select`: nothing under the recommended threshold can bear on it.
    lowest = least if least >= RECOMMENDED_SCORE else 0.0
    rated = [
        _stamp(candidate, "score", score)
        for candidate, rated in zip(found, scores(found, note), strict=True)
        if (score := max(rated, _least_score(candidate))) >= lowest
    ]
    chosen = select(rated, least=max(least, RECOMMENDED_SCORE))
    return sorted((c for c in chosen if c.score >= least), key=lambda candidate: candidate.line)


def propose(note: Note, rules: Sequence[Rule] = RULES) -> list[Candidate]:
    """What the rules find in `note`, unscored, each candidate once."""
    lists_sources: dict[tuple[str, ...], bool] = {}
    found: dict[tuple[str, str, str], dict[str, Candidate]] = {}
    for rule in rules:
        name = rule.__name__
        for candidate in rule(note):
            path = candidate.headings
            if path not in lists_sources:
                lists_sources[path] = any(_SOURCES.match(heading) for heading in path)
            if not lists_sources[path] and not (
                candidate.kind is _DEFINITION and tells_of_writer(candidate.back)
            ):
                key = (candidate.kind, candidate.front, candidate.back)
                found.setdefault(key, {}).setdefault(name, _stamp(candidate, "rule", name))
    every = [candidate for same in found.values() for candidate in _agreed(same)]
    written = {candidate.line for candidate in every if candidate.rule == "written_card"}
    return _told_apart([c for c in every if c.line not in written or c.rule == "written_card"])


def _agreed(same: dict[str, Candidate]) -> Iterable[Candidate]:
    """What several rules found alike, each with the remark that another did."""
    if len(same) == 1:
        return same.values()
    return [_stamp(candidate, "cues", (*candidate.cues, AGREED)) for candidate in same.values()]


def _stamp(candidate: Candidate, field: str, value: object) -> Candidate:
    """`candidate`, which a rule has just made and nobody else holds, with what it could not know; a copy takes ten times as long."""
    object.__setattr__(candidate, field, value)
    return candidate


def _told_apart(candidates: list[Candidate]) -> list[Candidate]:
    """A name used under several headings (更新规则, P.M.F.) becomes `heading: name`: alone it has no one answer."""
    keys = [_key(each) if each.rule in _NAMED_BY_PLACE else None for each in candidates]
    paths: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for key, candidate in zip(keys, candidates, strict=True):
        if key is not None:
            paths.setdefault(key, set()).add(candidate.headings)
    several = [key is not None and len(paths[key]) > 1 for key in keys]
    return [
        _under_heading(candidate) if by_place else candidate
        for by_place, candidate in zip(several, candidates, strict=True)
        if not (by_place and candidate.rule in _LABELLED and _answers_a_question(candidate))
    ]


def _key(candidate: Candidate) -> tuple[str, str]:
    return candidate.kind, _name(candidate.front)


def _answers_a_question(candidate: Candidate) -> bool:
    """Whether `candidate` is a part of the answer to the question that a heading above it asks: 加分句, Takeaway."""
    return candidate.kind is _DEFINITION and any(path.endswith(("?", "？")) for path in candidate.headings)


def _under_heading(candidate: Candidate) -> Candidate:
    """`candidate` with the name of the heading over it, or all of a heading that tells a case: 拒绝域（方差已知时）."""
    own = _name(candidate.front)
    headings = [path for path in candidate.headings if _name(path.rstrip(":： ")) != own]
    head = nearest(headings, ())
    if headings and _tells_a_case(headings[-1]):
        bracket = "（{}）" if has_cjk(candidate.front) else " ({})"
        front = candidate.front + bracket.format(headings[-1].rstrip(":： "))
    elif head is None or _name(head.term) in own or own in _name(head.term):
        return candidate
    else:
        front = f"{head.term}: {candidate.front}"
    return replace(
        candidate, front=front, aliases=tuple(dict.fromkeys((candidate.front, *candidate.aliases)))
    )


def _tells_a_case(heading: str) -> bool:
    """Whether `heading` names nothing and is no role, but says which of several cases is spoken of."""
    return len(heading) <= LONGEST_CASE and not is_generic(heading) and context_head(heading) is None


def select(candidates: Iterable[Candidate], *, least: float = RECOMMENDED_SCORE) -> list[Candidate]:
    """One candidate for each thing said: what is marked as a definition stays, then the better score, then the earlier rule.

    A term is defined once, and not asked for beside its definition (`What is X?`); a short form that a card of `least`
    or better gives with its name in full has no card of its own.
    """
    kept: dict[tuple[str, str], list[str]] = {}
    defined: set[str] = set()
    listed: set[str] = set()
    asked = _Asked()
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda candidate: _rank(candidate, least)):
        said = squash(candidate.back)
        kind = str(candidate.kind)
        names = _names(candidate)
        alike = _holds if candidate.kind is _FORMULA_CARD else _overlap
        openings = _openings(candidate, said)
        if asked.holds(candidate, openings) or any(
            alike(said, other, len(name)) for name in names for other in kept.get((kind, name), ())
        ):
            continue
        if _is_marked(candidate):
            defined |= names
        elif not _WEAK.isdisjoint(candidate.cues) and not names.isdisjoint(defined):
            continue
        if _PARTS in candidate.cues:
            if not names.isdisjoint(listed):
                continue
            listed |= names
        for name in names:
            kept.setdefault((kind, name), []).append(said)
        asked.add(candidate, openings)
        chosen.append(candidate)
    named = [_names(card) for card in chosen if _tells(card) and card.score >= least]
    return [card for card in chosen if card.kind is not _ABBREVIATION or not _is_told(card, named)]


def _least_score(candidate: Candidate) -> float:
    """What the score cannot fall under: some cards are right as they stand, wherever they stand.

    A bold name, its formula and what the symbols mean; a short form and the words that spell it out.
    """
    if "expansion" in candidate.cues:
        return SPELLED_OUT
    named = "set off name" in candidate.cues and "legend" in candidate.cues
    return NAMED_AND_EXPLAINED if named else 0.0


def _rank(candidate: Candidate, least: float) -> tuple[bool, bool, float]:
    return candidate.score < least, not _is_marked(candidate), -candidate.score


def _is_marked(candidate: Candidate) -> bool:
    return candidate.kind is _DEFINITION and not _MARKED.isdisjoint(candidate.cues)


def _tells(card: Candidate) -> bool:
    """Whether `card` says what something is and not only something of it."""
    return card.kind in _TELLING and (_PASSING.isdisjoint(card.cues) or _GENUS in card.cues)


def _is_told(card: Candidate, named: Sequence[set[str]]) -> bool:
    """Whether one of `named`, the names that other cards have, holds the short form of `card` and its expansion."""
    both = {_name(card.front), _name(card.back)}
    return any(both <= names for names in named)


def _names(candidate: Candidate) -> set[str]:
    return {_name(name) for name in (candidate.front, *candidate.aliases)}


class _Asked:
    """The questions and definitions chosen so far, by the sentences they answer with."""

    def __init__(self) -> None:
        self._fronts: dict[str, list[Candidate]] = {}

    def holds(self, candidate: Candidate, openings: Iterable[str]) -> bool:
        """Whether the same sentence already answers a question about the term of `candidate`, or defines what it asks for."""
        return any(
            other.kind is not candidate.kind and _asks_for(candidate, other)
            for opening in openings
            for other in self._fronts.get(opening, ())
        )

    def add(self, candidate: Candidate, openings: Iterable[str]) -> None:
        for opening in openings:
            same = self._fronts.setdefault(opening, [])
            if len(same) < MOST_ALIKE:
                same.append(candidate)


def _openings(candidate: Candidate, said: str) -> list[str]:
    """How the sentences of the back, `said` without spaces and case, begin; of a definition only the first."""
    if candidate.kind is _DEFINITION:
        return [said[:OPENING]]
    back = candidate.back
    spans = each_sentence(back) if candidate.kind is _BASIC else ()
    return [squash(back[start:end])[:OPENING] for start, end in spans]


def _asks_for(one: Candidate, other: Candidate) -> bool:
    question, definition = (one, other) if one.kind is _BASIC else (other, one)
    asked = squash(question.front).replace("-", "")
    return any(name in asked for name in _names(definition))


def _holds(one: str, other: str, _: int = 0) -> bool:
    """Whether one back holds the other: formulas that open alike (cases, sums) are not the same."""
    return one in other or other in one


def _overlap(one: str, other: str, named: int) -> bool:
    """Whether two backs say the same: one holds the other, or the other's opening past a term of `named` characters."""
    enough = OPENING + named
    return _holds(one, other) or (
        len(one) > enough < len(other) and (one[:enough] in other or other[:enough] in one)
    )


@lru_cache(maxsize=4096)
def _name(text: str) -> str:
    """`text` as names are compared: without case, spacing, hyphens and an English plural."""
    name = squash(text).replace("-", "")
    return (
        name[:-1]
        if name.isascii() and len(name) > 3 and name.endswith("s") and not name.endswith("ss")
        else name
    )
