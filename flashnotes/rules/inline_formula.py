"""`X 的公式为 $a = b$`, `X is given by $a = b$`: a formula that stands in the sentence that names it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.rules._formulas import is_bare, left_side, named_in
from flashnotes.rules._text import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note, Sentence

_FORMULA = re.compile(r"\$([^$]{5,400})\$")
_EQUATES = re.compile(r"(?<![<>!\\])=|\\leftarrow|\\triangleq|\\gets")
_TRAILING = re.compile(r"^\s*[，,。.;；)）]|^\s*$")


def inline_formula(note: Note) -> Iterator[Candidate]:
    """A formula inside the sentence that names it: `Bellman 方程即 $v = r + γ P v$`."""
    for sentence in note.sentences:
        if "$" in sentence.text:
            yield from _read(sentence)


def _read(sentence: Sentence) -> Iterator[Candidate]:
    text = sentence.text
    for found in _FORMULA.finditer(text):
        if not _EQUATES.search(found[1]) or is_bare(found[1]) or re.search(r"=\s*[-\d.,]+$", found[1]):
            continue
        before = text[: found.start()].rstrip()
        if not before or before.count("$") % 2:
            continue
        named = named_in(before, sentence.block.headings, sentence.block.parents)
        if named is None:
            continue
        head, cue = named
        symbol = left_side(found[1])
        cues = ["inline " + cue]
        if not _TRAILING.match(text[found.end() :]):
            cues.append("goes on")
        made = make(
            CardKind.FORMULA,
            head,
            f"${found[1]}$",
            sentence.block,
            offset=sentence.start + found.start(),
            cues=tuple(cues),
        )
        yield made if not symbol else _with_alias(made, symbol)


def _with_alias(candidate: Candidate, symbol: str) -> Candidate:
    from dataclasses import replace

    return replace(candidate, aliases=(*candidate.aliases, symbol))
