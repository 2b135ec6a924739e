"""A symbol that the text around a formula gives its name: `其中 $L$ 称为损失函数`, `设 $L$ 为损失函数`, `$L$ is called the loss`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.notes import BlockKind
from flashnotes.rules._generic import is_generic
from flashnotes.rules._latex import left_side
from flashnotes.rules._terms import head_of
from flashnotes.text import squash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Block
    from flashnotes.rules._head import Head

_END = r"(?=[，,。；;：:（(!！]|\s\$|\.(?:\s|$)|$)"
_CALLED = re.compile(
    r"\$(?P<symbol>[^$]{1,60})\$\s*(?:就|也|则|便|又|被|通常|一般|常|可以?|我们|，){0,3}(?:称之为|称为|称作|叫做|叫作|叫|名为|即所谓的?|就是所谓的?)\s*(?:是|了)?"
    rf"(?P<zh>[^，,。；;：:（(!！$]{{2,24}}){_END}"
    r"|\$(?P<sign>[^$]{1,60})\$,?\s+(?:(?:is|are)\s+)?(?:usually\s+|often\s+|commonly\s+|also\s+)?(?:called|known\s+as|named|termed|referred\s+to\s+as)\s+(?:the\s+|an?\s+)?"
    rf"(?P<en>[A-Za-z][\w' -]{{2,40}}?){_END}"
)
"""A symbol is given its name in so many words."""
_MEANT = re.compile(
    r"\$(?P<symbol>[^$]{1,60})\$\s*(?:就|则)?(?:表示|代表|为|是)(?:的是)?\s*"
    rf"(?P<zh>[^，,。；;：:（(!！$]{{2,16}}){_END}"
)
"""What a symbol stands for, which may be its name."""
_SET = re.compile(
    r"(?:用|以|设|记|令|定义|若)\s*\$(?P<symbol>[^$]{1,60})\$\s*(?:来|就)?(?:表示|代表|为|是|记)\s*(?P<zh>[^，,。；;：:!！]{2,40}?)(?=[，,。；;：:]|$)"
)
"""What a symbol is set to stand for before its formula: `用 $q$ 表示词 $w$ 的条件概率`."""
_LEGEND = re.compile(r"\s*(?:其中|式中|这里|此处|上式中|公式中)")
_OF = re.compile(r"^.*(?:的|上|中)(?=[^的$]{2,12}$)")
_VALUE = re.compile(r"一个|一种|[^，]{0,12}(?:时|个|维|阶|次|常数|实数|整数|随机变量)$")
_SYMBOL_AFTER = re.compile(r"\s*\$[^$]*\$$")
_BRACKET = re.compile(r"\s*[(（][^()（）$]{1,40}[)）]\s*")
FARTHEST = 4
"""Blocks after a formula in which its left side may be named."""
LONGEST_SEARCHED = 400
"""Characters of each of them."""


def called_after(blocks: Sequence[Block], number: int) -> Head | None:
    """The name that the text after formula `number` gives in so many words to what it defines."""
    symbol = squash(left_side(blocks[number].text).strip("$"))
    for text in _after(blocks, number) if symbol else ():
        if head := called_in(text, symbol):
            return head
    return None


def meant(blocks: Sequence[Block], number: int) -> Head | None:
    """The name that the text before a formula sets its left side to, or the meaning of its symbols after it says."""
    symbol = squash(left_side(blocks[number].text).strip("$"))
    if not symbol:
        return None
    for block in reversed(blocks[max(0, number - 2) : number]):
        if block.kind in _PROSE and (head := _found(_SET, block.text[-LONGEST_SEARCHED:], symbol)):
            return head
    for text in _after(blocks, number):
        if _LEGEND.match(text) and (head := _found(_MEANT, text, symbol)):
            return head
    return None


def called_in(text: str, symbol: str) -> Head | None:
    """The name that `text` gives in so many words to the squashed `symbol`."""
    return _found(_CALLED, text, symbol) if "$" in text else None


_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def _after(blocks: Sequence[Block], number: int) -> Iterator[str]:
    for block in blocks[number + 1 : number + 1 + FARTHEST]:
        if block.kind is BlockKind.FORMULA:
            continue
        if block.kind not in _PROSE:
            return
        yield block.text[:LONGEST_SEARCHED]


def _found(pattern: re.Pattern[str], text: str, symbol: str) -> Head | None:
    for found in pattern.finditer(text):
        names = found.groupdict()
        if squash(found["symbol"] or names.get("sign") or "") == symbol:
            name = _BRACKET.sub("", names["zh"] or names.get("en") or "").strip()
            name = name if pattern is _CALLED else _OF.sub("", _SYMBOL_AFTER.sub("", name))
            if (
                "$" not in name
                and not _VALUE.match(name)
                and not is_generic(name)
                and (head := head_of(name))
            ):
                return head
    return None
