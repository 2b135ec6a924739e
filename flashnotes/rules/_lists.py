"""Sentences that end in a colon, together with the list that they announce: `A set is convex if the following holds:`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.notes.model import Block, BlockKind, Sentence
from flashnotes.rules._across import whole_sentences
from flashnotes.rules._text import is_cut_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.notes import Note

_PARAGRAPH, _ITEM, _FORMULA_BLOCK = BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FORMULA
MOST_ITEMS = 7
"""Items of a list that a back holds; part of a longer one would pass for the whole."""
LONGEST_LIST = 360
"""Characters of such a list."""
ITEM = "\n- "
"""What stands before each item on a back."""


_DASHES = frozenset("-–—•·")
_TYPED = re.compile(r"[-–—•·]\s?(?=[A-Za-z\u4e00-\u9fff])")
"""A dash or dot that was typed for an item of a list, with no space behind it."""


@lru_cache(maxsize=1)
def sentences_with_lists(note: Note) -> Sequence[Sentence]:
    """The sentences of `note`, those that end in a colon with the list under them."""
    lists = _lists(note.blocks)
    sentences = whole_sentences(note, to_its_end=True)
    if not lists:
        return sentences
    return [
        _with_list(sentence, lists) if sentence.text[-1:] in ":：" else sentence for sentence in sentences
    ]


def _with_list(sentence: Sentence, lists: dict[int, str]) -> Sentence:
    below = lists.get(id(sentence.block))
    if below and sentence.start + len(sentence.text) >= len(sentence.block.text):
        return sentence._replace(text=sentence.text + below)
    return sentence


def _lists(blocks: Sequence[Block]) -> dict[int, str]:
    """The list under each block that announces one, by the block's identity."""
    return {
        id(block): below
        for number, block in enumerate(blocks[:-1])
        if block.text[-1:] in ":："
        and block.kind in (_PARAGRAPH, _ITEM)
        and (below := _below(block, blocks[number + 1 : number + MOST_ITEMS + 2]))
    }


def _below(block: Block, following: Sequence[Block]) -> str:
    """The items under `block`, or nothing where they are too many or too long."""
    items: list[str] = []
    for item in following:
        if item.kind is _FORMULA_BLOCK and item.parents:
            items.append(f"${item.text}$")
            continue
        if item.kind is _PARAGRAPH and item.text[:1] in _DASHES and (lines := _typed_items(item)):
            items += lines
            continue
        if item.kind is not _ITEM or (block.kind is _ITEM and item.level <= block.level):
            break
        if item.is_link or is_cut_off(item.text):
            return ""
        items.append(item.text)
    if not items or len(items) > MOST_ITEMS or sum(map(len, items)) > LONGEST_LIST:
        return ""
    return "".join([ITEM + item for item in items])


def _typed_items(block: Block) -> list[str]:
    """The lines of a paragraph that all begin as items, without what they begin with; none of any other."""
    starts = (0, *block.breaks)
    lines = [
        block.text[start:end].strip()
        for start, end in zip(starts, (*block.breaks, len(block.text)), strict=True)
    ]
    return [_TYPED.sub("", line, count=1) for line in lines] if all(map(_TYPED.match, lines)) else []
