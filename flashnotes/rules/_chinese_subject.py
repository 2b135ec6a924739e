"""The term before a Chinese predicate: in its clause or the one before, without what joins, remarks and counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.rules._context import context_head
from flashnotes.rules._head import Head
from flashnotes.rules._roles import is_role
from flashnotes.rules._terms import BRACKETS, head_of, is_no_start, is_symbol, subject_of
from flashnotes.rules._text import masked_by, without

if TYPE_CHECKING:
    from collections.abc import Sequence

MASKED = re.compile(
    rf"\$[^$]+\$|\[[^\[\]]{{1,60}}(?:19|20)\d\d[a-z]?\]|{BRACKETS}|“[^”]{{0,40}}”|《[^》]{{0,60}}》|\"[^\"]{{0,40}}\""
)
_ADVERBS = re.compile(
    r"(?=[更非十特相比就也都便则直进额共总曾同仍依重再只应像几其实本通一主经可常又并即仅正基往分大简严具首还所被能会目在，,:：\s])(?:就|也|都|便|(?<![规正准原法])则|总?共|一共|曾经|同样|仍然|依然|重复|再次|只应|应该?|像|几乎|其实|实际上|实质上|本质上?|通常|一般|主要|经常|可以|可|常常?|又|并|即|仅|只|正"
    r"|基本上|往往|分别|直接|进一步|额外|大致|简单来说|一般来说|通俗地说|严格来说|具体|首先|又|还|所|被|能够|(?<![性功智技职才效万潜动热势])能|会|目的|比较|更加|非常|十分|特别|相对"
    r"|在于|，|,|:|：|\s)+$"
)
_ADVERB_ENDS = "较加常分别对接步外共就也都便则实上质常般要以可又并即仅只正往别致说体先还所被够能会的于经样然复次应该像乎，,:："
"""The last characters of what `_ADVERBS` matches, white space apart."""
_APPOSITION = re.compile(
    r"^\s*(?:又|也|亦|有时也?|通常也?|一般也?|常|在某些文献中也?|以下|以后|后文)*(?:被)?(?:称之?为|称作|称"
    r"|叫做|叫作|叫|名为|简称为?|简写为?|缩写为?|全称(?:为|是)?|英文(?:名|全称)?(?:为|是)?"
    r"|记[作为])\s*[:：]?\s*(.+)$"
)
_STARTS_OF_APPOSITION = "又也亦有通一常在以后被称叫名简缩全英记"
"""The characters that `_APPOSITION` can begin with, white space apart."""
_CALLED = re.compile(r"^.*(?:称之为|称为|称作|叫做|叫作)\s*")
_LEAD = re.compile(
    r"^(?:(?:首先|其次|再次|最后|最终|具体|一般|注意|同理|显然|总之|综上)(?=[，,:：\s])|其中|另外|此外"
    r"|同时(?=[，,])|因此|所以|因而|于是|但是?|然而|不过|而且|而(?!言)|那么|并且|且(?!慢)|具体(?:来说|而言"
    r"|地)|简单(?:来说|地说|而言)|换句话说|也就是说|总的来说|一般(?:来说|而言|情况下)|通常(?:来说|情况下)?"
    r"|通常所说的|所说的|所谓的?|众所周知|事实上|实际上|其实|相应地|特别地|类似地|从字面上|顾名思义|反观|术语(?![表库集学])"
    r"|接下来|这里的?|这时|此时|对于|关于|至于|首先是|即(?![时席使便将插刻])"
    r"|(?:TL;?DR|一句话(?:总结|概括|来说)?|简而言之|简言之|总而言之|总的来讲|小结|总结(?:一下)?)(?=[，,:：\s]))[，,:：\s]*"
)
_LEADS = "首其再最具一注术同显总综另此因所于但然不而那并且简换也通众事实相特类从顾反接这至对关即T小"
"""The characters that `_LEAD` can begin with."""
LONGEST_ADVERBS = 16
"""Characters of adverbs before a predicate."""
_SCOPING = re.compile(r"(?:在[^，,。；;]{1,24}?[中里上下时内]|作为[^，,。；;]{2,24})[，,]\s*")
"""A clause that says where or as what, before the one whose subject is the term."""
_SO_CALLED = re.compile(r"\s*(?:我们|人们|大家)?(?:平时|平常|通常|常)?所?[说称讲]的\s*")
_SUBJECT_BEFORE = ("", "它", "其")
"""What stands before a predicate whose subject the clause before it names."""
_REMARKED = re.compile(
    r"(?P<term>[^。；;]{2,60}?)"
    r"(?=[\s最首早近目现正刚恰从顾人如听看是由来源起出诞发提于在结思原做形实计概很非十比相也参和与跟])"
    r"\s*(?:最早|最初|首次|首先|早在|近年来?|近几年|最近|目前|现在|正好|刚好|恰好|从字面|顾名思义|[人正]?如其名|听起来|看起来|看似"
    r"|是?由(?!来)(?=.{2,40}(?:提出|发明|发表|发布|推出|开发|设计|引入|给出|改进|实现))|(?<=[^出])来?源[于自]|起源于|出自|来自|诞生于|发表[于在]|提出于"
    r"|[于在]\s*(?:\d{4}|上世纪|[^，,]{1,30}(?:提出|发布|推出|引入|首次))|在[^，,]{1,12}?[上中](?=[很非十比更最])"
    r"|(?:结构|思想|原理|做法|形式|实现|计算|概念)?(?:很|非常|十分|比较|相对|也很|也不)(?=[简复常容好直难热流有重高自清巧直])"
    r"|(?:结构|参数|计算量?)?(?:比|和|与|跟)(?=[^，,]{1,20}?(?:简单|复杂|相似|类似|相反|不同|一样|轻量?|快|慢|[多少大小]一?些?$)))"
)
"""A clause about its subject that does not tell yet what it is: who made it, when, how simple it is."""
_TWO_LANGUAGES = re.compile(
    r"([\u4e00-\u9fff]{2,10})\s+([A-Za-z][A-Za-z/ -]+?)(?:\s*(?:或者?是?|又[称名]|也[叫称])\s*[A-Za-z /-]+)?"
)
"""A Chinese name and its English one beside it."""
_SUCH_AS = re.compile(r"^.*(?:比如|例如|譬如|诸如)\s*")
_WAY = re.compile(r"([^的]{2,16}?)\s?(?:的(?:方式|方法|做法|机制)|方式)")
_BARE = re.compile(r"[\u4e00-\u9fff]{2,8}")
_COMPARED = re.compile(
    r"(?:(?<![规正准原法])则|(?:与|和|同)[^，,与和同]{1,24}?(?:相反|不同|类似|相似|相比|一样|相同))$"
)
_ENDS_OF_COMPARED = "则反同似比样"
"""The last characters of what `_COMPARED` matches."""
_ONE = re.compile(r"^(?:一[个种条类款项]|每[个种])\s?(?=[^，,]{2,20}[(（][A-Za-z])")
_OF_ONE = re.compile(r"(?:一|每一?|某一?|任意?一)[个种条次]\s?[^的，,]{1,20}的(?=[^的]{2,20}$)")
"""Whose the subject is, where it is any one's: 一个轨迹的回报."""
_MEANS = re.compile(r"是指|指的是")
_FIELD = re.compile(r"[^的]{2,12}[中里上]的([^的].+)$")
_STRONG = re.compile(r"是指|指的是|就?是一[种个类组段系]|(?:被)?定义为")
_QUOTED = re.compile(
    r"^(?:(?:这个|该)?(?:术语|名词|概念|词语|单词|说法))?\s*[“\"「]([^“”\"「」]{2,24})[”\"」](?:一词)?$"
)
"""A name in quotation marks, with or without a word that says that it is one: 术语“蒙特卡洛”."""
_BETWEEN = re.compile(r"^(?:给定|[两二三几多]个)[^的]{2,16}(?:的[^的]{2,8})?之?间?的([^的]{3,12})$")


def subject_before(
    text: str, masked: str, end: int, clauses: Sequence[int], headings: Sequence[str] = ()
) -> tuple[Head | None, int, str]:
    """The term before the predicate at `end`, where its statement begins, and which of the `clauses` it stands in.

    A common noun is one under a heading that it is.
    """
    predicate, cuts = end, list(clauses)
    aliases: tuple[str, ...] = ()
    bare = _without_adverbs(text[cuts[-1] : end])
    if len(cuts) > 1 and bare.strip() in _SUBJECT_BEFORE:
        if masked[cuts[-1] - 1] in ":：—":
            return None, 0, "after label"
        stands_for, end = bare.strip(), cuts.pop() - 1
        if head := _remarked(without_lead(text[cuts[-1] : end].strip())):
            return head, cuts[-1], "remarked subject"
        if stands_for:
            return None, 0, ""
        bare = _without_adverbs(text[cuts[-1] : end])
    if len(cuts) > 1 and (named := _apposed(text[cuts[-1] : end])):
        alias = head_of(_without_adverbs(named[1]))
        aliases = (alias.term, *alias.aliases) if alias else ()
        end = cuts.pop() - 1
        bare = _without_adverbs(text[cuts[-1] : end])
    head = _head_in(without(_SO_CALLED, bare) if "的" in bare else bare, text, predicate)
    if head is None and headings and (bare := bare.strip()) and headings[-1].endswith(bare):
        head = context_head(headings[-1], common=True)
        head = head if head and bare in (head.term, *head.aliases) and not is_role(bare) else None
    if head is None:
        return None, 0, ""
    start = cuts[-1]
    label = max([cut for cut in cuts if cut and masked[cut - 1] in ":：—"], default=0)
    names = tuple(dict.fromkeys((*head.aliases, *aliases)))
    return Head(head.term, names), label, _place_of(text[:start], start == label, len(cuts))


def _head_in(clause: str, text: str, predicate: int) -> Head | None:
    """The term that the words of `clause`, up to the `predicate` of `text`, name."""
    bare = clause.strip()
    if not bare:
        return None
    subject = without_naming(without_lead(bare))
    if "如" in subject:
        subject = _SUCH_AS.sub("", subject)
    if subject[-1:] in _ENDS_OF_COMPARED:
        subject = _COMPARED.sub("", subject)
    if subject[:1] in "一每":
        subject = _OF_ONE.sub("", _ONE.sub("", subject))
    if "”" in subject or '"' in subject or "」" in subject:
        subject = _QUOTED.sub(r"\1", subject)
    head = _named(subject, text, predicate) or _modified(subject)
    if (
        head is None
        and _MEANS.match(text, predicate)
        and _BARE.fullmatch(subject)
        and not (is_no_start(subject) or is_role(subject))
    ):
        head = Head(subject)
    if head is None and bare.startswith("所谓") and _BARE.fullmatch(subject):
        head = Head(subject)
    head = _with_bearer(_out_of_field(head)) if head else None
    return None if head is None or is_symbol(head.term) else head


def _place_of(before: str, labelled: bool, clauses: int) -> str:
    """Where among the `clauses` of its sentence a statement stands, as a cue; one after where or as what comes first."""
    if not before:
        return "first clause"
    if labelled:
        return "after colon"
    return "scoped clause" if _SCOPING.fullmatch(before) else f"clause {min(clauses, 3)}"


def _remarked(clause: str) -> Head | None:
    """The subject of a `clause` that only remarks on it (`X 由 Y 提出，`) before the next one says what it is."""
    found = _REMARKED.match(clause)
    if found is None:
        return None
    names = _TWO_LANGUAGES.fullmatch(found["term"])
    head = Head(names[1], (names[2].strip(),)) if names else head_of(found["term"])
    return head if head and not is_no_start(found["term"]) and not is_symbol(head.term) else None


def _named(subject: str, text: str, predicate: int) -> Head | None:
    """The term that `subject` is; a common noun is one where the predicate plainly defines it."""
    if is_no_start(subject):
        return None
    return subject_of(subject, common=_STRONG.match(text, predicate) is not None)


def _apposed(clause: str) -> re.Match[str] | None:
    """Another name, where the clause before the predicate only gives one."""
    clause = clause.rstrip("，, ")
    return _APPOSITION.match(clause) if clause.lstrip()[:1] in _STARTS_OF_APPOSITION else None


def _without_adverbs(text: str) -> str:
    """`text` without the adverbs at its end; only the end is looked at."""
    if text[-1:] not in _ADVERB_ENDS and not text[-1:].isspace():
        return text
    return text[:-LONGEST_ADVERBS] + _ADVERBS.sub("", text[-LONGEST_ADVERBS:])


def _modified(subject: str) -> Head | None:
    """The noun that `subject` ends with, the terms that it holds between before it: 两个等长字符串之间的海明距离."""
    found = _BETWEEN.match(subject) if subject[:1] in "给两二三几多" else None
    return head_of(found[1]) if found else None


def _with_bearer(head: Head) -> Head:
    """`head` with the shorter name of one that is spoken of by its way of doing: 在线策略的方式."""
    found = _WAY.fullmatch(head.term) if head.term[-1] in "式法制" else None
    return Head(head.term, (*head.aliases, found[1])) if found else head


def _out_of_field(head: Head) -> Head:
    """`head` without the field that it is spoken of in: 统计学中的方差."""
    found = _FIELD.match(head.term)
    inner = head_of(found[1]) if found else None
    return Head(inner.term, (head.term, *inner.aliases, *head.aliases)) if inner else head


def without_naming(subject: str) -> str:
    if "称" not in subject and "叫" not in subject:
        return subject
    masked = masked_by(MASKED, subject)
    found = _CALLED.match(masked)
    return subject[found.end() :] if found else subject


def without_lead(text: str) -> str:
    """`text` without the words that join it to what stands before."""
    return without(_LEAD, text) if text[:1] in _LEADS else text
