"""A heading that numbers a definition or theorem and gives its name in brackets, and under it what it states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind
from flashnotes.rules._bold_leads import STATEMENT
from flashnotes.rules._latex import shown
from flashnotes.rules._terms import head_of
from flashnotes.rules._text import LONGEST_BACK, is_answer, make, points_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Block, Note

_HEADING, _PARAGRAPH, _ITEM, _FORMULA = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.FORMULA,
)
_REMARK = re.compile(
    r"(?:proof|pf|remark|note|example|intuition|exercise|comments?)\b|(?:证明|证|注|意义|例|说明|直观|推导|备注|理解|解释|思考)(?:\s?\d+)?[:：.。]?",
    re.IGNORECASE,
)
"""How what is said about a theorem opens, and no part of it."""
_LEADS_ON = re.compile(r"(?:[:：,，]|\bthen|\bthat|则|有|称|使得?|满足|成立|条件)\s*$", re.IGNORECASE)
"""How a text ends that is whole only with the list or formula under it."""
MOST_BLOCKS = 8
"""Of one statement."""


def theorem(note: Note) -> Iterator[Candidate]:
    """A heading names a theorem or definition in brackets, the text under it states it: `Theorem 2.1 (Slutsky)`."""
    blocks = note.blocks
    for number, block in enumerate(blocks):
        if block.kind is _HEADING and (found := STATEMENT.fullmatch(block.text)):
            head = head_of(found["name"], set_off=True)
            back = _statement(blocks[number + 1 : number + 1 + MOST_BLOCKS])
            if head and back and is_answer(back) and not points_elsewhere(back):
                first = blocks[number + 1]
                yield make(CardKind.DEFINITION, head, back, first, cues=("heading statement",))


def _statement(following: Sequence[Block]) -> str:
    """The first paragraph of `following`, with the list or formula that it leads on to."""
    parts: list[str] = []
    last = _HEADING
    for block in following:
        text = shown(block.text) if block.kind is _FORMULA else block.text
        goes_on = not parts or _LEADS_ON.search(parts[-1]) or block.kind is last is _ITEM or last is _FORMULA
        if (
            block.kind not in (_PARAGRAPH, _ITEM, _FORMULA)
            or not goes_on
            or _REMARK.match(block.text)
            or sum(map(len, parts)) + len(text) > LONGEST_BACK
        ):
            break
        parts.append(f"- {text}" if block.kind is _ITEM else text)
        last = block.kind
    return "\n".join(parts)
