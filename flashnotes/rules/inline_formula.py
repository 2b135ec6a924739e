"""`X 的公式为 $a = b$`, `X is given by $a = b$`: a formula that stands in the sentence that names it."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.rules._chinese_formulas import is_operation, without_step
from flashnotes.rules._formulas import is_task, named_in
from flashnotes.rules._head import Head
from flashnotes.rules._latex import is_bare, left_side, spoken_name, with_symbol
from flashnotes.rules._symbols import called_in
from flashnotes.rules._terms import head_of
from flashnotes.rules._text import is_instruction, make
from flashnotes.text import has_cjk, squash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note, Sentence

_FORMULA = re.compile(r"\$([^$]+)\$")
_EQUATES = re.compile(r"(?<![<>!\\])=|\\leftarrow|\\triangleq|\\gets")
_CALLED_HERE = re.compile(
    r"\s*+[，,]?\s*+(?:就|也|则|便|被|通常|一般|我们)*(?:称之为|称为|称作|叫做|叫作|叫|(?:就)?是(?=[^，,。；;的]{2,12}[，,。；;]))\s*(?P<name>[^，,。；;：:（(！!$]{2,24})"
)
_APPOSED = re.compile(
    r"[^，,。；;：:\s$]{2,24}(?:公式|函数|方程|方程式|不等式|定律|法则|分布)\s*$"
    r"|(?:\b[\w-]+\s){1,3}(?:function|formula|equation|rule|loss|inequality|law)\s*$",
    re.IGNORECASE,
)
_GOVERNING = re.compile(
    r"^.*(?:通过|利用|使用|根据|由于|由|代入|按照|按|然后|我们|得到|采用|基于|即为|为|是|有|的是|用)"
    r"|^.*\b(?:the|an?|by|use|using|following|with|of)\s"
)
MOST_FORMULAS = 12
"""Of one sentence that are looked at: one with more is a calculation."""
SHORTEST_FORMULA, LONGEST_FORMULA = 5, 400
"""Characters."""
LEADING = 120
"""Characters."""
LONGEST_NAME = 60
"""Characters of a name that stands before its formula, brackets counted."""
_VALUE = re.compile(r"=\s*[-\d.,]+\s*$")
_SYMBOLS = re.compile(r"\\?[A-Za-z]+")
_OPERATES = re.compile(
    r"[+*/^]|(?<=[\w})\]])\s*-|\\(?:frac|sum|prod|int|sqrt|cdot|times|log|exp|max|min|cup|cap|mathbb)|[A-Z]\["
)
_GOES_ON = re.compile(r"\s*(?:vs\.?|或者?|v\.s\.)\s*\$", re.IGNORECASE)
"""What follows a formula that is one of two."""
_TRAILING = re.compile(r"^\s*[，,。.;；)）]|^\s*$")


def inline_formula(note: Note) -> Iterator[Candidate]:
    """A formula inside the sentence that names it: `Bellman 方程即 $v = r + γ P v$`."""
    for sentence in note.sentences:
        if "$" in sentence.text:
            yield from _read(sentence)


def _read(sentence: Sentence) -> Iterator[Candidate]:
    text = sentence.text
    for found in itertools.islice(_FORMULA.finditer(text), MOST_FORMULAS):
        if not SHORTEST_FORMULA <= len(found[1]) <= LONGEST_FORMULA:
            continue
        equates = _EQUATES.search(found[1]) is not None
        if not (equates or _is_expression(found[1])) or is_bare(found[1]) or _VALUE.search(found[1]):
            continue
        before = text[max(0, found.start() - 4 * LEADING) : found.start()].rstrip()
        if before.count("$") % 2:
            continue
        named = (
            _called_here(text[found.end() :])
            or (
                before
                and named_in(_leading(sentence) + before, sentence.block.headings, sentence.block.parents)
            )
            or _apposed(before)
            or _name_alone(sentence, before)
            or _called(sentence, found)
            or _spelled(sentence, found)
        )
        if (
            named is None
            or is_instruction(named[0].term)
            or is_task(named[0].term)
            or (not equates and not _is_what_it_is(named[1], text[found.end() :]))
            or _is_subject(named[1], text[found.end() :])
            or _GOES_ON.match(text, found.end())
        ):
            continue
        head, cue = Head(without_step(named[0].term), named[0].aliases), named[1]
        if is_operation(head.term):
            continue
        if not head.aliases:
            head = with_symbol(head, found[1])
        cues = ["inline " + cue if equates else "expression"]
        if not _TRAILING.match(text[found.end() :]):
            cues.append("goes on")
        yield make(
            CardKind.FORMULA,
            head,
            f"${found[1]}$",
            sentence.block,
            offset=sentence.start + found.start(),
            cues=tuple(cues),
        )


def _is_expression(latex: str) -> bool:
    """Whether `latex`, which has no left side, is a sum of several symbols and no mere name."""
    return len(_SYMBOLS.findall(latex)) > 1 and _OPERATES.search(latex) is not None


def _is_what_it_is(cue: str, after: str) -> bool:
    """Whether the words before a formula, as `cue` tells, say that what they name is it, and nothing follows."""
    return (cue.endswith("label") or "leading sentence" in cue) and _TRAILING.match(after) is not None


def _is_subject(cue: str, after: str) -> bool:
    """Whether a label only leads to a sentence about the formula: `一维时最好理解：$z = 2x$ 把区间拉长一倍`."""
    return cue.endswith("label") and has_cjk(after.lstrip()[:1])


def _leading(sentence: Sentence) -> str:
    """What the block says before the sentence: all of it, or in a long one its opening and its end."""
    text, start = sentence.block.text, sentence.start
    return text[:start] if start <= 2 * LEADING else f"{text[:LEADING]}。{text[start - LEADING : start]}"


def _called_here(after: str) -> tuple[Head, str] | None:
    """The name that is given to the formula right behind it: `$…$ 称为 X`."""
    found = _CALLED_HERE.match(after)
    head = head_of(found["name"]) if found else None
    return (head, "called") if head else None


def _called(sentence: Sentence, formula: re.Match[str]) -> tuple[Head, str] | None:
    """What the rest of the block calls what `formula` defines: `$p = …$, $p$ 称为…`."""
    symbol = squash(left_side(formula[1]).strip("$"))
    end = sentence.start + formula.end()
    head = called_in(sentence.block.text[end : end + 4 * LEADING], symbol) if symbol else None
    return (head, "called") if head else None


def _spelled(sentence: Sentence, formula: re.Match[str]) -> tuple[Head, str] | None:
    """The name that the `formula`, which a line begins with, gives its left side: `- $Accuracy = …$`."""
    start, end, text = sentence.start + formula.start(), sentence.start + formula.end(), sentence.block.text
    ends = end >= len(text) - 1 or end in sentence.block.breaks or end + 1 in sentence.block.breaks
    alone = (not start or start in sentence.block.breaks) and (ends or text[end].isspace())
    name = spoken_name(formula[1]) if alone else ""
    head = head_of(name) if name else None
    return (head, "spelled") if head else None


def _name_alone(sentence: Sentence, before: str) -> tuple[Head, str] | None:
    """A list item or line that is a name and its formula: `查准率（精确率）$P = …$`."""
    if sentence.number or len(before) > LONGEST_NAME:
        return None
    head = head_of(before)
    return (head, "name alone") if head else None


def _apposed(before: str) -> tuple[Head, str] | None:
    """The name that stands right before the formula: `通过逆扩散公式 $…$`, `the softmax function $…$`."""
    found = _APPOSED.search(before)
    if not found:
        return None
    head = head_of(_GOVERNING.sub("", found[0]).strip())
    return (head, "apposed") if head else None
