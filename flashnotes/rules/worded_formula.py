"""`准确率 = 正确数 / 总数`, `power := 1 - β`: an equation in words or in text, without LaTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind, MarkKind
from flashnotes.rules._terms import head_of, is_symbol
from flashnotes.rules._text import make
from flashnotes.text import CJK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note, Sentence

_EQUATION = re.compile(
    r"(?P<name>[^=＝≈:：。，,;；!?！？$`]{2,40}?)\s*(?::\s?=|(?<![<>!=])[=＝](?![=>]))\s*(?P<sum>[^=＝。；;!?！？$`]{3,160})"
    r"(?:[。；;，]|,\s|\.(?:\s|$)|$)"
)
_OPERATOR = re.compile(
    rf"(?<=[\w{CJK})）%])\s*[×÷+*/]\s*(?=[\w{CJK}(（√Σ∑%])|(?<=[\w)）])\s?[−-]\s?(?=[\wα-ωΑ-Ω(（])"
)
_NAMES = re.compile(rf"[{CJK}]{{2}}|[A-Za-z]{{2}}|[α-ω]")
_CODE = re.compile(r"\w\.\w+\(|\w\[|[{}|\\]|\w\(\)|\+=|//|\*\*|lambda|['\"]\w")
_RUN_OF_WORDS = re.compile(r"(?:\b[a-z]{2,} ){3}[a-z]{2,}")
"""Prose in which an operator stands by chance."""
_LEADS_ON = re.compile(
    r"^(?:因此|所以|即|则|那么|其中|从而|于是|例如|比如|如|so|thus|hence|then|e\.g\.)[，,\s]*", re.IGNORECASE
)


def worded_formula(note: Note) -> Iterator[Candidate]:
    """A name, an equals sign and a sum of names, without LaTeX: `准确率 = 正确数 / 总数`."""
    for sentence in note.sentences:
        if ("=" in sentence.text or "＝" in sentence.text) and "$" not in sentence.text:
            found = _read(sentence)
            if found:
                yield found


def _read(sentence: Sentence) -> Candidate | None:
    text = _LEADS_ON.sub("", sentence.text.strip())
    found = _EQUATION.match(text)
    if not found and (comma := text.rfind("，", 0, text.find("="))) >= 0:
        text = _LEADS_ON.sub("", text[comma + 1 :].strip())
        found = _EQUATION.match(text)
    if not found or sentence.block.kind is BlockKind.HEADING or _is_code(sentence, text):
        return None
    back = found["sum"].strip()
    if not _OPERATOR.search(back) or not _NAMES.search(back) or _RUN_OF_WORDS.search(back):
        return None
    head = head_of(found["name"])
    if head is None or is_symbol(head.term):
        return None
    equation = f"{found['name'].strip()} = {back}"
    return make(
        CardKind.FORMULA, head, equation, sentence.block, offset=sentence.start, cues=("worded equation",)
    )


def _is_code(sentence: Sentence, text: str) -> bool:
    return _CODE.search(text) is not None or any(
        mark.kind is MarkKind.CODE and mark.start <= sentence.start < mark.end
        for mark in sentence.block.marks
    )
