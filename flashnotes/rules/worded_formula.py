"""`准确率 = 正确数 / 总数`, `power := 1 - β`: an equation in words or in text, without LaTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind, MarkKind
from flashnotes.rules._context import context_head
from flashnotes.rules._generic import is_generic
from flashnotes.rules._terms import head_of, is_symbol
from flashnotes.rules._text import make, without
from flashnotes.text import CJK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Block, Note, Sentence

_ITEM, _CODE_BLOCK = BlockKind.ITEM, BlockKind.CODE
_EQUATION = re.compile(
    r"(?P<name>[^=＝≈:：。，,;；!?！？$`\n]{2,40}?)\s*(?::\s?=|(?<![<>!=])[=＝](?![=>]))\s*(?P<sum>[^=＝。；;!?！？$`\n]{3,160})"
    r"(?:[。；;，]|,\s|\.(?:\s|$)|$)"
)
_OPERATOR = re.compile(
    rf"(?<=[\w{CJK})）%])\s*[×÷+*/]\s*(?=[\w{CJK}(（√Σ∑%])|(?<=[\w)）])\s?[−-]\s?(?=[\wα-ωΑ-Ω(（])|(?<=[{CJK})）])\s+[xX]\s+(?=[{CJK}(（\d])"
)
_REMARK = re.compile(r"[，,]\s?(?!其中|where\b|且)[^+*/×÷（()）−-]{2,60}$")
"""What the sentence goes on to say that is no part of the sum."""
_NAMES = re.compile(rf"[{CJK}]{{2}}|(?!pi\b)[A-Za-z]{{2}}|[α-ω]")
_CODE = re.compile(r"\w\.\w+\(|\w\[|[{}|\\]|\w\(\)|\+=|//|\*\*|lambda|['\"]\w")
_PROGRAM = re.compile(r"[\[\]{}|\\;_\"'#<>]|\w\.[A-Za-z]|\*\*|//|[a-z]\(|(?:^|\s)[a-z]+\s*=")
"""What an equation that is set as code has where it is part of a program."""
_SUM = re.compile(rf"[\w{CJK}()（）+−*/×÷%^.·√∑\s-]{{5,120}}")
_MULTIPLIES = re.compile(
    rf"(?<=[\w{CJK})）])\s?[×÷*]\s?(?=[\w{CJK}(（])|(?<=[{CJK})）])\s[xX]\s(?=[{CJK}(（])|\)\s?/\s?\(|[\w)]\s?/\s?\([^()]{{0,40}}\+|\+[^()]{{1,40}}\)\s?/"
)
"""What tells a sum of names from names with a stroke between: 训练/测试."""
_RUN_OF_WORDS = re.compile(r"(?:\b[a-z]{2,} ){3}[a-z]{2,}")
"""Prose in which an operator stands by chance."""
_LEADS_ON = re.compile(
    r"^(?:因此|所以|即|则|那么|其中|从而|于是|例如|比如|如|so|thus|hence|then|e\.g\.)[，,\s]*", re.IGNORECASE
)

_LABEL = re.compile(r"[^:：=＝，,]{1,12}[:：](?!=)\s*")
"""What the equation is said to be before it: `通式：参数量 = …`."""


_OPERATORS = ("+", "-", "*", "/", "=", "×", "÷")
"""At the end of an equation they show that the rest was never written."""


def worded_formula(note: Note) -> Iterator[Candidate]:
    """A name, an equals sign and a sum of names, without LaTeX: `准确率 = 正确数 / 总数`."""
    for sentence in note.sentences:
        text = sentence.text
        if "$" in text:
            continue
        if "=" in text or "＝" in text:
            found = _read(sentence)
        else:
            found = _alone(sentence) if sentence.block.kind is _ITEM else None
        if found:
            yield found
    for block in note.blocks:
        if block.kind is _CODE_BLOCK and (made := _in_code(block)):
            yield made


def _read(sentence: Sentence) -> Candidate | None:
    if _is_code(sentence, sentence.text):
        return None
    text = _LEADS_ON.sub("", without(_LABEL, sentence.text.strip()))
    found = _EQUATION.match(text)
    if not found and (comma := text.rfind("，", 0, text.find("="))) >= 0:
        found = _EQUATION.match(_LEADS_ON.sub("", text[comma + 1 :].strip()))
    return _made(found, sentence.block, sentence.start) if found else None


def _made(found: re.Match[str], block: Block, offset: int) -> Candidate | None:
    """The card of the equation `found`, unless it has no sum of names or its left side is none."""
    back, name = _REMARK.sub("", found["sum"]).strip(), found["name"].strip()
    first = back.partition("，")[0]
    if (
        back.endswith(_OPERATORS)
        or not _OPERATOR.search(first)
        or not _NAMES.search(first)
        or _RUN_OF_WORDS.search(back)
    ):
        return None
    head = head_of(name)
    if head is None or is_symbol(head.term):
        return None
    return make(CardKind.FORMULA, head, f"{name} = {back}", block, offset=offset, cues=("worded equation",))


def _in_code(block: Block) -> Candidate | None:
    """The equation that a block of code is and nothing else: of names and no part of a program."""
    line = block.text.strip()
    if "=" not in line or "\n" in line or _PROGRAM.search(line):
        return None
    found = _EQUATION.fullmatch(line)
    return _made(found, block, 0) if found else None


def _alone(sentence: Sentence) -> Candidate | None:
    """A list item that is a sum of names, under the item that names it: `参数量`, `- 每个核的参数 × 核的数量`."""
    text, block = sentence.text.strip(), sentence.block
    if not block.parents or sentence.number or len(text) < len(block.text.strip()):
        return None
    if not _SUM.fullmatch(text) or not _MULTIPLIES.search(text) or not _NAMES.search(text):
        return None
    name = block.parents[-1]
    head = None if is_generic(name) else context_head(name)
    if head is None or _RUN_OF_WORDS.search(text):
        return None
    return make(CardKind.FORMULA, head, text, block, offset=sentence.start, cues=("worded equation",))


def _is_code(sentence: Sentence, text: str) -> bool:
    """Whether `text` is part of a program; an equation of names that is all its sentence is none, even if it is set as code."""
    if _CODE.search(text):
        return True
    first, last = sentence.start, sentence.start + len(text)
    return _PROGRAM.search(text) is not None and any(
        mark.kind is MarkKind.CODE and first <= mark.start < last for mark in sentence.block.marks
    )
