"""A row of a table whose header names a term and its meaning, expansion or formula."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import Block, BlockKind
from flashnotes.rules._context import nearest
from flashnotes.rules._head import Head
from flashnotes.rules._spelling import long_form
from flashnotes.rules._terms import head_of, is_acronym, is_symbol
from flashnotes.rules._text import is_answer, make
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note

_ROW, _ABBREVIATION, _DEFINITION, _FORMULA_CARD = (
    BlockKind.ROW,
    CardKind.ABBREVIATION,
    CardKind.DEFINITION,
    CardKind.FORMULA,
)
_TERM = re.compile(
    r"^(?:.{0,6}(?:术语|名词|概念|名称|词汇|关键词|专有名词|单词|指标|符号名)|词|英文(?:名|术语|全称)?"
    r"|中文(?:名|术语)?"
    r"|(?:\w+ )?(?:term|terms|name|concept|word|keyword|metric|variant|type|vocabulary|terminology|phrase"
    r"|notion|key term))$",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"^(?:.{0,6}(?:定义|含义|解释|释义|说明|描述|意思|意义|作用|简介|介绍|详解|内容|功能|用途|思想|思路|原理|做法|机制|要点|本质|概要)|核心|是什么|是啥|做什么|干什么|干嘛的?|怎么.{1,3}|如何.{1,4}|什么时候用|何时.{0,2}用|一句话.{0,4}"
    r"|(?:\w+ )?(?:definitions?|meaning|descriptions?|explanation|details|what it (?:is|does|means"
    r"|measures)|what is it|purpose|uses?|usage|used for|role|function|summary|interpretation|ideas?|mechanism|principle|how it works)"
    r"|(?:description|definition)s?\b.{0,20})$",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"^(?:.{0,4}(?:缩写|简称|简写|首字母缩写)|abbr(?:\.|eviations?|eviated)?|acronyms?|short(?:\s?form)?"
    r"|initialism)$",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"^(?:.{0,4}(?:全称|全名|英文|英文名|完整名称)|full\s?(?:name|form)|expansion|stands for|long\s?form"
    r"|english|meaning|expanded)$",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"^(?:.{0,6}(?:公式|表达式|计算方式|计算方法|计算公式)|(?:\w+ )?(?:formula|equation|expression))$",
    re.IGNORECASE,
)
_ENGLISH, _CHINESE = (
    re.compile(r"^(?:英文|英语|English).{0,4}$", re.IGNORECASE),
    re.compile(r"^(?:中文|汉语|Chinese|译名|翻译).{0,4}$", re.IGNORECASE),
)
_PARTS = re.compile(
    r"(?:章节?|节|课程?|讲|周|单元|仓库|文件|文档|目录|路径|链接|网站|书名?|教程|论文|日期|版本|作者|题目?|题号"
    r"|chapters?|sections?|lectures?|lessons?|units?|weeks?|days?|dates?|projects?|repo(?:sitory|s)?|files?|folders?|paths?"
    r"|links?|urls?|books?|papers?|courses?|tutorials?|versions?|authors?|notebooks?|exercises?|no\.?|#)$",
    re.IGNORECASE,
)
"""A first column of parts of the text or of work, which are no terms."""
_ASPECTS = re.compile(
    r"(?:性质|特性|特点|属性|方面|维度|特征|propert(?:y|ies)|aspects?|characteristics?|features?|attributes?|dimensions?)$",
    re.IGNORECASE,
)
"""A first column of what is said of the one thing that the table is about."""
_COMPARES = re.compile(
    r"(?:.{0,4}(?:比较|对比|区别).{0,4}|维度|方面|项目?|特[征性点]|属性|指标|aspects?|features?|criteri(?:on|a)|)$",
    re.IGNORECASE,
)
"""A first column of what is compared of the things that the other columns are headed by."""
_DEFINES = re.compile(
    r"(?:基本|主要|核心)?(?:定义|概念|含义|本质|思想|思路|原理|做法|是什么)$|(?:definition|meaning|concept|what (?:it )?is.{0,4})$",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"(?:methods?|approach(?:es)?|techniques?|algorithms?|models?|strateg(?:y|ies)|architectures?|protocols?|structures?|patterns?|theor(?:y|ies)"
    r"|variants?|types?|kinds?|operators?|方法|算法|模型|策略|技术|架构|结构|协议|模式|理论|类型|变体|方案|操作符|运算符)$",
    re.IGNORECASE,
)
"""A first column of things that have names."""
_SAYS_WHAT = re.compile(
    r"(?:what|how)\s(?:is|are|it|they|gets?|happens|changes|does)\b[^?]{0,30}$|(?:训练|更新|改变|学习)(?:什么|的是什么|的?对象|内容)$",
    re.IGNORECASE,
)
"""A column that says what each of them does: `What is trained`."""
_KEYWORD = re.compile(
    r"(?!(?:YES|NO|TODO|TBD|NA|TOTAL|OK|NONE)$)[A-Z]{2,12}(?:[ _][A-Z]{2,12}){0,3}(?:\(\))?"
)
"""A word of a language that is written in capitals: IS NULL, GROUP BY."""
SHORTEST_PHRASE = 2
"""Words that a cell needs to say what something is; in Chinese three characters for each."""
_CODE = re.compile(r"lambda |==|\w\.\w+\(")
_WHOLE_FORMULA = re.compile(r"\$(?=[^$]*[=+*/^\\])[^$]{6,}\$")
_BARE_FORMULA = re.compile(r"(?=[^=$]{1,40}=)(?=[^$]*\\[a-z]{2})[A-Za-z\\][^$`]{5,200}")
"""A formula that was typed without dollar signs."""
_EQUATION = re.compile(r"\$|[=/^]|\\frac")


def table(note: Note) -> Iterator[Candidate]:
    """A table's row: the term column and the column of its meaning, expansion or formula."""
    seen: tuple[str, ...] | None = None
    columns: dict[str, int] = {}
    for block in note.blocks:
        if block.kind is _ROW:
            if block.header is not seen:
                seen, columns = block.header, _columns(block.header)
            if columns:
                yield from _row(block, columns)
            elif (what := _what_column(block.header)) and (found := _named_row(block, what)):
                yield found
            elif len(block.cells) > 2 and _DEFINES.match(_clean(block.cells[0])):
                yield from _of_headers(block)
            if "formula" not in columns:
                yield from _formula_cell(block)


def _of_headers(block: Block) -> Iterator[Candidate]:
    """What a row of definitions says of the things that a comparison's columns are headed by."""
    if not block.header or not _COMPARES.match(_clean(block.header[0])):
        return
    for name, said in zip(block.header[1:], block.cells[1:], strict=False):
        head, back = head_of(_clean(name), common=True), _clean(said)
        if head and not is_symbol(head.term) and len(back) > 3 and is_answer(back):
            yield make(_DEFINITION, head, back, block, cues=("compared column",))


@lru_cache(maxsize=8)
def _what_column(header: tuple[str, ...]) -> int:
    """The column that says what the things of the first one are; 0 if there is none."""
    if len(header) < 2 or not _KINDS.search(_clean(header[0])):
        return 0
    return next(
        (number for number, title in enumerate(header) if number and _SAYS_WHAT.match(_clean(title))), 0
    )


def _named_row(block: Block, what: int) -> Candidate | None:
    """What a row says of the thing that its first cell names, each column under its title."""
    if what >= len(block.cells):
        return None
    said = _clean(block.cells[what])
    head = head_of(_clean(block.cells[0]), common=True)
    if head is None or not _is_phrase(said) or not is_answer(said):
        return None
    columns = [
        f"{_clean(title)}: {cell}"
        for title, text in zip(block.header[1:], block.cells[1:], strict=False)
        if (cell := _clean(text))
    ]
    return make(_DEFINITION, head, "\n".join(columns), block, cues=("named row",))


def _is_phrase(said: str) -> bool:
    return len(said) >= 3 * SHORTEST_PHRASE if has_cjk(said) else len(said.split()) >= SHORTEST_PHRASE


def _columns(header: tuple[str, ...]) -> dict[str, int]:
    """What the columns of a table hold, by role; empty for a table of data, of contents or of a comparison."""
    roles: dict[str, int] = {}
    if header and _PARTS.match(header[0].strip("*_` ")):
        return roles
    for number, title in enumerate(header):
        title = re.sub(r"\s*[(（].*?[)）]", "", title).strip()
        for role, pattern in (
            ("short", _SHORT), ("english", _ENGLISH), ("chinese", _CHINESE), ("formula", _FORMULA),
            ("long", _LONG), ("meaning", _MEANING), ("term", _TERM),
        ):  # fmt: skip
            if pattern.match(title):
                roles.setdefault(role, number)
                break
    if (
        "long" in roles
        and "short" not in roles
        and "meaning" not in roles
        and _MEANING.match(_clean(header[roles["long"]]))
    ):
        roles["meaning"] = roles.pop("long")
    if "term" not in roles and ("meaning" in roles or "formula" in roles) and 0 not in roles.values():
        roles["first"] = 0
    return roles


def _row(block: Block, columns: dict[str, int]) -> Iterator[Candidate]:
    cell = {
        role: _clean(block.cells[number]) for role, number in columns.items() if number < len(block.cells)
    }
    name = cell.get("term") or cell.get("first") or cell.get("english") or cell.get("short") or ""
    aspect = "first" in columns and _ASPECTS.match(block.header[columns["first"]].strip("*_` "))
    head = _aspect(name, block) if aspect else head_of(name, common=True)
    if head is None and _KEYWORD.fullmatch(name):
        head = Head(name)
    cue = "aspect column" if aspect else "first column" if "first" in columns else "term column"
    long = cell.get("long") or cell.get("english") or ""
    short = cell.get("short", "")
    if short and long and is_acronym(short) and long != short:
        yield make(_ABBREVIATION, Head(short), long, block, cues=("short column",))
    if head is None:
        return
    others = [
        alias
        for role in ("english", "chinese", "short", "long")
        if (alias := cell.get(role, "")) and alias != name
    ]
    head = Head(
        head.term, tuple(dict.fromkeys((*head.aliases, *(other for other in others if len(other) < 60))))
    )
    meaning = cell.get("meaning", "")
    if meaning and is_answer(meaning) and len(meaning) > 3:
        spelled = is_acronym(name) and long_form(name, meaning) == meaning
        yield make(_ABBREVIATION if spelled else _DEFINITION, head, meaning, block, cues=(cue,))
    elif (
        "english" in cell
        and "chinese" in cell
        and has_cjk(cell["chinese"])
        and not meaning
        and len(cell["english"]) > 1
    ):
        yield make(
            _DEFINITION,
            Head(cell["english"], (short,) if short else ()),
            cell["chinese"],
            block,
            cues=("translation",),
        )
    formula = cell.get("formula", "")
    if formula and _EQUATION.search(formula) and not _CODE.search(formula):
        yield make(_FORMULA_CARD, head, formula, block, cues=(cue,))


def _aspect(name: str, block: Block) -> Head | None:
    """The property `name` of what the headings name: alone it has no one answer."""
    head = nearest(block.headings, block.parents)
    if head is None or not head_of(name, common=True):
        return None
    front = f"{head.term}的{name}" if has_cjk(name) else f"{head.term}: {name}"
    return Head(front, (f"{head.term} {name}", *head.aliases))


def _formula_cell(block: Block) -> Iterator[Candidate]:
    """The one formula in a row that begins with a name."""
    formulas = [formula for cell in block.cells[1:] if (formula := _formula_in(cell.strip()))]
    head = head_of(_clean(block.cells[0])) if len(formulas) == 1 else None
    if head and not is_symbol(head.term):
        yield make(_FORMULA_CARD, head, formulas[0], block, cues=("formula cell",))


def _formula_in(cell: str) -> str:
    """The formula that `cell` is and nothing else, between dollar signs; nothing if it is none."""
    if "$" in cell:
        return cell if _WHOLE_FORMULA.fullmatch(cell) else ""
    return f"${cell}$" if "\\" in cell and _BARE_FORMULA.fullmatch(cell) else ""


def _clean(text: str) -> str:
    text = text.strip().strip("*_`").strip()
    return "" if text in ("-", "—", "/", "N/A", "无") else text
