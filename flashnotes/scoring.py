"""How sure we are of a candidate: a linear model over named features, its weights fitted on labelled notes.

`benchmarks/extraction_fit.py` fits `weights.py` and shows how well the score is calibrated: of the cards at
0.9, nine in ten should be right.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.notes import BlockKind, MarkKind
from flashnotes.rules._terms import is_acronym, is_generic, is_symbol
from flashnotes.rules._text import addresses_reader, is_dangling
from flashnotes.text import cjk_share, fold, has_cjk
from flashnotes.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flashnotes.models import Candidate
    from flashnotes.notes import Block, Note

_COMPARES = re.compile(
    r"\b(?:better|worse|faster|slower|more|less|than|compared|unlike|best|most)\b|相比|更[好快大小高低多]"
    r"|比较|不同"
)
_JUDGES = re.compile(
    r"\b(?:good|bad|great|easy|hard|difficult|important|popular|interesting|useful|possible|available"
    r"|necessary|common)\b|重要|简单|复杂|容易|困难|常见|流行|很好|不错|有趣"
)
_TELLS = re.compile(
    r"\b(?:was|were|had|did|released|published|proposed|introduced|developed|created|invented)\b|提出|发表"
    r"|发布|诞生|年"
)
_SUPPOSES = re.compile(
    r"\b(?:suppose|assume|imagine|for example|e\.g\.|for instance|let us|example)\b|例如|比如|假设|举例|例子"
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|i|my)\b|我们?|咱", re.IGNORECASE)
_NEEDS = re.compile(r"\b(?:should|must|need|have to|can|could|may|might|want)\b|应该|需要|必须|可以|可能")
_NUMBERS = re.compile(r"(?<![\w.])\d{2,}(?![\w.]*\d{4})|\d+\.\d+|%")
_SECTIONS = (
    (
        "example",
        re.compile(
            r"example|scenario|case stud|exercise|problem|quiz|demo|application|例|案例|练习|习题|作业"
            r"|实验|应用|面试",
            re.IGNORECASE,
        ),
    ),
    (
        "how to",
        re.compile(
            r"install|setup|set up|usage|how to|getting started|quick ?start|requirement|environment"
            r"|troubleshoot|deploy|run|安装|环境|配置|部署|使用|运行|启动|步骤|下载|命令|教程|实践|实战"
            r"|代码|实现",
            re.IGNORECASE,
        ),
    ),
    (
        "about",
        re.compile(
            r"about|welcome|schedule|syllabus|course|team|contribut|faq|overview|introduction|summary"
            r"|background|关于|课程|前言|简介|概述|背景|总结|引言|论文|摘要",
            re.IGNORECASE,
        ),
    ),
    (
        "terms",
        re.compile(
            r"glossary|terminolog|definition|concept|key ?words?|vocabulary|术语|定义|概念|名词|关键词"
            r"|什么是",
            re.IGNORECASE,
        ),
    ),
)
_BACK_WORDS = (
    ("compares", _COMPARES),
    ("judges", _JUDGES),
    ("tells", _TELLS),
    ("supposes", _SUPPOSES),
    ("first person", _FIRST_PERSON),
    ("needs", _NEEDS),
)
_BACK_CHARACTERS = (("asks", "?？"), ("exclaims", "!！"), ("link", ("http",)), ("formula", "$"))
_JOINED = re.compile(r"[和与、及]")
_JOINED_WORDS = re.compile(r"\b(?:of|in|for|to|with|on|and|or)\b")
_DIGIT = re.compile(r"\d")
_FRONT_TRAITS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("的", lambda front: "的" in front),
    ("joined", lambda front: _JOINED.search(front) and has_cjk(front)),
    ("en joined", lambda front: _JOINED_WORDS.search(front) and not has_cjk(front)),
    ("en lower", lambda front: front[:1].islower() and not has_cjk(front)),
    ("acronym", is_acronym),
    ("symbol", lambda front: is_symbol(front) or "$" in front),
    ("digit", _DIGIT.search),
    ("ends generic", lambda front: is_generic(front.split()[-1])),
)
LONGEST_SEARCHED = 60_000
"""Characters of a note in which it is counted how often a term is said."""
_LENGTHS = (6, 12, 24, 48, 96, 160, 260, 420)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a note tells of the terms in it, gathered once."""

    text: str
    headings: frozenset[str]
    set_off: frozenset[str]
    after_heading: frozenset[int]
    kinds: dict[int, Block]
    traits: tuple[str, ...]


def setting_of(note: Note) -> Setting:
    """The setting that the candidates of `note` are judged in."""
    headings = frozenset(fold(block.text) for block in note.blocks if block.kind is BlockKind.HEADING)
    set_off = frozenset(
        fold(block.text[mark.start : mark.end]).strip(" :.")
        for block in note.blocks
        for mark in block.marks
        if mark.kind is not MarkKind.CODE
    )
    after = frozenset(
        below.line
        for above, below in zip(note.blocks, note.blocks[1:], strict=False)
        if above.kind is BlockKind.HEADING
    )
    kinds: dict[int, Block] = {}
    for block in note.blocks:
        kinds.setdefault(block.line, block)
    text = fold(" ".join(sentence.text for sentence in note.sentences))[:LONGEST_SEARCHED]
    return Setting(text, headings, set_off, after, kinds, tuple(_traits(note)))


def _traits(note: Note) -> Iterator[str]:
    sentences = note.sentences[:60]
    if not sentences:
        return
    reader = sum(addresses_reader(sentence.text) for sentence in sentences) / len(sentences)
    yield f"note reader {_bucket(reader, (0.02, 0.06, 0.12, 0.25))}"
    code = sum(block.kind is BlockKind.CODE for block in note.blocks) / max(len(note.blocks), 1)
    yield f"note code {_bucket(code, (0.01, 0.05, 0.12))}"
    formulas = sum(block.kind is BlockKind.FORMULA for block in note.blocks)
    yield f"note formulas {_bucket(formulas, (0.5, 5.5))}"


def features(candidate: Candidate, nth: int, shared: int, setting: Setting) -> Iterator[str]:
    """The named features of `candidate`, the `nth` (from 0) of `shared` of its term and kind in the note."""
    script = "zh" if has_cjk(candidate.back) and cjk_share(candidate.back) > 0.15 else "en"
    yield "bias"
    yield f"rule {candidate.rule}"
    yield f"rule {candidate.rule} {script}"
    for cue in candidate.cues:
        yield f"{candidate.rule}: {cue}"
    yield f"kind {candidate.kind} nth {min(nth, 3)}"
    yield from _of_front(candidate, setting)
    yield from _of_back(candidate, script)
    yield from _of_place(candidate, setting)
    yield f"kind {candidate.kind} shares front {min(shared, 3)}"
    yield from setting.traits


def _of_front(candidate: Candidate, setting: Setting) -> Iterator[str]:
    front, own = candidate.front, fold(candidate.front)
    names = {own, *(fold(alias) for alias in candidate.aliases)}
    elsewhere = any(own in heading for heading in setting.headings)
    set_off = not names.isdisjoint(setting.set_off)
    anchored = set_off or bool(candidate.aliases) or elsewhere
    yield f"{candidate.rule}: {'anchored' if anchored else 'bare'}"
    yield f"front {_place_in_headings(names, candidate.headings, elsewhere=elsewhere)}"
    yield f"front said {_bucket(setting.text.count(own), (0.5, 1.5, 2.5, 5.5, 12.5))}"
    if has_cjk(front):
        yield f"front zh {_bucket(len(front), (2.5, 4.5, 6.5, 9.5, 13.5))}"
    else:
        yield f"front en {_bucket(len(front.split()), (1.5, 2.5, 3.5, 4.5))}"
    if set_off:
        yield "front set off"
    if candidate.aliases:
        yield "front alias"
    for name, holds in _FRONT_TRAITS:
        if holds(front):
            yield f"front {name}"


def _place_in_headings(names: set[str], path: Sequence[str], *, elsewhere: bool) -> str:
    """Where the headings name the term: the nearest one, one above it, one elsewhere in the note, none."""
    folded = [fold(heading) for heading in path]
    if folded and folded[-1] in names:
        return "is heading"
    for depth, heading in enumerate(reversed(folded)):
        if any(len(name) > 1 and name in heading for name in names):
            return "in outer heading" if depth else "in heading"
    return "in other heading" if elsewhere else "in no heading"


def _of_back(candidate: Candidate, script: str) -> Iterator[str]:
    back = candidate.back
    yield f"back {script} {candidate.kind == 'formula'} {_bucket(len(back), _LENGTHS)}"
    for name, pattern in _BACK_WORDS:
        if pattern.search(back):
            yield f"back {name}"
    for name, characters in _BACK_CHARACTERS:
        if any(character in back for character in characters):
            yield f"back {name}"
    if _NUMBERS.search(back):
        yield f"back {script} numbers"
    if is_dangling(back):
        yield "back dangling"
    if addresses_reader(back):
        yield "back reader"
    if back[-1:] in ".。;；!":
        yield "back stops"


def _of_place(candidate: Candidate, setting: Setting) -> Iterator[str]:
    block = setting.kinds.get(candidate.line)
    if candidate.line in setting.after_heading:
        yield "place under heading"
    yield from _sections(candidate.headings)
    if block is None:
        yield "place inside"
        return
    yield f"place {block.kind}"
    if block.quoted:
        yield "place quote"
    if block.label:
        yield (
            f"place callout {block.label.split('|')[0]}" if block.kind != "definition" else "place definition"
        )
    if block.parents:
        yield f"place under {min(len(block.parents), 2)} items"


@lru_cache(maxsize=256)
def _sections(path: tuple[str, ...]) -> tuple[str, ...]:
    """What sort of section the headings of `path` announce."""
    return tuple(
        f"section {name}" for name, pattern in _SECTIONS if any(pattern.search(heading) for heading in path)
    )


def _bucket(value: float, bounds: Sequence[float]) -> int:
    return sum(value > bound for bound in bounds)


EXPLICIT = 0.98
"""The score of a card that a person wrote as one: there is nothing to guess."""
_EXPLICIT_CUES = frozenset(("Q:", "callout"))


def is_explicit(candidate: Candidate) -> bool:
    """Whether the note itself says that `candidate` is a card."""
    return candidate.rule == "written_card" or not _EXPLICIT_CUES.isdisjoint(candidate.cues)


def scores(candidates: Sequence[Candidate], note: Note, weights: dict[str, float] = WEIGHTS) -> list[float]:
    """How sure we are of each of `candidates`, 0 to 1."""
    return [
        EXPLICIT
        if is_explicit(candidate)
        else 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights.get(name, 0.0) for name in names)))))
        for candidate, names in zip(candidates, feature_rows(candidates, note), strict=True)
    ]


def feature_rows(candidates: Sequence[Candidate], note: Note) -> list[list[str]]:
    """The features of each of `candidates`, all of one note."""
    if not candidates:
        return []
    setting = setting_of(note)
    seen: Counter[tuple[str, str]] = Counter()
    shared = Counter((candidate.kind.value, fold(candidate.front)) for candidate in candidates)
    rows: dict[int, list[str]] = {}
    for index, candidate in sorted(enumerate(candidates), key=lambda pair: pair[1].line):
        key = (candidate.kind.value, fold(candidate.front))
        rows[index] = list(features(candidate, seen[key], shared[key], setting))
        seen[key] += 1
    return [rows[index] for index in range(len(candidates))]
