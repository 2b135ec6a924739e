"""A heading that is the term, and under it the paragraph that says what it is without repeating it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import Block, BlockKind, MarkKind
from flashnotes.notes.builder import LOWEST
from flashnotes.notes.sentences import split_sentences
from flashnotes.rules._context import context_head
from flashnotes.rules._genus import opens_as_kind
from flashnotes.rules._roles import is_role, role_head
from flashnotes.rules._terms import is_acronym
from flashnotes.rules._text import (
    addresses_reader,
    is_answer,
    is_dangling,
    items_text,
    make,
    opening,
    points_elsewhere,
    without,
    without_announcement,
)
from flashnotes.text import has_cjk, squash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Note
    from flashnotes.rules._head import Head

_HEADING, _PARAGRAPH, _ITEM, _FORMULA_BLOCK, _CODE_BLOCK = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.FORMULA,
    BlockKind.CODE,
)
_DEFINITION = CardKind.DEFINITION
_STRESSED = (MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.HIGHLIGHT)
_WHAT_IS = re.compile(
    r"^(?:什么是|何谓|what\s+(?:is|are)\s+(?:an?\s+|the\s+)?)|(?:是什么|的?(?:定义|概念|含义|简介|介绍"
    r"|概述|原理))?[?？]?$",
    re.IGNORECASE,
)
_IT = re.compile(r"^(?:it|this|these|they)\b|^(?:它|这|该|其)", re.IGNORECASE)
_ACTION = re.compile(
    r"(?:读取|加载|安装|训练|构建|定义|实现|准备|导入|应用于|获取|生成|处理|编写|测试|使用|运行|下载|配置"
    r"|创建|绘制|查看|设置|启动|部署|评估(?!指标)|加深|理解)(?=\S)"
    r"|(?:reading|loading|installing|training|building|running|using|creating|setting|getting|putting"
    r"|working|making|writing|testing|downloading|additional|further|optional)\s"
)
_THAT_IS = re.compile(r"^(?:即|也就是|指|是)")
_SAYS_WHAT = re.compile(r"特指|是指|指的是|指(?![定导出标])|即(?![使便])|又称|也叫")
"""How a text opens that says what the heading over it means, whatever word that begins with: 生成问题, 训练误差."""
_JOINED = re.compile(r"\s(?:and|vs\.?|v/s|&)\s|[和与及]")
_LABELLED = re.compile(r"^[^:：。.,，]{1,40}\s?[:：]\s?\S|^[^:：。.,，=]{1,40}\s(?:--?|—|→|:?=|[=-]>)\s\S")
_NUMBER_OF_ITEM = re.compile(r"[(（]?\d{1,2}[.、)）]\s*")
_ASKS = re.compile(r"[^.。]{4,160}[?？](?:\s|$|[^\w\s])")
_ABOUT_IT = re.compile(
    r"(?:paper|papers|link|blog|code|github|notes?|论文|链接|代码|原文|笔记|地址)?[.。:：]?"
)
_NOTATION = re.compile(
    r"(?:记(?:作|为)?|符号(?:为|是)?|denoted(?: by| as)?|symbol|notation)?\s*[:：]?\s*\$[^$]+\$[。.]?$", re.I
)
"""The symbol for a heading's term, alone under it."""
_GOES_ON = re.compile(
    r"(?:where|with|if|then|and|or|which|so|for|when|here|note|since|because|we|you|it|this|that|these|thus|hence|let|as|by|in"
    r"|is|are|can|to|use|using|also|but|not|no|see|from|at|on|more|most|all|any|each)\b|(?:其中|式中|这里|当|若|如果|所以|因此|注意)"
)
"""In small letters: how an item goes on from the formula above it."""
_ELIDED_CHINESE = re.compile(r"(?:表示|代表|衡量|描述|反映|即|指|是指|为(?=[在所将把]))")
STEM = 6
"""Letters by which a word is known in other forms."""
SHORTEST_SHARED = 4
"""Letters of a word that two names of one thing may share."""
LONGEST_PASSED = 120
"""Characters of code, an equation set as such, that is passed over on the way to a meaning."""
_OF_PROSE = ("doing", "plain english")
"""Evidence that a list item gives none of: it names a topic or a step as often as it says what something is."""
_MEANS = frozenset(("genus", "noun phrase", "elided"))
_BULLET = re.compile(r"^[•·●▪]\s*")
_OPENS_A_LIST = re.compile(
    r"(?:first,? (?:recall|let|we)|recall(?=,? (?:that|the|our|what|how|from|we|in)\b)|there are|here (?:is|are)|now,? |in this|let)\b|(?:介绍一下|讲一?[讲下]|谈一?谈|说一?说|简述|何为|下面|接下来|现在|本[文章节小]|首先|我们|同样|同时(?=[，,])|然而|因此|所以|但是?|然后|接着|此外|另外|例如|比如|前面|上面|上一?[节章]|在(?:前|上|本|这)[一面文章节小])"
)
_CLAUSE_MARKS = re.compile(r"[，,；;：:。]")
_OWN_PART = re.compile(r"[^，,。；;：:]{1,24}的(?:问题|内容|知识|概念|知识点|方法)[。.]?")
"""A line that only says what the section holds: `X 需要解决的问题。`."""
_TITLES = ("算法", "流程", "步骤", "示例", "推导", "证明", "代码", "实现", "过程", "总结", "分类", "对比")
LONGEST_TITLE = 24
"""Characters of a line under a heading that may be one itself."""
LONGEST_LEAD = 40
"""Characters at the beginning of a sentence that tell how it opens."""
SHORT_NAME = 40
"""Characters: so short a paragraph under a short form is its name in full."""
_NUMBER = re.compile(
    r"^\s*(?:[\d.]+\s+|\d+(?:\.\d+)*[、)）]\s*|[一二三四五六七八九十]{1,3}、\s*|[(（][\d一二三四五六七八九十]{1,3}[)）]\s*)(?=\S)"
)
_NOUN_PHRASE = re.compile(r"[^，,。；;：:是有为]{3,30}的[\u4e00-\u9fff]{2,6}(?:[，,。；;\n]|$)")
"""A Chinese meaning that leaves out its term and its verb: `事件发生前的概率，…`."""
_QUANTITY = re.compile(r"[^，,。；;：:]{6,40}的[\u4e00-\u9fff]{2,4}")
"""What a formula gives, in words and with no verb: `预测正确的样本所占的比例`."""
_NARRATES = re.compile(
    r"我们|咱们|大家|显然|给定|随着|近年|目前|现在|由于|虽然|尽管|但|不过|然而|而且|并且|因此|所以|如果|假设|假如|设|令|若|对于|关于|除了|上[面述文一]|下[面述]"
    r"|[本这那前后]|以上|以下|根据|按照|参考|参见|见|详见|如[图上下]|[一二三四五六七八九十\d]|首先|其次|最后|注意|代码|运行|安装|使用|打开|作者|论文|文章|该|他们?|你|我"
)
"""How a text opens that tells of something else than of the heading over it."""
_STATES = ("是", "指", "即", "就是", "就", "表示", "用于", "通过", "将")
"""What follows a term where something is said of it."""
_OTHER_SUBJECT = re.compile(
    r"(?:在[^，,。]{1,16}[中里上下][，,]?)?(?:经典的?|传统的?|普通的?|一般的?)?\s?(?P<name>[A-Za-z][\w+/-]{1,24}(?:\(\d\))?(?:[ -][A-Za-z][\w-]{0,24}){0,3}"
    r"|[\u4e00-\u9fff]{2,10}(?=\s?[(（][A-Za-z])|[\u4e00-\u9fff]{2,10}?(?=是指|指的是|是一[种个类]))"
    r"\s?(?:[(（][^()（）]{1,60}[)）])?\s?(?:模型|算法|方法|网络|公式)?\s?(?=[是指仅只将把通在用对的首不没利使采也会能可与和比，])"
)
"""A text that begins with its subject, which is named there as it would be nowhere else."""
_ENGLISH_SUBJECT = re.compile(
    r"(?:(?:The|An?|Each|Every)\s)?(?!(?:The|An?|Each|Every|[Oo]bjective|[Gg]oal|[Aa]im|[Pp]urpose|[Ii]dea|It|This|That|These|Those|They|There|Here|What|One|We|You|Its|Such)\b)"
    r"(?P<name>(?:(?<=\s)[a-z]|[A-Z])[\w-]*(?:\s(?!is\b|are\b|that\b|which\b|who\b|used\b|of\b|for\b|in\b|to\b)[\w$-]+){0,3})\s(?:is|are|refers?\sto|means?|denotes?|involves?|tells|measures?|describes?|represents?|provides?)\s"
)
"""The same in English, before a verb that says what it is."""
_CIRCUMSTANCE = re.compile(r"(?:当|在|为了)[^，,。]{2,40}[，,]")
"""When, where or what for, before anything is said of anything."""
_ELIDED_VERB = re.compile(
    r"(?:主要|一般|通常|最早|首先|先|直接)?(?:用(?![户例途])|使用|采用|提出|引入|应用于|基于|根据|借助|允许|负责|记录|存储|计算|统计|判断|给出|返回|生成|实现|增加|减少|保证|提供|解决"
    r"|学习|预测|比较|选择|每次|随机|描述|衡量|从|以|让|使)"
)
"""A text whose subject is left out."""
_OPENS_OTHERWISE = frozenset(
    """a about after all also although an and another any are as at because before both but by can consider did do does each
    even every few finally first for from given had has have he her here his how however i if imagine in instead is it its
    last later let like many maybe more most my next no not note notice now of on once one only or other our people perhaps
    please recall remember second see several she similarly since so some sometimes still such suppose that the their then
    there therefore these they this those though thus to today two under unlike until was we were what when whenever where
    whereas whether which while who why will with without would yes you your""".split()
)
"""Words that open what goes on, tells a story or speaks of something else than the heading."""
MOST_BETWEEN = 3
"""Words beside those of the heading with which a text opens that names it in another form."""
FEWEST_WORDS, MOST_WORDS = 4, 40
"""Words of the first sentence."""
SHORTEST_PLAIN, LONGEST_PLAIN = 12, 120
"""Characters of its first sentence."""
SHORTEST_LIST = 12
"""Characters of list items that can say what a heading means, in English twice as many: shorter ones are names."""
ENOUGH = 240
"""Characters after which no further sentence joins the back."""


def heading(note: Note) -> Iterator[Candidate]:
    """A heading is the term, the first paragraph under it the meaning."""
    blocks = note.blocks
    for number, block in enumerate(blocks[:-1]):
        if block.kind is not _HEADING:
            continue
        first = number + 1
        while (
            first + 1 < len(blocks)
            and first - number < 3
            and _is_passed_over(blocks[first], blocks[first + 1])
        ):
            first += 1
        if blocks[first].kind in (_PARAGRAPH, _ITEM):
            found = _read(block, blocks[first], blocks[first : first + 5])
            if found:
                yield found


def _is_passed_over(block: Block, following: Block) -> bool:
    """Whether the meaning of the heading above `block` only comes after it: it is a formula that is explained, a symbol or a link."""
    if block.kind is _FORMULA_BLOCK:
        return _THAT_IS.match(following.text) is not None or _is_bare_meaning(following)
    if block.kind is BlockKind.CODE:
        return len(block.text) < LONGEST_PASSED and _ELIDED_CHINESE.match(following.text) is not None
    if block.kind is _ITEM:
        return following.kind is _ITEM and (block.is_link or block.text.startswith("http"))
    return block.kind is _PARAGRAPH and (block.is_link or _NOTATION.match(block.text) is not None)


def _is_bare_meaning(block: Block) -> bool:
    """Whether the list item `block` is a meaning without its term and verb: `- a measure of …`, `- expected amount of …`."""
    if block.kind is not _ITEM or _GOES_ON.match(block.text[:LONGEST_LEAD].lower()) or "$" in block.text[:3]:
        return False
    return not _MEANS.isdisjoint(_opening(block.text))


def _repeats(names: list[str], back: str) -> bool:
    """Whether the first sentence of `back` comes to one of `names` early on."""
    first = squash(back[: back.find("。")] if "。" in back else back.partition(". ")[0])
    early = 14 if not first.isascii() else 60
    return any(name in first[: early + len(name)] for name in names)


def _repeats_words(term: str, back: str) -> bool:
    """Whether `back` opens with each of the words of `term`, in whatever form: `Two operations conflict if …`."""
    words = {_stem(word) for word in term.split()}
    said = {_stem(word.strip(",;:()")) for word in back.split()[: len(words) + MOST_BETWEEN]}
    return len(words) > 1 and words <= said


def _leads_on(back: str, following: Sequence[Block]) -> bool:
    """Whether `back` is half a sentence, the formula under it the other half."""
    return (
        len(following) > 1
        and following[1].kind is _FORMULA_BLOCK
        and following[0].text.endswith(back)
        and back[-1:].isalnum()
    )


def _read(block: Block, below: Block, following: Sequence[Block]) -> Candidate | None:
    if _says_nothing(below) or _OPENS_A_LIST.match(below.text[:LONGEST_LEAD].lower()):
        return None
    name = _NUMBER.sub("", block.text)
    role = role_head(name, block) if is_role(name) else None
    head = role[0] if role else context_head(name)
    if head is None or (_ACTION.match(head.term.lower()) and not _SAYS_WHAT.match(below.text)):
        return None
    back = opening(below.text, ENOUGH) if below.kind is _PARAGRAPH else items_text(following, ENOUGH)
    back = _before_formula(_BULLET.sub("", back), following)
    if below.kind is _ITEM and len(back) < SHORTEST_LIST * (1 if has_cjk(back) else 2):
        return None
    if not back or not is_answer(back) or points_elsewhere(back) or _leads_on(back, following):
        return None
    evidence = [*(role[1] if role else ()), *_told_by(head, back, block, below)]
    if not evidence or (_JOINED.search(head.term) and "opens with term" not in evidence):
        return None
    if _adds_nothing(head, back) or (_is_title(back) and not {"genus", "elided"}.intersection(evidence)):
        return None
    if "opens with term" not in evidence and "repeats term" not in evidence:
        evidence.extend(_about(head, back))
    evidence.extend(_doubts(back, following))
    place = "asked heading" if _WHAT_IS.match(block.text) else f"heading {min(block.level, 4)}"
    cues = (place, "below item" if below.kind is _ITEM else "below paragraph", *evidence)
    return make(_DEFINITION, head, back, below, cues=cues)


def _told_by(head: Head, back: str, block: Block, below: Block) -> list[str]:
    """The evidence that `back`, which `below` opens with, defines the term of the heading `block`."""
    evidence = list(_evidence(head, back, block))
    if below.kind is _ITEM:
        told = [each for each in evidence if each not in _OF_PROSE]
        if not told and not below.ordinal and not _is_about_another(head, back):
            told = list(_plain_items(back))
        evidence = told
    return [*evidence, "stressed"] if _is_stressed(below, back) else evidence


def _is_stressed(below: Block, back: str) -> bool:
    """Whether all of `back`, which `below` opens with, is set off as what is to be kept in mind."""
    return any(
        mark.kind in _STRESSED and not mark.start and mark.end >= len(back) - 1 for mark in below.marks
    )


def _before_formula(back: str, following: Sequence[Block]) -> str:
    """`back` without the words and the colon that lead to the formula under it, where it says something of its own."""
    if len(following) < 2 or following[1].kind is not _FORMULA_BLOCK:
        return back
    bare = without_announcement(back)
    if bare.endswith(("：", ":")) and _QUANTITY.fullmatch(bare, 0, len(bare) - 1):
        return bare[:-1] + ("。" if has_cjk(bare) else ".")
    return bare


def _adds_nothing(head: Head, back: str) -> bool:
    """Whether `back` is the term and where it is from: `LoRA paper.`."""
    names = sorted((squash(name) for name in (head.term, *head.aliases)), key=len, reverse=True)
    text = squash(back)
    return (
        _ABOUT_IT.fullmatch(next((text.removeprefix(n) for n in names if text.startswith(n)), text))
        is not None
    )


def _is_title(back: str) -> bool:
    """Whether `back` is only a name or a role of one, as a heading of its own would be: `树的优缺点。`."""
    bare = back.rstrip("。.：: ")
    if not has_cjk(bare) or len(bare) > LONGEST_TITLE or _CLAUSE_MARKS.search(bare):
        return False
    if _OWN_PART.fullmatch(back):
        return True
    return is_role(bare.rpartition("的")[2]) or (bare == back and bare.endswith(_TITLES))


def _doubts(back: str, following: Sequence[Block]) -> Iterator[str]:
    """What makes the text under a heading an instruction, or an introduction to what is named below it."""
    if addresses_reader(back):
        yield "reader"
    if any(block.kind is _CODE_BLOCK for block in following[1:2]):
        yield "above code"
    if any(block.level == LOWEST or block.is_strong_at(0) for block in following[1:2]):
        yield "above label"


def _says_nothing(below: Block) -> bool:
    """Whether the text under a heading is a link, a question or the first of several labels."""
    return (
        below.is_link
        or " | " in below.text
        or _LABELLED.match(without(_NUMBER_OF_ITEM, below.text)) is not None
        or _ASKS.match(below.text) is not None
    )


def _is_bilingual(head: Head) -> bool:
    """Whether the heading gives a Chinese term its English name: who does that defines it."""
    return has_cjk(head.term) and any(
        alias.isascii() and len(alias) > 1 and not is_acronym(alias) for alias in head.aliases
    )


def _evidence(head: Head, back: str, block: Block) -> Iterator[str]:
    """What tells that `back` defines the heading's term."""
    names = [squash(name) for name in (head.term, *head.aliases)]
    text = squash(back)
    if any(text.startswith((name, "the" + name, "a" + name, "an" + name)) for name in names):
        yield "opens with term"
    elif _repeats(names, back):
        yield "repeats term"
    elif back.isascii() and _repeats_words(head.term, back):
        yield "repeats words"
    yield from _opening(back)
    if block.level == LOWEST:
        yield "bold line"
    if _is_bilingual(head) and not is_dangling(back):
        yield "two languages"
    if is_acronym(head.term) and len(back) < SHORT_NAME and back[-1] not in ",，:：":
        yield "spelled out"


def _about(head: Head, back: str) -> Iterator[str]:
    """What tells whose meaning `back` is, which does not open with the name of `head`: it defines it later, or begins with another."""
    if back.isascii():
        if _is_about_another(head, back):
            yield "another subject"
        return
    names = [squash(name) for name in (head.term, *head.aliases)]
    text = squash(back)
    if any(text.find(f"{name}{verb}") > 0 for name in names for verb in _STATES if len(name) > 1):
        yield "defines later"
    elif any(name in text for name in names):
        yield "names term"
    elif _ELIDED_VERB.match(back):
        yield "opens with verb"
    if back[0] in "当在为" and _CIRCUMSTANCE.match(back):
        yield "opens with when"
    if other := _OTHER_SUBJECT.match(back):
        subject = squash(other["name"])
        if not any(name in subject or subject in name for name in names):
            yield "another subject"


def _is_about_another(head: Head, back: str) -> bool:
    """Whether an English `back` says what something is that `head` does not name."""
    found = _ENGLISH_SUBJECT.match(back)
    if found is None:
        return False
    subject = {_stem(word) for word in found["name"].split() if len(word) >= SHORTEST_SHARED}
    return not any(
        squash(name) in squash(found["name"]) or not subject.isdisjoint(map(_stem, name.split()))
        for name in (head.term, *head.aliases)
    )


def _stem(word: str) -> str:
    """How `word` begins, as do its plural and its forms."""
    word = word.casefold()
    return word[:STEM] if len(word) > STEM else word.removesuffix("s")


def _second(back: str) -> list[str]:
    """The second sentence of `back`, and the second item of a list, unless that has a subject of its own."""
    sentences = [back[first:last] for first, last in split_sentences(back)[1:2]]
    if "\n" not in back:
        return sentences
    second = back.split("\n", 2)[1]
    return [part for part in (*sentences, second) if not _ENGLISH_SUBJECT.match(part)]


def _is_plain_meaning(back: str) -> bool:
    """Whether a Chinese text under its heading may say what it is with no word that tells so: it begins with what it speaks of."""
    first = back[: back.find("。") + 1] or back
    return (
        has_cjk(back[:12])
        and SHORTEST_PLAIN <= len(first) <= LONGEST_PLAIN
        and not _NARRATES.match(back)
        and not addresses_reader(first)
    )


def _plain_english(back: str) -> str:
    """How an English text opens under its heading that may say what it is with no word that tells so: a deed, or a thing."""
    first = back.partition(". ")[0]
    words = first.lstrip('"“').split()
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS or not words[0][0].isupper():
        return ""
    opens = words[0].lower().strip(",")
    if opens in _OPENS_OTHERWISE or opens.endswith("ly") or addresses_reader(first):
        return ""
    return "doing" if opens.endswith("ing") else "plain english"


def _plain_items(back: str) -> Iterator[str]:
    """What tells of an English list with no word for it that its first item may say what the heading means; one with numbers tells steps."""
    first, *further = back.split("\n")
    if len(first.split()) >= FEWEST_WORDS and not has_cjk(first) and first[0].isalpha():
        yield "plain item"
        yield f"and {min(len(further), 3)} items"


def _opening(back: str) -> Iterator[str]:
    """How `back` begins: as a meaning does, with a word for something said before, or in the middle of a sentence."""
    if opens_as_kind(back) or any(map(opens_as_kind, _second(back))):
        yield "genus"
    elif is_dangling(back):
        yield "dangling"
    elif _NOUN_PHRASE.match(back):
        yield "noun phrase"
    elif back.lstrip('"“')[:1].islower() and back.isascii():
        yield "elided"
    elif _is_plain_meaning(back):
        yield "plain"
    elif back.isascii() and (how := _plain_english(back)):
        yield how
