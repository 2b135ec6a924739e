"""`**Term**: meaning`, `- Term：含义`, `**Term** — meaning`: a name, a separator, what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind, MarkKind
from flashnotes.rules._terms import head_of
from flashnotes.rules._text import addresses_reader, is_answer, make, opening, points_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Block, Note, Sentence

_SEPARATOR = re.compile(r"\s*(?:[:：](?!//|:|\d)|——|—|–|\s-\s|\s--\s|-->|->|→|＝)\s*")
_PLAIN = re.compile(
    r"(?P<label>[^:：。！？!?\n=\[\]]{1,64}?)\s*(?P<separator>[:：](?!//|:|\d)|\s[—–]\s|——|\s-\s)\s*(?=\S)"
)
_HEADINGS = re.compile(
    r"^(?:引言与背景|引言|背景|简介|概述|动机|前言|摘要|总结|相关内容|基本概念|介绍|💡|🔖|Introduction|Background|Overview)\s+(?=\S)"
)
_EQUATION = re.compile(r"^\$[^$]*=[^$]*\$[。.,，;]?$|^[A-Za-z0-9_()\[\]{}^|'.+*/\\ =,∑√×·-]{5,}$")
_OPERATOR = re.compile(r"[=/*+^]|\\frac|\\sum")
_THIN = re.compile(r"^[\d.,%\s~≈<>+-]*[A-Za-z%]{0,3}$|^\W+$")
ENOUGH = 220
"""Characters after which no further sentence joins the back."""


def label(note: Note) -> Iterator[Candidate]:
    """A name and, after a colon or dash, what it is: `**回报**：…`, `- Recall: …`."""
    taken = None
    for sentence in note.sentences:
        if sentence.block is taken:
            continue
        found = _read(sentence, note)
        if found:
            if sentence.number == 0 and len(sentence.block.text) < 1200:
                taken = sentence.block
            yield found


def _read(sentence: Sentence, note: Note) -> Candidate | None:
    block = sentence.block
    bold = _bold_lead(block) if sentence.number == 0 else None
    if bold:
        return _card(sentence, block.text[: bold[0]], bold[1], ("bold label",))
    text = _HEADINGS.sub("", sentence.text)
    skipped = len(sentence.text) - len(text)
    found = _PLAIN.match(text)
    if not found or (sentence.number and len(found["label"]) > 40):
        return None
    place = "item label" if block.kind is BlockKind.ITEM else "paragraph label"
    cue = "dash label" if found["separator"].strip()[:1] in "—–-" else place
    if cue == "dash label" and block.kind is not BlockKind.ITEM:
        return None
    cues = (cue,) if sentence.number == 0 else (cue, "inner label")
    return _card(sentence, found["label"], sentence.start + skipped + found.end(), cues)


def _bold_lead(block: Block) -> tuple[int, int] | None:
    """Where a leading bold label ends and where its meaning begins."""
    first = next((mark for mark in block.marks if mark.start <= 3), None)
    if first is None or first.kind not in (
        MarkKind.STRONG,
        MarkKind.CODE,
        MarkKind.EMPHASIS,
        MarkKind.HIGHLIGHT,
    ):
        return None
    if found := _SEPARATOR.match(block.text, first.end):
        return first.end, found.end()
    if bracket := re.compile(r"\s*[(（][^()（）]{1,80}[)）]").match(block.text, first.end):
        if found := _SEPARATOR.match(block.text, bracket.end()):
            return bracket.end(), found.end()
    if block.text[first.end - 1 : first.end] in (":", "：") and first.end < len(block.text):
        return first.end, first.end
    return None


_TRAILING = re.compile(r"\s*(?:在于|包括|有|如下|为|是|分别是|主要有|主要包括)$")


def _card(sentence: Sentence, name: str, start: int, cues: tuple[str, ...]) -> Candidate | None:
    head = head_of(_TRAILING.sub("", name), common=cues[0] == "bold label")
    if head is None:
        return None
    back = _back(sentence, start)
    if not is_answer(back) or _THIN.match(back) or points_elsewhere(back):
        return None
    if addresses_reader(back):
        cues = (*cues, "reader")
    kind = CardKind.FORMULA if _is_formula(back, sentence, start) else CardKind.DEFINITION
    if back.endswith(("?", "？")):
        cues = (*cues, "asks")
    return make(kind, head, back, sentence.block, offset=start, cues=cues)


def _is_formula(back: str, sentence: Sentence, start: int) -> bool:
    if _EQUATION.match(back) and _OPERATOR.search(back):
        return True
    return any(
        mark.kind is MarkKind.CODE
        and mark.start <= start + 1
        and mark.end >= start + len(back) - 3
        and "=" in back
        for mark in sentence.block.marks
    )


def _back(sentence: Sentence, start: int) -> str:
    """What stands after the label: the rest of its sentence, and the following ones while they are short."""
    block, end = sentence.block, sentence.start + len(sentence.text)
    if sentence.number:
        return block.text[start:end].strip()
    return opening(block.text[start:].strip(), ENOUGH)
