"""The term that a passage is about when it does not say so: the list item or heading it stands under."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.notes.model import MarkKind
from flashnotes.rules._bold_leads import STATEMENT
from flashnotes.rules._generic import is_generic
from flashnotes.rules._head import Head
from flashnotes.rules._terms import head_of, is_acronym
from flashnotes.rules._text import without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.notes import Sentence

_STRONG_MARK = MarkKind.STRONG
_ASKED = re.compile(
    r"^(?:什么是|何谓|何为|(?:讲讲|谈谈|说说|讲一讲|谈一谈|说一说|介绍一下|简单介绍|简述)(?:你?对(?=.{2,20}的)|一下)?|如何(?:计算|理解)?|怎么(?:计算|理解)?|计算|认识|理解|详解|浅谈|what\s+(?:is"
    r"|are)\s+(?:an?\s+|the\s+)?|(?:explain|describe|define)\s+(?:what\s+(?:is|are)\s+)?(?:an?\s+|the\s+)?|understanding\s+|computing\s+|calculating\s+|definition\s+of\s+(?:an?\s+"
    r"|the\s+)?)",
    re.IGNORECASE,
)
_ASKED_OF = re.compile(
    r"(?:是什么|(?:的)?(?:基本)?(?:定义|概念|含义|简介|介绍|概述|原理|公式|计算|计算公式|计算方法"
    r"|数学定义|数学表达|详解|推导|更新公式|更新规则|表达式))?\s*[?？]?$"
)
_LAST_OF_ASKED = "么义念介绍述理式算法达解导则?？"
"""The last characters of what `_ASKED_OF` matches, white space apart."""
_CHAPTER = re.compile(
    r"^Q\s*\d+\s*[:：.、]\s*|^第\s*[\d一二三四五六七八九十]+\s*[章节讲课部分]+\s*|^(?:chapter|section|part|lecture"
    r"|unit)\s+[\dIVX]+[.:]?\s*",
    re.IGNORECASE,
)
_DASHED = re.compile(
    r"(?P<chinese>[\u4e00-\u9fff][\u4e00-\u9fff\w]{1,16})\s[-–—]{1,2}\s(?P<english>[A-Za-z][A-Za-z /-]{1,40})"
)
"""A name and its English one, a dash between: 准确率 - accuracy."""
_SEVERAL = re.compile(
    r"^(?:常[见用]的?|几种|各种|各类|不同的?|主要的?)|的(?:种类|分类|类型|类别|汇总|总结|对比|比较|区别)$"
    r"|^(?:common|popular|various|different|types|kinds)\s",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[a-z]|[是指为即也就又可能会用由在的和与及通主常将把被]")
"""How a line opens that goes on with the bold words on the line before it."""
_SUBTITLED = re.compile(r"([^:：]{2,24})[:：]\s?(?=\S)")
"""A name and its subtitle or name in full: `BLEU: bilingual evaluation understudy`."""
LONGEST_CONTEXT = 120
"""Characters of a list item that can still be a name."""


def after_role(sentence: Sentence) -> int:
    """Where `sentence` begins past a bold line above it, or a role in bold before it: **Note** A …; 0 if none stands there."""
    if sentence.number or not sentence.block.marks:
        return 0
    kind, start, end = sentence.block.marks[0]
    if start or kind is not _STRONG_MARK:
        return 0
    bare = sentence.text[end:].lstrip()
    if bare and len(sentence.text) - len(bare) in sentence.block.breaks and not _GOES_ON.match(bare):
        return len(sentence.text) - len(bare)
    if not is_generic(sentence.text[:end].rstrip(":： ")):
        return 0
    led = end in sentence.block.breaks or (bare[:1].isupper() and sentence.text[end : end + 1].isspace())
    return len(sentence.text) - len(bare) if led or "\n" in sentence.text[end : end + 2] else 0


@lru_cache(maxsize=512)
def context_head(text: str, *, common: bool = False) -> Head | None:
    """The term that a heading or list item names, the words around it taken off."""
    text = text.rstrip(":： ")
    if text[-1:] in ")）]" and (stated := STATEMENT.fullmatch(text)):
        return head_of(stated["name"], set_off=True)
    if (is_generic(text) and not common) or len(text) > LONGEST_CONTEXT:
        return None
    if dashed := _DASHED.fullmatch(text):
        return head_of(f"{dashed['chinese']} ({dashed['english']})", common=common, set_off=True)
    unnumbered = without(_CHAPTER, text)
    bare = without(_ASKED, unnumbered).strip()
    if bare[-1:] in _LAST_OF_ASKED:
        bare = _ASKED_OF.sub("", bare).strip()
    head = head_of(bare, common=common) or head_of(unnumbered, common=common) or _with_short_form(bare)
    if unnumbered[-1:] in ("?", "？") and bare == unnumbered.rstrip("?？"):
        return None
    if head is None and (titled := _SUBTITLED.match(bare)):
        return _with_subtitle(head_of(titled[1], common=common), bare[titled.end() :])
    return head


def _with_short_form(text: str) -> Head | None:
    """The head of `text`, whatever word it begins with, where brackets give it a Latin name: 最近最少使用（LRU）."""
    head = head_of(text, set_off=True) if text[-1:] in ")）" else None
    return head if head and any(map(str.isascii, head.aliases)) else None


def _with_subtitle(head: Head | None, subtitle: str) -> Head | None:
    """`head` with its subtitle as another name, where that is a short form: 基于价值的方法：DQN."""
    if head is None or not is_acronym(subtitle):
        return head
    return Head(head.term, (*head.aliases, subtitle))


def nearest(headings: Sequence[str], parents: Sequence[str]) -> Head | None:
    """The nearest list item or heading that names something, innermost first; one over several things names none."""
    for name in (*reversed(parents), *reversed(headings)):
        if head := context_head(name, common=bool(headings) and name == headings[-1]):
            return None if _SEVERAL.search(head.term) else head
    return None
