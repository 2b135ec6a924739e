"""How a Chinese meaning opens whose term stands before it, as a label, an item or a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.rules._genus import opens_as_kind
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUN_PHRASE = re.compile(r"[^，,。；;：:是]{2,40}的[\u4e00-\u9fffA-Za-z]{2,8}\s?(?:[，,。；;（(\n]|\.?$)")
"""What a thing is, with no verb: `没有被覆盖的叶结点`."""
_WHEN = re.compile(
    r"(?:当|若|如果|由于|因为|只有|只要|一旦|假如|在[^，,。；;]{2,24}(?:中|里|时|上|下|内|后|前)[，,]?)"
)
"""Under what condition or where it holds."""
_ACTS = re.compile(
    r"(?:主要|仅|只|直接|先|首先|每次|随机|可以|能够|一般|通常)?(?:用(?![户例途])|使用|采用|利用|基于|根据|按照?|从|对(?![于比])|给|让|使|为了?|以|描述|决定|控制|计算|统计|判断|比较|选择|检测"
    r"|检查|识别|预测|生成|学习|存储|保存|记录|负责|管理|提供|支持|实现|允许|返回|减少|增加|提高|降低|避免|防止|保证|解决|忽略|考虑|包含|包括|访问|修改|查找|找到|去除|删除|添加|创建)"
)
"""What it does, its subject left out."""
_NAMES = re.compile(
    r"[^，,。；;：:、/]{1,14}(?:[、/]\s?[^，,。；;：:、/]{1,14}){1,8}(?:等[^，,。]{0,6})?[。；;]?"
)
"""Nothing but names with commas of enumeration between them."""


LONGEST_OPENING = 12
"""Characters of a meaning by which its language is told."""


def chinese_opening(back: str) -> Iterator[str]:
    """How `back` opens, if it is in Chinese, as a cue; none of most."""
    if not has_cjk(back[:LONGEST_OPENING]):
        return
    if _NAMES.fullmatch(back):
        yield "only names"
    elif _WHEN.match(back):
        yield "says when"
    elif opens_as_kind(back):
        yield "tells"
    elif _ACTS.match(back):
        yield "acts"
    elif _NOUN_PHRASE.match(back):
        yield "noun phrase"
