r"""Sentences that run across displayed formulas: `若存在 $\lambda$，使得` / `$$Av = \lambda v$$` / `则称 …为特征值`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.notes.model import Block, BlockKind, Mark, Sentence
from flashnotes.notes.sentences import each_sentence
from flashnotes.rules._formulas import goes_on, is_bare, shown
from flashnotes.rules._text import LONGEST_BACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Note

_FORMULA_BLOCK, _PARAGRAPH, _ITEM = BlockKind.FORMULA, BlockKind.PARAGRAPH, BlockKind.ITEM
_STOPS = frozenset("。.；;!?！？")
_GOES_ON = re.compile(
    r"[，,、]|的(?!确)|则(?!重)|称(?!重)|那么|就?是(?!否|不是)|就?[为叫](?![了什何])|被|服从|成立|时|存在|都|均|所|且|或|和|与|及|以及|并且|并称|也|即|之(?![前后])|其(?=[^中他它实余])"
    r"|(?!where\b|with\b|here\b|in which\b|i\.e|since\b|because\b|from\b|note\b|so\b|hence\b|thus\b|therefore\b)[a-z]"
)
"""How a paragraph opens that goes on with the sentence before the formula."""
_AFTER_COLON = re.compile(
    r"则(?!重)|那么|称(?!重)|的(?!确)|成立|就?[称叫]|且|或|以及|then\b|is\b|are\b|we\s(?:say|call)\b|and\b|or\b|for\b|holds?\b"
)
"""The same where a colon announced the formula."""
_CONCLUDES = re.compile(r"(?:则|那么|就)称?|then\b")
_LEGEND = re.compile(r"其中|这里|where\b|with\b")
_OPEN = re.compile(
    r"(?:满足|使得?|使有|有|都有|总有|恒有|均有|当且仅当|如果|若|条件|记[为作]|即|[，,])\s*[:：，,]?$"
    r"|\b(?:such that|if|iff|only if|when|whenever|satisfying|satisfies|satisfy)\b(?:\s[^.;:]{1,60})?\s*[:,]?$"
)
"""How a sentence ends that is whole only with its formula."""
LONGEST_OPEN = 90
"""Characters at the end of a sentence that tell so."""
_SETS = re.compile(
    r"设|令|记|给定|对于?(?!此)|假设|若|如果|Let\b|Suppose\b|Given\b|Assume\b|Consider\b|For\b|If\b"
)
_ROLE = re.compile(r"(?:定义|Definition)\s{0,2}[\d.]{0,8}\s{0,2}[:：]\s{0,2}")
MOST_FORMULAS = 3
"""Of one sentence: with more it is a calculation."""
LONGEST_SETTING = 160
"""Characters of the sentence before that says what is spoken of."""


class _Piece(NamedTuple):
    """A part of a sentence: from `start` to `end` of the text of `block`."""

    block: Block
    start: int
    end: int


@lru_cache(maxsize=1)
def whole_sentences(note: Note) -> Sequence[Sentence]:
    """The sentences of `note`, those that a displayed formula cuts in pieces as one; formulas stand in `$$` on lines of their own."""
    pieces, whole = _joined(note.blocks)
    return tuple(_with(note.sentences, pieces, whole)) if whole else note.sentences


def _with(
    sentences: Sequence[Sentence], pieces: set[tuple[int, int]], whole: dict[tuple[int, int], Sentence]
) -> Iterator[Sentence]:
    for sentence in sentences:
        place = (id(sentence.block), sentence.start)
        if place in whole:
            yield whole[place]
        elif place not in pieces:
            yield sentence


def _joined(blocks: Sequence[Block]) -> tuple[set[tuple[int, int]], dict[tuple[int, int], Sentence]]:
    """Where the pieces of sentences stand that formulas cut, and the whole ones by the place of their last piece of prose."""
    pieces: set[tuple[int, int]] = set()
    whole: dict[tuple[int, int], Sentence] = {}
    done = 0
    for number, block in enumerate(blocks):
        if block.kind is not _FORMULA_BLOCK or number < max(done, 1) or not _may_join(blocks[number - 1]):
            continue
        if (found := _pieces(blocks, number)) and (sentence := _made(found)):
            prose = [piece for piece in found if piece.block.kind is not _FORMULA_BLOCK]
            places = [place for piece in prose for place in _places(piece)]
            pieces.update(places)
            whole[places[-1]] = sentence
            done = number + len(found) - 1
    return pieces, whole


def _may_join(before: Block) -> bool:
    """Whether the block before a formula can be the opening of a sentence in several pieces."""
    return (before.kind is _PARAGRAPH or before.kind is _ITEM) and _is_unfinished(before.text)


def _is_unfinished(text: str) -> bool:
    return text.rstrip()[-1:] not in _STOPS


def _pieces(blocks: Sequence[Block], number: int) -> list[_Piece]:
    """The pieces of the sentence that formula `number` stands in; none if it ends with the formula."""
    opening = blocks[number - 1]
    found = [_Piece(opening, _last_sentence(opening.text), len(opening.text))]
    formulas = 0
    after_colon = opening.text.rstrip()[-1:] in ":："
    while number < len(blocks) and formulas < MOST_FORMULAS:
        block = blocks[number]
        if block.kind is _FORMULA_BLOCK and not (goes_on(block.text) or is_bare(block.text)):
            found.append(_Piece(block, 0, len(block.text)))
            formulas += 1
        elif closing := _closing(blocks, number, opening, after_colon=after_colon):
            found.append(closing)
            if closing.end < len(block.text):
                return found
            if _LEGEND.match(block.text):
                number += 1
                continue
            if not _is_unfinished(block.text):
                return found
            if number + 1 >= len(blocks) or blocks[number + 1].kind is not _FORMULA_BLOCK:
                return found
        else:
            break
        number += 1
    ends = len(found) == 2 and found[-1].block.kind is _FORMULA_BLOCK
    return found if ends and _OPEN.search(opening.text[-LONGEST_OPEN:]) else []


def _closing(blocks: Sequence[Block], number: int, opening: Block, *, after_colon: bool) -> _Piece | None:
    """The first sentence of the paragraph that goes on after a formula; a legend whole, where a conclusion stands behind it."""
    block = blocks[number]
    if block.kind is not _PARAGRAPH or block.headings != opening.headings or block.quoted != opening.quoted:
        return None
    text = block.text
    if _LEGEND.match(text):
        concludes = number + 1 < len(blocks) and _CONCLUDES.match(blocks[number + 1].text)
        return _Piece(block, 0, len(text)) if concludes and len(text) < LONGEST_SETTING else None
    if not (_AFTER_COLON if after_colon else _GOES_ON).match(text):
        return None
    return _Piece(block, 0, next(each_sentence(text), (0, len(text)))[1])


def _last_sentence(text: str) -> int:
    """Where the last sentence of `text` begins, with the one before it where that says what is spoken of."""
    spans = list(each_sentence(text))
    start = spans[-1][0] if spans else 0
    if len(spans) > 1 and _SETS.match(text, spans[-2][0]) and len(text) - spans[-2][0] < LONGEST_SETTING:
        start = spans[-2][0]
    led = _ROLE.match(text, start)
    return led.end() if led else start


def _places(piece: _Piece) -> list[tuple[int, int]]:
    """The sentences of which `piece` is made, each by its block and where it begins."""
    block = piece.block
    return [
        (id(block), start)
        for start, end in each_sentence(block.text)
        if start < piece.end and end > piece.start
    ]


def _made(pieces: Sequence[_Piece]) -> Sentence | None:
    """One sentence of `pieces`, in a block of its own; None if it is longer than a back may be."""
    text = ""
    marks: list[Mark] = []
    for block, start, end in pieces:
        if block.kind is _FORMULA_BLOCK:
            text = f"{text.rstrip()}\n{' '.join(shown(block.text).split())}\n"
            continue
        moved = len(text) - start
        marks += [
            Mark(mark.kind, mark.start + moved, mark.end + moved)
            for mark in block.marks
            if start <= mark.start and mark.end <= end
        ]
        text += block.text[start:end]
    if len(text) > LONGEST_BACK:
        return None
    opening = pieces[0]
    line = opening.block.line_at(opening.start)
    whole = opening.block._replace(text=text.rstrip(), line=line, marks=tuple(marks), breaks=())
    return Sentence(whole.text, whole, 0, 0)
