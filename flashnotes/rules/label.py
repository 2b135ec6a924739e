"""`**Term**: meaning`, `- Term：含义`, `**Term** — meaning`: a name, a separator, what it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind, MarkKind
from flashnotes.notes.sentences import FLATTENED
from flashnotes.rules._across import whole_sentences
from flashnotes.rules._bold_leads import STATEMENT, bold_beside, bold_lead, counted_lead, run_in_heading
from flashnotes.rules._chinese_formulas import without_step
from flashnotes.rules._formulas import is_task
from flashnotes.rules._head import Head
from flashnotes.rules._metadata import is_metadata
from flashnotes.rules._openings import chinese_opening
from flashnotes.rules._questions import is_question
from flashnotes.rules._roles import is_meaning, is_role, part_head, role_head, step_head
from flashnotes.rules._siblings import ALIKE, named_alike, tells_to
from flashnotes.rules._spelling import are_initials, long_form
from flashnotes.rules._terms import head_of, is_step, is_symbol, subject_of
from flashnotes.rules._text import (
    addresses_reader,
    is_answer,
    make,
    opening,
    points_elsewhere,
    without,
    without_announcement,
)
from flashnotes.text import has_cjk, squash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Block, Note, Sentence


_ITEM = BlockKind.ITEM
_STRONG_MARK, _CODE_MARK, _EMPHASIS_MARK, _HIGHLIGHT_MARK, _LINK_MARK = (
    MarkKind.STRONG,
    MarkKind.CODE,
    MarkKind.EMPHASIS,
    MarkKind.HIGHLIGHT,
    MarkKind.LINK,
)
_FORMULA_CARD, _DEFINITION, _ABBREVIATION = CardKind.FORMULA, CardKind.DEFINITION, CardKind.ABBREVIATION
_PLAIN = re.compile(
    r"(?P<label>[^:：。！？!?\n=\[\]]{1,64}?)(?=[\s:：—])\s*(?P<separator>[:：](?!//|[:=]|\d)|\s[—–]\s|——|\s--?\s|\s(?::?=>?|->|→|⇒)\s)\s*(?=\S)"
)
_SIGN = re.compile(r"\s(?:[—–=→⇒]|--?|:=|[=-]>)\s|——")
"""What stands for a colon in notes taken in haste; more than one in a line is a chain of steps or an aside."""
_IN_WORDS = re.compile(r"[A-Za-z]{2} [A-Za-z]{2}|[\u4e00-\u9fff]{3}")
_SYMBOL_FIRST = re.compile(r"(?![aAI]\b)[A-Za-z]\b(?!\s?/)")
_CALCULATION = re.compile(r"(?<![A-Za-z])[-+*/^]|[+*/^×÷]|\sx\s|\d\s*$")
_HEADINGS = re.compile(
    r"^(?:引言与背景|引言|背景|简介|概述|动机|前言|摘要|总结|相关内容|基本概念|介绍|💡|🔖|Introduction"
    r"|Background|Overview)\s+(?=\S)"
)
_EQUATION = re.compile(r"^\$[^$]*=[^$]*\$[。.,，;]?$|^[A-Za-z0-9_()\[\]{}^|'.+*/\\ =,∑√×·-]{5,}$")
_OPERATOR = re.compile(r"[=/*+^]|\\frac|\\sum")
_PROSE = re.compile(r"(?:\b[a-z]{2,}[ ,]+){3}")
_COMMAND = re.compile(
    r"^[$>]?\s*(?:sudo|pip3?|conda|brew|apt(?:-get)?|yum|npm|yarn|git|docker|kubectl|wget|curl|cd|ls|mkdir"
    r"|cp|mv|rm|export|source|python3?|bash|sh|make|cmake|chmod|cat|vim|ssh|scp|tar|echo|go|cargo"
    r"|mvn)\s+(?!(?:an?|the|one|all|every|each|some|any|sure|up|it|its|use|your|our|this|that|these|more|most|many|better)\b)[\w./-]"
)
_ERROR = re.compile(r"^\w+(?:Error|Exception|Warning)\b")
_LITERAL = re.compile(r"^\[['\"\d]|^\[[\w\s-]+,[^\[\]]*\]$|^'[^']*'\.?$|^\"[^\"\s]*\"\.?$")
"""A value in some programming language."""
_REMARKED = re.compile(r"(?<=\$)\s*[(（][^()（）$]{1,40}[)）]$")
"""A remark or number behind a formula."""
_CODE = re.compile(r"(?<!\\)lambda |==|\w\.\w+\(|\)\s*\.\w|\bdef \b|\breturn\b|;\s*$|^\[['\"]|^\{")
_ALL_FORMULA = re.compile(r"^\$[^$]+\$\s*[。.,，;；]?$")
_FORMULA_NAME = re.compile(r"(?:公式|表达式|方程|formula|equation|update)$", re.IGNORECASE)
_IMPERATIVE = re.compile(
    r"^(?:安装|下载|配置|运行|执行|打开|点击|升级|卸载|启动|创建|查看|设置|修改|添加|删除|导入|新建|选择"
    r"|输入|编译|登录|注册|检查|确认|准备|使用|参考)"
    r"|^(?:install|run|download|open|click|create|join|define|set up|configure|start|update|add|remove"
    r"|check|make sure|build|clone|write|implement|choose|select|go to|follow|complete|submit)\s"
)
_ARTICLE = re.compile(r"\s*(?:(?:the|an?)\s+)?", re.IGNORECASE)
_WHOLE_SYMBOL = re.compile(r"^\$[^$]*\$$")
_PART = re.compile(
    r"(?:P|L|Lec|Lecture|Ch|Chapter|Day|Week|Unit|Part|Module)\.?\s?\d{1,3}(?:\.\d+)?[\s:：.、-]",
    re.IGNORECASE,
)
"""How a part of a course is numbered: what stands behind it is a plan."""
_RENAMED = re.compile(r"(?:又|也)(?:被)?(?:称|叫)(?:为|做|作)?$|(?:also known as|aka)$")
_ASKED_OF = re.compile(r"请(?:问|简述|解释|说明|描述|介绍|谈|你|你们)")
"""A question that somebody in an interview asks."""
_SUBJECT = re.compile(
    r"(?:(?:the|an?)\s+)?(?P<term>[A-Za-z][\w -]{2,40}?|[\u4e00-\u9fffA-Za-z -]{2,16}?)\s*(?:\$[^$]{1,40}\$\s*)?"
    r"(?:表示|是指|指的是|是一|定义为|\b(?:is|are|refers to|means|denotes)\s)",
    re.IGNORECASE,
)
"""What a sentence after `Definition:` is about, where it says so itself."""
_NUMBER = re.compile(
    r"^(?:[(（]\d{1,2}[)）]|[(（][一二三四五六七八九十]{1,2}[)）]|[①-⑳]|\d{1,2}[)）、]|\d{1,2}(?:\.\d{1,2}){1,3}[.、]?)\s*(?=\S)"
)
"""The number of a label; the role that it stands before is still one: （1）概念."""
_CITED = re.compile(
    r"[(（](?:19|20)\d\d[a-z]?[)）].{0,120}(?:\bed\.|\bPress\b|\bPublish|\bvol\.|\bpp\.|Proceedings|\bInc\.|Wiley|Springer|Norton|O'Reilly|出版社)|出版社[，,.]\s*(?:19|20)\d\d"
)
"""A book or article named with its year and publisher: the colon stands between a place and a firm."""
_FEW_WORDS = re.compile(r"[^，,。．.；;：:！!？?()（）=/$]{2,16}")
_LABELLED = re.compile(r"[^，,。；;：:\s]{1,20}(?:\s[A-Za-z-]+){0,4}\s?[：:]")
_AFTER_LABEL = re.compile(r"[：:][^，,。；;：:]{2,40}\s$")
_STATUS = re.compile(
    r"\b(?:is|are)\s(?:no longer|not yet|currently|now)\s(?:operational|available|maintained|active|supported|online|open|closed|deprecated)\b"
    r"|\b(?:coming soon|to be announced|under construction)\b",
    re.IGNORECASE,
)
"""How things stand with a service or a page, and not what it is."""
_THIN = re.compile(
    r".*[\w)）]\s?[+*/=]$|^(?:[写做看学读刷补练]|完成|复习|整理|参加)[了完过]|^[-+−]?\d[\d.,]*\s*[(（][^()（）]*[)）][.。]?$|^[-+~≈$]?\d+\.\d+[,，;%]|^[\d.,%\s~≈<>+-]*[A-Za-z%]{0,3}$|^\W+$"
)
_TRAILING = re.compile(r"\s*(?:在于|包括|有|如下|为|是|分别是|主要有|主要包括)$")
_LAST_OF_TRAILING = "于括有下为是"
"""The last characters of what `_TRAILING` matches."""
_INSIDE = re.compile(r"[(（][^()（）]*[)）]")
_CLAUSE = re.compile(
    r"[Vv][Ss]\.?\s?(?=[\u4e00-\u9fff])|很(?!多)|(?<=.)(?:用[来于以]|包[含括]|分[为成])(?=.)|不[难易是会能同]|要把|取两|来自|是(?!否)|怎样|(?:^|[^首大])都(?!市)(?=.)|(?:明显|明确|容易|困难|清楚|好理解|难理解|有关|无关|一致|相等|成立)$|的(?:回答|做法|办法|难处|好处|坏处)$"
    r"|(?<=[A-Za-z\u4e00-\u9fff])(?:把|让)(?=.{2})"
    r"|由.{1,8}(?:构成|组成)|(?<=.)有[一二两三四五六七八几多\d]+[种个类]|(?<=.)(?:目前|支持(?!向量)|需要|提供|使用了|关注|取代|给我)(?=.)|老师|自己|(?<=.)[多常都只]用(?![途户])(?=..)|(?<=..)(?:采用|使用)(?![率者权量场方说情价成])(?=..)"
)
"""A verb or a judgement in a Chinese label: it leads to what follows and names nothing."""
_ENGLISH_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|do|does|did)\b|\w\s(?:\w+ed|shows?|says?|found)\s(?:an?|the|that)\b"
)
"""A verb in an English label."""
_QUOTED = re.compile(r"[\"“][^\"“”]{3,40}[\"”]")
_CONCEPTS = ("概念", "定义", "含义")
_CONCEPT = re.compile(rf"(?<=..)(?:的)?(?:基本)?(?:{'|'.join(_CONCEPTS)})$")
AROUND_CITATION = 160
"""Characters around a label in which a citation makes it one of a place and a firm."""
LATEST_SEPARATOR = 120
"""Characters before the separator of a label in plain text, a heading that ran into it and white space counted."""
LONGEST_SHORT = 8
"""Characters of a short form."""
ENOUGH = 220
"""Characters after which no further sentence joins the back."""


def label(note: Note) -> Iterator[Candidate]:
    """A name and, after a colon or dash, what it is: `**回报**：…`, `- Recall: …`."""
    block, covered = None, 0
    for sentence in whole_sentences(note):
        if sentence.block is block and sentence.start < covered:
            continue
        found = _read(sentence)
        if found:
            block, covered = sentence.block, sentence.start + len(found.front) + len(found.back)
            yield _among_siblings(found, block, note) if block.kind is _ITEM else found


def _among_siblings(found: Candidate, block: Block, note: Note) -> Candidate:
    """`found` of the list item `block`, where that reads as a step but the items beside it show it to be a name."""
    if not (tells_to(found.back) or "imperative" in found.cues) or id(block) not in named_alike(note):
        return found
    return replace(found, cues=(*(cue for cue in found.cues if cue != "imperative"), ALIKE))


def _read(sentence: Sentence) -> Candidate | None:
    block = sentence.block
    if block.marks and not sentence.number:
        if bold := bold_lead(block):
            return _card(sentence, block.text[: bold[0]], bold[1], ("bold label",))
        if run_in := run_in_heading(block):
            return _card(sentence, block.text[: run_in[0]], run_in[1], ("run-in label",))
        if bare := bold_beside(block):
            return _card(sentence, block.text[: bare[0]], bare[1], ("bold alone",))
    text = sentence.text
    if block.marks and (counted := counted_lead(sentence)):
        return _card(sentence, block.text[counted[0] : counted[1]], counted[2], ("bold label", "counted"))
    if not _may_be_labelled(text[:LATEST_SEPARATOR]):
        return None
    text = without(_HEADINGS, text)
    skipped = len(sentence.text) - len(text)
    found = _PLAIN.match(text)
    if not found or (sentence.number and len(_INSIDE.sub("", found["label"])) > 40):
        return None
    cue = _cue(sentence, found["separator"].strip(), text[found.end() :])
    if not cue or _is_heading(sentence, text[found.end() :]):
        return None
    cues = (cue,) if sentence.number == 0 else (cue, "inner label")
    return _card(sentence, found["label"], sentence.start + skipped + found.end(), cues)


def _may_be_labelled(text: str) -> bool:
    """Whether `text` holds a separator of `_PLAIN`."""
    if ":" in text or "：" in text or "-" in text:
        return True
    return "—" in text or "–" in text or " = " in text or " =>" in text or "→" in text or "⇒" in text


def _cue(sentence: Sentence, separator: str, back: str) -> str:
    """What kind of label ends in `separator`; nothing if the sign between is none."""
    in_item = sentence.block.kind is _ITEM
    if separator in (":", "："):
        return "item label" if in_item else "paragraph label"
    if in_item and separator in ("-", "—", "–", "——"):
        return "dash label"
    if (
        sentence.number
        or len(_SIGN.findall(sentence.block.text)) > 1
        or not _IN_WORDS.search(back)
        or _SYMBOL_FIRST.match(back)
    ):
        return ""
    if separator.startswith(("-", "—", "–")) and ">" not in separator:
        return "dash label" if in_item else "dash line"
    return "" if _CALCULATION.search(back) else "sign label"


def _is_heading(sentence: Sentence, meaning: str) -> bool:
    """Whether a heading with a colon ran into the text after it: a few words without a stop, no other label beside them."""
    text, end = sentence.block.text, sentence.start + len(sentence.text)
    if len(text) <= FLATTENED or end >= len(text) or not _FEW_WORDS.fullmatch(meaning):
        return False
    listed = _LABELLED.match(text, end) or _AFTER_LABEL.search(
        text, max(0, sentence.start - 60), sentence.start
    )
    return text[end - 1].isspace() and listed is None


def _run_in(name: str) -> Head | None:
    """The last word of a label that a lost line break joined to what stood before: `A,B A:…`."""
    *before, last = name.rsplit(None, 1) or [""]
    return head_of(last) if before and name.count(last) > 1 else None


def _card(sentence: Sentence, name: str, start: int, cues: tuple[str, ...]) -> Candidate | None:
    name = _NUMBER.sub("", name)
    if name[-1:] in _LAST_OF_TRAILING:
        name = _TRAILING.sub("", name)
    if name.endswith(_CONCEPTS) and not is_role(name):
        name = _CONCEPT.sub("", name) or name
    if _is_title(sentence.block, start):
        return None
    head, cues = _head(sentence, name, start, cues)
    if head is None or is_symbol(head.term) or _WHOLE_SYMBOL.match(head.term) or _RENAMED.search(name):
        return None
    back = _REMARKED.sub("", _back(sentence, start, alone="counted" in cues))
    if (
        is_metadata(name, back)
        or _PART.match(name)
        or is_task(name)
        or not is_answer(back)
        or _COMMAND.match(back)
        or _ERROR.match(name)
        or _THIN.match(back)
        or _ASKED_OF.match(back)
        or is_question(back)
        or ("②" in back and "①" in sentence.block.text)
        or ("inner label" in cues and _is_cited(sentence))
        or ("role meaning" in cues and _is_about_another(head, back))
        or _LITERAL.match(back)
        or (back.isascii() and _STATUS.search(back))
        or points_elsewhere(back)
    ):
        return None
    formula = _is_formula(back, sentence, start) or bool(
        _ALL_FORMULA.match(back) and _FORMULA_NAME.search(name)
    )
    kind = _FORMULA_CARD if formula else _DEFINITION
    if formula and "写" in head.term:
        head = Head(without_step(head.term), head.aliases)
    if _spells_out(head.term, back.rstrip(".。")):
        kind = _ABBREVIATION
    return make(
        kind, head, back, sentence.block, offset=start, cues=(*cues, *_traits(sentence.block, name, back))
    )


def _is_cited(sentence: Sentence) -> bool:
    """Whether a year and a publisher stand around the sentence, as in a list of readings."""
    first, last = sentence.start - AROUND_CITATION, sentence.start + len(sentence.text) + AROUND_CITATION
    return _CITED.search(sentence.block.text, max(0, first), last) is not None


def _traits(block: Block, name: str, back: str) -> Iterator[str]:
    """What the label and its meaning look like, as cues."""
    if addresses_reader(back):
        yield "reader"
    if _IMPERATIVE.match(name.lower()):
        yield "imperative"
    if back.endswith(("?", "？")):
        yield "asks"
    if _is_linked(block, name):
        yield "linked"
    if _is_titled(back):
        yield "title"
    yield from chinese_opening(back)


def _is_about_another(head: Head, back: str) -> bool:
    """Whether `back` names a subject of its own that is not the term of the context."""
    found = _SUBJECT.match(back)
    own = head_of(found["term"]) if found else None
    if own is None:
        return False
    names = [squash(name) for name in (head.term, *head.aliases)]
    return not any(squash(own.term) in name or name in squash(own.term) for name in names)


def _is_linked(block: Block, name: str) -> bool:
    """Whether the label is a link: the name of a page, a book or a program more often than a term."""
    return any(
        mark.kind is _LINK_MARK and mark.start <= 1 and mark.end >= len(name) - 2 for mark in block.marks
    )


def _is_titled(back: str) -> bool:
    """Whether `back` is written as a title is, its words in capitals: `Attention Is All You Need`."""
    words = [word for word in back.split() if word[0].isalpha() and len(word) > 3]
    return (
        len(words) > 2
        and back.isascii()
        and back[-1] not in ".;"
        and all(word[0].isupper() for word in words)
    )


def _spells_out(term: str, back: str) -> bool:
    """Whether `back` is nothing but what the letters of `term` stand for: `iid = independent and identically …`."""
    if len(term) > LONGEST_SHORT or not term.isalnum() or " " not in back:
        return False
    return long_form(term, back) == back or are_initials(term, back)


def _head(
    sentence: Sentence, name: str, start: int, cues: tuple[str, ...]
) -> tuple[Head | None, tuple[str, ...]]:
    """What the label `name` names, by itself or by its context, and the cues."""
    if is_step(name):
        return step_head(name, sentence.block) or (None, cues)
    if stated := STATEMENT.fullmatch(name):
        return head_of(stated["name"], set_off=True), (*cues, "statement")
    if part := part_head(name, sentence.block.headings, sentence.block.parents):
        return part, (*cues, "role aspect")
    if not is_role(name):
        return _named(name, bold=cues[0] == "bold label"), cues
    head = _bold_term(sentence.block, start) if is_meaning(name) else None
    return (head, cues) if head else role_head(name, sentence.block) or (None, cues)


def _named(name: str, *, bold: bool) -> Head | None:
    if not bold and (_CLAUSE if has_cjk(name) else _ENGLISH_CLAUSE).search(_INSIDE.sub("", name)):
        return None
    if _QUOTED.fullmatch(name.strip()):
        bold = True
    return subject_of(name, common=bold, set_off=bold) or _run_in(name)


def _bold_term(block: Block, start: int) -> Head | None:
    """The term in bold that the statement at `start` opens with: `Core concept: The **Bellman equation** …`."""
    for mark in block.marks:
        if mark.kind is _STRONG_MARK and mark.start >= start:
            opens = _ARTICLE.fullmatch(block.text, start, mark.start)
            return head_of(block.text[mark.start : mark.end]) if opens else None
    return None


def _is_title(block: Block, start: int) -> bool:
    """Whether the meaning that begins at `start` is part of a link, or one: a title in a list of readings."""
    return any(
        mark.kind is _LINK_MARK
        and mark.start <= start + 1
        and mark.end >= len(block.text.rstrip("。.)） ")) - 1
        for mark in block.marks
    )


def _is_formula(back: str, sentence: Sentence, start: int) -> bool:
    written = _EQUATION.match(back) and _OPERATOR.search(back) and not _PROSE.search(back)
    return (written or _is_set_as_code(back, sentence, start)) and not _CODE.search(back)


def _is_set_as_code(back: str, sentence: Sentence, start: int) -> bool:
    """Whether `back`, which begins at `start`, is an equation in a stretch of code."""
    return any(
        mark.kind is _CODE_MARK
        and mark.start <= start + 1
        and mark.end >= start + len(back) - 3
        and "=" in back
        for mark in sentence.block.marks
    )


def _back(sentence: Sentence, start: int, *, alone: bool) -> str:
    """What stands after the label: the rest of its sentence, and unless that is `alone` the following ones while they are short."""
    block, end = sentence.block, sentence.start + len(sentence.text)
    ran_on = len(block.text) > FLATTENED and sentence.text.rstrip()[-1:] not in "。.！!？?；;…"
    if sentence.number or ran_on or alone:
        return without_announcement(block.text[start:end].strip())
    return opening(without_announcement(block.text[start:].strip()), ENOUGH)
