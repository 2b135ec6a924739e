"""Cards that a person already wrote as cards: `front::back`, `… #flashcard`, `START`…`END`, `{{c1::…}}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import Block, BlockKind, MarkKind
from flashnotes.rules._text import LONGEST_BACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Note

_DOUBLE = re.compile(r"^(?P<front>[^\n]{2,200}?)\s*:::?\s*(?P<back>\S[^\n]*)$")
_NOT_DOUBLE = re.compile(
    r"[A-Za-z0-9_]::[A-Za-z0-9_]|\{\{c\d+::|\d::\d|https?:|::\s*$|^::|std::|->|\(\)|;\s*$"
)
_CLOZE = re.compile(r"\{\{c\d+::.+?\}\}")
_CARD_TAG = re.compile(r"\s*#(?:flashcards?|card|anki|闪卡|卡片)(?:[/-][\w/-]+)?\b")
_TAG = re.compile(r"(?<!\S)#[\w/-]+")
_IDS = re.compile(
    r"<!--\s*(?:SR|ID|note_key|carddown)[^>]*-->|\s\^[\w-]{4,}$|^ID:\s*\d+$|\bnoteId:\s*\d+"
    r"|card-last-\w+::.*$"
)
_HIDDEN = re.compile(r"(?<!\\)\[([^\[\]]{1,120})\](?!\()")
_ASKED = frozenset(("flashcard", "flashcards", "card", "cards", "anki", "闪卡", "卡片"))
_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING)
_START, _END = re.compile(r"^START(?:I)?\b\s*"), re.compile(r"\s*\bEND(?:I)?\s*$")
_BACK = re.compile(r"\b(?:Back|背面):\s*")
_TYPE = re.compile(r"^(?:Basic(?: \(and reversed card\))?|Cloze|Question|基础|问答)\s+", re.IGNORECASE)
_TAGS_LINE = re.compile(r"\bTags:\s*.*$", re.DOTALL)


def written_card(note: Note) -> Iterator[Candidate]:
    """A card already written as one: `front::back`, `{{c1::hidden}}`, `#flashcard`, `START` … `END`."""
    wants_marks = any(tag.split("/")[0].casefold() in _ASKED for tag in note.tags)
    for number, block in enumerate(note.blocks):
        text = block.text
        may_be_marked = (
            text[:1] in "CS" or "::" in text or "#" in text or "<" in text or "^" in text or "{{c" in text
        )
        if (may_be_marked or wants_marks) and block.kind in _PROSE:
            text = _IDS.sub("", text).strip() if "<" in text or "^" in text else text
            if len(text) < LONGEST_BACK:
                yield from _marked(note.blocks, number, text)
                if wants_marks:
                    yield from _asked_for(note.blocks, number, text)


def is_written(block: Block) -> bool:
    """Whether `block` by itself is a card in a syntax that nobody writes by chance."""
    return next(_marked([block], 0, block.text), None) is not None


def _marked(blocks: Sequence[Block], number: int, text: str) -> Iterator[Candidate]:
    """The card in a syntax that nobody writes by chance."""
    block = blocks[number]
    if "{{c" in text and _CLOZE.search(text):
        yield _card(CardKind.CLOZE, text, "", block, "cloze")
    elif "::" in text and (found := _double(block, text)):
        yield found
    elif "#" in text and _CARD_TAG.search(text):
        yield from _tagged(blocks, number, text)
    elif text.startswith("C:") and _HIDDEN.search(text):
        yield _card(CardKind.CLOZE, _hide(text[2:]), "", block, "hidden")
    elif text.startswith("START"):
        yield from _framed(blocks, number)


def _asked_for(blocks: Sequence[Block], number: int, text: str) -> Iterator[Candidate]:
    """The card in a syntax that ordinary prose uses too, in a note tagged as one of cards."""
    if text in ("?", "??") and number:
        yield from _split(blocks, number)
    elif hidden := _highlighted(blocks[number]):
        yield _card(CardKind.CLOZE, hidden, "", blocks[number], "highlight")


def _card(
    kind: CardKind, front: str, back: str, block: Block, cue: str, tags: tuple[str, ...] = ()
) -> Candidate:
    return Candidate(
        kind, front.strip(), back.strip(), block.line, headings=block.headings, cues=(cue,), tags=tags
    )


def _hide(text: str) -> str:
    """`text` with every bracketed part a cloze deletion of its own."""
    parts = iter(range(1, 1000))
    return _HIDDEN.sub(lambda found: f"{{{{c{next(parts)}::{found[1]}}}}}", text).strip()


def _highlighted(block: Block) -> str:
    """The text of `block` with its highlights as cloze deletions, or nothing."""
    marks = sorted(
        (mark for mark in block.marks if mark.kind is MarkKind.HIGHLIGHT), key=lambda mark: mark.start
    )
    text, number = block.text, len(marks)
    for mark in reversed(marks):
        text = f"{text[: mark.start]}{{{{c{number}::{text[mark.start : mark.end]}}}}}{text[mark.end :]}"
        number -= 1
    return text if marks and len(text) < LONGEST_BACK else ""


def _split(blocks: Sequence[Block], number: int) -> Iterator[Candidate]:
    """A question and its answer with a lone `?` between them."""
    front, back = blocks[number - 1], blocks[number + 1 : number + 2]
    if back and front.kind is not BlockKind.CODE and back[0].kind is not BlockKind.CODE:
        yield _card(CardKind.BASIC, front.text, back[0].text, front, "question mark")


def _double(block: Block, text: str) -> Candidate | None:
    code = [mark for mark in block.marks if mark.kind is MarkKind.CODE]
    if _NOT_DOUBLE.search(text) or any("::" in block.text[mark.start : mark.end] for mark in code):
        return None
    found = _DOUBLE.match(text)
    if not found or text.count("::") > 1 or len(found["back"]) < 2:
        return None
    return _card(CardKind.BASIC, found["front"], found["back"], block, "double colon")


def _tagged(blocks: Sequence[Block], number: int, text: str) -> Iterator[Candidate]:
    """`question #flashcard` with the answer below it, or `front : back #flashcard` on one line."""
    block = blocks[number]
    tags = tuple(tag[1:] for tag in _TAG.findall(_CARD_TAG.sub("", text)))
    front = _TAG.sub("", _CARD_TAG.sub("", text)).strip()
    if " : " in front:
        front, _, back = front.partition(" : ")
        yield _card(CardKind.BASIC, front, back, block, "card tag", tags)
        return
    parts: list[str] = []
    for below in blocks[number + 1 :]:
        inside = below.kind is not BlockKind.HEADING and (
            block.kind is BlockKind.HEADING
            or (block.kind is BlockKind.ITEM and below.level > block.level)
            or not parts
        )
        if not inside or below.kind is BlockKind.CODE or sum(map(len, parts)) > LONGEST_BACK:
            break
        parts.append(f"$${below.text}$$" if below.kind is BlockKind.FORMULA else _IDS.sub("", below.text))
    if front and parts:
        yield _card(CardKind.BASIC, front, "\n".join(parts)[:LONGEST_BACK], block, "card tag", tags)


def _framed(blocks: Sequence[Block], number: int) -> Iterator[Candidate]:
    parts: list[str] = []
    for block in blocks[number : number + 12]:
        parts.append(block.text)
        if _END.search(block.text):
            break
    else:
        return
    text = _TAGS_LINE.sub("", _END.sub("", _START.sub("", "\n".join(parts))))
    text = _IDS.sub("", _TYPE.sub("", text.strip()))
    front, back, answer = (*_BACK.split(text, maxsplit=1), "")[0], _BACK.search(text), ""
    if back:
        answer = text[back.end() :]
        yield _card(CardKind.BASIC, front, answer, blocks[number], "framed")
