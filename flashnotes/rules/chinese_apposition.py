"""`使用 X，即 …`, `引入了 X，它是 …`: the clause after a Chinese term says what the term is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.rules._head import Head
from flashnotes.rules._roles import is_role
from flashnotes.rules._terms import BRACKETS, head_of, is_symbol
from flashnotes.rules._text import is_answer, make, masked_by, points_elsewhere, without_announcement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.models import Candidate
    from flashnotes.notes import Note, Sentence

_MASKED = re.compile(rf"\$[^$]+\$|{BRACKETS}|“[^”]{{0,40}}”")
_EXPLAINED = re.compile(
    # The first characters of all alternatives: looked at before any of them is tried.
    r"(?=[使采利运基引遵满服依提设发存产出面通有是可一常会我])(?:"
    r"(?:使用|采用|利用|运用|基于|引入|遵循|满足|服从|依赖于?|提出|设计|发明|存在|产生|出现|面临|通过|有|是(?!使用|采用|利用|运用|基于|通过))了?"
    r"(?:一[种个类项][^，,。；;：:的]{0,8}的?)?(?:所谓的?|(?:我们|人们|大家)?(?:平时|平常|通常|常)?所?[说称讲]的)?"
    r"(?P<term>[^，,。；;：:！？!?]{2,30}?)[，,]\s*"
    r"(?:(?P<that_is>即(?![使将便可])|也就是(?!说)|亦即|也即)"
    r"|(?P<it>其|它|该(?:方法|算法|模型|技术|格式|机制|策略|网络))(?:就|则|主要)?"
    r"(?:是|为|指|通过|使用|采用|利用|将|把|由|表示|用于|能够|可以|允许))"
    r"|(?:提出|引入|设计)了?(?P<new>[A-Za-z\u4e00-\u9fff][^，,。；;：:！？!?]{2,30}?)[，,](?:[^，,。；;：:]{2,10}[，,])?(?P<by>[它其]|把|将|通过|利用|使用|用来)"
    r"|(?:可以|通常|一般|常|会|我们)(?:使?用|采用|通过)(?P<means>[^，,。；;：:！？!?]{2,24}?)(?:来|以|去)(?:对[^，。]{2,24}进行)?(?P<to>衡量|度量|量化|表示|描述|刻画|评估|评价))"
)
_BRACKETED = re.compile(
    r"(?:所谓的?|其中|而)?(?P<term>[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z-]{1,11}|[A-Za-z][\w-]{1,24})\s?[（(]\s*"
    r"(?:(?:即|也就是|就是|是指|指的是|意思是|意为|亦即)\s*|指(?![标数针令])|(?=[把将]|通过|用(?![户例])|由(?!来)|利用))(?P<said>[^（）()]{8,100})[)）]"
)
"""`X（即 …）`: the bracket after a term says what it is."""
_QUOTED = re.compile(
    r"[“\"](?P<term>[^“”\"，,。；;：:]{2,16})[”\"]\s?(?:[(（][^()（）]{2,60}[)）])?\s?[，,]\s*(?P<that_is>即(?![使将便可])|也就是(?!说)|亦即|指的是)"
)
"""`“X”，即 …`."""
_MODIFIED = re.compile(r"[^，,。；;：:]{3,60}的[^，,。；;：:的]{1,12}(?:[，,。；;：:]|$)")
"""A kind of thing and what sets it apart."""
_VERBAL = re.compile(r"有[很多几两三一]|表明|面向|主要|说明|显示|需要|包括|包含|分为|存在|看到")
"""A verb in what stands before the comma: it is a clause and no name."""
LONGEST_NAMED = 110
"""Characters in which a name, its bracket and the comma after them stand."""
_NAMED_BEFORE = re.compile(
    r"(?:提出|称为|叫做?|所谓|著名|经典|引入|进行|使用|采用|发现|遵循|根据|满足|所说)(?:了|的)?\s?$"
)
"""What stands before the quotation marks around a name."""
_KIND_APPOSED = re.compile(
    r"(?P<term>[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9-]{1,11}|[A-Za-z][\w-]{1,20}|[\u4e00-\u9fff]{2,8}\s[A-Za-z][A-Za-z -]{1,24})\s?(?P<bracket>[(（][^()（）]{1,60}[)）])?"
    r"\s?[，,]\s?(?P<said>一[种个类套项组](?!比较|非常|很|十分|最|更)[^，,。；;：:]{3,}.*)",
    re.DOTALL,
)
"""`X，一种 …`: the kind stands beside the name."""
SHORTEST_SAID = 8
"""Characters of what is said of the term."""


def chinese_apposition(note: Note) -> Iterator[Candidate]:
    """A clause explains the term that the clause before it ends with: `核心是使用自举，即用估计更新估计`."""
    for sentence in note.sentences:
        if not sentence.text.isascii():
            if _may_explain(sentence.text):
                yield from _read(sentence)
            if "（" in sentence.text or "(" in sentence.text:
                yield from _in_brackets(sentence)
            if sentence.number == 0 and _may_appose(sentence.text[:LONGEST_NAMED]):
                yield from _of_kind(sentence)
            if "”" in sentence.text or '"' in sentence.text:
                yield from _in_quotes(sentence)


def _in_brackets(sentence: Sentence) -> Iterator[Candidate]:
    """The term that a sentence begins with and a bracket after it explains."""
    found = _BRACKETED.match(sentence.text)
    head = head_of(found["term"]) if found else None
    if found is None or head is None or is_symbol(head.term):
        return
    said, offset = found["said"].strip(), sentence.start + found.start("said")
    if not said.isascii() and is_answer(said) and not points_elsewhere(said):
        yield make(CardKind.DEFINITION, head, said, sentence.block, offset=offset, cues=("zh in brackets",))


def _may_appose(text: str) -> bool:
    """Whether `text` holds what `_KIND_APPOSED` cannot do without."""
    return "一" in text and ("，" in text or "," in text)


def _of_kind(sentence: Sentence) -> Iterator[Candidate]:
    """The name that a sentence begins with, and after a comma what kind of thing it is."""
    found = _KIND_APPOSED.match(sentence.text)
    head = _head(found["term"], found["bracket"] or "") if found else None
    if found is None or head is None or is_symbol(head.term) or is_role(head.term):
        return
    if _VERBAL.search(head.term) or not (head.aliases or _MODIFIED.match(found["said"])):
        return
    said = without_announcement(found["said"])
    if is_answer(said) and not points_elsewhere(said) and said[-1] not in "?？":
        offset = sentence.start + found.start("said")
        yield make(CardKind.DEFINITION, head, said, sentence.block, offset=offset, cues=("zh apposed kind",))


def _head(name: str, bracket: str) -> Head | None:
    """What `name` names, its English beside it or in a bracket: 信号量 semaphore."""
    chinese, _, english = name.partition(" ")
    if english and not chinese.isascii() and (head := head_of(chinese)):
        return Head(head.term, (*head.aliases, english.strip()))
    return head_of(name + bracket)


def _in_quotes(sentence: Sentence) -> Iterator[Candidate]:
    """The term in quotation marks that the clause behind it explains."""
    found = _QUOTED.search(sentence.text)
    head = head_of(found["term"], set_off=True) if found else None
    if found is None or head is None or is_symbol(head.term):
        return
    said = without_announcement(sentence.text[found.start("term") :])
    if (
        len(said) - len(head.term) > SHORTEST_SAID
        and is_answer(said)
        and not points_elsewhere(said)
        and said[-1] not in "?？"
    ):
        named = _NAMED_BEFORE.search(sentence.text, 0, found.start())
        said = f"“{said}" if said[len(found["term"])] == "”" else f'"{said}'
        yield make(
            CardKind.DEFINITION,
            head,
            said,
            sentence.block,
            offset=sentence.start + found.start(),
            cues=("zh that is", "quoted", *(("named before",) if named else ())),
        )


def _may_explain(text: str) -> bool:
    """Whether `text` holds what `_EXPLAINED` cannot do without."""
    return _may_say_more(text) or _may_say_what_for(text)


def _may_say_more(text: str) -> bool:
    return ("，" in text or "," in text) and (
        "即" in text
        or "其" in text
        or "它" in text
        or "该" in text
        or "也就是" in text
        or "提出" in text
        or "引入" in text
        or "设计" in text
    )


def _may_say_what_for(text: str) -> bool:
    return ("用" in text or "通过" in text) and (
        "量" in text or "表示" in text or "描述" in text or "刻画" in text or "评" in text
    )


def _read(sentence: Sentence) -> Iterator[Candidate]:
    text = without_announcement(sentence.text)
    masked = masked_by(_MASKED, text)
    found = _EXPLAINED.search(masked)
    if (
        not found
        or len(text) - found.end() < SHORTEST_SAID
        or not is_answer(text)
        or text.rstrip()[-1:] in "?？"
    ):
        return
    name = "new" if found["new"] else "means" if found["means"] else "term"
    start = found.start(name)
    head = head_of(text[start : found.end(name)])
    if head is None or is_symbol(head.term) or "$" in head.term or points_elsewhere(text[start:]):
        return
    cue = (
        "zh used to"
        if found["means"]
        else "zh that is"
        if found["that_is"]
        else "zh by"
        if found["by"]
        else "zh it"
    )
    yield make(
        CardKind.DEFINITION, head, text[start:], sentence.block, offset=sentence.start + start, cues=(cue,)
    )
