"""Blocks while a note is read: the open leaf, and the headings, items and admonitions it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from flashnotes.notes.inline import Leaf, Piece
from flashnotes.notes.model import Block, BlockKind, MarkKind

_OBSIDIAN = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*(.*)")
_HEADING_NUMBER = re.compile(r"^\s*#*\s*(?:(?:\d+(?:\.\d+)*|[一二三四五六七八九十]+)(?:[.、．)）]|\s)\s*)+")
_PARAGRAPH, _ITEM, _HEADING, _DEFINITION = (
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.HEADING,
    BlockKind.DEFINITION,
)
_COMPONENT = re.compile(r"<[A-Z]\w*\s[^>]*=\{")
"""A component of MDX whose attributes hold code."""
LOWEST = 7
"""Level of a bold line that serves as a heading."""
LONGEST_BOLD_HEADING = 60
"""Characters."""


class Builder:
    """Collects the text of one block after another and emits each with its surroundings."""

    def __init__(self, *, plain: bool) -> None:
        self.plain = plain
        self.blocks: list[Block] = []
        self.headings: list[tuple[int, str]] = []
        self.path: tuple[str, ...] = ()
        self.items: list[str] = []
        self.item_starts: list[bool] = []
        self.ordinals: list[int] = []
        self.leaf: Leaf | None = None
        self.line = 1
        self.base = 1
        self.starts: list[int] = []
        """Offsets in bytes at which the lines after the first begin."""
        self.kind = BlockKind.PARAGRAPH
        self.level = 0
        self.label = ""
        self.callouts: list[str] = []
        self.quotes = 0
        self.header: tuple[str, ...] = ()
        self.cells: list[str] = []
        self.code: list[str] = []
        self.info: str | None = None
        self.html: list[str] = []
        self.depth = 0
        self.skipped = 0
        self.picture = ""
        self.checked: bool | None = None

    def line_of(self, offset: int) -> int:
        return self.base + bisect_right(self.starts, offset)

    def open_leaf(self, kind: BlockKind, offset: int) -> None:
        if self.leaf is not None:
            self.flush()
        self.kind = kind
        self.leaf = Leaf()
        self.line = self.line_of(offset)

    def start_paragraph(self, _: Any, offset: int) -> None:
        kind = _PARAGRAPH
        if self.item_starts and self.item_starts[-1]:
            kind, self.item_starts[-1] = _ITEM, False
        elif self.kind is _DEFINITION:
            kind = _DEFINITION
        self.open_leaf(kind, offset)

    def leaf_at(self, offset: int) -> Leaf:
        """The leaf that text at `offset` belongs to: a tight list item opens none of its own."""
        if self.leaf is None:
            self.start_paragraph(None, offset)
        assert self.leaf is not None
        return self.leaf

    def add_formula(self, latex: str, line: int) -> None:
        latex = latex.strip().removeprefix("$$").removesuffix("$$").strip()
        if latex:
            self.emit(BlockKind.FORMULA, latex, line)

    def flush(self) -> None:
        """Emit the block that was being read."""
        leaf, self.leaf = self.leaf, None
        if leaf is None or not leaf.parts or self._is_component(leaf):
            return
        if self.quotes and leaf.parts[0].startswith("[!") and "\n" in leaf.parts:
            leaf.parts[leaf.parts.index("\n")] = "\n\v"
        for piece in leaf.pieces(plain=self.plain):
            if self.quotes and (found := _OBSIDIAN.match(piece.text)):
                self.callouts[-1] = f"{found[1].lower()}|{found[2]}"
                continue
            text = piece.text
            kind = self.kind
            if kind is _PARAGRAPH and piece.marks and self._is_bold_heading(piece):
                self._bold_heading(piece, self.line + piece.lines_before)
                continue
            if kind is _HEADING:
                self._heading(text)
            elif kind is _ITEM and self.items and not self.items[-1]:
                self.items[-1] = text
            self.emit(kind, text, self.line + piece.lines_before, marks=piece.marks, breaks=piece.breaks)
            if kind is _ITEM:
                self.kind = _PARAGRAPH
        self.checked = None

    def _is_component(self, leaf: Leaf) -> bool:
        """Whether `leaf` is a component of MDX, which is code: it is emitted as such."""
        if not leaf.parts[0].startswith("<") or not _COMPONENT.match(text := "".join(leaf.parts)):
            return False
        self.emit(BlockKind.CODE, text, self.line)
        return True

    def _is_bold_heading(self, piece: Piece) -> bool:
        return not self.items and not self.quotes and _is_short_and_bold(piece)

    def _bold_heading(self, piece: Piece, line: int) -> None:
        """A paragraph that is all bold and short heads what follows, as a heading of the lowest level."""
        level, self.level = self.level, LOWEST
        self._heading(piece.text.rstrip(":： "))
        self.emit(BlockKind.HEADING, piece.text.rstrip(":： "), line, marks=piece.marks, breaks=piece.breaks)
        self.level = level

    def _heading(self, text: str) -> None:
        while self.headings and self.headings[-1][0] >= self.level:
            self.headings.pop()
        self.headings.append((self.level, _HEADING_NUMBER.sub("", text) or text))
        self.path = tuple([heading for _, heading in self.headings])

    def emit(self, kind: BlockKind, text: str, line: int, **rest: Any) -> None:
        if kind is _PARAGRAPH and text[0] == "$" and _is_whole_formula(text):
            kind, text = BlockKind.FORMULA, text.strip("$").strip()
        is_heading, is_item = kind is _HEADING, kind is _ITEM
        parents = self.items[:-1] if is_item else self.items
        label = self.label if kind is _DEFINITION else self.callouts[-1] if self.callouts else ""
        self.blocks.append(
            Block(
                kind,
                text,
                line,
                headings=self.path[:-1] if is_heading else self.path,
                parents=tuple([item for item in parents if item]) if parents else (),
                label=label,
                level=self.level if is_heading else len(self.items),
                ordinal=self.ordinals[-1] if is_item and self.ordinals else 0,
                checked=self.checked if is_item else None,
                quoted=self.quotes > 0,
                **rest,
            )
        )


def _is_short_and_bold(piece: Piece) -> bool:
    text = piece.text.rstrip(":： ")
    if not 1 < len(text) <= LONGEST_BOLD_HEADING or text[-1] in "。.!！,，;；" or not piece.marks:
        return False
    first = piece.marks[0]
    return first.kind is MarkKind.STRONG and first.start == 0 and first.end >= len(text)


def _is_whole_formula(text: str) -> bool:
    return (
        len(text) > 6
        and text[0] == "$" == text[-1]
        and text.count("$") == 2
        and ("=" in text or "arrow" in text or "\\gets" in text)
    )
