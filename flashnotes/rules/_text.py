"""What rules share about sentences: what is whole, what points elsewhere, how a card is made."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes.model import BlockKind
from flashnotes.notes.sentences import each_sentence
from flashnotes.text import as_bytes, ascii_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.notes import Block, Sentence
    from flashnotes.rules._head import Head

_ITEM, _DEFINITION = BlockKind.ITEM, CardKind.DEFINITION
_PLACEHOLDER = re.compile(r"\[(?:公式|Math|Formula|代码|Code|图片|Image|Equation)\]", re.IGNORECASE)
_NOTHING_AFTER = re.compile(
    r"(?:如下(?:所示|图|式|表|代码)?|下图|下式|下表|下面|以下|as follows|following|below|shown below"
    r"|such as|namely|for example)\s*[:：.。]?\s*$"
    r"|(?:定义|公式|形式|表达式|方程|规则|计算|表示|如)(?:是|为|如下|成)$|(?:包括|包含|分为|分成|如下|[是为有])[，,]$"
    r"|[:：]\s*(?:[(（]?\d{1,2}[.、)）]?\s*)?$"
)
_LAST_OF_ANNOUNCEMENT = "下示图式表码面是为成sgwyeſSGWYE:：、，,)）"
"""The last characters of what `_NOTHING_AFTER` matches, full stops and digits apart."""
_ANNOUNCING = ("follows", "following", "below", "such as", "namely", "example")
"""How what `_NOTHING_AFTER` matches ends in English."""
_ELSEWHERE_ZH = re.compile(
    # The first characters of all alternatives: looked at before any of them is tried.
    r"(?=[如见在参图下上左右表代以式公本最例同])(?:[如见在参](?:下|上|左|右|本|后|前)?[面述]?图|图\s*\d|下图|上图|左图|右图|图中|图所示|表\s*\d+\s*所示"
    r"|代码中|上述代码|以下代码|下面的?代码|如上所示|上面的代码|上式|下式|式\s*[(（]\d|[将取由用对去合立入]\s?[(（]\d{1,2}[)）]|公式\s*[(（]?\d"
    r"|本(?:文|章|节|例|教程|项目|仓库|课程)|[最]?[上下左右][面边]那[个些条张]|例子中|同样的(?:方法|办法|方式|做法|思路|道理))"
)
_FIGURE = re.compile(
    r"(?:正|则)?如(?:下|上|左|右)?[图表]\s*[\d.-]*\s*(?:[(（]\w[)）])?(?:中)?(?:所示)?\s*[，,]\s*"
)
_ELSEWHERE_EN = re.compile(
    r"\b(?:(?:figure|fig\.|table|listing|equation|eq\.)\s*\(?\d|(?:figure|diagram|image|picture|plot|chart"
    r"|code|snippet|video|notebook)\s+(?:above|below)"
    r"|(?:above|following|below)\s+(?:figure|diagram|image|picture|code|snippet|table)"
    r"|(?:found|listed|available|read|seen) here\b|in this (?:case|example|figure|video|chapter|section|lecture|notebook|tutorial|post|article|book"
    r"|course|lesson|unit)\b|in the (?:figure|video|previous|next|above|example|following))"
)
_THIS_PIECE = re.compile(
    r"this (?:code|example|script|notebook|implementation|tutorial|repo(?:sitory)?|guide|article|post|lesson|assignment|page"
    r"|document|readme|snippet|lab|exercise)\b"
)
_DANGLING = re.compile(
    r"^(?:它们?|其(?![他它中实余])|该|这|那|此(?!外)|前者|后者|上述|以上|上面|他们?"
    r"|(?:it|its|this|that|these|those|they|he|she|here|there|such|both|the above|the latter|the former)\b)"
)
_READER_ZH = re.compile(
    r"你|您|大家|咱们|同学|读者|笔者|请(?:注意|看|参|读|先|点|在)|欢迎|推荐|感谢|谢谢|点击|下载|安装|关注|知乎|公众号|博客|转载|摘自"
)
# The first letter comes first and what must stand before it after: a search for one of a few letters is faster.
_READER_EN = re.compile(
    r"(?:y(?<=\by)ou(?:r|'ll|'re|'ve)?|l(?<=\bl)et'?s|p(?<=\bp)lease|c(?<=\bc)(?:lick|heck out|ongratulations)"
    r"|d(?<=\bd)(?:ownload|on't forget)|i(?<=\bi)(?:nstall|'?ll|'?m)|s(?<=\bs)ubscribe|w(?<=\bw)(?:elcome|e'?ll)"
    r"|t(?<=\bt)hank)\b"
)
_READER_WORDS = as_bytes(
    "you your let lets please click check congratulations download don install ill i im subscribe welcome we well thank".split()
)
"""The words that `_READER_EN` can begin with."""
_INSTRUCTION = re.compile(
    r"\W*(?:write|create|implement|design|suppose|consider|explain|describe|show|find|compute|calculate"
    r"|list|modify|prove|verify|plot|draw|fill|answer|discuss"
    r"|choose|select|click|open|install|download|run|make|build|train|load|import|try|use|add|remove|check"
    r"|set|go|see|read|note|define|initialize|update|submit|convert|replace|follow|repeat|apply|take|put|get|give"
    r"|plug|substitute|evaluate|determine|estimate|refer|help|tell|ask|extract|return|complete)(?:\s+(?:an?|the|that|your|this|all|how|why|whether|to|each|it|out|at)\b|\s*$)"
    r"|(?:请|编写|实现|完成|证明|计算|求|写出|试|运行|执行|安装|下载|打开|点击)(?:一|下|以|出|该|如|上|了"
    r"|证|着|参)"
)
_OF_WRITER = re.compile(
    r"I(?:['’](?:m|ve|ll|d)\b|\s(?:will|have|am|was|had|do|did|would|want|think|thought|need|feel|felt|learn(?:ed|t)?|hope|plan|decided|know|believe"
    r"|guess)\b)"
)
_TO_WRITER = re.compile(
    r"\b(?:that|which|[Ss]omethings?|things?)\s[Ii](?:['’](?:m|ve|d)\b|\s(?:am|have|was|feel|find|think|like|know|want|need|learned)\b)"
)
EARLY_IN_TEXT = 120
"""Characters of a text in which its writer comes up if it is about that."""
_ASKS = re.compile(
    r"(?:何为|何谓|什么(?:是|叫)|为什么|为何|介绍(?:一下|下)|讲(?:一讲|讲|一下)|谈(?:一谈|谈)|说(?:一说|说)|聊聊|简述|试述|简要(?:说明|介绍|描述))"
)
"""How a question or an exercise opens that no mark ends."""
_UNWRITTEN = re.compile(
    r"(?:TODO|todo|Todo|TBD|TBA|tbd|WIP|N/A|n/a|To be (?:done|added|written|completed|continued)|待(?:补充|完善|续|填|更新|写)|略[。.]?$)"
)
"""What stands where an answer is to be written."""
_STARTS_OF_ASKS = "何什为介讲谈说聊简试"
"""The characters that `_ASKS` can begin with."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\s")
LONGEST_WITH_LINK, LEAST_BESIDE_LINKS = 120, 16
"""Characters: a text with a link has to be longer than the one, and hold as many as the other besides."""
_LINK = re.compile(r"https?://|www\.")
_NAMES = re.compile(r"^[^:：。.,，]{1,40}\s?[:：]\s?(?=\S|$)")
_CONTINUES = re.compile(
    r"(?:它们?|其|该|换句话说|也就是说|即|具体(?:来说|地)?，|通俗)|(?:It|Its|They|Their|These|This|That is"
    r"|In other words|Specifically)\b"
)
_ANNOUNCEMENT = re.compile(
    r"[，,；;]\s*(?:例如|比如|如|见)?(?:下|上)图(?:所示)?\s*[:：]$|"
    r"[，,;；](?:其|它的|具体|数学|详细)?[^，,;；。]{0,14}(?:如下(?:所示)?|为|是|公式|有|定义|表示|得到"
    r"|即)\s*[:：]$"
    r"|,\s*(?:and\s+)?(?:it\s+|which\s+)?(?:is|can be|are|given|defined|calculated|computed|expressed"
    r"|written|formulated|as)\b[^,;.]{0,40}:$"
)
_LISTS = re.compile(
    r"(?:\b(?:follow(?:s|ing(?:\s[a-z]{3,20}){0,2})|below|these|include[sd]?|including|are|is|steps?|such as|example|like this"
    r"|by|as|of|formula|equation)"
    r"|如下|包括|包含|分为|为|是|有|下面|以下|几[种个类点]|步骤|方法|例子|如|公式|所示|表示|形式|问题|原因"
    r"|优点|缺点)\s*[:：]$"
)
_NUMBER = re.compile(r"^(?:[(（]?\d{1,2}[)）、．，,](?!\d)|\d{1,2}\.\s|[①-⑳])\s*")
_NEXT = re.compile(r"[(（]\d{1,2}[)）]\s*[^，,。；;：:]{2,16}[：:]|[①-⑳]")
"""The next of several numbered things."""
_TRAILING = re.compile(
    r"[，,]\s*+(?:即|也就是|也即|有|得|则|(?:其|它的?|具体|数学)?[^，,；;。]{0,12}(?:公式|定义|形式|表达式|方程|规则)(?:是|为))?$"
)
"""What is left of a clause that goes on in the formula under it."""
LONGEST_ANNOUNCEMENT = 22
"""Characters: a longer sentence before a colon says something of its own, unless its last word lists."""
LONGEST_OPENING = 12
"""Characters at the beginning of a sentence that tell whether it dangles: `the former` and what may follow."""
LONGEST_ENDING = 24
"""Characters at the end of a sentence in which an announcement is looked for."""
LONGEST_LISTING = 56
"""The same where it may be several words: `consists of the following main parts:`."""
LONGEST_CUT = 40
"""Characters before a clause that was cut off: with fewer the sentence says nothing without it."""
LONGEST_BACK = 600
"""Characters: what is longer is a page, not an answer."""
_of_sentence = lru_cache(maxsize=1024)
"""Several rules ask the same of one sentence, soon after each other."""


def without(pattern: re.Pattern[str], text: str) -> str:
    """`text` without what `pattern` matches at its beginning."""
    found = pattern.match(text)
    return text[found.end() :] if found else text


def may_mask(text: str) -> bool:
    """Whether `text` holds what begins a stretch that is no part of the sentence around it."""
    return (
        "(" in text
        or "（" in text
        or "$" in text
        or "“" in text
        or '"' in text
        or "[" in text
        or "《" in text
    )


HIDDEN = "\x00"
"""What stands for each character that is masked."""


def masked_by(pattern: re.Pattern[str], text: str) -> str:
    """`text` with what `pattern` matches hidden, character for character."""
    return pattern.sub(_hidden, text) if may_mask(text) else text


def _hidden(found: re.Match[str]) -> str:
    return HIDDEN * len(found[0])


def without_figure(text: str) -> str:
    """`text` without the remark that a figure or table shows it: the sentence stands without it."""
    return _FIGURE.sub("", text) if "如" in text and _may_show(text) else text


def _may_show(text: str) -> bool:
    """Whether `text` holds what `_FIGURE` cannot do without."""
    return "如" in text and ("图" in text or "表" in text)


def is_cut_off(text: str) -> bool:
    """Whether the end of `text` was lost."""
    if "..." not in text and "…" not in text:
        return False
    end = text.rstrip('"”)） ')
    return end.endswith(("...", "…"))


def without_cut(text: str) -> str:
    """`text` without a last clause whose end was lost, where as many clauses as said something are whole."""
    if ("…" not in text and "..." not in text) or not is_cut_off(text):
        return text
    whole = max(text.rfind(mark) for mark in "，,")
    return text[:whole] + "。" if whole >= LONGEST_CUT and not text.isascii() else text


def has_placeholder(text: str) -> bool:
    """Whether a formula or code was lost from `text`."""
    return "[" in text and _PLACEHOLDER.search(text) is not None


def announces(text: str) -> bool:
    """Whether `text` only says that something follows."""
    end = text.rstrip()
    if end[-1:] in ".。":
        end = end[:-1].rstrip()
    last = end[-1:]
    if last in (":", "：") and len(end) == len(text):
        return True
    if last not in _LAST_OF_ANNOUNCEMENT and not last.isdigit():
        return False
    if last.isascii() and last.isalpha() and not end[-LONGEST_ENDING:].casefold().endswith(_ANNOUNCING):
        return False
    return _NOTHING_AFTER.search(text[-LONGEST_ENDING:].lower()) is not None


@_of_sentence
def points_elsewhere(text: str) -> bool:
    """Whether `text` leans on a figure, a code listing or the article it stands in."""
    if not text.isascii() and _may_point(text) and _ELSEWHERE_ZH.search(text):
        return True
    lower = text.casefold()
    if "this " in lower and _THIS_PIECE.search(lower):
        return True
    return _may_point_in_english(lower) and _ELSEWHERE_EN.search(lower) is not None


def _may_point(text: str) -> bool:
    """Whether `text` holds what `_ELSEWHERE_ZH` cannot do without."""
    return (
        "图" in text
        or "本" in text
        or "面那" in text
        or "边那" in text
        or "式" in text
        or "所示" in text
        or "例子中" in text
        or "同样的" in text
        or "代码" in text
    )


def _may_point_in_english(lower: str) -> bool:
    """Whether `lower` holds what `_ELSEWHERE_EN` cannot do without."""
    return (
        "in th" in lower
        or "fig" in lower
        or " here" in lower
        or "above" in lower
        or "below" in lower
        or "following" in lower
        or "eq" in lower
        or "table" in lower
        or "listing" in lower
    )


def is_dangling(text: str) -> bool:
    """Whether `text` begins with a word that stands for something said before."""
    return _DANGLING.match(text[:LONGEST_OPENING].lower()) is not None


@_of_sentence
def addresses_reader(text: str) -> bool:
    """Whether `text` speaks to its reader."""
    if not text.isascii() and _READER_ZH.search(text):
        return True
    lower = text.casefold()
    return _may_address(lower) and _READER_EN.search(lower) is not None


def _may_address(lower: str) -> bool:
    """Whether `lower` holds what `_READER_EN` cannot do without; only of ASCII that is told faster than it is looked for."""
    return not lower.isascii() or not _READER_WORDS.isdisjoint(ascii_words(lower))


def is_instruction(text: str) -> bool:
    """Whether `text` tells somebody to do something: an exercise or a step."""
    return _INSTRUCTION.match(text.lower()) is not None


@_of_sentence
def is_answer(text: str) -> bool:
    """Whether `text` can be the back of a card: whole, with content, no page, no link list."""
    return (
        len(text) > 1
        and len(text) <= LONGEST_BACK
        and not is_cut_off(text)
        and not has_placeholder(text)
        and not announces(text)
        and not (text[0] in _STARTS_OF_ASKS and _only_asks(text))
        and not (text[0] in "TtWNn待略" and _UNWRITTEN.match(text))
        and not (("://" in text or "www." in text) and _is_all_links(text))
    )


def tells_of_writer(text: str) -> bool:
    """Whether the first sentence of an English `text` tells what its writer does or thinks, as a diary or a plan does."""
    if not text.isascii() and "’" not in text:
        return False
    if text[:1] == "I" and _OF_WRITER.match(text):
        return True
    return _TO_WRITER.search(text, 0, EARLY_IN_TEXT) is not None


def _only_asks(text: str) -> bool:
    """Whether `text` opens as a question or an exercise does and answers nothing after it."""
    return _ASKS.match(text) is not None and "\n" not in text and "。" not in text[:-1]


def _is_all_links(text: str) -> bool:
    """Whether `text` is a short one with a link in it, or nothing but links."""
    return _LINK.search(text) is not None and (
        len(text) < LONGEST_WITH_LINK or len(_ADDRESS.sub("", text)) < LEAST_BESIDE_LINKS
    )


def opening(text: str, enough: int) -> str:
    """The first sentence of `text`, and the following ones while they are short and stand by themselves."""
    end = 0
    for first, last in each_sentence(text):
        part = text[first:last]
        if end and (last > enough or not _goes_on(part)):
            break
        end = last
    return text[:end].strip()


def _goes_on(part: str) -> bool:
    """Whether `part` can follow on a back: whole, with content, about nothing that is not there."""
    return not (
        is_cut_off(part)
        or has_placeholder(part)
        or announces(part)
        or points_elsewhere(part)
        or (part[0] in "(（①②③④⑤⑥⑦⑧⑨" and _NEXT.match(part))
    )


def without_announcement(text: str) -> str:
    """`text` without a last clause that only announces: `…的比例，公式如下：`, `…的最大值，即`."""
    if text[-1:] in "，,即是为有得则":
        return _TRAILING.sub("。", text) if not text.isascii() else text
    if text[-1:] not in (":", "："):
        return text
    bare = _ANNOUNCEMENT.sub("", text)
    if (
        bare == text
        and len(text) > LONGEST_ANNOUNCEMENT
        and not _LISTS.search(text[-LONGEST_LISTING:].lower())
    ):
        return text[:-1] + ("。" if text[-1] == "：" else ".")
    return bare


def continued(sentence: Sentence, enough: int) -> str:
    """What the following sentences of the block add while they speak of the same thing (`It …`, `其…`)."""
    block, start = sentence.block, sentence.start + len(sentence.text)
    end = start
    length = len(sentence.text)
    if length >= enough or start >= len(block.text):
        return ""
    for first, last in each_sentence(block.text[start : start + 2 * enough]):
        part = without_figure(block.text[start + first : start + last].strip())
        if (
            not _CONTINUES.match(part)
            or length + len(part) > enough
            or not _goes_on(part)
            or part.endswith(("?", "？"))
        ):
            break
        length += len(part)
        end = start + last
    return without_figure(block.text[start:end].rstrip())


def items_text(blocks: Sequence[Block], enough: int) -> str:
    """The list items that `blocks` begin with, while they are short and none names something itself."""
    parts: list[str] = []
    for block in blocks:
        if block.kind is not _ITEM or _NAMES.match(block.text) or is_cut_off(block.text):
            break
        if parts and sum(map(len, parts)) + len(block.text) > enough:
            break
        parts.append(block.text)
    return "\n".join(parts)


def make(
    kind: CardKind, head: Head, back: str, block: Block, *, offset: int = 0, cues: tuple[str, ...] = ()
) -> Candidate:
    """A candidate for `head` from the text at `offset` of `block`."""
    back = back.replace("**", "").strip()
    return Candidate(
        kind,
        head.term,
        _NUMBER.sub("", back) if kind is _DEFINITION and not back[:1].isalpha() else back,
        block.line_at(offset),
        aliases=head.aliases,
        headings=block.headings,
        cues=cues,
    )
