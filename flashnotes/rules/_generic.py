"""Names that are no term: roles that any note has, and parts that are only numbered."""

from __future__ import annotations

import re
from functools import lru_cache

from flashnotes.rules._text import without
from flashnotes.rules._words import QUALITIES, REMARK_LEADS, REMARKS, ROLES, SECTIONS
from flashnotes.text import as_bytes, ascii_words

EDGES = " \t\n\v•:：,，.。;；、-—–*_\"“”'‘’「」『』《》<>#~!！?？`→"
_COUNTED = re.compile(
    r"^(?:(?:strategy|unit|step|part|week|day|lecture|figure|fig|table|option|case|method|approach|example"
    r"|task|phase|stage|level|rule|tip|note|chapter|section|lesson|module|question|exercise|problem"
    r"|definition|theorem|lemma|proposition|corollary|remark|issue|pr|version|v)(?:\s*#?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?|\s+[a-z])"
    r"|第?\s*[\d一二三四五六七八九十百千]+\s*(?:步|点|部分|章|节|类|种|阶段|层|课|天|周|次|个|倍|年|月|日)|(?:步骤|方法|方案"
    r"|示例|例|图|表|阶段|实验|任务|问题|案例|思路|解法|方式|情况|证法|证明|情形|例题|习题|练习|作业|命题|定理|引理|推论|结论|性质|定义|假设|规则|要点)\s*[\d一二三四五六七八九十]+"
    r"|\d+(?:\.\d+)?\s?(?:[a-zμ]{1,3}/[a-zμ]{1,3}|[kcmμn]?m|kg|mg|[kmg]?hz|[kmgt]i?b|ms|μs|ns|°c))$"
)
_COUNTERS = "第一二三四五六七八九十百千步方示例图表阶实任问案思解情证习练作命定引推结性假规要"
"""The Chinese characters that `_COUNTED` can begin with."""
_AND = re.compile(r"[,/、&与和及]|\band\b|\bvs\.?|\bor\b")
_JOINTS = as_bytes(("and", "or"))
_GENERAL = re.compile(
    r"^(?:(?:my|our|your|some|other|more|additional|general|basic|core|key|main|common|best|good|important|practical"
    r"|typical|useful|major|different|various|potential|possible|current|future|final|further|related|overall|common"
    r"|simple|quick|short|brief|detailed|alternative|mathematical|technical)\s+)+"
    r"|^(?:主要|核心|基本|常见|常用|关键|其[他它]|具体|相关|重要|潜在|一般|典型|简单|详细|技术|数学|实际|现有|未来)"
)
"""What only says which of several: what is left may be a role."""
_STARTS_OF_GENERAL = "主核基常关其具相重潜一典简详技数实现未"
"""The Chinese characters that `_GENERAL` can begin with."""


_ARTICLES = frozenset(("a", "an", "the", "one"))
MOST_LEADS = 3
"""Words before the last of a remark's label, from which it is no mere label."""


@lru_cache(maxsize=2048)
def is_generic(text: str) -> bool:
    """Whether `text` is a role that any note has (优点, Definition, Advantages and challenges) and not a name."""
    text = text.strip(EDGES)
    if text in QUALITIES:
        return True
    text = text.casefold()
    if text in ROLES or is_counted(text) or (" " in text and is_remark(text)):
        return True
    whole, _, aspect = text.partition("的")
    if aspect and _is_role(aspect) and _is_role(whole):
        return True
    if _may_join(text):
        return all(_is_role_of_some(bare) for part in _AND.split(text) if (bare := part.strip()))
    return not text or _is_role_of_some(text)


def is_remark(text: str) -> bool:
    """Whether `text`, in small letters, only announces a remark, whatever it is of: central idea, a terminology note."""
    *leads, last = text.split() or [""]
    if last not in REMARKS and last.removesuffix("s") not in REMARKS:
        return False
    bare = [lead for lead in leads if lead not in _ARTICLES]
    return 0 < len(bare) < MOST_LEADS and REMARK_LEADS.issuperset(bare)


def _is_role_of_some(text: str) -> bool:
    return _is_role(text) or (_may_be_general(text) and _is_role(without(_GENERAL, text)))


def _may_join(text: str) -> bool:
    """Whether `text` holds what `_AND` cannot do without."""
    if not text.isascii() and ("和" in text or "与" in text or "及" in text or "、" in text):
        return True
    if "," in text or "/" in text or "&" in text or "vs" in text:
        return True
    return ("and" in text or "or" in text) and not (text.isascii() and _JOINTS.isdisjoint(ascii_words(text)))


def _may_be_general(text: str) -> bool:
    """Whether `text` can begin as `_GENERAL` does."""
    return " " in text if text[0].isascii() else text[0] in _STARTS_OF_GENERAL


def is_counted(text: str) -> bool:
    """Whether `text` is one of several that are only numbered: Step 3, 第一部分."""
    return _may_be_counted(text) and _COUNTED.match(text.lower()) is not None


def _may_be_counted(text: str) -> bool:
    """Whether `text` can begin as `_COUNTED` does."""
    return text[:1].isascii() or not text[0].isalpha() or text[0] in _COUNTERS


def _is_role(text: str) -> bool:
    """Whether `text` is a role or a role of one: 原理说明, task introduction."""
    if text in ROLES or text.removesuffix("s") in ROLES:
        return True
    first, _, last = text.rpartition(" ") if text.isascii() else (text[:-2], "", text[-2:])
    return last in SECTIONS and first in ROLES
