"""What a note is made of: blocks, each a leaf of the Markdown with the place it stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class BlockKind(StrEnum):
    """What sort of leaf a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """The first paragraph of a list item."""
    ROW = "row"
    """A row of a table; `cells` and `header` hold its columns."""
    DEFINITION = "definition"
    """One meaning of a definition list; `label` is the term."""
    FORMULA = "formula"
    """A displayed formula; `text` is its LaTeX without delimiters."""
    CODE = "code"


class MarkKind(StrEnum):
    """How a stretch of text was set off from the rest."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    HIGHLIGHT = "highlight"
    LINK = "link"


# A member of an enumeration is looked up ten times as slowly as a name of the module: so wherever blocks are gone through.
_LINK_MARK, _STRONG_MARK = MarkKind.LINK, MarkKind.STRONG


class Mark(NamedTuple):
    """A stretch of a block's text that was set off."""

    kind: MarkKind
    start: int
    end: int


def _start_of(mark: Mark) -> int:
    return mark.start


FEW_MARKS = 8
"""So many are gone through faster than they are searched."""


class Block(NamedTuple):
    """One leaf of a note, its inline markup resolved; formulas stay LaTeX between dollar signs."""

    kind: BlockKind
    text: str
    line: int
    """From 1."""
    headings: tuple[str, ...] = ()
    """The path of headings above, outermost first."""
    parents: tuple[str, ...] = ()
    """Texts of the list items this block stands under, outermost first."""
    marks: tuple[Mark, ...] = ()
    breaks: tuple[int, ...] = ()
    """Offsets in `text` at which the source's next lines begin."""
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    label: str = ""
    """The term of a definition list's meaning; the kind and title of the admonition around a block."""
    level: int = 0
    """Of a heading 1 to 6; of an item its depth from 1."""
    ordinal: int = 0
    """Of an item in a numbered list, its number; else 0."""
    quoted: bool = False
    """It stands in a block quote."""
    checked: bool | None = None
    """Of an item with a box before it, whether the box is ticked: a task, or an option of a quiz."""

    @property
    def is_link(self) -> bool:
        """It is nothing but a link."""
        return any(
            mark.kind is _LINK_MARK and mark.end - mark.start >= len(self.text) - 2 for mark in self.marks
        )

    def marks_within(self, first: int, last: int) -> tuple[Mark, ...]:
        """The marks that begin at `first` or later and before `last`."""
        marks = self.marks
        if len(marks) < FEW_MARKS:
            return marks
        begins = bisect_left(marks, first, key=_start_of)
        return marks[begins : bisect_left(marks, last, key=_start_of)]

    def is_strong_at(self, offset: int) -> bool:
        """Whether bold text begins at `offset`, or covers it."""
        return any(mark.kind is _STRONG_MARK and mark.start <= offset < mark.end for mark in self.marks)

    def line_at(self, offset: int) -> int:
        """The source line that the text at `offset` stands on."""
        return self.line + bisect_right(self.breaks, offset)


class Sentence(NamedTuple):
    """A sentence of a block, where it starts in the block, and how many of the block come before it."""

    text: str
    block: Block
    start: int
    number: int

    @property
    def line(self) -> int:
        return self.block.line_at(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """One file of a person's notes, read; it equals itself alone, so that what rules work out of it can be kept by it."""

    path: str
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    """Of the paragraphs and list items, in order."""
    deck: str | None = None
    """Front matter's `deck:`."""
    tags: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    """The front matter's other scalars."""
    source: str = ""
    """The text itself, line ends as `\\n`: card syntaxes are read from it letter for letter."""
    lines: tuple[int, ...] = ()
    """Of a note that is no Markdown: the line of the file for each line of `source`."""
