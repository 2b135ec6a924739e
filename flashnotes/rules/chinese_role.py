"""Under a heading, `核心思想是…`, `它的作用在于…`, `意思是说…`: the role stands for the term, which the sentence leaves out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.notes import BlockKind
from flashnotes.rules._context import nearest
from flashnotes.rules._roles import role_head
from flashnotes.rules._terms import head_of
from flashnotes.rules._text import (
    is_answer,
    is_dangling,
    make,
    opening,
    points_elsewhere,
    without_announcement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.models import Candidate
    from flashnotes.notes import Block, Note
    from flashnotes.rules._head import Head

_HEADING, _PROSE = BlockKind.HEADING, (BlockKind.PARAGRAPH, BlockKind.ITEM)
_ROLE = re.compile(
    r"(?P<whose>(?:其|它们?的?|他的|该[^，,。的]{0,8}的)\s*)?(?:最|一个)?"
    r"(?P<role>(?:主要|核心|基本|最终|本质)?(?:思想|思路|想法|原理|目的|目标|作用|功能|任务|定义|含义|意思|概念|本质|动机|出发点|优点|缺点|优势|劣势|不足|特点|特征|性质|用途|意义)|(?:通俗|直观|简单)的?(?:解释|理解|说法)|核心|本质)"
    r"(?:上|主要)?\s*(?:其实|大致|简单来说)?(?:就是|是指|是(?!否)|在于|即为?|为)[，,：:]?\s*(?P<said>.{6,})$",
    re.DOTALL,
)
_MEANS = re.compile(
    r"(?:这个|这种|这|该|此)?(?:(?![是说指])[^，,。；;：:]){0,10}?\s*(?:的意思(?:就)?是说?|是说|说的(?:就)?是|讲的(?:就)?是|指的(?:就)?是|意思(?:就)?是说?)[，,：:]?\s*(?P<said>.{8,})$",
    re.DOTALL,
)
_OPENS_MEANING = re.compile(r"(?:这|该|此|意思|说的|讲的|指的|简单)")
_THAT_IS = re.compile(
    r"(?:也就是说?|即|亦即|意思(?:就)?是说?|换句话说|换言之|通俗(?:地说|来说|来讲|的讲|地讲)|简单(?:地说|来说|来讲)|直观(?:上|地|来看)?)[，,：:]?\s*(?=.{8})"
)
_MEANING_OF_FORMULA = re.compile(
    r"(?P<label>[^:：。，,！？$]{2,40})\s*[:：]\s*\$[^$]+\$(?:\s*[，,、]?\s*\$[^$]+\$)*[。.]?"
)
_COMES_TO = (
    "提出",
    "引入",
    "设计",
    "得到",
    "发生",
    "产生",
    "出现",
    "形成",
    "造成",
    "引起",
    "叫",
    "叫做",
    "就是",
)
"""Verbs whose object is what the sentence comes to."""
_TELLS_A_STORY = re.compile(r"(?:上[文面节]|前[文面]|现在|让|首先|接下来|但|如果|例如|比如|\d{4}\s?年)")
"""How a text opens that leads up to what the sentence comes to."""
_STOPS = ("", "，", ",", "。", "；", ";")
"""What a clause ends with, its end included."""
SHORTEST_BEFORE = 10
"""Characters that tell how it is come to."""
FARTHEST = 3
"""Blocks of prose under a heading in which the role stands for its term."""
_MEANING = ("定义", "含义", "意思", "概念", "本质", "核心", "解释", "理解", "说法")
ENOUGH = 200
"""Characters after which no further sentence joins the back."""


def chinese_role(note: Note) -> Iterator[Candidate]:
    """A sentence under a heading says what its idea, aim or meaning is without naming it: `核心思想是…`."""
    since = 0
    for number, block in enumerate(note.blocks):
        if block.kind is _HEADING:
            since = 0
        elif block.kind in _PROSE and not block.text.isascii():
            since += 1
            if found := (_read(block, since) or _outcome(block, since) or _explained(note.blocks, number)):
                yield found


def _read(block: Block, since: int) -> Candidate | None:
    if since > FARTHEST or not (block.headings or block.parents) or not _may_mean(block.text):
        return None
    text = without_announcement(opening(block.text, ENOUGH))
    if found := _ROLE.match(text):
        named = _of_role(found, block)
        cues = ("role sentence", "whose" if found["whose"] else "bare role")
    elif _OPENS_MEANING.match(text) and (found := _MEANS.match(text)):
        named = nearest(block.headings, block.parents)
        cues = ("means sentence", "bare role")
        text = text[found.start("said") :]
    else:
        return None
    if named is None or not is_answer(text) or points_elsewhere(text):
        return None
    return make(CardKind.DEFINITION, named, text, block, cues=(*cues, f"{since} below"))


def _may_mean(text: str) -> bool:
    """Whether `text` opens as a sentence does that is looked for, before its end is known."""
    return _ROLE.match(text) is not None or _OPENS_MEANING.match(text) is not None


def _of_role(found: re.Match[str], block: Block) -> Head | None:
    """The term whose role the sentence speaks of."""
    role = found["role"]
    if role.endswith(_MEANING):
        return nearest(block.headings, block.parents)
    named = role_head(role, block)
    return named[0] if named else None


def _outcome(block: Block, since: int) -> Candidate | None:
    """`将宽和高分开计算，提出 X`: under the heading X a sentence that comes to it in the end."""
    if since > FARTHEST or block.parents or not block.headings or not _may_come_to(block.text):
        return None
    head = nearest(block.headings, ())
    if head is None or "[" in head.term or not any(name in block.text for name in (head.term, *head.aliases)):
        return None
    text = opening(block.text, ENOUGH)
    if not any(_comes_to(text, name) for name in (head.term, *head.aliases) if len(name) > 1):
        return None
    if not is_answer(text) or points_elsewhere(text) or is_dangling(text) or _TELLS_A_STORY.match(text):
        return None
    return make(CardKind.DEFINITION, head, text, block, cues=("outcome sentence", f"{since} below"))


def _may_come_to(text: str) -> bool:
    """Whether `text` holds one of `_COMES_TO`."""
    return any(verb in text for verb in _COMES_TO)


def _comes_to(text: str, name: str) -> bool:
    """Whether a clause of `text` ends with `name` as what was made, or what happens."""
    at = text.find(name)
    while at >= 0:
        after = text[at + len(name) :].lstrip(" )）”")
        if at >= SHORTEST_BEFORE and after[:1] in _STOPS:
            return text[:at].rstrip(' “"了').endswith(_COMES_TO)
        at = text.find(name, at + 1)
    return False


def _explained(blocks: Sequence[Block], number: int) -> Candidate | None:
    """`Term: $formula$`, and in the next block what that says in words: `也就是…`."""
    found = _THAT_IS.match(blocks[number].text)
    before = blocks[number - 1] if number else None
    if not found or before is None or before.kind not in _PROSE:
        return None
    labelled = _MEANING_OF_FORMULA.fullmatch(before.text)
    head = head_of(labelled["label"]) if labelled else None
    back = opening(blocks[number].text, ENOUGH)
    if head is None or not is_answer(back) or points_elsewhere(back):
        return None
    return make(CardKind.DEFINITION, head, back, blocks[number], cues=("formula in words",))
