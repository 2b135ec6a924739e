"""Notes in traditional characters, read as simplified ones: the rules know the words of one script, the cards keep the note's.

One character stands for one, so that every offset stays; which for which is OpenCC's to say.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from flashnotes.notes.model import Block, Note, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from opencc import OpenCC

    from flashnotes.models import Candidate

_TRADITIONAL = re.compile("[這們個為與對於稱則從將會來過還時後種類說學習數據實無]")
_SIMPLIFIED = re.compile("[这们个为与对于称则从将会来过还时后种类说学习数据实无]")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
ENOUGH = 4000
"""Characters of a note that tell which script it is in."""
FEWEST = 3
"""Traditional characters among them: one or two may be quoted."""
FEWEST_OF_MIXED, MIXED = 12, 5
"""The same of a note pasted from pages in both scripts, and how many simplified characters there are at most to one."""


@dataclass(frozen=True, slots=True)
class Simplified:
    """A note in simplified characters, and how to write what was found in it as the person did."""

    note: Note
    text: str
    written: str
    """The same as the person wrote it, character for character."""
    usual: dict[str, str]
    """What most often stands for a character in this note, where it is another."""

    def as_written(self, candidate: Candidate) -> Candidate:
        """`candidate` in the characters of the note."""
        return replace(
            candidate,
            front=self._restored(candidate.front),
            back=self._restored(candidate.back),
            aliases=tuple(map(self._restored, candidate.aliases)),
            headings=tuple(map(self._restored, candidate.headings)),
        )

    def _restored(self, text: str) -> str:
        place = self.text.find(text)
        if place >= 0:
            return self.written[place : place + len(text)]
        return _CHINESE.sub(lambda run: self._restored_run(run[0]), text)

    def _restored_run(self, run: str) -> str:
        place = self.text.find(run)
        if place >= 0:
            return self.written[place : place + len(run)]
        return "".join([self.usual.get(character, character) for character in run])


def simplified(note: Note) -> Simplified | None:
    """`note` in simplified characters; None if it is not in traditional ones."""
    if not _is_traditional(note.blocks):
        return None
    written = "\n".join((*_texts(note.blocks), note.source))
    table = {character: simple for character in set(written) if (simple := _simple(character)) != character}
    codes = str.maketrans(table)

    def translate(text: str) -> str:
        return text.translate(codes)

    blocks = {id(block): _translated(block, translate) for block in note.blocks}
    sentences = [
        Sentence(translate(text), blocks[id(block)], start, number)
        for text, block, start, number in note.sentences
    ]
    changed = replace(
        note, blocks=tuple(blocks.values()), sentences=tuple(sentences), source=translate(note.source)
    )
    counts = Counter(character for character in written if character in table)
    usual = {table[character]: character for character, _ in reversed(counts.most_common())}
    return Simplified(changed, translate(written), written, usual)


def _is_traditional(blocks: Iterable[Block]) -> bool:
    """Whether a good part of what tells the two scripts apart is traditional, at the beginning of a note."""
    parts: list[str] = []
    seen = 0
    for block in blocks:
        if not block.text.isascii():
            parts.append(block.text)
            seen += len(block.text)
            if seen > ENOUGH:
                break
    text = "".join(parts)
    traditional = len(_TRADITIONAL.findall(text))
    simple = len(_SIMPLIFIED.findall(text))
    return (traditional >= FEWEST and traditional > simple) or (
        traditional >= FEWEST_OF_MIXED and traditional * MIXED > simple
    )


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    """Every text of `blocks` that a card can be made of."""
    for block in blocks:
        yield block.text
        yield from block.cells
        yield from block.header
        yield block.label


def _translated(block: Block, translate: Callable[[str], str]) -> Block:
    def each(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(translate, texts))

    return block._replace(
        text=translate(block.text),
        headings=each(block.headings),
        parents=each(block.parents),
        cells=each(block.cells),
        header=each(block.header),
        label=translate(block.label),
    )


def _simple(character: str) -> str:
    if not "\u4e00" <= character <= "\u9fff":
        return character
    simple = _converter().convert(character)
    return simple if len(simple) == 1 else character


@cache
def _converter() -> OpenCC:
    # Its tables take longer to load than a note to read: only a note that needs them pays.
    from opencc import OpenCC

    return OpenCC("t2s")
