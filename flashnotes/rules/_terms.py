"""What can be the name of something: terms, their brackets and their other names."""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.rules._chinese import (
    BEGINS_A_NAME,
    BEGINS_A_NAME_WITH,
    NEVER_BEGINS,
    NEVER_BEGINS_WITH,
    NEVER_HOLDS,
    ends_badly,
)
from flashnotes.rules._generic import EDGES, is_counted, is_generic
from flashnotes.rules._head import Head
from flashnotes.rules._shorter import shorter_names
from flashnotes.rules._text import without
from flashnotes.rules._words import (
    AFTER_A_COUNT,
    COMMON_NOUNS,
    NEVER_FIRST,
    NEVER_INSIDE,
    NEVER_LAST,
)
from flashnotes.text import CJK, has_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence


LONGEST_TERM = 60
"""Characters, brackets not counted; half of it in Chinese."""
MOST_WORDS = 8

_INSIDE = r"(?:[^()（）]{1,120}[)）]|(?:[^()（）]|[(（][^()（）]{0,40}[)）]){1,120}[)）])"
"""The rest of a bracket after its opening; most hold no other, and are told in one step."""
BRACKET = rf"[(（]{_INSIDE}"
"""A bracket, brackets inside it one deep, as a part of a regular expression."""
BRACKETS = rf"\({_INSIDE}|（{_INSIDE}"
"""The same as alternatives, each with a first character of its own: a search for one of a few is many times as fast."""
# In TD(0) and TD(λ) the bracket is part of the name, in a formula part of the formula.
# The first character comes first and what it begins after: a search for one of a few is many times as fast.
_BRACKET = re.compile(
    rf"[$(（\s](?:(?<=\$)[^$]*\$|(?<=[(（])(?!(?<=[A-Za-z].)[\dλ][)）]){_INSIDE}|(?<=\s)\s*{BRACKET})"
)
_DUNDER = re.compile(r"__\w+__(?:\(\))?")
_SYMBOL_AFTER = re.compile(r"(?<=\S)\s*\$[^$]+\$$")
_LETTERED = re.compile(r"([A-Z][\w-]*(?: [\w-]+){1,4}),\s(?:[A-Z]|\$[^$]{1,12}\$)")
"""A name and the letter that stands for it: `Transition matrix, A`."""
_AT_VARIABLE = re.compile(r"\b(?:from|to|at|into)\s(?:an?\s|each\s|the\s)?[a-z]+\s\$[^$]{1,12}\$$")
"""A variable that a name needs: `Flow from node $i$` is not what `Flow from node` is."""
_OF_VARIABLE = re.compile(r"(\S.{2,}?)\s(?:of|in|on|for|over)\s(?:\$[^$\s]{1,24}\$|[A-Z])")
"""A name and the variable that it is of."""
_ONLY_OF_SOMETHING = frozenset(
    "behavior case cases choice component components condition distribution effect element elements entry example form"
    " index meaning member members number part parts position probability role row set sign size subset sum value values".split()
)
"""Nouns that name nothing without what they are of."""
_PLAIN_SYMBOL_AFTER = re.compile(r"(?<=[\u4e00-\u9fff])\s*[A-Za-z]{1,2}\([^()\u4e00-\u9fff]{1,16}\)$")
"""A symbol beside its name, typed without dollar signs: 条件熵 H(Y|X)."""
_NUMBERING = re.compile(
    r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[ivx]{1,4}|[a-z])[)）.、．]\s*|[①-⑳]\s*|[Ⅰ-Ⅻ][)）.、．]?\s*"
    r"|第[一二三四五六七八九十\d]+[章节讲课]\s*|(?:定义|定理|性质|引理|推论|算法|公式|技巧)\s*\d{1,2}(?:\.\d{1,2})?\s*[:：.、]?\s*"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:\.\d{1,2})*[，,]\s*|\d{1,2}(?:\.\d{1,2})+\.?\s+)+(?=\S)"
)
_NUMBERS = f"{string.ascii_lowercase}第一二三四五六七八九十定性引推算公技"
"""The letters that `_NUMBERING` can begin with."""
_ALSO_KNOWN = re.compile(
    r"([^()（）]{2,30}?(?:\s?[(（][^()（）]{1,60}[)）])?)\s*[,，]?\s*(?:又|也|亦|或)(?:被)?(?:称之为|称为|称作|叫做|称|叫)\s*([^()（）]{2,30}(?:\s?[(（][^()（）]{1,60}[)）])?)"
)
"""Two names of one thing: 相对熵又称 KL 散度."""
_SYMBOL_CALLED = re.compile(r"\$[^$]{1,60}\$\s?(?:叫做?|叫作|称之?为|称作|即为)\s?(?=\S{2})")
"""A symbol and the verb that gives it its name: `$P(Y)$ 叫做先验概率`."""
_EITHER = re.compile(
    r"([^()（）或]{2,30}\s?[(（][A-Za-z][^()（）]{1,60}[)）])\s?或者?\s?([^()（）或]{2,30}\s?[(（][A-Za-z][^()（）]{1,60}[)）])"
)
"""The same, each with its English name: 经验风险（empirical risk）或经验损失（empirical loss）."""
_EXPLAINS = re.compile(r"[(（]\s*(?:即|指|也就是|就是|意思是)?[^A-Za-z()（）]{14,}[)）]")
"""A bracket that says what a term is and gives no other name."""
_PART = re.compile(r"[,，、;；/]|\s或\s?|\bor\b|或者|或称")
_ALSO = re.compile(
    r"^(?:又|也|亦|或|即|简)?(?:被)?(?:称之?为|称作|称|叫做|叫作|叫|名为|名|译为|译作|译|记作|记为|简称为?"
    r"|简写为?|缩写为?|全称(?:为|是)?|英文(?:名|全称)?(?:为|是)?)\s*[:：]?\s*"
    r"|^(?:also\s+)?(?:known|called|referred\s+to|abbreviated|abbr\.?|short\s+for|aka|a\.k\.a\.|or"
    r"|i\.e\.,?|named|denoted)\s*(?:as|to|by)?\s+"
    r"|^(?:英文|全称|简称|缩写|英语|英|中文|以下简称|下称|记为|即|后文简称)\s*[:：]?\s*",
    re.IGNORECASE,
)
_NOT_ALIAS = re.compile(
    r"[=。！？$<>\\]|\bet al\b|\b(?:19|20)\d\d\b|等人?$|https?:|^\d+$|^[\d.\s%]+$|^(?:如|例如|比如|见|参考|图|表|详见|包括|包含|不|这|注|可"
    r"|或|由|以|通过|一种|其中|单位|默认|推荐)"
    r"|^(?:e\.g|i\.e|see|such|for|which|the\s|this|not|optional|if|with|in\b|also|from|or\b|and\b|usually"
    r"|often|recommended|default)",
    re.IGNORECASE,
)

CITATION = re.compile(r"\s{0,3}\[(?:\d{1,3}(?:\s*[,，–-]\s*\d{1,3})*|[^\[\]]{2,60}(?:19|20)\d\d[a-z]?)\]")
_ORDINAL = re.compile(
    r"^(?:first|second|third|last)\s(?:moment|order|derivative|law|kind|quartile|normal form|generation)",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"(?:^|.*\s)((?=\S*[._])[A-Za-z@.][\w.]*\w(?:\(\))?)$")
_TWICE = re.compile(r"^(?:.*\s)?(\S(?:.{0,40}\S)?)\s+(\1\S*)$")
_ASPECT = re.compile(
    r"^(.{2,20}?)\s*的(?:一个|主要|核心|关键|最大|明显|重要|基本|总体|整体|根本|中心|本质)*(?:特征|特点"
    r"|优势|优点|缺点|思想|思路|创新点?|目标|目的|任务|作用|本质|原理|想法|假设|核心|关键)$"
)
_SYMBOL = re.compile(
    r"^\$(?!.*\\text|[A-Za-z]{3,}\$)[^$]+\$(?:\s*(?:[、和与及,，]|\band\b|\bor\b)\s*\$[^$]+\$)*$"
    r"|^\$?\\?[A-Za-zα-ωΑ-Ω](?:['′*]|_\{?[\w,+\- ]{1,8}\}?|\^\{?[\w,+\- ]{1,8}\}?)*\$?$"
)
_PAIRS = (
    ("(", ")"),
    ("（", "）"),
    ("[", "]"),
    ("【", "】"),
    ("{", "}"),
    ("“", "”"),
    ("《", "》"),
    ("「", "」"),
)
_STEP = re.compile(
    r"^(?:网络|参数)?(?:前向传播|反向传播|临时)?(?:计算|更新|求|求解|初始化|设置|输入|输出|得到|返回|选择|定义|加载|读取)\S{0,4}?(?:参数|梯度|权重|损失|误差|数据|结果|动量|偏差|偏置|速度|更新)$"
)
"""What is done in a line of an algorithm: it cannot be asked for alone."""
_STARTS_OF_STEP = "网参前反临计更求初设输得返选定加读"
"""The characters that `_STEP` can begin with."""
_PICTURES = re.compile(
    "^[\\s\u2022\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+"
)
_TAKEN_OFF = frozenset(" (（")
"""Before or between these may stand what is no part of the term."""
_CLAUSES = re.compile(r"[，,：:=]")
_MARKS_OF_PAIRS = re.compile("[" + re.escape('"' + "".join(left + right for left, right in _PAIRS)) + "]")
_FILE = re.compile(
    r"^[\w./*-]*[/\\][\w./*-]*\.\w{1,5}$|^[\w-]+\.(?:py|md|csv|json|ya?ml|txt|sh|cpp|ipynb|png|jpg|html|js|sql|db)$"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’+#.-]*")
_LATIN_OR_CJK = re.compile(rf"[A-Za-zα-ωΑ-Ω{CJK}]")
# The first character comes first and what it begins after: a search for one of a few is many times as fast.
_SENTENCE_MARKS = re.compile(
    r"[。！？；;!?|→⇒.:\[](?:(?<=[。！？；;!?|→⇒])|(?<=\.)\s|(?<=:)//|(?<=\[)(?:Math|Formula|公式|代码)\])"
)
_DETERMINER = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


@lru_cache(maxsize=2048)
def head_of(text: str, *, common: bool = False, set_off: bool = False) -> Head | None:
    """The term and other names that `text` is, brackets read as other names; None if it names nothing.

    A `common` noun (参数, model) names something only where it is plainly being defined.
    What is `set_off` as a term, with its English name, is one whatever word it begins with (对比学习, 再流, 每次访问).
    """
    if text.isalnum() and text[0].isalpha() and text[0] not in _NUMBERS:
        return _with_names(text, []) if is_term(text, common=common or set_off) else None
    if "__" in text and _DUNDER.fullmatch(text.strip()):
        return Head(text.strip())
    text = _without_surroundings(text)
    if ("称" in text or "叫" in text or "或" in text) and (
        known := _ALSO_KNOWN.fullmatch(text) or _EITHER.fullmatch(text)
    ):
        return _with_other(head_of(known[1], common=common, set_off=set_off), head_of(known[2]))
    if ")" in text and not text.isascii():
        text = _PLAIN_SYMBOL_AFTER.sub("", text)
    aliases: list[str] = []
    bare = _without_brackets(text, aliases) if ("(" in text or "（" in text) else text
    term = " ".join(bare.split()).strip(EDGES)
    if term[:1] in "tTaA":
        term = without(_DETERMINER, term)
    if "$" in term or "," in term:
        term = _without_symbol(term)
    bilingual = bool(aliases) and _has_english_name(term, aliases)
    if not (is_term(term, common=common or set_off or bilingual) or (set_off and bilingual)):
        return None
    first, _, rest = term.partition(" ")
    if rest and first in aliases and term.isascii() and is_term(rest):
        term = rest
    return _with_names(term, aliases)


def _without_symbol(term: str) -> str:
    """`term` without the letter or the formula behind it that stands for it, where a name is left."""
    if lettered := _LETTERED.fullmatch(term):
        return lettered[1]
    if "$" not in term or _AT_VARIABLE.search(term):
        return term
    named = _SYMBOL_AFTER.sub("", term).strip(EDGES)
    return named if len(named) > 1 and is_term(named) else term


def without_variable(head: Head) -> Head:
    """`head` without what it is of, where that is nothing but a variable: a basis of `$V$` is a basis."""
    short = head.term
    while found := _OF_VARIABLE.fullmatch(short):
        short = found[1]
    if short == head.term or short.rpartition(" ")[2] in _ONLY_OF_SOMETHING or not is_term(short):
        return head
    return Head(short, (head.term, *head.aliases))


def _with_other(head: Head | None, other: Head | None) -> Head | None:
    """`head` with the names of `other`, which is the same thing."""
    return Head(head.term, (*head.aliases, other.term, *other.aliases)[:5]) if head and other else head


def _with_names(term: str, aliases: list[str]) -> Head:
    """The head `term` with `aliases` and the shorter names that it holds."""
    aliases.extend(shorter_names(term))
    if not aliases:
        return Head(term)
    own = term.casefold()
    return Head(term, tuple(dict.fromkeys([alias for alias in aliases if alias.casefold() != own]))[:5])


def _without_surroundings(text: str) -> str:
    """`text` without numbering, pictures, citations, a symbol that it is the name of, and a bracket that was opened elsewhere."""
    if text[:1] == "$":
        text = without(_SYMBOL_CALLED, text)
    first = text[:1]
    if first.isalpha() and first not in _NUMBERS:
        text = text.strip(EDGES)
    else:
        text = without(_NUMBERING, without(_PICTURES, text).strip(EDGES))
    if "[" in text:
        text = CITATION.sub("", text)
    return text.rstrip(")）") if (")" in text or "）" in text) and _lacks_opening(text) else text


def _lacks_opening(text: str) -> bool:
    return text.count(")") + text.count("）") == text.count("(") + text.count("（") + 1


def _without_brackets(text: str, aliases: list[str]) -> str:
    """`text` without its brackets; the names in them are added to `aliases`."""

    def take(found: re.Match[str]) -> str:
        bracket = found[0].lstrip()
        if bracket[:1] not in "(（":
            return found[0]
        if _EXPLAINS.match(bracket):
            return ""
        aliases.extend([name for part in _PART.split(bracket[1:-1]) if (name := _alias(part))])
        return " " if found.end() < len(text) and not has_cjk(text[found.end() : found.end() + 1]) else ""

    return _BRACKET.sub(take, text)


def is_step(text: str) -> bool:
    """Whether `text` is what is done in a line of an algorithm: 更新参数, 计算梯度."""
    return _STEP.match(text) is not None


def _has_english_name(term: str, aliases: Sequence[str]) -> bool:
    """Whether `term` is Chinese, short enough to be a name, and `aliases` tell what it is in English."""
    return (
        has_cjk(term)
        and len(term) <= LONGEST_TERM // 2
        and not _SENTENCE_MARKS.search(term)
        and any(alias.isascii() for alias in aliases)
    )


def subject_of(text: str, *, common: bool = False, set_off: bool = False) -> Head | None:
    """The term that a subject names, a heading that ran into it and the aspect spoken of set apart."""
    if " " in text:
        masked = text
        if "(" in text or "（" in text or "$" in text:
            masked = _BRACKET.sub(lambda bracket: "\x00" * len(bracket[0]), text)
        if again := said_twice(masked):
            text = text[again:]
        elif ("." in text or "_" in text) and (found := _IDENTIFIER.match(text)):
            text = found[1]
    head = head_of(text, common=common, set_off=set_off)
    if head and "的" in head.term and (found := _ASPECT.match(head.term)):
        return Head(head.term, (*head.aliases, found[1]))
    return head


def said_twice(text: str) -> int:
    """Where in `text` the term begins that a heading before it ran into: `… Adamax Adamax`; 0 if none did."""
    found = _TWICE.match(text) if _repeats_itself(text) else None
    return found.start(2) if found else 0


def _repeats_itself(text: str) -> bool:
    """Whether the last word of `text` begins with an earlier one: what `_TWICE` cannot do without."""
    *earlier, last = text.split() or [""]
    return last.startswith(tuple(earlier))


def _alias(text: str) -> str:
    """`text` as another name, or nothing where it is a remark."""
    text = without(_ALSO, text.strip(EDGES)).strip(EDGES)
    if not 1 < len(text) <= LONGEST_TERM or _NOT_ALIAS.search(text) or len(text.split()) > MOST_WORDS:
        return ""
    if has_cjk(text) and (len(text) > 16 or _opens_badly(text) or NEVER_HOLDS.search(text)):
        return ""
    return text if _LATIN_OR_CJK.search(text) else ""


def is_no_start(text: str) -> bool:
    """Whether no term can begin as `text` does: a word that joins or points stands first."""
    return _opens_badly(text) and text[0] != "第" and _TAKEN_OFF.isdisjoint(text)


def is_term(text: str, *, common: bool = False) -> bool:
    """Whether `text` can name something on its own."""
    if not text or len(text) > LONGEST_TERM:
        return False
    chinese = has_cjk(text)
    if not text.replace(" ", "").isalnum() and _is_broken(text, chinese=chinese):
        return False
    if chinese:
        if not _is_chinese_term(text) or (len(text) == 1 and not common):
            return False
    elif not (_LATIN_OR_CJK.search(text) and _is_english_term(text)):
        return False
    if is_generic(text):
        return common and text.casefold() in COMMON_NOUNS and not is_counted(text)
    return True


def _is_broken(text: str, *, chinese: bool) -> bool:
    """Whether the marks in `text` make it more than a name, or less."""
    if _SENTENCE_MARKS.search(text) or (chinese and _CLAUSES.search(text)):
        return True
    return (
        ("." in text and _FILE.search(text) is not None) or not _is_balanced(text) or text.count("$") % 2 > 0
    )


def _is_balanced(text: str) -> bool:
    """Whether every bracket and quotation mark of `text` has its partner."""
    if not _MARKS_OF_PAIRS.search(text):
        return True
    return all(text.count(left) == text.count(right) for left, right in _PAIRS) and text.count('"') % 2 == 0


def is_symbol(text: str) -> bool:
    """Whether `text` is nothing but symbols: `x`, `$x_t$`, `N`, `$a$、$b$`."""
    return (text[:1] in "$\\" or text[1:2] in "'′*_^$") and _SYMBOL.match(text) is not None


def _is_chinese_term(text: str) -> bool:
    return len(text) <= LONGEST_TERM // 2 and not (
        _opens_badly(text)
        or NEVER_HOLDS.search(text)
        or ends_badly(text)
        or (text[0] in _STARTS_OF_STEP and _STEP.match(text))
    )


def _opens_badly(text: str) -> bool:
    if not _may_open_badly(text) or not NEVER_BEGINS.match(text):
        return False
    return text[0] not in BEGINS_A_NAME_WITH or not BEGINS_A_NAME.match(text)


def _may_open_badly(text: str) -> bool:
    """Whether `text` can begin as `NEVER_BEGINS` does."""
    return text[:1] in NEVER_BEGINS_WITH or "时" in text[1:4]


def _is_english_term(text: str) -> bool:
    words = [word.casefold().rstrip(".") for word in text.replace("/", " ").replace("’", "'").split()]
    if not words or len(words) > MOST_WORDS or "," in text or " = " in text or ": " in text:
        return False
    if (len(text) == 1 and not text.isalpha()) or words[-1].endswith("'s"):
        return False
    if is_acronym(text):
        return True
    if words[0].isdigit() and words[1:2] and words[1] in AFTER_A_COUNT:
        return False
    if len(words) > 1 and words[-2].endswith("'s") and len(words[-1]) == 1:
        words.pop()  # Moran's I, Cohen's d
    lone = len(words) == 1 and words[0] in COMMON_NOUNS
    if (words[0] in NEVER_FIRST and not lone and not _ORDINAL.match(text)) or words[-1] in NEVER_LAST:
        return False
    return (NEVER_INSIDE.isdisjoint(words) and _WORD.search(text) is not None) or "$" in text


def is_acronym(text: str) -> bool:
    """Whether `text` looks like a short form: CNN, mAP, BiLSTM."""
    if not 1 < len(text) <= 10 or text.islower() or " " in text or not text[0].isalnum():
        return False
    return sum(map(str.isupper, text)) > 1
