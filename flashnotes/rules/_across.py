r"""Sentences that run across displayed formulas: `若存在 $\lambda$，使得` / `$$Av = \lambda v$$` / `则称 …为特征值`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.notes.model import Block, BlockKind, Mark, Sentence
from flashnotes.notes.sentences import each_sentence
from flashnotes.rules._latex import goes_on as is_continued
from flashnotes.rules._latex import is_bare, shown
from flashnotes.rules._text import LONGEST_BACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Note

_FORMULA_BLOCK, _PARAGRAPH, _ITEM = BlockKind.FORMULA, BlockKind.PARAGRAPH, BlockKind.ITEM
_PROSE = (_PARAGRAPH, _ITEM)
_STOPS = frozenset("。.；;!?！？")
_GOES_ON = re.compile(
    r"[，,、]|的(?!确)|则(?!重)|称(?!重)|那么|就?是(?!否|不是)|就?[为叫](?![了什何])|被|服从|成立|时\s?[，,]|存在\s?[且则，,]|都|均|所(?![以谓有])|且|或|和(?!之?前)|与(?![此之前])|及|以及|并且|并称|也(?!就是说|即)|即\s{0,3}[:：，,]?$|之(?![前后])"
    r"|(?!where\b|with\b|here\b|in which\b|i\.e|since\b|because\b|from\b|note\b|so\b|hence\b|thus\b|therefore\b)[a-z]"
)
"""How a paragraph opens that goes on with the sentence before the formula."""
_AFTER_COLON = re.compile(
    r"则(?!重)|那么|称(?!重)|的(?!确)|成立|就?[称叫]|且|或|以及|then\b|is\b|are\b|we\s(?:say|call)\b|and\b|or\b|for\b|holds?\b"
)
"""The same where a colon announced the formula."""
_CONCLUDES = re.compile(r"(?:则|那么|就)称?|then\b")
_THEN_CALLS = re.compile(r"(?:则|那么)(?:我们)?(?:称|[^。；;]{1,40}[称叫])")
_FIRST_OF_CONCLUSION = frozenset("则那")
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
_NAMES_IT = re.compile(r"[称叫]|\bcall|\bknown as\b|\bsaid to be\b|\bis\s")
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


class _Joined(NamedTuple):
    """The sentences of a note that formulas cut."""

    pieces: set[tuple[int, int]]
    """Where their pieces stand, each as a block and an offset."""
    whole: dict[tuple[int, int], Sentence]
    """By the place of their last piece of prose."""


@lru_cache(maxsize=2)
def whole_sentences(note: Note, *, to_its_end: bool = False) -> Sequence[Sentence]:
    """The sentences of `note`, those that a displayed formula cuts in pieces as one; formulas stand in `$$` on lines of their own.

    A formula `to_its_end` joins the sentence that it ends, too, where that is not whole without it.
    """
    joined = _joined(note)[to_its_end]
    return tuple(_with(note.sentences, joined)) if joined.whole else note.sentences


def _with(sentences: Sequence[Sentence], joined: _Joined) -> Iterator[Sentence]:
    pieces, whole = joined
    for sentence in sentences:
        place = (id(sentence[1]), sentence[2])
        if place not in pieces:
            yield sentence
        elif place in whole:
            yield whole[place]


@lru_cache(maxsize=1)
def _joined(note: Note) -> tuple[_Joined, _Joined]:
    """The sentences that go on behind a formula, and those and the ones that end with it."""
    blocks = note.blocks
    inner, every = _Joined(set(), {}), _Joined(set(), {})
    done = 0
    for number, block in enumerate(blocks):
        # Nearly all blocks are neither: they are passed over without a call.
        if block[0] is not _FORMULA_BLOCK and block[1][:1] not in _FIRST_OF_CONCLUSION:
            continue
        if number < max(done, 1) or not _may_join(blocks, number, block):
            continue
        if (found := _pieces(blocks, number)) and (sentence := _made(found := _with_setting(found))):
            places = [place for piece in found for place in _places(piece)]
            for joined in (every,) if found[-1].block.kind is _FORMULA_BLOCK else (inner, every):
                joined.pieces.update(places)
                joined.whole[places[-1]] = sentence
            done = number + len(found) - 1
    return inner, every


def _may_join(blocks: Sequence[Block], number: int, block: Block) -> bool:
    """Whether `block` can be the first after the opening of a sentence in several pieces."""
    before = blocks[number - 1]
    if before.kind not in _PROSE or not _is_unfinished(before.text):
        return False
    if block.kind is _FORMULA_BLOCK:
        return True
    return block.kind is before.kind and _THEN_CALLS.match(block.text) is not None


def _is_unfinished(text: str) -> bool:
    return text.rstrip()[-1:] not in _STOPS


def _pieces(blocks: Sequence[Block], number: int) -> list[_Piece]:
    """The pieces of the sentence that goes on with block `number`; none if it ends with its formula."""
    opening = blocks[number - 1]
    found = [_Piece(opening, 0, len(opening.text))]
    formulas = 0
    for index in range(number, len(blocks)):
        block = blocks[index]
        if block.kind is _FORMULA_BLOCK:
            if formulas == MOST_FORMULAS or is_continued(block.text) or is_bare(block.text):
                break
            found.append(_Piece(block, 0, len(block.text)))
            formulas += 1
        elif closing := _closing(blocks, index, opening):
            found.append(closing)
            if not _leads_on(blocks, index, closing):
                break
        else:
            break
    if found[-1].block.kind is _FORMULA_BLOCK:
        whole = len(found) == 2 and _OPEN.search(opening.text[-LONGEST_OPEN:]) is not None
    else:
        whole = len(found) > 1
    return [found[0]._replace(start=_last_sentence(opening.text)), *found[1:]] if whole else []


def _leads_on(blocks: Sequence[Block], number: int, closing: _Piece) -> bool:
    """Whether the sentence goes on behind its piece `closing` of block `number`: with a formula, or with what it concludes."""
    text = blocks[number].text
    if closing.end < len(text) or number + 1 >= len(blocks):
        return False
    following = blocks[number + 1]
    if following.kind is _FORMULA_BLOCK:
        return _is_unfinished(text)
    return _CONCLUDES.match(following.text) is not None and (
        _is_unfinished(text) or _LEGEND.match(text) is not None
    )


def _closing(blocks: Sequence[Block], number: int, opening: Block) -> _Piece | None:
    """The first sentence of the block that goes on with the sentence of `opening`; a legend whole, where a conclusion stands behind it."""
    block, text = blocks[number], blocks[number].text
    if block.kind is not _PARAGRAPH and not (block.kind is opening.kind and _CONCLUDES.match(text)):
        return None
    if block.headings != opening.headings or block.quoted != opening.quoted:
        return None
    if _LEGEND.match(text):
        if _THEN_CALLS.search(text, 0, first := _first_sentence(text)):
            return _Piece(block, 0, first)
        concludes = number + 1 < len(blocks) and _CONCLUDES.match(blocks[number + 1].text)
        return _Piece(block, 0, len(text)) if concludes and len(text) < LONGEST_SETTING else None
    after_colon = opening.text.rstrip()[-1:] in ":："
    goes_on = (_AFTER_COLON if after_colon else _GOES_ON).match(text)
    return _Piece(block, 0, _first_sentence(text)) if goes_on else None


def _first_sentence(text: str) -> int:
    """Where the first sentence of `text` ends."""
    return next(each_sentence(text), (0, len(text)))[1]


def _last_sentence(text: str) -> int:
    """Where the last sentence of `text` begins, past a role before it."""
    spans = list(each_sentence(text))
    return _past_role(text, spans[-1][0] if spans else 0)


def _past_role(text: str, start: int) -> int:
    led = _ROLE.match(text, start)
    return led.end() if led else start


def _with_setting(pieces: list[_Piece]) -> list[_Piece]:
    """`pieces`, before those that give a name the sentence that says what is spoken of."""
    text = pieces[0].block.text
    if not any(_NAMES_IT.search(block.text, start, end) for block, start, end in pieces):
        return pieces
    earlier = [start for start, _ in each_sentence(text[: pieces[0].start])]
    if not earlier or len(text) - earlier[-1] > LONGEST_SETTING or not _SETS.match(text, earlier[-1]):
        return pieces
    return [pieces[0]._replace(start=_past_role(text, earlier[-1])), *pieces[1:]]


def _places(piece: _Piece) -> list[tuple[int, int]]:
    """The sentences of which `piece` is made, each by its block and where it begins; of a formula none."""
    block, first, last = piece
    if block.kind is _FORMULA_BLOCK:
        return []
    return [(id(block), start) for start, end in each_sentence(block.text) if start < last and end > first]


def _made(pieces: Sequence[_Piece]) -> Sentence | None:
    """One sentence of `pieces`, in a block of its own; None if it is longer than a back may be."""
    text = ""
    marks: list[Mark] = []
    for block, start, end in pieces:
        if block.kind is _FORMULA_BLOCK:
            text = f"{text.rstrip()}\n{' '.join(shown(block.text).split())}\n"
            continue
        if text and text[-1:].isalnum() and _CONCLUDES.match(block.text, start):
            text += ", " if text.isascii() else "，"
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
