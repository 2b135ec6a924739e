"""What the prose around a formula calls it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.notes import MarkKind
from flashnotes.rules._chinese_formulas import (
    LONGEST_CLAUSE,
    announced_name,
    bare_name,
    innermost,
    is_operation,
    without_lead,
)
from flashnotes.rules._context import nearest
from flashnotes.rules._generic import is_generic
from flashnotes.rules._head import Head
from flashnotes.rules._roles import is_role, part_head
from flashnotes.rules._terms import BRACKET, head_of, is_step, is_symbol
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.notes import Block

_ROLE = re.compile(
    r"(?:的)?(?:数学)?(?:计算|更新|迭代|递推|推导|表达|定义|标准|一般|完整|具体)?(?:的)?(?:公式|表达式"
    r"|定义式|定义|方程式|形式|算式|规则|计算方式|计算方法|式子|数学表达|数学定义|数学形式|表示|计算"
    r"|更新)$"
)
_EN_FORMULA = re.compile(
    r"(?:^|[,.:;]\s+)(?:(?:so|then|thus|and|hence|therefore|now|here|formally|mathematically"
    r"|in other words|the|an?|our|its)\b(?:\s*,)?\s+){0,6}"
    r"(?P<name>[^.,:;]{3,70}?)\s+(?:is|are|can be|could be|may be|becomes?|looks? like|equals?|reads)\s*"
    r"(?:then|simply|just|also|usually|often|thus|therefore)?\s*(?:defined|given|calculated|computed"
    r"|expressed|written|represented|formulated|denoted|described|obtained|estimated|formalized|updated"
    r"|measured)?"
    r"\s*(?:as follows|as|by|like this|like|via|using|with|in the following way|follows|mathematically as"
    r"|by the following (?:formula|equation)|the following)?(?:\s+(?:the\s+)?(?:formula"
    r"|equation))?\s*[:,]?$",
    re.IGNORECASE,
)
_EN_DEFINED = re.compile(
    r"(?:^|[,.:;]\s+)(?:(?:so|then|thus|hence|now|here|formally|next|first|finally)\b,?\s+){0,3}"
    r"(?:(?:(?:we|one|I)\s(?:(?:can|may|could|will|now|then|also|usually|often|thus)\s){0,3})?"
    r"(?:define|write|express|denote|formulate|compute|calculate|estimate|introduce)|let)\s(?:the\s|an?\s|our\s|its\s)?"
    r"(?P<name>[^.,:;$]{3,60}?)(?:\s\$[^$]{1,40}\$)?"
    r"(?:\s(?:as\s(?:such|follows|below)|as|by|to\sbe|be|like\sthis|in\sthe\sfollowing\sway|using|with|via))(?:\sthe\s(?:formula|equation))?\s*:?$",
    re.IGNORECASE,
)
"""What a formula is introduced as: `We define the standard error as`."""
_EN_MEANING = re.compile(
    r"(?:(?:so|then|thus|hence|now|here|formally)\b,?\s+)?(?:the\s|an?\s|our\s)?(?P<name>[^.,:;$]{3,50}?)(?:\s\$[^$]{1,40}\$)?\s(?:is|are)\s(?:then\s|often\s)?"
    r"defined\s(?:as|by|to\sbe)\s[^.;]{3,160}$",
    re.IGNORECASE,
)
"""The same, in words first: `The bias is defined as the mean deviation from the true value`, and the formula."""
_EN_ROLE = re.compile(
    r"^(?:the\s+)?(?:general\s+|mathematical\s+|update\s+|following\s+)?(?:formula|equation|expression"
    r"|definition|rule|update rule|update|form)\s+(?:for|of)\s+(?:the\s+|an?\s+|calculating\s+"
    r"|computing\s+)?",
    re.IGNORECASE,
)
_EN_ROLE_END = re.compile(r"\s+(?:formula|equation|expression)$", re.IGNORECASE)
_FOR = re.compile(
    r"^(?:our |the )?(?:update|updates|learning|parameter|weight)?\s*(?:step|rule|update|formula"
    r"|equation)s?\s+(?:for|of)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_DERIVATIVE = re.compile(
    r"^(?:一阶|二阶)?(?:导数|偏导数?|梯度|derivative|gradient)(?:为|是)?$", re.IGNORECASE
)
_DEFINING = re.compile(
    r"^(?:模型|公式|式子)?(?:可以?)?(?:如下|由下式|由以下公式)(?:给出|所示|定义|表示)?$|^(?:函数|数学|具体|基本|计算|更新)?(?:定义|公式|表达式|数学公式|函数表达式|计算公式|更新公式"
    r"|更新规则|表达式如下|formula|definition|equation|update rule|update equation|mathematically"
    r"|mathematical definition|mathematical formulation)(?:如下|为|是)?$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^([^，,。；;]{2,30}?)\s*(?:可以)?(?:算)?(?:是|(?<![认作成因称分视以行])为|指|通过|采用|使用|利用|用于|用来|用以|将|把|定义|表示|认为|,|，)"
    r"|^(?:the\s+|an?\s+)?([A-Za-z][\w -]{2,40}?)\s+(?:is|are|uses|measures|turns|maps|computes|takes|gives|converts|combines|adds|defines"
    r"|normali[sz]es|scales|weights|estimates|compares|updates|transforms|penali[sz]es|,)\s",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(r"推导|证明|过程|相反|同样|反之|此外|另外")
_ALSO_CALLED = re.compile(r"\s*(?:通常|一般|也|又|常)?(?:被)?(?:全|统|合)?称$")
_OF_IT = re.compile(
    r"(?:其|它|该\S{0,4}|此|这)的?|(?:有|以下|如下)*\d*[一二两三四五几多][种个类](?:不同)?的?$|(?:模型|公式)?(?:如下|以下)?(?:给出|所示)?$"
)
_ITS_PART = re.compile(
    r"(?:其|它的)(?P<part>[\u4e00-\u9fff]{0,4}(?:函数|梯度|导数|密度|方差|期望|均值|似然))"
)
"""What of the thing spoken of the formula gives."""
_ANNOUNCES = re.compile(
    r"^\s*(?:的)?(?:数学|计算|更新|定义|具体)?(?:公式|表达式|定义|形式|模型)?(?:可以?)?(?:被)?(?:表示|定义|写|记|计算)?(?:如下(?:所示)?|为|是|成|作)?\s*[:：]?$|^\s*(?:is|are|is given by|is defined as|reads)?\s*:?$"
)
_ANNOUNCED_LATER = re.compile(
    r"^\s*(?:是|为|指)[^。；;]{2,80}[，,](?:其|它的)?(?:数学|计算|更新|具体)?(?:公式|表达式|定义)(?:为|是|如下)?\s*[:：]$"
)
_SERVES = re.compile(
    r"\s*(?:来|以)(?:评估|衡量|度量|描述|表示|计算|优化|训练|判断|刻画)[^，。；：:]{1,12}[:：]$"
)
"""What a thing in bold serves for, its formula behind: `通过**经验风险**来评估模型：`."""
_CALLED = re.compile(r"\b(?:called|termed|named|known\sas)\s(?:the\s|an?\s)?$")
_AND_GIVEN = re.compile(
    r"(?:\s(?:of|in|on|for)\s[^.;:,]{1,60})?,\s(?:and\s)?(?:it\s|which\s)?(?:is|are|can\sbe)\s(?:given|defined|computed|calculated|written|expressed)?(?:\sas|\sby)?(?:\sfollows)?\s?:$"
)
"""How a sentence ends that has named something: `… is called the **grade** of the slope, and is given by:`."""
_ANNOUNCED_REMARK = re.compile(r"(?<=下)\s*[(（][^()（）]{1,60}[)）]\s*[:：]?$")
_OPENS = re.compile(r"(?:(?:the|an?)\s)?", re.IGNORECASE)
_OF_VARIABLE = re.compile(
    r"^\s(?:of|in|on|for|over|from)\s[^.;:,$]{0,40}\$[^$]{1,24}\$(?=\s(?:is|are)(?:\s(?:given\sby|defined\s(?:as|by)))?\s?:?$|\s?:?$)"
)
"""What the thing named is of, which its formula then says: `The **standard basis** of the space $V$ is`."""
_BRACKETS = re.compile(rf"(?<!\s)\s*{BRACKET}")
_HAS_FORM = re.compile(
    r"^[•·\s]*(?:下面|以下)(?:就|便)?(?:是|给出)\s*(?=\S{3})|\s(?:has|have|takes?)\s(?:the|this)\s(?:\w+\s)?form$"
)
_CONSIDERS = re.compile(
    r"^(?:依然|仍然?|并|再|先|首先|我们|现在)*考虑(?:如下|以下|下面|下列)?(?:一个)?的?|^(?:计算|求出?)(?=[^，。：:]{3,16}[：:]$)"
)
"""What leads to the name of a formula and is no part of it: `考虑如下固定效应模型：`, `计算检验统计量：`."""
_ROLE_LEAD = re.compile(
    r"^(?:数学|基本|形式化?)?(?:定义|公式|表达式|definition|formula)\s*[:：]\s*(?=\S)", re.IGNORECASE
)
_SETS_OFF = (MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.HIGHLIGHT)
_CLAUSE = re.compile(
    r"(?<=.)用[来于以](?=.)|可(?=以|用|通|将|降|提|得|写)|(?<=.)(?:[^实即小延定同及耗计分超限]时|下)$|[得使]到?(?=.{3})|两边|代入|展开"
    r"|^(?:亦即|看|即(?!时)|如|令|设|若|当(?!量)|由|有(?![限向效监界理序偏])|又|故|对(?![数偶称比抗角齐立])|将|把)|下式|例子"
)
"""What a label says that leads to a formula and does not name it."""
_TASK = re.compile(
    r"(?:write|rewrite|derive|convert|solve|determine|compute|calculate|find|set|show|check|verify|substitute|plug|apply|use"
    r"|replace|express|let|take|multiply|divide|integrate|differentiate|sum|expand|simplify|combine|rearrange|collect|factor"
    r"|assume|consider|define|choose|start|begin|repeat|initialize|estimate|evaluate|obtain|get|compare|add|subtract"
    r"|(?:apply|us|tak|substitut|plugg|sett|expand|rearrang|differentiat|solv|combin|multiply|divid|add|integrat|simplify|lett"
    r"|replac|comput|calculat|evaluat|minimiz|maximiz|summ|start|rewrit|writ|insert|equat)ing)"
    r"\s(?:\S+\s){0,4}?(?:the|an?|with|into|by|for|from|to|in|as|on|both|all|each|our|this|its)\b",
    re.IGNORECASE,
)
_LEAD_LABEL = re.compile(r"^([^:：。\n]{2,48}?)\s*[:：]")
_ENDS_SENTENCE = re.compile(r"[。；;！!？?]|\.\s")
_NO_LABEL = re.compile(r"提出|进行|以下|方式|:cite|:(?=[A-Za-z])")
"""What a label that is not set off does not hold."""
NEXT_LINE = 2
"""Lines from the last of the prose to the first of a formula that stands right under it, its opening between them."""
MOST_BACK = 3
"""Sentences before a formula in which its subject is looked for."""
LONGEST_LABEL = 48
"""Characters of a label, brackets not counted."""


def is_clause(text: str) -> bool:
    """Whether `text` says something and names nothing: 多样本平均可降低方差."""
    return _CLAUSE.search(text) is not None


def is_task(name: str) -> bool:
    """Whether `name` tells what is done with a formula: `Replace sums with integrals`."""
    return _TASK.match(name) is not None


def set_off_name(before: Block) -> tuple[Head, str] | None:
    """The name set in bold at the end of the prose before a formula: `…得到 **频权交并比 (FWIoU)**：`."""
    bold = [mark for mark in before.marks if mark.kind in _SETS_OFF]
    if not bold:
        return None
    mark = bold[-1]
    rest = _BRACKETS.sub("", before.text[mark.end :])
    name = before.text[mark.start : mark.end]
    if " " in name and _OPENS.fullmatch(before.text, 0, mark.start):
        rest = _OF_VARIABLE.sub("", rest)
    if (
        not _ANNOUNCES.match(rest)
        and not _SERVES.match(rest)
        and not (_AND_GIVEN.match(rest) and _CALLED.search(before.text, 0, mark.start))
        and not (_ANNOUNCED_LATER.match(rest) and _begins_sentence(before, mark.start))
    ):
        return None
    if (
        is_generic(name)
        or is_role(name)
        or _DEFINING.match(name.rstrip(":： "))
        or not (head := head_of(name, set_off=True))
    ):
        return None
    return head, "zh leading sentence role" if has_cjk(rest) else "label"


def _begins_sentence(block: Block, offset: int) -> bool:
    return not offset or block.text[:offset].rstrip().endswith(("。", ".", "；"))


def named_in(text: str, headings: Sequence[str], parents: Sequence[str]) -> tuple[Head, str] | None:
    """The name that the prose before a formula gives it, and what kind of prose that is."""
    last = re.split(r"[。；;！!？?]|\.\s", text.strip().rstrip("。."))[-1].strip()
    last = _ANNOUNCED_REMARK.sub("", last)
    last = _CONSIDERS.sub("", last)
    bare = _HAS_FORM.sub("", _ROLE_LEAD.sub("", re.sub(r"^\d+[.)、]\s*", "", last.rstrip(":： "))))
    if len(bare) < 20 and _DERIVATIVE.match(bare):
        return _from_context(headings, parents, re.sub(r"[为是]$", "", bare), "derivative")
    if len(bare) < 40 and _DEFINING.match(bare):
        return _from_context(headings, parents, "", "role label")
    if is_role(bare):
        return _from_context(
            headings, [parent for parent in parents if not is_role(parent)], "", "role label"
        )
    if is_step(bare):
        return _from_context(headings, parents, bare, "step")
    if last.endswith((":", "：")) and (head := _of_label(bare, headings, parents)):
        return head, "label"
    if not last.isascii() and text.rstrip()[-1:] not in "。." and (named := announced_name(last)):
        return _cleaned(named[0], text, headings, parents, "zh leading sentence", role=named[1])
    if last.endswith((":", "：")) and not last.isascii() and (subject := _antecedent(last)):
        return subject, "zh subject"
    if told := _english_name(last, stops=text.rstrip()[-1:] == "."):
        return _cleaned(told[0], text, headings, parents, told[1])
    subject = _antecedent(last) if last.endswith(":") and last.isascii() else None
    return (subject, "en subject") if subject else None


def _english_name(last: str, *, stops: bool) -> tuple[str, str] | None:
    """What the English words `last` before a formula call it, and what kind of words they are; a sentence that `stops` defines no formula."""
    found, cue = _EN_FORMULA.search(last[-LONGEST_CLAUSE:]), "en leading sentence"
    if found is None and not stops:
        found, cue = _EN_DEFINED.search(last) or _EN_MEANING.match(last), "en defined"
    if found is None:
        return None
    return _EN_ROLE_END.sub("", _FOR.sub("", _EN_ROLE.sub("", found["name"].strip()))), cue


def _of_label(bare: str, headings: Sequence[str], parents: Sequence[str]) -> Head | None:
    """What the label `bare`, its colon taken off, names."""
    if part := part_head(bare, headings, parents):
        return part
    if len(_BRACKETS.sub("", bare)) >= LONGEST_LABEL or _CLAUSE.search(bare):
        return None
    return head_of(_ROLE.sub("", bare) or bare)


def _cleaned(
    name: str, text: str, headings: Sequence[str], parents: Sequence[str], cue: str, *, role: str = ""
) -> tuple[Head, str] | None:
    name = bare_name(name)
    symbol = re.sub(r"(?:[中里]?关于)?\s*\$[^$]*\$\s*$", "", name).strip()
    if not name or is_generic(name) or is_role(name) or _OF_IT.match(name):
        part = found["part"] if (found := _ITS_PART.fullmatch(name)) else ""
        if subject := _antecedent(text) or _lead(text):
            return (_part_of(subject, part) if part else subject), cue + " of subject"
        return _from_context(headings, parents, part, cue + " of heading")
    if is_symbol(name) and (context := _from_context(headings, parents, "", "symbol of heading")):
        return Head(context[0].term, (*context[0].aliases, name)), context[1]
    if is_operation(name):
        return None
    if head := head_of(symbol or name):
        head = _with_last_noun(head)
        return head, cue + (" role" if role else "")
    head = head_of(innermost(symbol or name))
    return (head, cue + " within") if head else None


def _part_of(subject: Head, part: str) -> Head:
    """The `part` of `subject` that a formula gives: 岭回归的目标函数."""
    if subject.term in part:
        return Head(part, subject.aliases)
    return Head(f"{subject.term}的{part}", (subject.term, part, *subject.aliases))


def _with_last_noun(head: Head) -> Head:
    """`head` with what it is of left out as one more name: the entropy of 离散随机变量 $X$ 的熵."""
    whose, _, noun = head.term.rpartition("的")
    return Head(head.term, (*head.aliases, noun)) if "$" in whose and noun and "$" not in noun else head


def _antecedent(text: str) -> Head | None:
    """The subject of the last sentence of `text` that has one, which 其 and its stand for."""
    for sentence in reversed(re.split(r"[。；;！!？?]|\.\s", text.strip().rstrip("。.:："))[-MOST_BACK:]):
        found = _SUBJECT.match(without_lead(sentence))
        if (
            found
            and not _NO_SUBJECT.match(found[0])
            and not (found[0].endswith(("，", ",")) and "的" in found[0])
            and (head := head_of(_ALSO_CALLED.sub("", found[1] or found[2])))
            and not is_symbol(head.term)
        ):
            return head
    return None


def lead_label(before: Block, line: int) -> tuple[Head, str] | None:
    """The label that the prose right before the formula on `line` begins with, whatever it goes on to say: `**马氏距离**：考虑各分量的相关性。`.

    One that is not set off leads to the formula only where that stands on the next line, and one sentence before it.
    """
    text = before.text.rstrip()
    found = _LEAD_LABEL.match(text)
    if found is None or found.end() >= len(text):
        return None
    name = found[1]
    if not before.is_strong_at(0) and (
        line - before.line_at(len(text)) > NEXT_LINE
        or _ENDS_SENTENCE.search(text, 0, len(text) - 1)
        or _NO_LABEL.search(text, 0, found.end() + 4)
    ):
        return None
    if is_generic(name) or is_role(name) or is_clause(name) or is_step(name):
        return None
    head = head_of(name, set_off=before.is_strong_at(0))
    return None if head is None or is_symbol(head.term) else (head, "lead label")


def _lead(text: str) -> Head | None:
    """The label that the paragraph begins with."""
    found = _LEAD_LABEL.match(text)
    return head_of(found[1]) if found else None


def _from_context(
    headings: Sequence[str], parents: Sequence[str], suffix: str, cue: str
) -> tuple[Head, str] | None:
    """The nearest list item or heading that can name a formula, with what is said of it."""
    head = nearest(headings, parents)
    if head is None:
        return None
    if suffix:
        joint = "的" if has_cjk(suffix) and has_cjk(head.term[-1]) and not is_step(suffix) else " "
        aliases = tuple(f"{alias} {suffix}" for alias in head.aliases)
        own = (head.term, *head.aliases) if is_step(suffix) else ()
        names = dict.fromkeys((f"{head.term} {suffix}", *aliases, *own))
        front = f"{head.term}{joint}{suffix}"
        head = Head(front, tuple(name for name in names if name != front))
    return head, cue
