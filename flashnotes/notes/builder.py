"""Blocks while a note is read: the open leaf, and the headings, items and admonitions it stands in."""

from __future__ import annotations

import re
from typing import Any

from flashnotes.notes.inline import Leaf, Piece
from flashnotes.notes.model import Block, BlockKind, Mark, MarkKind
from flashnotes.text import is_cjk

_OBSIDIAN = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*(.*)")
_HEADING_NUMBER = re.compile(r"^\s*#*\s*(?:(?:\d+(?:\.\d+)*|[一二三四五六七八九十]+)(?:[.、．)）]|\s)\s*)+")
_PARAGRAPH, _ITEM, _HEADING, _DEFINITION, _ROW = (
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.HEADING,
    BlockKind.DEFINITION,
    BlockKind.ROW,
)
_COMPONENT = re.compile(r"<[A-Z]\w*\s[^>]*=\{")
"""A component of MDX whose attributes hold code."""
_FORMULA = re.compile(r"\$([^$]+)\$")
_FORMULAS = re.compile(
    r"\$([^$]{5,})\$(?: ?\$[^$]{5,}\$)? ?(?:\.{3,}|…+|[。.,，;；])? ?(?:[(（][^()（）$]{1,60}[)）]|[①-⑳])?[。.,，;；]?"
)
_MARKS_IN_SENTENCE = re.compile(r"[。，,；;：:！!？?$]")
_NUMBERED_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）][.、]?|\d{1,2}[、.)）]|\d{1,2}(?:\.\d{1,2}){1,3}[、.)）]?(?=\s))\s*(?=[^\d\s])[^。，,；;：:！!？?$=]{2,24}"
)
LONGEST_NAME = 24
"""Characters of the first line of a list item that can be its name."""
_BRACKET = re.compile(r"\s?[(（][A-Za-z][^()（）]{1,60}[)）]")
"""The English name behind a name in bold."""
LOWEST = 7
"""Level of a bold line that serves as a heading."""
LONGEST_BOLD_HEADING = 60
"""Characters."""
LONGEST_CHINESE_HEADING = 32
"""Characters: a longer bold line in Chinese that asks nothing is a sentence, stressed as a whole."""
_STATES = re.compile(r"[\u4e00-\u9fff)）](?:是指|指的是|是一[种个类])")
_new = tuple.__new__
"""Makes a named tuple of its fields: a note has thousands, and this is three times as fast as calling its class."""


class Rows:
    """Tells on which line of a note an offset in bytes stands; offsets are mostly asked for in their order."""

    def __init__(self, text: str, line: int) -> None:
        self.data = text.encode("utf-8", "replace")
        self.offset = 0
        self.line = line

    def line_at(self, offset: int) -> int:
        known, self.offset = self.offset, offset
        if offset >= known:
            self.line += self.data.count(b"\n", known, offset)
        else:
            self.line -= self.data.count(b"\n", offset, known)
        return self.line


class Builder:
    """Collects the text of one block after another and emits each with its surroundings."""

    def __init__(self, *, plain: bool) -> None:
        self.plain = plain
        self.blocks: list[Block] = []
        self.underlined = False
        """The heading that is read has its rule under it, and no number signs before it."""
        self.headings: list[tuple[int, str]] = []
        self.path: tuple[str, ...] = ()
        self.items: list[str] = []
        self.item_starts: list[bool] = []
        self.ordinals: list[int] = []
        self.leaf: Leaf | None = None
        self.line = 1
        self.rows = Rows("", 1)
        self.kind = BlockKind.PARAGRAPH
        self.level = 0
        self.label = ""
        self.callouts: list[str] = []
        self.quotes = 0
        self.header: tuple[str, ...] = ()
        self.cells: list[str] = []
        self.is_cell = False
        self.code: list[str] = []
        self.info: str | None = None
        self.html: list[str] = []
        self.depth = 0
        self.skipped = 0
        self.checked: bool | None = None

    def open_leaf(self, kind: BlockKind, offset: int) -> None:
        if self.leaf is not None:
            self.flush()
        self.kind = kind
        self.leaf = Leaf()
        self.line = self.rows.line_at(offset)

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
        leaf = self.leaf
        if leaf is None:
            return
        self.leaf = None
        parts, quotes = leaf.parts, self.quotes
        if not parts or (parts[0][:1] == "<" and self._is_component(parts)):
            return
        if quotes and parts[0].startswith("[!") and "\n" in parts:
            parts[parts.index("\n")] = "\n\v"
        pieces = leaf.pieces(plain=self.plain)
        if len(pieces) == 1 and self._is_numbered_heading(pieces[0]):
            self._bold_heading(pieces[0], self.line + pieces[0].lines_before)
            self.checked = None
            return
        for piece in pieces:
            if quotes and (found := _OBSIDIAN.match(piece[0])):
                self.callouts[-1] = f"{found[1].lower()}|{found[2]}"
            else:
                self._emit_piece(piece)
        self.checked = None

    def _is_component(self, parts: list[str]) -> bool:
        """Whether `parts` are a component of MDX, which is code: it is emitted as such."""
        if not _COMPONENT.match(text := "".join(parts)):
            return False
        self.emit(BlockKind.CODE, text, self.line)
        return True

    def _emit_piece(self, piece: Piece) -> None:
        text, marks, breaks, lines_before = piece
        kind, line = self.kind, self.line + lines_before
        if kind is _PARAGRAPH:
            if marks and self._is_bold_heading(piece):
                self._bold_heading(piece, line)
                return
            if marks and breaks and (rest := self._under_bold_line(piece)):
                first = piece._replace(text=text[: breaks[0]].strip(), marks=marks[:1], breaks=())
                self._bold_heading(first, line)
                text, marks, breaks, lines_before = rest
                line = self.line + lines_before
        elif kind is _HEADING:
            # Three dashes right under a formula are a rule that was meant to part, not to make a heading of it.
            if self.underlined and text[0] == "$" and _formulas_of(text):
                kind = _PARAGRAPH
            else:
                self._heading(text)
        elif kind is _ITEM:
            if self.items and not self.items[-1]:
                self.items[-1] = _name_of(text, breaks)
            self.kind = _PARAGRAPH
        self.emit(kind, text, line, marks, breaks)

    def _is_numbered_heading(self, piece: Piece) -> bool:
        """Whether a paragraph is a Chinese name with a number before it, as headings are pasted from other programs."""
        return (
            self.kind is _PARAGRAPH
            and not (self.items or self.quotes or piece.text.isascii())
            and len(piece.text) <= LONGEST_NAME + 6
            and _NUMBERED_HEADING.fullmatch(piece.text) is not None
        )

    def _is_bold_heading(self, piece: Piece) -> bool:
        return not self.items and not self.quotes and _is_short_and_bold(piece)

    def _under_bold_line(self, piece: Piece) -> Piece | None:
        """What stands under the first line of a paragraph, where that is all bold and short."""
        end = piece.breaks[0]
        first, rest = piece.text[:end].strip(), piece.text[end:].lstrip()
        begin = len(piece.text) - len(rest)
        if self.items or self.quotes or not rest:
            return None
        if piece.marks[0].end < len(first) - 1 or not _is_short_and_bold(piece._replace(text=first)):
            return None
        marks, breaks = _after(begin, piece.marks, piece.breaks)
        return Piece(rest, marks, breaks, piece.lines_before + 1)

    def _bold_heading(self, piece: Piece, line: int) -> None:
        """A paragraph that is all bold and short heads what follows, as a heading of the lowest level."""
        level, self.level = self.level, LOWEST
        self._heading(piece.text.rstrip(":： "))
        self.emit(_HEADING, piece.text.rstrip(":： "), line, piece.marks, piece.breaks)
        self.level = level

    def _is_headed_by_item(self) -> bool:
        """Whether the list that begins stands under the one item before it, numbered and bold, though not indented: `1. **X**：` / `* …`."""
        last = self.blocks[-1]
        return (
            last.kind is _ITEM
            and last.ordinal > 0
            and last.level == len(self.items) == 1
            and last.text[-1] in ":："
            and _is_short_and_bold(last)
        )

    def _make_heading_of_item(self) -> None:
        """Have the last list item head what follows, as a bold line does."""
        last = self.blocks.pop()
        level, self.level = self.level, LOWEST
        name = last.text.rstrip(":： ")
        self._heading(name)
        self.blocks.append(
            last._replace(kind=_HEADING, text=name, level=LOWEST, ordinal=0, headings=self.path[:-1])
        )
        self.level = level

    def _heading(self, text: str) -> None:
        while self.headings and self.headings[-1][0] >= self.level:
            self.headings.pop()
        number = _HEADING_NUMBER.match(text)
        self.headings.append((self.level, (text[number.end() :] if number else text) or text))
        self.path = tuple([heading for _, heading in self.headings])

    def emit(
        self,
        kind: BlockKind,
        text: str,
        line: int,
        marks: tuple[Mark, ...] = (),
        breaks: tuple[int, ...] = (),
    ) -> None:
        if kind is _PARAGRAPH and text[0] == "$" and (found := _formulas_of(text)):
            for latex in found:
                self.emit(BlockKind.FORMULA, latex, line)
            return
        if kind is _PARAGRAPH and text[0] == "$" and breaks and (found := _formulas_of(text[: breaks[0]])):
            for latex in found:
                self.emit(BlockKind.FORMULA, latex, line)
            self.emit(kind, text[breaks[0] :], line + 1, *_after(breaks[0], marks, breaks))
            return
        if (
            kind is _ITEM
            and self.ordinals
            and not self.ordinals[-1]
            and self.blocks
            and self._is_headed_by_item()
        ):
            self._make_heading_of_item()
        is_row = kind is _ROW
        path, items, ordinal = self.path, self.items, 0
        level = len(items)
        if kind is _HEADING:
            path, level = path[:-1], self.level
        elif kind is _ITEM:
            ordinal = self.ordinals[-1] if self.ordinals else 0
            items = items[:-1]
        label = self.label if kind is _DEFINITION else self.callouts[-1] if self.callouts else ""
        block: Block = _new(
            Block,
            (
                kind,
                text,
                line,
                path,
                tuple([item for item in items if item]) if items else (),
                marks,
                breaks,
                tuple(self.cells) if is_row else (),
                self.header if is_row else (),
                label,
                level,
                ordinal,
                self.quotes > 0,
                self.checked if kind is _ITEM else None,
            ),
        )
        self.blocks.append(block)


def _after(
    begin: int, marks: tuple[Mark, ...], breaks: tuple[int, ...]
) -> tuple[tuple[Mark, ...], tuple[int, ...]]:
    """The marks and line breaks of what is left of a text from `begin` on."""
    moved = [Mark(kind, start - begin, end - begin) for kind, start, end in marks if start >= begin]
    return tuple(moved), tuple([each - begin for each in breaks if each > begin])


def _is_short_and_bold(piece: Piece | Block) -> bool:
    text = piece.text.rstrip(":： ")
    if not 1 < len(text) <= LONGEST_BOLD_HEADING or text[-1] in "。.!！,，;；" or not piece.marks:
        return False
    first = piece.marks[0]
    if first.kind is not MarkKind.STRONG or first.start:
        return False
    whole = first.end >= len(text) or _BRACKET.fullmatch(text, first.end) is not None
    return whole and not _is_stressed_sentence(text)


def _is_stressed_sentence(text: str) -> bool:
    """Whether a bold line says something in Chinese, and heads nothing."""
    if text.isascii() or text[-1] in "?？":
        return False
    long = len(text) > LONGEST_CHINESE_HEADING and is_cjk(text, 0.5)
    return long or _STATES.search(text) is not None


def _name_of(text: str, breaks: tuple[int, ...]) -> str:
    """What a list item that says `text` is called by what stands in it: a name that its first line is, or all of it."""
    first = text[: breaks[0]].strip() if breaks and breaks[0] <= LONGEST_NAME else ""
    return text if not first or _MARKS_IN_SENTENCE.search(first) else first


def _formulas_of(text: str) -> list[str]:
    """The equations that `text` is, where it holds nothing else but a stop, a number or a remark in brackets."""
    text = " ".join(text.split())
    found = _FORMULAS.fullmatch(text)
    if not found or ("=" not in found[1] and "arrow" not in found[1] and "\\gets" not in found[1]):
        return []
    return [latex.strip() for latex in _FORMULA.findall(text)]
