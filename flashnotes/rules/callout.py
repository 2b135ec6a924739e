"""`> [!definition] Term`, `:::question …`: an admonition with a term or a question for its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import Block, BlockKind
from flashnotes.rules._genus import opens_as_kind
from flashnotes.rules._terms import head_of, is_symbol
from flashnotes.rules._text import addresses_reader, is_answer, is_instruction, make
from flashnotes.text import squash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Note

_DEFINES = frozenset(
    [
        "definition",
        "define",
        "def",
        "term",
        "concept",
        "glossary",
        "prf:definition",
        "theorem",
        "prf:theorem",
        "formula",
        "law",
        "定义",
        "概念",
        "术语",
        "定理",
    ]
)
_ASKS = frozenset(
    ["question", "faq", "flashcard", "flashcards", "card", "anki", "quiz", "问题", "问答", "闪卡"]
)
_NOTES = frozenset(
    ["note", "info", "important", "abstract", "summary", "tip", "hint", "注意", "提示", "说明", "注"]
)
"""Admonitions that may explain the term in their title."""
_NOUN_PHRASE = re.compile(r"[^，,。；;：:\n是有]{4,60}的\s?[^，,。；;：:\n的是有]{1,12}[。.]?")
LONGEST_BODY = 420
"""Characters; a body goes on over paragraphs up to this length."""


def callout(note: Note) -> Iterator[Candidate]:
    """An admonition with a term or a question for its title: `> [!definition] Term`."""
    blocks = note.blocks
    before = ""
    for number, block in enumerate(blocks):
        if block.label and block.label != before and block.kind is not BlockKind.DEFINITION:
            yield from _read(blocks, number)
        before = block.label


def _read(blocks: Sequence[Block], number: int) -> Iterator[Candidate]:
    block = blocks[number]
    name, _, title = block.label.partition("|")
    title, name = title.strip(" *:："), name.casefold()
    if not title or name not in _DEFINES | _ASKS | _NOTES:
        return
    back = _body(blocks, number)
    if not is_answer(back):
        return
    if name in _NOTES:
        yield from _explained(title, back, block)
        return
    if name in _ASKS:
        yield Candidate(CardKind.BASIC, title, back, block.line, headings=block.headings, cues=("callout",))
    elif head := head_of(title, common=True):
        yield make(CardKind.DEFINITION, head, back, block, cues=("callout",))


def _explained(title: str, back: str, block: Block) -> Iterator[Candidate]:
    """The term in the title of a note, where the note says what it is."""
    head = head_of(title)
    if head is None or is_symbol(head.term) or addresses_reader(back) or is_instruction(back):
        return
    repeats = squash(back)[: 2 * len(title)].find(squash(head.term)) >= 0
    if repeats or opens_as_kind(back) or _is_noun_phrase(back):
        yield make(CardKind.DEFINITION, head, back, block, cues=("titled note",))


def _is_noun_phrase(back: str) -> bool:
    """Whether `back` is one Chinese noun phrase, the meaning without its term and verb: `研究对象的某项指标的全体`."""
    return _NOUN_PHRASE.fullmatch(back) is not None


def _body(blocks: Sequence[Block], number: int) -> str:
    """The text of the admonition that begins with block `number`."""
    parts: list[str] = []
    for block in blocks[number:]:
        if block.label != blocks[number].label or sum(map(len, parts)) > LONGEST_BODY:
            break
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            parts.append(block.text)
        elif block.kind is BlockKind.FORMULA:
            parts.append(f"$${block.text}$$")
    return "\n".join(parts)
