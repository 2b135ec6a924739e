"""`…，这个过程称为 X`, `…被称为 X`, `这种差异叫做 X`: the Chinese term comes after its content."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.notes import MarkKind
from flashnotes.rules._across import whole_sentences
from flashnotes.rules._chinese_conditions import named_by_condition, without_owner
from flashnotes.rules._head import Head
from flashnotes.rules._terms import head_of, is_symbol
from flashnotes.rules._text import continued, is_answer, make, points_elsewhere, without_announcement
from flashnotes.text import squash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.models import Candidate
    from flashnotes.notes import Note, Sentence

_NAMING = re.compile(
    r"(?P<verb>(?:就|也|又|还|亦|便|则|可以?|一般|通常|我们){0,3}(?:把它|将其)?(?:被)?(?:称之为|称为|称作|叫做"
    r"|叫作|命名为|统称为|简称为?|名为|叫(?![做作好停])|(?:构成|组成)了?(?=一?个?\s?[^，,。；;的]{2,24}?(?:[，,。；;：:$]|$))|(?:定义|记)为(?=\s*[“\"A-Z])))\s*(?:是|了)?\s*(?:一个)?\s*(?!《)"
    r"[“\"「《]?(?P<term>[^，,。；;“”\"「」《》!！?？:：\x00]{2,40})[”\"」》]?\s*(?P<bracket>[(（][^()（）"
    r"]{1,60}[)）])?"
)
_SYMBOL_NAMED = re.compile(
    r"\$[^$]{1,60}\$\s*(?:是|为|表示|称为)\s*(?P<term>[^，,。；;：:（(]{2,16}?)\s*(?P<bracket>[(（][^()（）]{1,60}[)）])?\s*[，,]\s*(?P<said>\S.{9,})",
    re.DOTALL,
)
"""A symbol, what it is, and what is said of that: `$e$ 是 **残差 (residual)**，在各个样本之间独立`."""
_RANKS = re.compile(r"(?:其中)?(?:最|另[外一]|一[种个类]|常[用见]的|第[一二三四])")
"""How a clause opens that only says which of several the name at its end is: `最基本的模型是 X`."""
_BECOMES = re.compile(
    r"(?P<verb>(?:就|便)?(?:成为?了?|变成了?|构成了?|形成了?|得到了?|是|即为?|有了?)(?:所谓的?|一[个种类])?)\s*"
    r"(?P<term>[^，,。；;“”\"：:()（）\s]{1,16})\s*(?P<bracket>[(（][A-Za-z][^()（）]{1,60}[)）])(?=[^，,。；;]{0,12}[。；;]?$)"
)
"""What names without saying so: the name has its English one behind it and ends the sentence."""
_IS_THEN = re.compile(
    r"(?P<verb>即为|就是所谓的|便是)\s*[“\"「]?(?P<term>[^，,。；;：:的是“”\"\x00]{2,12})[”\"」]?\s*(?P<bracket>[(（][^()（）]{1,60}[)）])?(?=[，,。；;]|$)"
)
"""What names at the end what a long subject describes: `…的数据向量即为支持向量`."""
_DEFINED_SO = re.compile(
    r"这(?:就)?是[^，,。]{0,24}?对(?P<term>[^，,。；;的]{2,16})的(?:定义|解释|描述)(?=[，,。]|$)"
)
"""What was said is somebody's definition of the term."""
_MAY_NAME = re.compile(
    # The first character comes first and what follows it after: a search for one of a few is many times as fast.
    r"[的称叫名义记构组即便所(（](?:(?<=即)为|(?<=便)是|(?<=所)谓|(?<=[称叫])|(?<=[构组])成|(?<=的)(?:定义|解释|描述)|(?<=[名义记])为"
    r"|(?<=[(（])[A-Za-z][^()（）]{1,60}[)）][^，,。；;]{0,12}[。；;]?$)"
)
_NAMES = re.compile(r"(?:[^，,。；;！!？?：:(（\x00\n]|[(（][^()（）]{1,60}[)）]){3,120}")
_AND = re.compile(r"\s?(?:、|以及|[和与及])\s?(?![^(（]{0,60}[)）])")
"""What stands between two of several names, outside brackets."""
_OR = re.compile(r"、|\s?或者?(?!门|非)\s?")
_QUOTES = re.compile('[“”"「」『』]')
_PLACE = re.compile(r"(?:^|[，,。；;])[^，,。；;]{0,12}[》)）\w][中里时]$")
"""Where something is called so is not what it is."""
_ENDS_IN_NAME = re.compile(r"[\u4e00-\u9fff]\s?[(（][A-Za-z][A-Za-z -]{2,60}[)）]\s*[，,]?\s*$")
"""A name with its English one right before another: it is the same thing's."""
_GLOSS = re.compile(r"(?:其中|式中|这里)[^。]*[，,；;]\s*(?:\$[^$]{1,16}\$|[A-Za-zα-ωΑ-Ω]{1,3})\s*$")
"""The end of a list of what symbols stand for: `…，其中 μ 为期望，t`."""
_SAYS_ITSELF = re.compile(r"\s*(?:即|也就是|亦即|意思|指|它)")
"""How the sentence goes on that explains the name itself."""
_STARTS_OF_POINTING = "而所因于那其实这此以上，,"
"""The characters that `_POINTS_BACK` can begin with."""
_THIS = re.compile(r"^(?:这|该|此|它|其)")
_THIS_IS = re.compile(
    r"(?:这|该|此)[^，,。；;：:]{0,16}?(?:就?是|即为?|叫)\s*(?P<name>[^，,。；;：:]{2,40})[，,]?\s*"
)
"""A name is all that is said of what stood before."""
_DESCRIBES = re.compile(r"[^，,。；;]{4,}的[^，,。；;的]{2,8}\s*$")
"""The end of a description: what stands before the noun says which one is meant."""
_CUES = {_NAMING: "zh named", _BECOMES: "zh becomes", _IS_THEN: "zh is then"}
_MAKES_UP = ("构成", "组成")
_ALL = re.compile(r"(?:集合|全体)$|所有[^，,。；;]{1,30}$")
"""What makes something up that is named behind the verb: all things of a kind."""
_POINTS_BACK = re.compile(
    r"(?:而|所以|因此|于是|那么|其实|实际上)?[，,]?(?:这|此|以上|上述|上面)(?:[^，,。；;：:]{0,14}?)(?:"
    r"(?P<called>(?:就|也|又|便|通常|一般|我们|可以?)*(?:被|将其|把它)?(?:称之?为|叫做?|叫作|称作|名为))|(?P<so>(?:其实|实际上)?(?:就是|便是|即是?|也就是|正是|是)))\s*"
    r"(?P<famous>所谓的?|著名的|大名鼎鼎的|经典的|传说中的|(?:我们|人们|大家|人们|常)?(?:平时|平常|通常|经常|常)?所?[说称讲熟][的知][的]?)?\s*"
    r"[“\"「《]?(?P<term>[^，,。；;：:“”\"「」《》!！?？\x00]{2,30}?)[”\"」》]?\s*(?P<bracket>[(（][^()（）]{1,60}[)）])?(?:[。.！!，,]|$)"
)
"""A sentence that only names what the one before it said: `这就是所谓的 X。`"""
LONGEST_BEFORE = 260
"""Characters of the sentence before that the name is given to."""
LONGEST_POINTING = 24
"""Characters of what stands before the verb that may only point to what was said: `这样的估计量被称为`."""
SHORTEST_CONTENT = 10
"""Characters before the verb: less says nothing of the term."""
ENOUGH = 160
"""Characters after which no sentence about the same thing joins the back."""
FEWEST_BEFORE_ENGLISH = 6
"""The same, where the English name in a bracket tells that this is where the term is introduced."""


def chinese_naming(note: Note) -> Iterator[Candidate]:
    """A Chinese sentence gives something its name at the end: `…，这种差异称为时序差分误差`."""
    before: Sentence | None = None
    for sentence in whole_sentences(note, to_its_end=True):
        text = sentence.text
        if (
            before is not None
            and text[:1] in _STARTS_OF_POINTING
            and (found := _points_back(sentence, before))
        ):
            yield found
        if _may_name(text):
            yield from _read(sentence)
        if text[:1] == "$":
            yield from _symbol_named(sentence)
        yield from named_by_condition(sentence)
        before = sentence


def _points_back(sentence: Sentence, before: Sentence) -> Candidate | None:
    """The card of a sentence that names what the one `before` it, of its own block or the one above, said."""
    found = _POINTS_BACK.match(sentence.text)
    if not found or before.block.headings != sentence.block.headings:
        return None
    said = without_announcement(before.text.strip())
    head = head_of(_what_is_named(found, sentence))
    if head is None or is_symbol(head.term) or _SAYS_ITSELF.match(sentence.text, found.end()):
        return None
    if (
        not SHORTEST_CONTENT <= len(said) <= LONGEST_BEFORE
        or not is_answer(said)
        or points_elsewhere(said)
        or said[-1] in "?？"
        or _THIS.match(said)
        or squash(head.term) in squash(said)
    ):
        return None
    cues = ["zh points back", "called" if found["called"] else "famous" if found["famous"] else "set off"]
    if sentence.number == 0:
        cues.append("block before")
    return make(CardKind.DEFINITION, head, said, before.block, offset=before.start, cues=tuple(cues))


def _what_is_named(found: re.Match[str], sentence: Sentence) -> str:
    """The name that the sentence gives; none where it only says of what sort a thing is: this is a problem."""
    start, end = sentence.start + found.start("term"), sentence.start + found.end("term")
    for kind, first, last in sentence.block.marks_within(start, end):
        if kind is not MarkKind.CODE and start <= first and last >= end:
            return sentence.block.text[first:end] + (found["bracket"] or "")
    quoted = found[0][found.start("term") - 1] in '“"「'
    english = found["bracket"] and found["bracket"][1].isascii()
    return (
        found["term"] + (found["bracket"] or "")
        if found["called"] or found["famous"] or quoted or english
        else ""
    )


def _may_name(text: str) -> bool:
    """Whether `text` holds what `_NAMING` and `_BECOMES` cannot do without."""
    return (
        "为" in text
        or "称" in text
        or "叫" in text
        or "(" in text
        or "（" in text
        or "构成" in text
        or "组成" in text
        or "便是" in text
        or "所谓" in text
        or "的定义" in text
        or "的解释" in text
        or "的描述" in text
    ) and _MAY_NAME.search(text) is not None


def _may_name_by_verb(text: str) -> bool:
    """Whether `text` holds what `_NAMING` cannot do without."""
    return (
        "称" in text
        or "叫" in text
        or "名为" in text
        or "义为" in text
        or "记为" in text
        or "构成" in text
        or "组成" in text
    )


def _read(sentence: Sentence) -> Iterator[Candidate]:
    text = without_announcement(sentence.text)
    if not is_answer(text) or points_elsewhere(text) or text.rstrip().endswith(("?", "？")):
        return
    yield from _defined_so(sentence, text)
    yield from _named_at_end(sentence, text)


def _named_at_end(sentence: Sentence, text: str) -> Iterator[Candidate]:
    """The name that stands behind what it is given to: `…，这种差异称为 X`."""
    for found in itertools.chain(
        _NAMING.finditer(text) if _may_name_by_verb(text) else (),
        _BECOMES.finditer(text) if "(" in text or "（" in text else (),
        _IS_THEN.finditer(text) if "即为" in text or "便是" in text or "所谓" in text else (),
    ):
        content = text[: found.start()]
        if len(content) < _fewest(found) or not _is_named(found, content):
            continue
        start = _content_start(content)
        back = text[start:].strip()
        if found.re is _BECOMES and _RANKS.match(content):
            further = continued(sentence, ENOUGH)
            if not further:
                continue
            back += further
        if not start and _only_points(content, sentence):
            continue
        cues = [_CUES[found.re], *(["zh this"] if _THIS.match(back) else ())]
        offset = sentence.start + start
        for head in _heads(found, text):
            if not is_symbol(head.term):
                yield make(CardKind.DEFINITION, head, back, sentence.block, offset=offset, cues=tuple(cues))


def _is_named(found: re.Match[str], content: str) -> bool:
    """Whether what `found` names is the `content` before it: no symbol of a list, no place, no second name."""
    return not (
        content.rstrip().endswith(("又", "也", "或", "，也", "亦"))
        or "为什么" in content
        or _GLOSS.search(content)
        or _PLACE.search(content)
        or _only_names(content, found["verb"])
        or (found["verb"].startswith(_MAKES_UP) and not _ALL.search(content))
        or (found.re is _IS_THEN and not _DESCRIBES.search(content))
    )


def _only_points(content: str, sentence: Sentence) -> bool:
    """Whether `content` is no more than `这种差异`: what that is stands in the sentence before."""
    if len(content) >= LONGEST_POINTING or not _THIS.match(content):
        return False
    return sentence.number > 0 or "，" not in content[:-1]


def _symbol_named(sentence: Sentence) -> Iterator[Candidate]:
    r"""What a symbol is, its name set off and said more of: `$\epsilon$ 是 **误差项 (error term)**，在不同个体上都不同`."""
    found = _SYMBOL_NAMED.match(sentence.text)
    if found is None:
        return
    place = sentence.start + found.start("term")
    english = found["bracket"] and found["bracket"][1:2].isascii() and found["bracket"][1:2].isalpha()
    if not english and not sentence.block.is_strong_at(place):
        return
    head = head_of(found["term"] + (found["bracket"] or ""), set_off=True)
    if head and not is_symbol(head.term) and is_answer(said := found["said"]) and not points_elsewhere(said):
        offset = sentence.start + found.start("said")
        yield make(CardKind.DEFINITION, head, said, sentence.block, offset=offset, cues=("zh symbol named",))


def _heads(found: re.Match[str], text: str) -> list[Head]:
    """What `found` names in `text`: one thing, or several that the names are given to respectively."""
    before = text[: found.start()]
    if found["verb"].startswith("简称") and "称" in before and before.endswith(("，", ",", "、", "（", "(")):
        return []
    if text.endswith("分别", 0, found.start()):
        return [] if "记" in found["verb"] else _each_of(text[found.start("term") :])
    term = without_owner(found["term"]) if "$" in found["term"] else found["term"]
    head = _by_any_name(term) or head_of(term + (found["bracket"] or ""))
    return [head] if head else []


def _each_of(names: str) -> list[Head]:
    """The names that several things are given respectively: `分别称为 X、Y 和 Z`; nothing where one is none."""
    found = _NAMES.match(names)
    parts = _AND.split(found[0]) if found else []
    heads = [head for part in parts if (head := head_of(_QUOTES.sub("", part)))]
    return heads if 1 < len(heads) == len(parts) else []


def _by_any_name(term: str) -> Head | None:
    """The first of several names of one thing, with the others: `称为置信水平、置信度`."""
    if ("、" not in term and "或" not in term) or "（" in term or "(" in term:
        return None
    heads = [head_of(part) for part in _OR.split(term)]
    names = sorted([head.term for head in heads if head], key=_has_formula)
    return Head(names[0], tuple(names[1:])) if 1 < len(names) == len(heads) else None


def _has_formula(name: str) -> bool:
    return "$" in name


def _fewest(found: re.Match[str]) -> int:
    """Characters that must stand before the verb; fewer do where the English name in a bracket introduces the term."""
    introduced = found["bracket"] or "(" in found["term"] or "（" in found["term"]
    return FEWEST_BEFORE_ENGLISH if introduced else SHORTEST_CONTENT


def _defined_so(sentence: Sentence, text: str) -> Iterator[Candidate]:
    """`… 这是某人对 X 的定义`: what stands before it defines X."""
    found = _DEFINED_SO.search(text)
    if found is None or found.start() < SHORTEST_CONTENT:
        return
    head = head_of(found["term"])
    if head is not None:
        back = text[: found.start()].strip()
        yield make(
            CardKind.DEFINITION, head, back, sentence.block, offset=sentence.start, cues=("zh defined so",)
        )


def _only_names(content: str, verb: str) -> bool:
    """Whether `content` gives what the `verb` names no more than another name."""
    if verb[0] in "又也还亦" and (_is_name(content) or _ENDS_IN_NAME.search(content)):
        return True
    found = _THIS_IS.fullmatch(content)
    return found is not None and head_of(found["name"]) is not None


def _is_name(content: str) -> bool:
    """Whether the last clause of `content` is only another name of the same thing."""
    clause = re.split(r"[，,。；;：:]", content.rstrip("，, "))[-1].strip()
    return len(clause) < SHORTEST_CONTENT or head_of(clause) is not None


def _content_start(content: str) -> int:
    """Where in `content` the part that the name is given to begins: after the last semicolon."""
    return max(content.rfind("；"), content.rfind(";")) + 1
