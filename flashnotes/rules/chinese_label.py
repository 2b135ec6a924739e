"""`- 脏读 读到未提交的数据`, `【脏读】…`, `脏读=…`: a Chinese name and its meaning with no colon between."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.notes import BlockKind
from flashnotes.rules._chinese_contrasts import are_kinds
from flashnotes.rules._genus import opens_as_kind
from flashnotes.rules._openings import chinese_opening
from flashnotes.rules._roles import is_role
from flashnotes.rules._terms import head_of, is_symbol
from flashnotes.rules._text import (
    addresses_reader,
    is_answer,
    is_instruction,
    make,
    opening,
    points_elsewhere,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.models import Candidate
    from flashnotes.notes import Block, Note

_SPACED = re.compile(
    r"(?P<term>[A-Za-z][\w.+#/-]*(?: [A-Za-z][\w.+#/-]*){0,4}|[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z-]{1,9})"
    r"(?P<bracket>\s?[(（][^()（）]{2,40}[)）])?(?:[ \t]{1,8}|\u3000{1,2})(?P<said>[\u4e00-\u9fff“\"].{6,})",
    re.DOTALL,
)
_GOES_ON = re.compile(
    r"[是的在和与也都会可已有为而但所因如若则我你它其该上中下里内及或等之以于被把从到时后前并还不没就才使让给]|(?:系统|版本|平台|环境|官网|教程|文档|下载|安装|入门|学习|笔记)"
)
"""How a sentence goes on whose first word only happens to be followed by a space."""
_NOUN_PHRASE = re.compile(
    r"[^，,。；;：:是]{2,30}的[\u4e00-\u9fff]{2,8}(?:[，,。；;]|$)|类似于?|相当于|等价于"
)
"""What a thing is, with no verb: `保存数据的最小结构单元`."""
_COMMA = re.compile(
    r"(?P<term>[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z-]{1,11}|[A-Za-z][\w-]{1,16})(?P<bracket>\s?[(（][^()（）]{2,40}[)）])?[，,]\s?(?P<said>.{6,})",
    re.DOTALL,
)
_NO_KIND = re.compile(
    r"[对在不就]|(?:创建|选择|使用|进行).|.*(?:不同|固定|相同|环境|阶段|部分|情况|方面|任务|时候?)$"
)
"""What stands before a comma and names no kind of anything."""
_BRACKETED = re.compile(r"【(?P<term>[^【】]{2,24})】\s*[:：]?\s*(?P<said>[^【】]{8,})", re.DOTALL)
_EQUATED = re.compile(
    r"(?P<term>[\u4e00-\u9fff]{2,10})\s?[=＝]\s?(?P<said>[\u4e00-\u9fff][^=＝+×÷*/≥≤<>-]{5,80})"
)
_BILINGUAL = re.compile(
    r"(?P<name>(?:[A-Z][A-Za-z0-9-]{1,9}|[\u4e00-\u9fff]{2,10})\s?[(（][A-Za-z][A-Za-z ,'/-]{2,50}[)）])[ \u3000]{1,4}(?P<said>[\u4e00-\u9fff].{7,})",
    re.DOTALL,
)
"""A name with its English in brackets, a space, and what it is: `抖动 (thrashing) 页面频繁换入换出`."""
_JUDGES = re.compile(r"虽|很|非常|比较|效果|显示|一般|优于|适合|相比|[\u4e00-\u9fff]{1,2}[完过了]")
"""How good a thing is, for whom, or how far it is done."""
LONGEST_NAMED = 70
"""Characters that such a name and its bracket have at most."""
FEWEST = 2
"""Items of a list that must be written alike before a space stands for a colon."""
ENOUGH = 220
"""Characters after which no further sentence joins the back."""


def chinese_label(note: Note) -> Iterator[Candidate]:
    """A Chinese name and its meaning parted by a space, brackets of its own or an equals sign: `【脏读】…`."""
    blocks = note.blocks
    number = 0
    while number < len(blocks):
        block = blocks[number]
        if block.kind is BlockKind.ITEM and not block.text.isascii():
            items = _siblings(blocks, number)
            yield from _spaced(items)
            yield from _after_commas(items)
            number += len(items)
        else:
            number += 1
    for block in blocks:
        if block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH):
            yield from _set_apart(block)
            if "(" in block.text[:LONGEST_NAMED] or "（" in block.text[:LONGEST_NAMED]:
                yield from _after_english(block)


def _siblings(blocks: Sequence[Block], number: int) -> Sequence[Block]:
    """The items of one level that follow each other from `number` on."""
    end = number + 1
    while (
        end < len(blocks) and blocks[end].kind is BlockKind.ITEM and blocks[end].level == blocks[number].level
    ):
        end += 1
    return blocks[number:end]


def _spaced(items: Sequence[Block]) -> Iterator[Candidate]:
    """The cards of a list most of whose items are a name, a space and a meaning."""
    found = [(item, match) for item in items if (match := _SPACED.fullmatch(item.text)) and _is_apart(match)]
    if len(found) < FEWEST or 2 * len(found) < len(items):
        return
    for item, match in found:
        name = match["term"] + (match["bracket"] or "")
        if made := _card(item, name, match["said"], match.start("said"), f"{min(len(found), 4)} alike"):
            yield made


def _after_commas(items: Sequence[Block]) -> Iterator[Candidate]:
    """The cards of a list of kinds, each a name, a comma and its meaning: `第一类误差，…`, `第二类误差，…`."""
    if len(items) < FEWEST:
        return
    found = [(item, _COMMA.fullmatch(item.text) if _may_name(item.text) else None) for item in items]
    kinds: dict[int, re.Match[str]] = {}
    for number, ((_, one), (_, other)) in enumerate(pairwise(found)):
        if one and other and _tell_kinds_apart(one["term"], other["term"]):
            kinds |= {number: one, number + 1: other}
    for number, match in kinds.items():
        name = match["term"] + (match["bracket"] or "")
        if made := _card(items[number], name, match["said"], match.start("said"), "comma"):
            yield made


def _may_name(text: str) -> bool:
    """Whether `text` holds a comma where the name of `_COMMA` would end."""
    return "，" in text[:LONGEST_NAMED] or "," in text[:LONGEST_NAMED]


def _tell_kinds_apart(one: str, other: str) -> bool:
    return are_kinds(one, other) and not (_NO_KIND.match(one) or _NO_KIND.match(other))


def _is_apart(found: re.Match[str]) -> bool:
    """Whether what stands after the space is no continuation of the sentence: Chinese is set with a space after Latin words."""
    if found["term"].isascii() and not _NOUN_PHRASE.match(found["said"]):
        return False
    return _GOES_ON.match(found["said"]) is None or opens_as_kind(found["said"])


def _after_english(block: Block) -> Iterator[Candidate]:
    """The card of a name with its English in brackets and, after a space, its meaning."""
    found = _BILINGUAL.fullmatch(block.text)
    if found is None or _GOES_ON.match(found["said"]) or _JUDGES.match(found["said"]):
        return
    if made := _card(block, found["name"], found["said"], found.start("said"), "bilingual"):
        yield made


def _set_apart(block: Block) -> Iterator[Candidate]:
    """The card of a name in brackets of its own or before an equals sign."""
    text = block.text
    found = _BRACKETED.fullmatch(text) if text[:1] == "【" else None
    cue = "brackets"
    if found is None and ("=" in text or "＝" in text) and len(text) < ENOUGH:
        found, cue = _EQUATED.fullmatch(text.rstrip("。；; ")), "equated"
    if found and (made := _card(block, found["term"], found["said"], found.start("said"), cue)):
        yield made


def _card(block: Block, name: str, said: str, offset: int, cue: str) -> Candidate | None:
    head = head_of(name, common=True, set_off=cue == "brackets")
    back = opening(said.strip(), ENOUGH)
    if head is None or is_symbol(head.term) or is_role(name) or is_instruction(back):
        return None
    if not is_answer(back) or points_elsewhere(back) or back.endswith(("?", "？")) or block.is_link:
        return None
    cues = [cue, *chinese_opening(back)]
    if addresses_reader(back):
        cues.append("reader")
    return make(CardKind.DEFINITION, head, back, block, offset=offset, cues=tuple(cues))
