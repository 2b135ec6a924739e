"""`Term` with its meaning on the next line after a colon: a definition list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind
from flashnotes.rules._terms import head_of
from flashnotes.rules._text import is_answer, make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note


def definition_list(note: Note) -> Iterator[Candidate]:
    """A definition list's term with its meaning below it: `Term` / `: meaning`."""
    for block in note.blocks:
        if block.kind is BlockKind.DEFINITION and is_answer(block.text):
            head = head_of(block.label)
            if head:
                yield make(CardKind.DEFINITION, head, block.text, block, cues=("definition list",))
