"""How sure we are of a candidate: a linear model over named features, its weights fitted on labelled notes.

`benchmarks/extraction_fit.py` fits `weights.py` and shows how well the score is calibrated: of the cards at
0.9, nine in ten should be right.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.evidence import of_back, of_front, words_of_back
from flashnotes.models import CardKind
from flashnotes.rules._generic import is_generic
from flashnotes.surroundings import RUNS_ON, folded, setting_of
from flashnotes.text import fold, is_cjk
from flashnotes.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.models import Candidate
    from flashnotes.notes import Note
    from flashnotes.surroundings import Setting


_SECTIONS = (
    (
        "example",
        re.compile(
            r"example|scenario|case stud|exercise|problem|quiz|demo|application|例|案例|练习|习题|作业"
            r"|实验|应用|面试"
        ),
    ),
    (
        "how to",
        re.compile(
            r"install|setup|set up|usage|how to|getting started|quick ?start|requirement|environment"
            r"|troubleshoot|deploy|run|安装|环境|配置|部署|使用|运行|启动|步骤|下载|命令|教程|实践|实战"
            r"|代码|实现"
        ),
    ),
    (
        "about",
        re.compile(
            r"about|welcome|schedule|syllabus|course|team|contribut|faq|overview|introduction|summary"
            r"|background|关于|课程|前言|简介|概述|背景|总结|引言|论文|摘要"
        ),
    ),
    (
        "limits",
        re.compile(
            r"advantage|limitation|pros\b|cons\b|drawback|challenge|benefit|tips?\b|best practice|mistake"
            r"|when to|why|优点|缺点|优势|劣势|局限|特点|不足|为什么|注意|技巧|区别|对比|比较|\bvs"
        ),
    ),
    (
        "terms",
        re.compile(
            r"glossary|terminolog|definition|concept|key ?words?|vocabulary|术语|定义|概念|名词|关键词"
            r"|什么是"
        ),
    ),
)
_DEFINITION = CardKind.DEFINITION
CHINESE = 0.15
"""The share of Chinese letters from which a back counts as written in Chinese."""
_LENGTHS = (6, 12, 24, 48, 96, 160, 260, 420)
_SERIES, _DENSITIES, _USES = (1.5, 3.5, 7.5), (0.15, 0.3, 0.5, 0.8), (1.5, 4.5, 9.5, 19.5)
OPENING = 40
"""Characters of a back by which its place in the note is found."""


class Company(NamedTuple):
    """How many candidates there are like one."""

    nth: int
    """Of its term and kind before it, `shared` of them in all."""
    shared: int
    series: int
    """Of its rule and first cue in its section."""
    of_rule: int
    """Of its rule in the note."""
    density: float
    """Of any, for each sentence of the note."""


def features(candidate: Candidate, company: Company, setting: Setting) -> list[str]:
    """The named features of `candidate` among the others of its note.

    Names come ready-made, several at a time, from functions that remember what they made of the same few classes:
    putting thirty of them together anew for each candidate took longer than finding out what holds.
    """
    back, rule, kind, term = candidate.back, candidate.rule, candidate.kind, candidate.front
    script = "zh" if is_cjk(back, CHINESE) else "en"
    front = folded(term)
    text = setting.text_around(candidate.line)
    first_said, said = setting.said(front, text)
    found = [
        *_of_rule(rule, script, candidate.cues, kind, min(company.nth, 3)),
        *_of_length(kind, script, bisect_left(_LENGTHS, len(back))),
        *_of_company(kind, rule, _classes(company)),
        *_of_place(candidate, setting),
        *of_front(term),
        *words_of_back(back, script),
        *setting.traits,
    ]
    _add_of_names(found, candidate, front, setting, said)
    _add_of_wording(found, candidate, script, text, first_said)
    if RUNS_ON in setting.traits:
        found.append(f"{rule} runs on")
    return found


@lru_cache(maxsize=1024)
def _of_rule(rule: str, script: str, cues: tuple[str, ...], kind: str, nth: int) -> tuple[str, ...]:
    own = [f"{rule}: {cue}" for cue in cues]
    return ("bias", f"rule {rule}", f"rule {rule} {script}", *own, f"kind {kind} nth {nth}")


@lru_cache(maxsize=128)
def _of_length(kind: str, script: str, length: int) -> tuple[str]:
    return (f"back {script} {kind == 'formula'} {length}",)


def _classes(company: Company) -> tuple[int, int, int, int]:
    """How many others share the front, are of the series, of the rule and in the note, each as a class of numbers."""
    return (
        min(company.shared, 3),
        bisect_left(_SERIES, company.series),
        bisect_left(_USES, company.of_rule),
        bisect_left(_DENSITIES, company.density),
    )


@lru_cache(maxsize=1024)
def _of_company(kind: str, rule: str, classes: tuple[int, int, int, int]) -> tuple[str, ...]:
    shared, series, uses, density = classes
    return (
        f"kind {kind} shares front {shared}",
        f"{rule} series {series}",
        f"{rule} in note {uses}",
        f"note density {density}",
    )


def _add_of_wording(found: list[str], candidate: Candidate, script: str, text: str, first_said: int) -> None:
    """What the wording of the back tells, and whether the note, which is `text`, said the term before."""
    rule = candidate.rule
    back = fold(candidate.back[: 2 * OPENING])
    if script == "en" and candidate.kind is _DEFINITION:
        length = bisect_left((30, 60, 120, 240), len(candidate.back))
        found += of_back(candidate, script, length, back.startswith(folded(candidate.front)[:30]))
    here = text.find(back[:OPENING])
    if here >= 0:
        found.append(
            "not said"
            if first_said < 0
            else f"{rule} first said"
            if here <= first_said + 60
            else f"{rule} said before"
        )
    if candidate.headings and is_generic(candidate.headings[-1]):
        found.append("under generic")


def _add_of_names(found: list[str], candidate: Candidate, front: str, setting: Setting, said: int) -> None:
    """How the note names the term, which is `front`, elsewhere: in headings, set off, by other names."""
    aliases = candidate.aliases
    names = {front, *map(folded, aliases)} if aliases else {front}
    elsewhere = front in setting.headings
    set_off = not names.isdisjoint(setting.set_off)
    place = _place_in_headings(names, candidate.headings, elsewhere=elsewhere)
    found += _of_anchor(candidate.rule, set_off or elsewhere or bool(aliases), place, said)
    if set_off:
        found.append("front set off")
    if aliases:
        found.append("front alias")


@lru_cache(maxsize=1024)
def _of_anchor(rule: str, anchored: bool, place: str, said: int) -> tuple[str, str, str]:
    return f"{rule}: {'anchored' if anchored else 'bare'}", f"front {place}", f"front said {said}"


@lru_cache(maxsize=256)
def _folded_path(path: tuple[str, ...]) -> tuple[str, ...]:
    """The headings of `path` as they are compared, the nearest first."""
    return tuple(map(folded, reversed(path)))


def _place_in_headings(names: set[str], path: tuple[str, ...], *, elsewhere: bool) -> str:
    """Where the headings name the term: the nearest one, one above it, one elsewhere in the note, none."""
    above = _folded_path(path)
    if above and above[0] in names:
        return "is heading"
    long = [name for name in names if len(name) > 1]
    for depth, heading in enumerate(above):
        for name in long:
            if name in heading:
                return "in outer heading" if depth else "in heading"
    return "in other heading" if elsewhere else "in no heading"


def _of_place(candidate: Candidate, setting: Setting) -> Sequence[str]:
    sections = _sections(candidate.headings)
    block = setting.kinds.get(candidate.line)
    if block is None:
        place: tuple[str, ...] = ("place inside",)
    else:
        place = _of_block(block.kind, block.label, min(len(block.parents), 2), block.quoted)
    if candidate.line in setting.after_heading:
        return (*sections, *place, "place under heading")
    return (*sections, *place) if sections else place


@lru_cache(maxsize=256)
def _of_block(kind: str, label: str, parents: int, quoted: bool) -> tuple[str, ...]:
    found = [f"place {kind}"]
    if quoted:
        found.append("place quote")
    if label:
        found.append(
            "place definition" if kind == "definition" else f"place callout {label.partition('|')[0]}"
        )
    if parents:
        found.append(f"place under {parents} items")
    return tuple(found)


@lru_cache(maxsize=256)
def _sections(path: tuple[str, ...]) -> tuple[str, ...]:
    """What sort of section the headings of `path` announce."""
    kinds = [kind for heading in path for kind in _sections_of(heading)]
    return tuple([f"section {name}" for name, _ in _SECTIONS if name in kinds])


@lru_cache(maxsize=1024)
def _sections_of(heading: str) -> tuple[str, ...]:
    lower = heading.lower()
    return tuple([name for name, pattern in _SECTIONS if pattern.search(lower)])


EXPLICIT = 0.98
"""The score of a card that a person wrote as one: there is nothing to guess."""
_EXPLICIT_CUES = frozenset(("Q:", "callout"))


def is_explicit(candidate: Candidate) -> bool:
    """Whether the note itself says that `candidate` is a card."""
    return candidate.rule == "written_card" or not _EXPLICIT_CUES.isdisjoint(candidate.cues)


def scores(candidates: Sequence[Candidate], note: Note, weights: dict[str, float] = WEIGHTS) -> list[float]:
    """How sure we are of each of `candidates`, 0 to 1."""
    nothing = repeat(0.0)
    return [
        EXPLICIT
        if is_explicit(candidate)
        else 1 / (1 + math.exp(-max(-30.0, min(30.0, math.fsum(map(weights.get, names, nothing))))))
        for candidate, names in zip(candidates, feature_rows(candidates, note), strict=True)
    ]


def feature_rows(candidates: Sequence[Candidate], note: Note) -> list[list[str]]:
    """The features of each of `candidates`, all of one note."""
    if not candidates:
        return []
    setting = setting_of(note)
    rows: list[list[str]] = [[]] * len(candidates)
    for index, company in _companies(candidates, max(1, len(note.sentences))):
        rows[index] = features(candidates[index], company, setting)
    return rows


def _companies(candidates: Sequence[Candidate], sentences: int) -> Iterator[tuple[int, Company]]:
    """The place of each of `candidates` and the company it is in, in the order of their lines."""
    keys = [(candidate.kind, folded(candidate.front)) for candidate in candidates]
    groups = [(candidate.rule, candidate.headings, candidate.cues[:1]) for candidate in candidates]
    shared, series = Counter(keys), Counter(groups)
    of_rule = Counter([candidate.rule for candidate in candidates])
    density = len(candidates) / sentences
    seen: dict[tuple[str, str], int] = {}
    lines = [candidate.line for candidate in candidates]
    for index in sorted(range(len(keys)), key=lines.__getitem__):
        key, group = keys[index], groups[index]
        nth = seen[key] = seen.get(key, -1) + 1
        yield index, Company(nth, shared[key], series[group], of_rule[group[0]], density)
