"""What Chinese predicates tell of their subjects: how a thing works or what kind it is, or nothing that would define it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.rules._head import Head

_WEAK_VERB = re.compile(
    "提出|认为|假设|要求|规定|强调|需要|拥有|存在|关注|依赖|追求|减少|增加|提高|降低|引入|使用|采用"
)
"""What somebody or something did or has, and not yet what it is."""
_SORT_OF_VERB = {
    verb: sort
    for sort, verbs in {
        "by means": "通过 利用 借助 采用 使用 用 基于 结合 根据 针对",
        "can": "能够 可以 可 能 允许 使得 使",
        "takes": "将 把 对 给 为",
        "has": "具有 拥有 需要 存在 属于 依赖",
        "changes": "减少 增加 提高 降低 解决 提供 保证 确保 避免 最小化 最大化 控制 决定",
        "thinks": "提出 认为 假设 要求 规定 强调 引入",
    }.items()
    for verb in verbs.split()
}
"""What sort of thing a verb tells of its subject: how it works, what it can, what it has; others say what it performs."""
_ADVERBS = ("只", "仅", "会", "主要", "直接")
"""Adverbs that make a verb of a word which would be a noun without them."""
_NOMINAL = re.compile(
    r"[^，,。；;]{1,24}的(?:主要|首要|根本)?(?:目标|目的|原因|好处|优点|缺点|作用|关键|核心|前提|结果)(?:就)?(?:是|在于)"
)
"""What makes a verb and its object the attribute of another subject: `X 使用 Y 的目的是 …`."""
_ONLY_RENAMES = re.compile(r"(?:被称为|又称为?|也叫做?|简称为?|也称为?|亦称)[^，,。；;：:的]{2,60}[。.]?$")
"""A predicate that gives another name and says nothing else."""
_NAMES_ANOTHER = re.compile(
    r"了?[“\"「][^“”\"「」]{2,20}[”\"」]\s?(?:[(（][^()（）]{1,60}[)）])?\s?[，,]\s?(?:即|也就是|亦即)"
)
"""What somebody brought up, in quotation marks, and its meaning: `某人提出了“X”，即 …`."""
_LISTS_NOTHING = re.compile(
    r"(?:以下|如下|下列|下面)(?:的)?[几多\d一二三四五六七八九十]*[个种类条点大]?[^，,。；;：:]{0,8}[。：:]?$"
)
_KIND_OF = re.compile(r"[^，,。；;：:]{2,60}的(?P<genus>[^，,。；;：:的（(]{2,10})\s?(?:[，,。；;（(]|$)")
"""The noun that the clause after a predicate ends with: `是 … 的处理器`."""
_IDENTIFIES = frozenset(("kind", "is", "just", "means", "defined", "nature"))
"""Predicates after which stands what the subject is."""
SHORTEST_GENUS = 2
"""Characters that a name shares with the kind that it is of: 专用处理器 and 处理器."""
_CLEFT = re.compile(r"[^，,。；;是]{2,40}的\s*(?:[。；;，,]|$)")
"""`是 … 的`: how something is done or what is true of it, with no noun that it would be."""
LONGEST_TAIL = 20
"""Characters at the end of a sentence in which it may only say that something follows."""


def is_in_place(text: str, found: re.Match[str]) -> bool:
    """Whether the predicate `found`, searched for in `text` with its brackets masked, is one where it stands."""
    return found.lastgroup != "named" or text[found.start() - 1] in ")）"


def leads_elsewhere(text: str, found: re.Match[str]) -> bool:
    """Whether the predicate `found` belongs to the attribute of another subject, or only gives a name."""
    end = found.end()
    return bool(
        _NOMINAL.match(text, end)
        or _NAMES_ANOTHER.match(text, end)
        or _ONLY_RENAMES.match(text, found.start())
    )


def only_announces(text: str) -> bool:
    """Whether `text` ends by saying that something follows: `主要分为以下几个部分。`."""
    return "下" in text[-LONGEST_TAIL:] and _LISTS_NOTHING.search(text[-LONGEST_TAIL:]) is not None


def verb_cues(text: str, found: re.Match[str]) -> Iterator[str]:
    """What sort of thing the verb of the predicate `found` tells."""
    if found.lastgroup == "does":
        sort = "only" if found[0].startswith(_ADVERBS) else "performs"
        yield f"zh {_SORT_OF_VERB.get(found[0], sort)}"
        if _WEAK_VERB.match(found[0]):
            yield "zh acts"
    elif found.lastgroup in ("is", "kind") and _CLEFT.match(text, found.end()):
        yield "zh cleft"


def subject_cues(head: Head, text: str, found: re.Match[str]) -> Iterator[str]:
    """How the subject `head` stands to the predicate `found`: set apart by a comma, or a kind of what is named after it."""
    if text[: found.start()].rstrip()[-1:] in ("，", ","):
        yield "zh set apart"
    if found.lastgroup in _IDENTIFIES and "的" not in head.term and len(head.term) > SHORTEST_GENUS:
        said = _KIND_OF.match(text, found.end())
        if said and said["genus"].endswith(head.term[-SHORTEST_GENUS:]) and has_cjk(said["genus"]):
            yield "zh own genus"
