"""`- **Term**:` with items below it that say what it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import Block, BlockKind, MarkKind
from flashnotes.rules._genus import opens_as_kind
from flashnotes.rules._openings import chinese_opening
from flashnotes.rules._questions import is_question, is_study
from flashnotes.rules._roles import is_role, role_head
from flashnotes.rules._siblings import ALIKE, named_alike, tells_to
from flashnotes.rules._terms import head_of
from flashnotes.rules._text import (
    addresses_reader,
    is_answer,
    is_cut_off,
    is_dangling,
    make,
    opening,
    points_elsewhere,
)
from flashnotes.text import squash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Note

_ITEM, _PARAGRAPH = BlockKind.ITEM, BlockKind.PARAGRAPH
_STRONG_MARK, _CODE_MARK = MarkKind.STRONG, MarkKind.CODE
_FORMULA_CARD, _DEFINITION = CardKind.FORMULA, CardKind.DEFINITION
_NAME_ONLY = re.compile(r"^[^:：。.!?！？]{2,60}[:：]?$")
_LINE = re.compile(
    r"(?:[A-Z\d][\w'’-]*(?: [\w'’-]+){0,4}|[\u4e00-\u9fff][\u4e00-\u9fff\w-]{1,11})(?: ?[(（][^()（）]{1,40}[)）])?"
)
"""A name that stands on a line of its own."""
_FOR_EXAMPLE = re.compile(r"^(?:例如|比如|如|for example|e\.g\.|example)", re.IGNORECASE)
_EQUATION = re.compile(r"^[^=;]{1,40}=(?!=)[^=;]{3,}$")
_FIRST_LINE = re.compile(r"[^:：。.，,；;!?！？$`=]{2,40}[:：]?")
_TELLS = re.compile(r"(?:又|也|亦)(?:被)?(?:称|叫|名)|即(?!使|便|将)|是(?!否)|指(?![标数针令])|全称|英文")
"""How a meaning opens that leaves out its term: `又称开市价，是…`."""
_LISTS = re.compile(r"(?<=..)(?:主要|一般|通常)?(?:包括|包含|分为|分成|如下|[是为有])$")
"""The verb of a name that says that the items under it are what it is: `X 的基本原则是：`."""
_NUMBERED = re.compile(r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、]|[①-⑳])\s*\S")
_VERSUS = re.compile(r"(?<![A-Za-z])[Vv][Ss]?\.?(?![A-Za-z])|VS")
_COMMAND = re.compile(r"[\x00-\x7f]*$")
LONGEST_FIRST_LINE = 40
"""Characters of the first line of an item that can be a name."""
SHORTEST_MEANING = 8
"""Characters that the further lines of an item need to say what its first line names."""
LONGEST_NAME = 61
"""Characters, a colon counted."""
SHORTEST = 4
"""Characters that a back needs to say anything."""
ENOUGH = 320
"""Characters after which no further item joins the back."""


def outline(note: Note) -> Iterator[Candidate]:
    """A list item that is only a name, the items under it what it is; or its first line the name, the rest the meaning."""
    blocks = note.blocks
    yield from _by_first_lines(blocks)
    for number, block in enumerate(blocks[:-1]):
        if (_names(block) or _heads_list(block, blocks[number + 1])) and not block.is_link:
            below = _below(blocks, number) or _after_list(blocks, number)
            found = _read(block, below) if below else None
            if found:
                alike = tells_to(found.back) and id(block) in named_alike(note)
                yield replace(found, cues=(*found.cues, ALIKE)) if alike else found


def _by_first_lines(blocks: Sequence[Block]) -> Iterator[Candidate]:
    """List items whose first line is a name and whose further lines say what it is."""
    for block in blocks:
        if not block.breaks or block.is_link or not (block.kind is BlockKind.ITEM or _is_numbered(block)):
            continue
        end = block.breaks[0]
        first, back = block.text[:end].strip(), opening(block.text[end:].strip(), ENOUGH)
        if end > LONGEST_FIRST_LINE or not _FIRST_LINE.fullmatch(first) or len(back) < SHORTEST_MEANING:
            continue
        head = head_of(first, common=True)
        if (
            head is None
            or is_role(first)
            or not is_answer(back)
            or points_elsewhere(back)
            or _COMMAND.match(back)
        ):
            continue
        cues = ["first line", *(("dangling",) if is_dangling(back) else ())]
        if addresses_reader(back):
            cues.append("reader")
        if opens_as_kind(back) or squash(back).startswith(squash(head.term)):
            cues.append("tells")
        yield make(CardKind.DEFINITION, head, back, block, offset=end, cues=tuple(cues))


def _is_numbered(block: Block) -> bool:
    """Whether `block` is a paragraph with a Chinese number before its first words: `1、X`."""
    return block.kind is BlockKind.PARAGRAPH and _NUMBERED.match(block.text) is not None


def _names(block: Block) -> bool:
    """Whether `block` is only a name: any short list item, a paragraph that ends in a colon."""
    text = block.text
    if len(text) > LONGEST_NAME or not (
        block.kind is _ITEM or (block.kind is _PARAGRAPH and text[-1] in ":：")
    ):
        return False
    return _NAME_ONLY.match(text) is not None


def _heads_list(block: Block, following: Block) -> bool:
    """Whether `block` is a line with a few words and no stop, right over a list: `4-neighbours` / `- …`."""
    return (
        block.kind is _PARAGRAPH
        and block.level == following.level - 1
        and _LINE.fullmatch(block.text) is not None
    )


def _below(blocks: Sequence[Block], number: int) -> list[Block]:
    """The items and paragraphs under the item, as many as a back holds."""
    parts: list[Block] = []
    length = 0
    for block in blocks[number + 1 : number + 9]:
        if blocks[number].kind is _PARAGRAPH and parts and block.kind is _PARAGRAPH:
            break
        inside = block.level > blocks[number].level or (
            block.kind is _PARAGRAPH and block.level == blocks[number].level
        )
        if block.kind not in (_ITEM, _PARAGRAPH) or not inside or is_cut_off(block.text):
            break
        if parts and length + len(block.text) > ENOUGH:
            break
        parts.append(block)
        length += len(block.text)
    return parts


def _after_list(blocks: Sequence[Block], number: int) -> list[Block]:
    """The paragraph after a list of one item, which was numbered or set off as a heading is: `1. X`, and a line below, its meaning."""
    block = blocks[number]
    if block.kind is not BlockKind.ITEM or block.text[-1] in ":：":
        return []
    if not block.ordinal and not _is_set_off(block):
        return []
    if number and blocks[number - 1].kind is BlockKind.ITEM and blocks[number - 1].level == block.level:
        return []
    below = blocks[number + 1]
    is_text = below.kind is BlockKind.PARAGRAPH and below.level < block.level and not is_cut_off(below.text)
    return [below] if is_text and len(below.text) <= ENOUGH else []


def _is_set_off(block: Block) -> bool:
    """Whether `block` is nothing but a name in bold."""
    return any(
        mark.kind is _STRONG_MARK and mark.start <= 1 and mark.end >= len(block.text) - 2
        for mark in block.marks
    )


def _read(block: Block, below: Sequence[Block]) -> Candidate | None:
    bold = any(mark.kind is _STRONG_MARK and mark.end >= len(block.text) - 2 for mark in block.marks)
    name = block.text.rstrip(":： ")
    stated = _LISTS.search(name) if block.text[-1] in ":：" else None
    if stated:
        name = name[: stated.start()]
    role = is_role(name)
    named = role_head(name, block) if role else None
    head = named[0] if named else None if role else head_of(name, common=bold)
    back = "\n".join(part.text for part in below)
    if (
        head is None
        or _VERSUS.search(name)
        or ("(" in name and is_study(name.partition("(")[2].capitalize()))
        or len(back) < SHORTEST
        or not is_answer(back)
        or any(part.is_link or is_study(part.text) or is_question(part.text) for part in below)
        or points_elsewhere(back)
    ):
        return None
    cues = [
        named[1][0] if named else "bold name" if bold else "plain name",
        "colon" if block.text[-1] in ":：" else "no colon",
    ]
    if stated:
        cues.append("listed")
    cues.append(block.kind.value)
    cues.append(f"{min(len(below), 4)} below")
    if _FOR_EXAMPLE.match(back):
        cues.append("example")
    if is_dangling(back):
        cues.append("dangling")
    if addresses_reader(back):
        cues.append("reader")
    if _TELLS.match(back) or opens_as_kind(back):
        cues.append("tells")
    else:
        cues.extend(chinese_opening(back))
    kind = _FORMULA_CARD if _is_formula(below[0]) else _DEFINITION
    if kind is _FORMULA_CARD:
        back = below[0].text
    return make(kind, head, back, below[0], cues=tuple(cues))


def _is_formula(block: Block) -> bool:
    """Whether `block` is an equation, in dollar signs or set as code."""
    return bool(_EQUATION.match(block.text)) and any(
        mark.kind is _CODE_MARK and mark.end - mark.start >= len(block.text) - 2 for mark in block.marks
    )
