"""A displayed formula that something names: the sentence or label before it, its list item or heading."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import Block, BlockKind
from flashnotes.notes.builder import LOWEST
from flashnotes.rules._chinese_formulas import is_operation, without_step
from flashnotes.rules._context import context_head
from flashnotes.rules._formulas import is_clause, is_task, lead_label, named_in, set_off_name
from flashnotes.rules._head import Head
from flashnotes.rules._latex import goes_on, is_bare, is_worked, left_side, shown, spoken_name, with_symbol
from flashnotes.rules._roles import is_role
from flashnotes.rules._spelling import long_form
from flashnotes.rules._symbols import called_after, meant
from flashnotes.rules._terms import head_of
from flashnotes.text import CJK, has_cjk, squash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Note

_FORMULA_BLOCK, _FORMULA_CARD, _PARAGRAPH, _ITEM, _HEADING = (
    BlockKind.FORMULA,
    CardKind.FORMULA,
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.HEADING,
)
_LEGEND = re.compile(
    r"^(?:其中|式中|这里|此处|where\b|here[, ]|with\b|in which\b|上式中|公式中|注(?=[:：]))", re.IGNORECASE
)
_LEGEND_ENTRY = re.compile(
    r"^\$[^$]+\$\s*(?:[:：=是为表指—–-]|is\b|are\b|denotes?\b|represents?\b)"
    r"|^[A-Za-z_\\][\w\\{}]{0,12}\s*[:：=是为]"
)
_DERIVED = re.compile(
    r"(?:推导|证明|展开|代入|求导|求其|求梯度|化简|因此|所以|可得|得到|即可|于是|从而|两边|解得)|\b(?:proof|deriv"
    r"|substitut|expand|therefore|thus|hence|so that|we (?:get|have|obtain)|simplif|it follows|solving"
    r"|plug)"
)
_CONCRETE = re.compile(r"(?<![A-Za-z\d.])(?:\d{2,}|\d+\.\d+)")
_COMES_TO = re.compile(r"=\s*-?\d+(?:\.\d+)?\s*%?$")
_DECIMAL = re.compile(r"\d\.\d")
_REMARK = re.compile(r"[(（][^()（）$]{1,40}[)）]")
"""What is said by the way: `（具体推导略）`."""
_NOT_CONCRETE = re.compile(r"\\[dtc]?frac\s?\d{2}(?!\d)|\\[a-zA-Z]+|[_^]\{[^{}]*\}")
"""Digits that are no number: of one half without braces, and of what stands above and below."""
_EXAMPLE = re.compile(
    r"\b(?:examples?|exercises?|worked)\b|例题|算例|习题|练习|举例|示例|实例|例子|代码|实战"
)
_WORK = re.compile(
    r"\b(?:steps?|solutions?|proof|deriv\w+|interpret\w+)\b"
    r"|^(?:write|derive|convert|solve|determine|compute|calculate|find|set up|show|check|substitute|plug|apply|use)\s|证明|步骤|求解|^(?:定义|搭建|构建|实现|设计)(?=[^:：]{3})"
)
"""Headings over working that leads to a formula or uses one."""
_MANY = re.compile(
    r"(?:^|\s)(?:methods|functions|algorithms|techniques|approaches|types|properties|variants|models|measures|metrics)$|^(?:常[见用]|几种|各种)"
)
_ABOUT = re.compile(
    r"\s(?:and|vs\.?|v/s|&)\s|[和与及]|的[^的]{0,6}?(?:作用|意义|功能|目的|应用|特点|优缺点|优点|缺点|问题|思想|原因|理解|流程|步骤|过程|好处|解释|改进|输入|输出|分析|比较)$|第\s?[\d一二三四五六七八九十]+\s?[章节讲课]|笔记|^(?:\w+ing\s+(?:the|an?|with|by|from|in|to|and|on)\b|how\b|why\b|when\b)"
    r"|\b(?:relation(?:ship)?s?|problems?|propert(?:y|ies)|effects?|examples?|issues?|connections?|interpretations?"
    r"|characteristics|limitations?|advantages?|motivation|intuition|comparison|visuali[sz]ing|applications?)\b"
)
"""Headings over what is said about something, or over two things: they name no formula."""
_AT_A_NUMBER = re.compile(r"[^=]{0,24}\([^()=]{0,12}(?:=\s*)?\d+(?:\.\d+)?\s*\)\s*&?=")
"""A left side at one value: `P(X = 3) = …`."""
_TITLE = re.compile(
    rf"(?=[\w -]*[{CJK}])(?![定得即注若当求令设故])(?:(?![了们为是])[{CJK}\w -]){{2,16}}(?<![于到成有时下])(?:\s*[(（][^()（）]+[)）])?"
    r"|[A-Z][\w'-]+(?: [\w'-]+){1,4}(?<!s)(?:\s*\([^()]+\))?"
)
"""A line of words alone that may be a name: no mark, and none of the words that lead on to a formula."""
_NUMBER = re.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）、．]|\d{1,2}\.(?!\d)|[①-⑳])\s*")
_KIND_AFTER = re.compile(
    r"\s?[\u4e00-\u9fff]{1,8}$|\s(?:loss|divergence|score|coefficient|distance|similarity|function|index)$",
    re.I,
)
_SYMBOL_IS = re.compile(
    r"\$(?P<symbol>[^$]{1,24})\$\s*(?:是|为|表示|称为|叫做?|即|代表|is called|is|denotes)\s*(?:the\s|an?\s)?(?P<name>[^$，,。；;：:和与及]{2,24}?)"
    r"(?:[，,](?:其|它|具体)?(?:的)?(?:具体)?(?:计算|数学|定义)?(?:公式|方式|方法|表达式|定义)?(?:如下|为|是)?)?[:：，,。.]?$"
)
_CALLED_AFTER = re.compile(
    r"(?:is|are)\s(?:(?:also|often|usually|commonly)\s)?(?:called|known\sas|termed|named|referred\sto\sas)\s(?:an?\s|the\s)?"
    r"(?P<en>[A-Za-z][\w’'-]*(?:\s(?!of\b|and\b|if\b|for\b|in\b|where\b|which\b|because\b|at\b|on\b|with\b)[\w’'-]+){0,3})"
    r"|(?:(?:这|此|(?:这个?|上述?|该)(?:公式|式子?|等式|方程|表达式))(?:，)?(?:也|又|通常|一般)?(?:就?(?:被)?(?:称[为作之]为?|叫做?)|就是|即为?|便是|正是)|就?(?:被)?(?:称[为作之]为?|叫做?|称)|即为)"
    r"(?:所谓的?|著名的|有名的|大名鼎鼎的|经典的)?\s*(?![一个我你他它这那上下前后最])(?:(?:矩阵|向量|函数|变量)?\s?\$[^$]{1,12}\$\s?的)?(?P<zh>[^，,。；;：:的]{2,16})(?=[，,。；;]|$)"
)
"""What the text behind a formula calls it."""
_AIM = re.compile(r"(?:Optimi[sz]|Maximi[sz]|Minimi[sz])(?:e|ing)\sthe\s", re.IGNORECASE)
"""What is done with a formula whose name follows: `Maximizing the expected yield:`."""
_SHORT_LEFT = re.compile(r"(?:\\(?:text|mathrm|operatorname|mathbf)\{)?([A-Z][A-Za-z]*[A-Z])(?=[\s}_^({=])")
"""A left side that begins with a short form."""
LONGEST_LONG_FORM = 80
"""Characters in which its name in full is looked for."""
_STATES_CONDITION = re.compile(
    r"(?:满足|使得?|使有|都?有|如果|若|当且仅当)\s*[:：，,]?$|\b(?:such that|if|iff|when|satisfying|satisfies|with|of)\s*[:,]?$"
)
"""How what stands before a formula ends that only has to hold: what the text behind it then names is not the formula."""
LONGEST_CONDITION = 24
"""Characters of it."""
MOST_OF_ONE_PLACE = 3
"""Formulas that one heading may name: over more it is the title of a calculation, and names the first."""
LONGEST_LEGEND = 300
"""Characters of the meaning of symbols that go on the back."""


def formula(note: Note) -> Iterator[Candidate]:
    """A displayed formula with its name from the sentence, label, list item or heading before it."""
    named = Counter[str]()
    found = list(_each(note))
    shown: set[tuple[str, tuple[str, ...]]] = set()
    under = Counter((each.front, each.headings) for each in found if _is_by_place(each))
    for candidate in found:
        by_place = _is_by_place(candidate)
        again = by_place and named[candidate.front]
        place = (candidate.front, candidate.headings)
        if by_place and place in shown and under[place] > MOST_OF_ONE_PLACE:
            continue
        shown.add(place)
        if again:
            candidate = replace(candidate, cues=(*candidate.cues, "named again"))
        named[candidate.front] += 1
        yield candidate


def _is_by_place(candidate: Candidate) -> bool:
    """Whether a formula has its name from the heading or list item that it stands under."""
    return candidate.cues[0].endswith(("heading", "list item"))


def _each(note: Note) -> Iterator[Candidate]:
    blocks = note.blocks
    for number, block in enumerate(blocks):
        if block.kind is _FORMULA_BLOCK and not is_bare(block.text):
            before = _before(blocks, number)
            set_off = set_off_name(before) if before else None
            if set_off or not (goes_on(block.text) or is_worked(block.text)):
                yield from _read(blocks, number, before)


def _read(blocks: Sequence[Block], number: int, before: Block | None) -> Iterator[Candidate]:
    block = blocks[number]
    if before is not None and before.text[-1:] not in ":：" and (announced := _announced(blocks, number)):
        before = announced
    is_condition = (
        before is not None and _STATES_CONDITION.search(before.text[-LONGEST_CONDITION:]) is not None
    )
    named = None if is_condition else _named_after(block, blocks[number + 1 : number + 2])
    named = named or _by_symbol(blocks, number, _name(block, before, follows=before is blocks[number - 1]))
    if named and (aim := _AIM.match(named[0].term)) and (aimed := head_of(named[0].term[aim.end() :])):
        named = Head(aimed.term, (*aimed.aliases, *named[0].aliases)), named[1]
    if named is None or is_task(named[0].term) or _is_all_formula(named[0].term):
        return
    head, cue = Head(without_step(named[0].term), named[0].aliases), named[1]
    if is_operation(head.term):
        return
    cues = _cues(block, before, cue, runs=number > 0 and blocks[number - 1].kind is _FORMULA_BLOCK)
    if not head.aliases:
        head = with_symbol(head, block.text)
    back = shown(block.text)
    legend = _legend(blocks, number)
    yield Candidate(
        _FORMULA_CARD,
        head.term,
        f"{back}\n{legend}" if legend else back,
        block.line,
        aliases=head.aliases,
        headings=block.headings,
        cues=(*cues, "legend") if legend else tuple(cues),
    )


def _cues(block: Block, before: Block | None, cue: str, *, runs: bool) -> Iterator[str]:
    """What the name `cue` comes from and what the formula and the prose `before` it look like."""
    yield cue
    if before and set_off_name(before):
        yield "set off name"
    above = [heading.lower() for heading in block.headings[-2:]]
    if any(_WORK.search(heading) or _EXAMPLE.search(heading) for heading in above):
        yield "worked"
    if _AT_A_NUMBER.match(block.text):
        yield "at a number"
    if runs:
        yield "formula run"
    if before is not None and _DERIVED.search(_REMARK.sub("", before.text[-80:].lower())):
        yield "derived"
    if "=" not in block.text and "\\leftarrow" not in block.text and ":=" not in block.text:
        yield "no equation"
    if _COMES_TO.search(block.text) or (block.text.count("=") > 1 and _DECIMAL.search(block.text)):
        yield "numbers"
    elif _CONCRETE.search(_NOT_CONCRETE.sub("", block.text)):
        yield "concrete"


def _is_all_formula(term: str) -> bool:
    """Whether a formula of words was taken for the name of the next: `$f_{ij}表示频率$`."""
    return term[:1] == term[-1:] == "$" and has_cjk(term)


def _named_after(block: Block, following: Sequence[Block]) -> tuple[Head, str] | None:
    """The name that the sentence around the formula gives it behind it: `the sum … is called a linear combination of …`."""
    if not following or following[0].kind is not _PARAGRAPH or following[0].headings != block.headings:
        return None
    found = _CALLED_AFTER.match(following[0].text)
    head = head_of(found["zh"] or found["en"]) if found else None
    return (head, "named after") if head else None


def _before(blocks: Sequence[Block], number: int) -> Block | None:
    """The prose that leads to the formula, other formulas and pictures' captions passed over."""
    for index in range(number - 1, max(number - 5, -1), -1):
        block = blocks[index]
        if block.kind in (_PARAGRAPH, _ITEM):
            return block
        if block.kind is _HEADING:
            return block if block.level == LOWEST and index == number - 1 else None
    return None


def _announced(blocks: Sequence[Block], number: int) -> Block | None:
    """The prose that announced the formula, a remark between them passed over."""
    if number < 2 or blocks[number - 1].kind is not _PARAGRAPH or len(blocks[number - 1].text) > 60:
        return None
    earlier = blocks[number - 2]
    return earlier if earlier.kind is _PARAGRAPH and earlier.text.endswith((":", "：")) else None


def _name(block: Block, before: Block | None, *, follows: bool) -> tuple[Head, str] | None:
    """What the formula is called, and what says so, in order of trust; whether it `follows` the prose `before` it at once."""
    spoken = head_of(spoken_name(block.text))
    found = before and (set_off_name(before) or _said(before, block))
    if spoken:
        if found and found[0].term == spoken.term:
            return found[0], "spoken name"
        if found and "heading" not in found[1]:
            return Head(
                found[0].term, tuple(dict.fromkeys((*found[0].aliases, spoken.term)))
            ), "spoken and " + found[1]
        return _in_full(spoken, block), "spoken name"
    if found:
        return found
    return (lead_label(before, block.line) if before and follows else None) or _above(block)


def _by_symbol(
    blocks: Sequence[Block], number: int, named: tuple[Head, str] | None
) -> tuple[Head, str] | None:
    """What the text calls the left side of formula `number`, unless the formula is `named` by more than its place."""
    if named and not named[1].endswith(("heading", "list item", "subject")):
        return named
    if called := called_after(blocks, number):
        return called, "called"
    return (head, "meant") if (head := meant(blocks, number)) else named


def _in_full(spoken: Head, block: Block) -> Head:
    """The heading's name where it begins with what the formula calls its left side: KL散度 of KL."""
    heading = context_head(block.headings[-1]) if block.headings else None
    if heading and heading.term.startswith(spoken.term) and _KIND_AFTER.match(heading.term, len(spoken.term)):
        return Head(heading.term, (spoken.term, *heading.aliases))
    return spoken


def _above(block: Block) -> tuple[Head, str] | None:
    """The list item or heading that the formula stands under, unless that is about working with it."""
    for parent in reversed(block.parents):
        if len(parent) < 60 and not (is_role(parent) or is_clause(parent)) and (head := context_head(parent)):
            return head, "list item"
    if any(_EXAMPLE.search(heading.lower()) for heading in block.headings):
        return None
    for depth, heading in enumerate(reversed(block.headings)):
        lower = heading.lower()
        if _MANY.search(lower) or _WORK.search(lower) or (_ABOUT.search(lower) and not is_role(heading)):
            return None
        if head := context_head(heading, common=not depth):
            return head, "heading" if not depth else "outer heading"
    return None


def _said(before: Block, block: Block) -> tuple[Head, str] | None:
    if before.kind is _HEADING:
        return None
    return (
        _of_symbol(before, block)
        or _of_short_form(before, block)
        or named_in(before.text, block.headings, block.parents)
        or _title(before)
    )


def _of_symbol(before: Block, block: Block) -> tuple[Head, str] | None:
    """The name that the words right before the formula give its left side: `$Z$ 是规范化因子`, then `$$Z = …$$`."""
    found = _SYMBOL_IS.search(before.text) if "$" in before.text else None
    if found is None or squash(found["symbol"]) != squash(left_side(block.text)).strip("$"):
        return None
    head = head_of(found["name"])
    return (head, "symbol named") if head else None


def _of_short_form(before: Block, block: Block) -> tuple[Head, str] | None:
    """The name in full that the words before the formula give its left side: `… its mean squared error (MSE)`, then `$$MSE = …$$`."""
    found = _SHORT_LEFT.match(block.text)
    if found is None or f"({found[1]})" not in before.text:
        return None
    words = before.text[: before.text.rfind(f"({found[1]})")].rstrip()
    long = long_form(found[1], words[-LONGEST_LONG_FORM:])
    head = head_of(f"{long} ({found[1]})") if long else None
    return (head, "short form") if head else None


def _title(before: Block) -> tuple[Head, str] | None:
    """The name that stands alone on the line before a formula."""
    text = _NUMBER.sub("", before.text.strip())
    if before.kind is not _PARAGRAPH or not _TITLE.fullmatch(text):
        return None
    head = head_of(text)
    return (head, "label") if head else None


def _legend(blocks: Sequence[Block], number: int) -> str:
    """What the symbols mean, where the text after the formula says it."""
    parts: list[str] = []
    length = 0
    for block in blocks[number + 1 : number + 10]:
        entry = _LEGEND_ENTRY.match(block.text) if parts or block.kind is _ITEM else None
        if block.kind not in (_PARAGRAPH, _ITEM) or not (entry or (not parts and _LEGEND.match(block.text))):
            break
        if length + len(block.text) > LONGEST_LEGEND:
            break
        parts.append(block.text)
        length += len(block.text)
    text = "\n".join(parts)
    return "" if re.fullmatch(r"\w+\s*[:：]?", text) else text
