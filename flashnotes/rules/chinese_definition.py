"""`X（English, ABBR）是一种…`, `X 指的是…`, `X 表示…`: a Chinese sentence whose subject is the term."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import MarkKind
from flashnotes.rules._across import whole_sentences
from flashnotes.rules._chinese_contrasts import are_kinds, listed_cues, with_contrasts
from flashnotes.rules._chinese_predicates import leads_elsewhere, only_announces, subject_cues, verb_cues
from flashnotes.rules._chinese_subject import MASKED, subject_before, without_lead, without_naming
from flashnotes.rules._context import after_role
from flashnotes.rules._terms import head_of, is_no_start, is_symbol
from flashnotes.rules._text import (
    continued,
    is_answer,
    is_dangling,
    make,
    masked_by,
    may_mask,
    points_elsewhere,
    without,
    without_announcement,
    without_cut,
    without_figure,
)
from flashnotes.text import has_cjk, squash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note, Sentence
    from flashnotes.rules._head import Head

_PREDICATE = re.compile(
    # The first characters of all alternatives, and of those of each group: looked at before any of them is tried.
    r"(?=[最专致侧关擅追基针看视泛特统只仅会直是指意可被定本实其就也便即则乃都核用表代描刻反衡度体主通一常旨负适作又包分由决控利借采使能为允引"
    r"解结提认假要规强属将把对给根具拥需存执计返保确避减增降相等称亦简])(?:"
    r"(?P<means>(?=[是指意泛专特])是指|指的(?:就)?是|[泛专特]指|指代|意味着|意为|是说|(?<![\u4e00-\u9fff][所])指(?!定|南|向|出|标|导|示"
    r"|针|数|令|派|代))"
    r"|(?P<defined>(?=[可被定])(?:可以?)?(?:被)?定义(?:为|了|成))"
    r"|(?P<kind>(?=[本实其就也便即则乃是])(?:本质上?|实际上?|其实)?(?:就|也|便|即|(?<![规正准原法])则|乃)?(?<![但可还总只不正而于若要凡或])是(?:一|由"
    r"|指|在|用|对|将|把|通过|基于|为了|针对|从|以))"
    r"|(?P<nature>(?=[本核])本质上?(?:就)?是|核心(?:就)?是)"
    r"|(?P<denotes>(?=[用表代描刻反衡度体])(?:用来|用于|用以)?(?:表示|代表|描述|刻画|反映|反应(?=了|的是|出)|衡量|度量|体现)(?:了|的是|着)?(?![的是：:]|在[^，]{1,8}[中里上下]的|方法|学习(?!率)|能力|形式|涉及|层(?!次))"
    r")"
    r"|(?P<purpose>(?=[主通一常可被用旨负适作])(?:主要|通常|一般|常)?(?:可以?|被)?(?:(?<![作])用于|用来|用以|旨在|负责)|适用于|适合|作为(?!用))"
    r"|(?P<parts>(?=[主一通又可包分由])(?:主要|一般|通常|又|可以?)?(?:包括|包含|(?<![切划拆区等])分[为成]|由(?=.{1,40}(?:组成|构成))))"
    r"|(?P<named>(?<=\x00)为(?=[\u4e00-\u9fff])(?!代[表价]|例|空|[主中]|基础|了|什么|单位|核心|止|何|导向|目标|前提|其|我|你|零|真|假|正|负))"
    r"|(?P<does>(?:决定|控制|通过|利用|借助|采用|使用|能够|可以(?=[\u4e00-\u9fff])|可(?=用|被|将|使|由|分|看"
    r"|通过)|能(?=[将把使在让有])|为(?=[^，。]{1,24}(?:提供|而设计|设计|保留|分配|创建)|[^，。]{2,40}(?:之[和差积比]|的(?:总?和|乘积|比值|平均值?|期望值?)))"
    r"|(?<![占作使应采运沿信费调得少通重利专复实常选引享动适])用(?![于来户例途量以处力])(?=[^，。；]{1,24}?(?:来|去|预测|表示|代替|估计|更新|得到|计算|生成|训练|描述|衡量|取代|替换|近似|控制|实现|作为|判断|存储|记录))"
    r"|基于(?=[^，。的]{1,20}[，,])|针对|允许|使得?(?![用命能])|引入|解决|结合|提供"
    r"|提出|认为|(?<![零原备择])假设|要求|规定|强调|属于|将|把|(?<!针)对(?![于比称象齐抗偶])|给(?!定)|根据|具有|拥有|需要|存在"
    r"|实现|执行|计算(?!机|图|量|复)|返回(?!值)|统计(?=[^量学数分推图信方结特指，。的]{2})|保证|确保|避免|专注于|致力于|侧重|关注|依赖|擅长|追求|减少|增加|提高|降低|最小化|最大化|(?:只|仅|会|主要|直接)(?:改进|考虑|比较|选择|记录|存储|保存|维护|检测|预测|生成|学习|训练|更新|处理|管理|收集|优化|匹配|输出|复制|修改|分析|研究|保留|关心))(?![的是认，,。；;：:率者律权]))"
    r"|(?P<just>就是(?![使将刻便时]))"
    r"|(?P<ie>(?=[可被也理看视即就相等称又亦简])(?:可以?|被|也)?(?:理解|看|视)(?:为|作|成)(?:是)?|(?:也)?(?:即|就是)(?![使将刻便时])|相当于|等价于|等于|称得上|被称为|[又也亦]可?以?称之?为?"
    r"|也叫做?|简称为?)"
    r"|(?P<is>(?=[就也都便则乃即是])(?:就|也|都|便|(?<![规正准原法])则|乃|即)?(?<![但可还总只不正而于若要凡或硬倒])是(?![否的非以因]))"
    r")"
)
# The first character comes first and what it begins after: a search for one of a few is many times as fast.
_CLAUSE = re.compile(r"[，,：:—\s](?:(?<=[，,：:])|(?<=—)—|(?<=\s)[-–]\s)")
_HEADINGS = re.compile(
    r"^(?:\d{1,2}[.、]\s*|引言与背景|引言|背景|简介|概述|动机|前言|摘要|总结|相关内容|基本概念|定义|方法"
    r"|介绍|原理|核心思想|概念|相同点|不同点|\W|Introduction|Background|Motivation|Overview|Abstract"
    r"|Summary|Quick Start)\s+(?=\S)"
)
_STARTS_OF_HEADING = "引背简概动前摘总相基定方介原核不IBMOASQ"
"""The letters that `_HEADINGS` can begin with."""
_STRONG_MARK = MarkKind.STRONG
_SMALL = re.compile(
    r"^(?P<subject>[^，,。；;]{1,40}?)(?=[\s就则也主指是表代用负衡描度反控决])\s*(?P<predicate>(?:就|则|也|主要)?(?:指的是|是指|是(?![否的非])"
    r"|表示|代表|用于|用来|负责|衡量|描述|度量|反映|控制|决定|指(?=[的在一]))).{3,}$"
)
_SCOPE = re.compile(r"\s*(?:在[^，,。；]{1,20}?(?:中|里|上|下|时|方面))?\s*(?:通常|一般|常|主要|往往)?")
_LEGEND = re.compile(r"^(?:其中|式中|这里|此处|上式中|公式中)[，,：:]?\s*(?:的\s*)?\$")
MOST_TRIES = 4
"""Predicates of one sentence that are tried for a subject."""
MOST_CLAUSES = 12
"""Clauses of a sentence that are looked at for further subjects: one with more is a list."""
LATEST_PREDICATE = 110
"""Characters before the predicate."""
ENOUGH = 140
"""Characters after which no sentence about the same thing joins the back."""
SHORTEST_PREDICATE = 4
"""Characters after the predicate: `X 是 Y` with a shorter Y says next to nothing."""


def chinese_definition(note: Note) -> Iterator[Candidate]:
    """A Chinese sentence says what its subject is, means, does or is for: `感受野是指…`."""
    return with_contrasts(_of_sentences(note))


def _of_sentences(note: Note) -> Iterator[Candidate]:
    for sentence in whole_sentences(note):
        text = sentence.text
        if len(text) > 7 and not text.isascii() and has_cjk(text[:60]):
            found = (_topic(sentence) if text[0] in "而对关所像如给例比" else None) or _read(sentence)
            if found and not _is_legend(found, sentence):
                yield found
            if ("，" in text or "," in text or "：" in text or ":" in text or "—" in text) and (
                _DEFINES_LATER.search(text)
            ):
                for later in _later_clauses(sentence, found):
                    if not _is_legend(later, sentence):
                        yield later


def _is_legend(candidate: Candidate, sentence: Sentence) -> bool:
    """Whether `candidate` only says what a symbol of the formula before it stands for."""
    return "$" in candidate.front and _LEGEND.match(sentence.block.text) is not None


def _read(sentence: Sentence) -> Candidate | None:
    if sentence.block.marks and (set_off := _set_off(sentence)):
        return set_off
    text = without_announcement(
        without_lead(
            _without_heading(without_figure(without_cut(sentence.text[after_role(sentence) :].strip())))
        )
    )
    masked = masked_by(MASKED, text)
    if _asks(masked):
        return None
    return _by_predicate(sentence, text, masked)


def _without_heading(text: str) -> str:
    """`text` without a heading that ran into it."""
    may_head = text[:1] in _STARTS_OF_HEADING or not text[0].isalpha()
    return without(_HEADINGS, text) if may_head else text


def _asks(masked: str) -> bool:
    return masked.rstrip("。 ").endswith(("？", "?", "吗", "呢"))


def _by_predicate(sentence: Sentence, text: str, masked: str) -> Candidate | None:
    """The card of the first predicate of `text` with a subject that names something."""
    fallback = None
    for found in itertools.islice(_PREDICATE.finditer(masked, 0, LATEST_PREDICATE), MOST_TRIES):
        if not _may_tell(found, text):
            continue
        cuts = [0, *[cut.end() for cut in _CLAUSE.finditer(masked, 0, found.start())]]
        head, start, clause = subject_before(text, masked, found.start(), cuts, sentence.block.headings)
        # Most predicates have no subject that names something: what else there is to ask waits for one.
        if (head is None and clause != "after label") or leads_elsewhere(text, found):
            continue
        if head is None:
            break
        if _SETS.match(head.term):
            continue
        if not is_answer(text) or _tells_nothing(text, sentence) or _says_little(found, text, head):
            return None
        cues = (*_cues(text, found, clause), *subject_cues(head, text, found), *listed_cues(head, sentence))
        made = _card(sentence, text, head, start, cues)
        if fallback or not _RENAMES.match(found[0]):
            return made
        fallback = made
    return fallback


def _says_little(found: re.Match[str], text: str, head: Head) -> bool:
    """Whether the predicate `found` says what letters stand for, or hardly anything."""
    if found.lastgroup == "denotes" and _LETTERS.fullmatch(head.term):
        return True
    return _SAYS_LITTLE.search(text, max(0, found.start() - 1), LATEST_PREDICATE) is not None


def _tells_nothing(text: str, sentence: Sentence) -> bool:
    """Whether `text` is a step of a story, what somebody thinks, or only says that something follows."""
    return (
        _SEQUENCE.match(sentence.text) is not None
        or _OPINION.search(text[:LATEST_PREDICATE]) is not None
        or only_announces(text)
    )


def _may_tell(found: re.Match[str], text: str) -> bool:
    """Whether the predicate `found` is one in its place, and something stands after it that is no mere value."""
    masked, end = found.string, found.end()
    if found.lastgroup == "named" and text[found.start() - 1] not in ")）":
        return False
    if found.lastgroup in _NOUNS_TOO and text[end : end + 1] in ("(", "（"):
        return False
    return len(text) - end >= SHORTEST_PREDICATE and not (
        _may_value(masked[end]) and _VALUE.match(masked, end)
    )


def _cues(text: str, found: re.Match[str], clause: str) -> Iterator[str]:
    """What the predicate `found` is, where it stands and what it says."""
    yield f"zh {found.lastgroup}"
    yield clause
    yield from _about(text, found.end())
    yield from verb_cues(text, found)
    if _ALSO.search(text, max(0, found.start() - 2), found.start() + 1):
        yield "zh also"


def _may_value(character: str) -> bool:
    """Whether `_VALUE` can begin with `character`: no letter but what stands before a number."""
    return not character.isalpha() or character in "约大"


def _set_off(sentence: Sentence) -> Candidate | None:
    """A sentence that begins with its subject in bold, a field it is spoken of in perhaps between: `**X** 在 Y 中是指…`."""
    begin = sentence.start
    until = 0
    for kind, start, end in sentence.block.marks:
        if start == begin and kind is _STRONG_MARK:
            until = end
            break
    if not until:
        return None
    text = without_announcement(sentence.text)
    if not is_answer(text):
        return None
    masked = masked_by(MASKED, text)
    end = until - begin
    scope = _SCOPE.match(masked, end)
    found = _PREDICATE.match(masked, scope.end() if scope else end)
    head = head_of(text[:end], common=True, set_off=True)
    if not found or head is None or is_symbol(head.term) or len(text) - found.end() < SHORTEST_PREDICATE:
        return None
    cues = [f"zh {found.lastgroup}", "first clause", *_about(text, found.end()), "bold subject"]
    if points_elsewhere(text):
        cues.append("elsewhere")
    back = text + continued(sentence, ENOUGH)
    return make(CardKind.DEFINITION, head, back, sentence.block, offset=sentence.start, cues=tuple(cues))


def _card(sentence: Sentence, text: str, head: Head, start: int, cues: tuple[str, ...]) -> Candidate:
    further = continued(sentence, ENOUGH)
    back = without_lead(text[start:]) + further
    if _THEN_KIND.match(further.lstrip()):
        cues = (*cues, "zh then kind")
    offset = sentence.start + max(sentence.text.find(text[:12]), 0) + start
    if points_elsewhere(text):
        cues = (*cues, "elsewhere")
    place = sentence.block.text.find(head.term, sentence.start)
    if place >= 0 and sentence.block.is_strong_at(place):
        cues = (*cues, "bold subject")
    return make(CardKind.DEFINITION, head, back, sentence.block, offset=offset, cues=cues)


def _topic(sentence: Sentence) -> Candidate | None:
    """`对于 X，…`: what is said of X after naming it as the topic."""
    found = _TOPIC.match(sentence.text)
    if not found or not is_answer(sentence.text) or points_elsewhere(sentence.text):
        return None
    head = head_of(found["term"] or found["such"] or found["whose"])
    if head is None or is_symbol(head.term) or "$" in head.term:
        return None
    cues = ("zh means",) if found["that_is"] and "所谓" in found[0] else ("zh topic",)
    cues = ("zh such",) if found["such"] else ("zh whose",) if found["whose"] else cues
    return make(CardKind.DEFINITION, head, sentence.text, sentence.block, offset=sentence.start, cues=cues)


def _later_clauses(sentence: Sentence, first: Candidate | None) -> Iterator[Candidate]:
    """Further `X 是 Y` after a comma: `stride 是步长，ksize 是卷积核大小`."""
    text = without_cut(sentence.text)
    masked = masked_by(MASKED, text)
    cuts = [found.end() for found in _CLAUSE.finditer(masked)]
    if not cuts or len(cuts) > MOST_CLAUSES or masked.rstrip("。 ").endswith(("？", "?")):
        return
    ends = [*[cut - 1 for cut in cuts[1:]], len(text)]
    # Few clauses define something: what is asked of the whole sentence can wait for one that does.
    defining = [
        (start, head)
        for start, end in zip(cuts, ends, strict=True)
        if _DEFINES.search(text, start, end)
        and (head := _defined_by(without_lead(text[start:end].strip())))
        and not (first and _is_said_of(head, first))
    ]
    if not defining or not is_answer(text) or points_elsewhere(text):
        return
    opens = first is not None and "first clause" in first.cues
    parallel = opens and first is not None and first.front.isascii()
    untils = [*[start for start, _ in defining[1:]], len(text)]
    for (start, head), until in zip(defining, untils, strict=True):
        kind = "latin" if head.term.isascii() else "bracket" if head.aliases else "bare"
        back = without_lead(text[start:until].strip()).rstrip("，, ")
        alike = parallel or (opens and first is not None and are_kinds(first.front, head.term))
        cues = ("zh later clause", f"later {kind}", *(("zh parallel",) if alike else ()))
        offset = sentence.start + start
        yield make(CardKind.DEFINITION, head, back, sentence.block, offset=offset, cues=cues)


def _defined_by(clause: str) -> Head | None:
    """What a short `clause` with nothing before its subject defines."""
    found = _SMALL.match(_without_copulas(clause))
    if not found or is_dangling(clause) or _VALUE.match(clause, found.end("predicate")):
        return None
    name = without_naming(clause[: found.end("subject")])
    head = None if is_no_start(name) else head_of(name)
    return None if head is None or is_symbol(head.term) else head


def _is_said_of(head: Head, first: Candidate) -> bool:
    """Whether the sentence's `first` card is of `head` already."""
    return head.term == first.front or squash(first.back).startswith(squash(head.term))


def _without_copulas(clause: str) -> str:
    """`clause` with every 是 in a bracket, formula or quotation hidden."""
    if not may_mask(clause):
        return clause
    return MASKED.sub(lambda inner: inner[0].replace("是", "\x00"), clause)


def _about(text: str, end: int) -> Iterator[str]:
    after = text[end:]
    if _GENUS.match(after):
        yield "zh genus"
    if _ADJECTIVE.match(after):
        yield "zh adjective"
    if _JUDGED.match(after):
        yield "zh judged"


_VALUE = re.compile(
    r"\s*(?:约|大约|大概)?(?:[-−]?\d[\d.,]*\s*[%％A-Za-z]{0,3}|\x00{3,14})\s*(?:[，,。；;]|$)"
)
"""A number or symbol and nothing else: what something comes to in one case."""
_ALSO = re.compile("[也还又]")
_NOUNS_TOO = frozenset(("denotes", "does"))
"""Predicates that are the last part of a name where its English one stands right behind: 独热表示（one-hot representation）."""
_RENAMES = re.compile(r"又称|也叫|被称为|简称|也可以?称|也称|亦称|又可称")
_DEFINES = re.compile("是|指|表示|代表|用于|用来|负责|衡量|描述|度量|反映|控制|决定")
"""What `_SMALL` cannot do without."""
_DEFINES_LATER = re.compile(
    rf"[，,:：—][^，,:：—]{{1,40}}?(?=[是指表代用负衡描度反控决])(?:{_DEFINES.pattern})"
)
_SETS = re.compile(r"\d+(?:\.\d+)*\s*(?:设|若|如果|假设)")
"""What a numbered definition begins with and is not its subject: `定义 1 设 …`."""
_OPINION = re.compile(r"不得不说|说实话|坦白说|老实说|说真的|个人认为|我(?:个人)?觉得|在我看来|我认为")
"""What somebody thinks of a thing, and not what it is."""
_SAYS_LITTLE = re.compile(
    r"[也还仍](?:存在|有)(?:一些|不少|很多|许多|几个)?[^，,。]{0,6}(?:问题|缺点|不足|局限|缺陷)"
    r"|仍?然?(?:就?是|成为)一?个?(?:大|主要|严重)?(?:问题|难题|挑战|瓶颈)[。！]?$|没有(?:什么|太大|多大|明显|本质|任何)?的?(?:区别|差别|不同|变化|关系)[。！]?$"
    r"|是(?:[^，,。是]{1,12}[里中内上])?的?(?:一[个种类项])?(?:非常|很|十分|比较|最)?(?:重要|基础|基本|常见|常用|经典|核心|关键)的?(?:概念|问题|话题|知识点|部分|环节|内容)[。！]?$"
)
"""That a thing has flaws, matters, or is like another: not what it is."""
_LETTERS = re.compile(r"[a-z]{1,2}\d?")
"""What stands for something in a formula, its index lost or none."""
_NARRATES = ("提出", "引入", "认为", "解决", "结合", "采用", "使用", "需要", "存在")
"""What was done in one case, more often than what a thing does."""
_SEQUENCE = re.compile(
    r"(?:例如|比如|譬如|举例来说|举个例子|然后|接着|随后|紧接着|之后|将来|下一步|第[一二三四五]步)[，,:：]?"
)
"""A step of a story or procedure, or an example."""
_TOPIC = re.compile(
    r"^(?:而|例如|比如)?(?:对于?|给定)[^，,。；]{2,30}[，,](?:[它他]们?的|其)\s*(?P<whose>[^，,。；]{2,16}?)\s*(?:就是|(?:被)?定义为|是指|指的是|等于|即为?)(?=.{8})"
    r"|^(?:而)?(?:对于|关于|所谓的?)(?P<term>[^，,。；]{2,16}?)(?:来说|而言)?[，,](?P<that_is>即|就是|是|也就是|指)?(?=.{8})"
    r"|^[像如](?P<such>[^，,。；]{2,16}?)(?:这样|这类|这种|之类)的[^，,。；]{1,10}[，,]它们?(?=.{8})"
)
_GENUS = re.compile(
    r"一?(?:种|个|类|项|组|套|门|款|系列)|[^，。]{0,40}的(?:一种|一个|一类|方法|算法|模型|过程|函数|技术"
    r"|指标|问题|概率|数量|比例|差异|概念|机制|网络|结构|集合|程度|大小|值|平均值|量)"
    r"|[^，,。；;]{1,40}的[^，,。；;的]{1,4}(?:方法|算法|模型|过程|函数|技术|指标|概率|概念|机制|网络|结构|集合|工具|理论)(?=[，,。；;])"
)
_JUDGED = re.compile(
    r"[两几三]个?[^，,。]{0,6}不[同一][^，,。]{0,8}[，,。]|(?:一?[种个类项])?[^，,。]{0,12}?(?:非常|很(?!多)|十分|极其|比较(?![器法])|相当(?!于)|不错|流行|有趣|精巧|优秀|强大|热门)"
    r"[^，,。]{0,8}?的?[^，,。的]{0,10}[，,。]"
)
"""How good or common something is, and not what it is."""
_THEN_KIND = re.compile(r"[它其](?:就|本质上|实际上)?是(?:[^，,。]{2,30}的)?一?[种个类款套]")
"""The next sentence says what the subject is."""
_ADJECTIVE = re.compile(r"(?:非常|很|比较|更|最|十分|极其|不|有)")
