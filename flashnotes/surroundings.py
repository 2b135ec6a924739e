"""What a note tells of the terms in it: where it says them, how it sets them off, what sort of note it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.notes import BlockKind, MarkKind
from flashnotes.rules._text import addresses_reader
from flashnotes.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Block, Note

_HEADING, _PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH
_CODE_BLOCK, _FORMULA_BLOCK, _CODE_MARK = BlockKind.CODE, BlockKind.FORMULA, MarkKind.CODE
_CHINESE = re.compile("[\u4e00-\u9fff]+")
LONGEST_SEARCHED = 60_000
"""Characters of a note in which it is counted how often a term is said."""
RUN_ON = 400
"""Characters, a Chinese one counted as two: prose of longer paragraphs lost its line breaks."""
RUNS_ON = "note runs on"
"""The trait of a note most of whose prose stands in such paragraphs."""

_TIMES = (0.5, 1.5, 2.5, 5.5, 12.5)
folded = lru_cache(maxsize=4096)(fold)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a note tells of the terms in it, gathered once."""

    text: str
    headings: str
    """Folded, a line each."""
    set_off: frozenset[str]
    after_heading: frozenset[int]
    kinds: dict[int, Block]
    traits: tuple[str, ...]
    articles: dict[int, str]
    """Of a note that runs on: its long paragraphs by their lines, each an article of its own."""
    mentions: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """What was asked of `said` before: a term often has several candidates."""

    def text_around(self, line: int) -> str:
        """What is searched for other mentions of a term that stands in `line`."""
        return self.articles.get(line, self.text)

    def said(self, term: str, text: str) -> tuple[int, int]:
        """Where `text` first says `term`, -1 for nowhere, and how often it does, as a class of numbers."""
        known = self.mentions.get((term, text))
        if known is None:
            first = text.find(term)
            times = 1 + text.count(term, first + len(term)) if first >= 0 else 0
            known = self.mentions[term, text] = first, bisect_left(_TIMES, times)
        return known


def setting_of(note: Note) -> Setting:
    """The setting that the candidates of `note` are judged in."""
    headings: dict[str, None] = {}
    set_off: set[str] = set()
    after: set[int] = set()
    kinds: dict[int, Block] = {}
    above = None
    for block in note.blocks:
        kinds.setdefault(block.line, block)
        if above is _HEADING:
            after.add(block.line)
        above = block.kind
        if above is _HEADING:
            headings[folded(block.text)] = None
        text = block.text
        for kind, start, end in block.marks:
            if kind is not _CODE_MARK:
                set_off.add(text[start:end])
    text = fold(" ".join([sentence.text for sentence in note.sentences]))[:LONGEST_SEARCHED]
    traits = tuple(_traits(note))
    return Setting(
        text,
        "\n".join(headings),
        frozenset([fold(name).strip(" :.") for name in set_off]),
        frozenset(after),
        kinds,
        traits,
        _articles(note) if RUNS_ON in traits else {},
    )


def _width(text: str) -> int:
    return len(text) if text.isascii() else 2 * len(text) - len(_CHINESE.sub("", text))


def _articles(note: Note) -> dict[int, str]:
    return {
        block.line: fold(block.text)[:LONGEST_SEARCHED]
        for block in note.blocks
        if block.kind is _PARAGRAPH and _width(block.text) > RUN_ON
    }


def _traits(note: Note) -> Iterator[str]:
    sentences = note.sentences[:60]
    if not sentences:
        return
    reader = sum([addresses_reader(sentence.text) for sentence in sentences]) / len(sentences)
    yield f"note reader {bisect_left((0.02, 0.06, 0.12, 0.25), reader)}"
    kinds = [block.kind for block in note.blocks]
    code = kinds.count(_CODE_BLOCK) / max(len(kinds), 1)
    yield f"note code {bisect_left((0.01, 0.05, 0.12), code)}"
    yield f"note formulas {bisect_left((0.5, 5.5), kinds.count(_FORMULA_BLOCK))}"
    if _runs_on([block.text for block in note.blocks if block.kind is _PARAGRAPH]):
        yield RUNS_ON


def _runs_on(prose: Sequence[str]) -> bool:
    """Whether most of `prose` stands in paragraphs longer than `RUN_ON`."""
    lengths = list(map(len, prose))
    perhaps_long = sum([length for length in lengths if 2 * length > RUN_ON])
    # Were all of the longer ones in Chinese and none of the others, would they be the greater part?
    if 2 * perhaps_long <= sum(lengths) - perhaps_long:
        return False
    widths = list(map(_width, prose))
    return 2 * sum([width for width in widths if width > RUN_ON]) > sum(widths)
