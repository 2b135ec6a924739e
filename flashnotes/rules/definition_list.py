"""`Term` with its meaning on the next line after a colon: a definition list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind
from flashnotes.rules._head import Head
from flashnotes.rules._terms import head_of
from flashnotes.rules._text import is_answer, make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note


_DEFINITION_BLOCK, _DEFINITION = BlockKind.DEFINITION, CardKind.DEFINITION
_ROLE = re.compile(r"[a-z]+:\S")
"""A line that is a role of Sphinx (`:label:`, `:cite:`) and not a meaning."""
_SEE_ALSO = re.compile(
    r"(?<!\s)\s*\(?(?:See(?:\s+also)?|Compare|参见|另见|参考)[:：]?\s[^.。]{1,80}[.。]?\)?\s*$"
)


_TWO_LANGUAGES = re.compile(r"([\u4e00-\u9fff]{2,12})([A-Z][A-Za-z][A-Za-z -]*)")
"""A Chinese name and its English one, which a page sets side by side."""


def definition_list(note: Note) -> Iterator[Candidate]:
    """A definition list's term with its meaning below it: `Term` / `: meaning`."""
    last = ""
    for block in note.blocks:
        if block.kind is not _DEFINITION_BLOCK or block.label == last or _ROLE.match(block.text):
            continue
        last = block.label
        back = _SEE_ALSO.sub("", block.text).strip()
        head = _head(block.label)
        if head and is_answer(back):
            yield make(_DEFINITION, head, back, block, cues=("definition list",))


def _head(label: str) -> Head | None:
    names = _TWO_LANGUAGES.fullmatch(label.strip())
    return Head(names[1], (names[2].strip(),)) if names else head_of(label, common=True)
