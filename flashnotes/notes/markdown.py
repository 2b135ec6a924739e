"""Markdown to blocks: one pass over the events of pulldown-cmark."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

import pyromark

from flashnotes.notes.front import split_front
from flashnotes.notes.html import formula_of, pieces
from flashnotes.notes.inline import Leaf, Piece
from flashnotes.notes.model import Block, BlockKind, MarkKind, Note
from flashnotes.notes.prepare import CALLOUT, prepare
from flashnotes.notes.sentences import sentences_of
from flashnotes.text import strip_controls

if TYPE_CHECKING:
    from collections.abc import Callable

_O = pyromark.Options
_MARKDOWN = pyromark.Markdown(
    options=_O.ENABLE_TABLES
    | _O.ENABLE_MATH
    | _O.ENABLE_FOOTNOTES
    | _O.ENABLE_DEFINITION_LIST
    | _O.ENABLE_STRIKETHROUGH
    | _O.ENABLE_TASKLISTS
    | _O.ENABLE_WIKILINKS
    | _O.ENABLE_HEADING_ATTRIBUTES
)
_ADMONITION_FENCE = re.compile(r"\{([\w:-]+)\}[ \t]*(.*)|(ad-[\w-]+)[ \t]*(.*)")
_PROSE_FENCES = frozenset(
    "note tip important warning caution attention hint seealso admonition definition theorem lemma proof"
    " example question danger error dropdown margin sidebar card prf:definition prf:theorem glossary".split()
)
_OBSIDIAN = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*(.*)")
_CITATION = re.compile(r"\[[\d,\s\u2013-]+\]")
_HEADING_NUMBER = re.compile(r"^\s*#*\s*(?:(?:\d+(?:\.\d+)*|[一二三四五六七八九十]+)(?:[.、．)）]|\s)\s*)+")
_COMMENT = re.compile(r"<!--(.*?)-->", re.S)
LOWEST = 7
"""Level of a bold line that serves as a heading."""
LONGEST_BOLD_HEADING = 60
DEEPEST = 3
"""How often HTML may hold Markdown that holds HTML."""


def parse_note(text: str, *, path: str) -> Note:
    """The note that `text` is; a `path` that ends in `.txt` is read line by line, as people write plain text.

    Any text is a note: nothing is raised.
    """
    text = strip_controls(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))
    lines = text.split("\n")
    keys, taken = split_front(lines)
    if taken:
        lines[:taken] = [""] * taken
    prepared = prepare("\n".join(lines) if taken else text)
    builder = _Builder(plain=path.lower().endswith(".txt"))
    if keys.get("flashnotes", "") not in ("false", "off", "no"):
        builder.read(prepared, 1)
    return Note(
        path=path,
        blocks=tuple(builder.blocks),
        sentences=tuple(sentences_of(builder.blocks, plain=builder.plain)),
        deck=_one(keys, "deck", "cards-deck", "anki_deck"),
        tags=tuple(tag.lstrip("#") for tag in _many(keys.get("tags", keys.get("tag", "")))),
        meta={key: value for key, value in keys.items() if isinstance(value, str)},
        source=prepared,
    )


def _one(keys: dict[str, str | list[str]], *names: str) -> str | None:
    return next((value for name in names if isinstance(value := keys.get(name), str) and value), None)


def _many(value: str | list[str]) -> list[str]:
    return [tag for tag in (value if isinstance(value, list) else re.split(r"[,\s]+", value)) if tag]


class _Builder:
    """Turns events into blocks, knowing the headings, list items and tables they stand in."""

    def __init__(self, *, plain: bool) -> None:
        self.plain = plain
        self.blocks: list[Block] = []
        self.headings: list[tuple[int, str]] = []
        self.items: list[str] = []
        self.item_starts: list[bool] = []
        self.ordinals: list[int] = []
        self.leaf: Leaf | None = None
        self.line = 1
        self.base = 1
        self.newlines: list[int] = []
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

    # -- reading ------------------------------------------------------------------------------------------

    def read(self, text: str, base: int) -> None:
        """Add the blocks of `text`, whose first line is line `base` of the note."""
        before = (self.newlines, self.base)
        self.base = base
        # A table out of HTML is laid out anew: its rows stand on the line it began on.
        data = b"" if self.depth and text.startswith("| ") else text.encode("utf-8", "replace")
        self.newlines = [found.start() for found in re.finditer(b"\n", data)]
        for event, span in _MARKDOWN.events_with_range(text, merge_text=True):
            if isinstance(event, str):
                self._signal(event)
            else:
                for name, value in event.items():
                    handler = _HANDLERS.get(name)
                    if handler is not None:
                        handler(self, value, span["start"])
        self._flush()
        self.newlines, self.base = before

    def _line_of(self, offset: int) -> int:
        return self.base + bisect_left(self.newlines, offset)

    def _signal(self, event: str) -> None:
        if self.leaf is None:
            return
        if event == "SoftBreak":
            self.leaf.add("\n")
        elif event == "HardBreak":
            self.leaf.add("\n\v")

    # -- containers ---------------------------------------------------------------------------------------

    def start(self, tag: Any, offset: int) -> None:
        name, value = (tag, None) if isinstance(tag, str) else next(iter(tag.items()))
        if handler := _STARTS.get(name):
            handler(self, value, offset)

    def end(self, tag: Any, offset: int) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if handler := _ENDS.get(name):
            handler(self, offset)

    def open_leaf(self, kind: BlockKind, offset: int) -> None:
        self._flush()
        self.kind = kind
        self.leaf = Leaf()
        self.line = self._line_of(offset)

    def start_paragraph(self, _: Any, offset: int) -> None:
        kind = BlockKind.PARAGRAPH
        if self.item_starts and self.item_starts[-1]:
            kind, self.item_starts[-1] = BlockKind.ITEM, False
        elif self.kind is BlockKind.DEFINITION:
            kind = BlockKind.DEFINITION
        self.open_leaf(kind, offset)

    def end_paragraph(self, _: int) -> None:
        self._flush()

    def start_heading(self, value: Any, offset: int) -> None:
        self.open_leaf(BlockKind.HEADING, offset)
        self.level = int(value["level"][1])

    def start_item(self, _: Any, offset: int) -> None:
        self._flush()
        self.items.append("")
        self.item_starts.append(True)
        self.line = self._line_of(offset)

    def end_item(self, _: int) -> None:
        self._flush()
        self.items.pop()
        self.item_starts.pop()
        if self.ordinals and self.ordinals[-1]:
            self.ordinals[-1] += 1

    def start_list(self, value: Any, _: int) -> None:
        self._flush()
        self.ordinals.append(int(value or 0))

    def end_list(self, _: int) -> None:
        self._flush()
        self.ordinals.pop()

    def start_quote(self, _: Any, __: int) -> None:
        self._flush()
        self.quotes += 1
        self.callouts.append("")

    def end_quote(self, _: int) -> None:
        self._flush()
        self.quotes -= 1
        self.callouts.pop()

    def start_title(self, _: Any, offset: int) -> None:
        self.open_leaf(BlockKind.PARAGRAPH, offset)

    def end_title(self, _: int) -> None:
        found = self.leaf.pieces(plain=False) if self.leaf else []
        self.label, self.leaf = (found[0].text if found else ""), None

    def start_meaning(self, _: Any, offset: int) -> None:
        self.open_leaf(BlockKind.DEFINITION, offset)

    def end_meaning(self, _: int) -> None:
        self._flush()
        self.kind = BlockKind.PARAGRAPH

    def start_footnote(self, _: Any, __: int) -> None:
        self._flush()
        self.callouts.append("footnote|")

    def end_footnote(self, _: int) -> None:
        self._flush()
        self.callouts.pop()

    # -- tables -------------------------------------------------------------------------------------------

    def start_table(self, _: Any, __: int) -> None:
        self._flush()
        self.header = ()

    def start_row(self, _: Any, offset: int) -> None:
        self.cells = []
        self.line = self._line_of(offset)

    def start_cell(self, _: Any, __: int) -> None:
        self.leaf = Leaf()

    def end_cell(self, _: int) -> None:
        text = "".join(self.leaf.parts) if self.leaf else ""
        self.cells.append(" ".join(text.replace("**", "").replace("\v", "").split()))
        self.leaf = None

    def end_head(self, _: int) -> None:
        self.header = tuple(self.cells)

    def end_row(self, _: int) -> None:
        self._emit(
            BlockKind.ROW, " | ".join(self.cells), self.line, cells=tuple(self.cells), header=self.header
        )

    # -- code and formulas --------------------------------------------------------------------------------

    def start_code(self, value: Any, offset: int) -> None:
        self._flush()
        self.code = []
        self.info = value.get("Fenced", "") if isinstance(value, dict) else None
        self.line = self._line_of(offset)

    def end_code(self, _: int) -> None:
        text, info, self.info = "".join(self.code), self.info, None
        line = self.line
        self.code = []
        if info is None:
            self._emit(BlockKind.CODE, text, line)
        elif info == "math" or info.startswith(("math ", "{math}", "latex math")):
            self._formula(f"{info.removeprefix('{math}').removeprefix('math').strip()}\n{text}", line)
        elif found := _ADMONITION_FENCE.match(info):
            self._admonition(found, text, line)
        else:
            self._emit(BlockKind.CODE, text, line)

    def _admonition(self, found: re.Match[str], text: str, line: int) -> None:
        name = (found[1] or found[3]).removeprefix("ad-")
        if name not in _PROSE_FENCES or self.depth >= DEEPEST:
            return
        rows = text.split("\n")
        for number, row in enumerate(rows):
            if not row.startswith(":") or not re.match(r":\w+:", row):
                break
            rows[number] = ""
        self._inside("\n".join(rows), line + 1, f"{name}|{found[2] or found[4] or ''}")

    def _inside(self, text: str, base: int, callout: str) -> None:
        """Read `text`, which stood in another block, in the same headings and items."""
        self.depth += 1
        self.callouts.append(callout)
        kept = (self.item_starts, self.leaf, self.code, self.line)
        self.item_starts, self.leaf = [], None
        self.read(text, base)
        self.item_starts, self.leaf, self.code, self.line = kept
        self.callouts.pop()
        self.depth -= 1

    def _formula(self, latex: str, line: int) -> None:
        latex = latex.strip().removeprefix("$$").removesuffix("$$").strip()
        if latex:
            self._emit(BlockKind.FORMULA, latex, line)

    # -- inline -------------------------------------------------------------------------------------------

    def text(self, value: str, offset: int) -> None:
        if self.info is not None or (self.leaf is None and self._in_code()):
            self.code.append(value)
        elif self.skipped:
            self.picture += value
        else:
            self._leaf(offset).add(value)

    def _in_code(self) -> bool:
        return not self.item_starts and self.leaf is None

    def _leaf(self, offset: int) -> Leaf:
        """The leaf that text at `offset` belongs to: a tight list item opens none of its own."""
        if self.leaf is None:
            self.start_paragraph(None, offset)
        assert self.leaf is not None
        return self.leaf

    def inline_code(self, value: str, offset: int) -> None:
        self._leaf(offset).add_code(value)

    def inline_math(self, value: str, offset: int) -> None:
        self._leaf(offset).add("$" + value.replace("\n", " ").strip() + "$")

    def display_math(self, value: str, offset: int) -> None:
        kind = self.kind
        if kind is BlockKind.HEADING or self.leaf is None or self.cells_open():
            self._leaf(offset).add("$" + value.replace("\n", " ").strip() + "$")
            return
        self._flush()
        self._formula(value, self._line_of(offset))
        self.kind, self.leaf = (BlockKind.PARAGRAPH if kind is BlockKind.ITEM else kind), Leaf()
        self.line = self._line_of(offset) + value.count("\n")

    def cells_open(self) -> bool:
        return self.leaf is not None and self.kind is BlockKind.ROW

    def tag(self, value: str, offset: int) -> None:
        lower = value.lower()
        leaf = self._leaf(offset)
        if lower.startswith(("<b>", "<strong", "<em", "<i>", "<mark", "<b ")):
            kind = MarkKind.HIGHLIGHT if lower.startswith("<mark") else MarkKind.STRONG
            leaf.open(MarkKind.EMPHASIS if lower.startswith(("<em", "<i>")) else kind)
        elif lower.startswith(("</b>", "</strong", "</em", "</i>", "</mark")):
            leaf.close()
        elif lower.startswith("<br"):
            leaf.add("\n\v")
        elif lower.startswith("<img") and (latex := _picture_formula(value)):
            leaf.add(f"${latex}$")
        elif lower.startswith("<sup"):
            leaf.add("^") if False else None

    def start_html(self, _: Any, offset: int) -> None:
        self._flush()
        self.html = []
        self.line = self._line_of(offset)

    def html_line(self, value: str, _: int) -> None:
        self.html.append(value)

    def end_html(self, _: int) -> None:
        source, line = "".join(self.html), self.line
        self.html = []
        if CALLOUT in source:
            self._callout(source)
        elif self.depth < DEEPEST:
            for before, text in pieces(source):
                self._inside(text, line + before, self.callouts[-1] if self.callouts else "")

    def _callout(self, source: str) -> None:
        for found in _COMMENT.finditer(source):
            about = found[1].removeprefix(CALLOUT).strip()
            if about:
                self.callouts.append(about)
            elif self.callouts:
                self.callouts.pop()

    def open_strong(self, _: Any, offset: int) -> None:
        self._leaf(offset).open(MarkKind.STRONG)

    def open_emphasis(self, _: Any, offset: int) -> None:
        self._leaf(offset).open(MarkKind.EMPHASIS)

    def open_link(self, _: Any, offset: int) -> None:
        self._leaf(offset).open(MarkKind.LINK)

    def close_mark(self, _: int) -> None:
        if self.leaf is not None:
            self.leaf.close()

    def start_image(self, value: Any, offset: int) -> None:
        self.skipped += 1
        latex = formula_of(value["dest_url"])
        if latex:
            self._leaf(offset).add(f"${latex}$")

    def end_image(self, _: int) -> None:
        self.skipped -= 1
        self.picture = ""

    # -- blocks -------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """Emit the block that was being read."""
        leaf, self.leaf = self.leaf, None
        if leaf is None or not leaf.parts:
            return
        if self.quotes and leaf.parts[0].startswith("[!") and "\n" in leaf.parts:
            leaf.parts[leaf.parts.index("\n")] = "\n\v"
        for piece in leaf.pieces(plain=self.plain):
            if self.quotes and (found := _OBSIDIAN.match(piece.text)):
                self.callouts[-1] = f"{found[1].lower()}|{found[2]}"
                continue
            text = piece.text
            if self.kind is BlockKind.PARAGRAPH and _is_bold_heading(piece) and not self.items and not self.quotes:
                self._bold_heading(piece, self.line + piece.lines_before)
                continue
            if self.kind is BlockKind.HEADING:
                self._heading(text)
            elif self.kind is BlockKind.ITEM and self.items and not self.items[-1]:
                self.items[-1] = text
            self._emit(
                self.kind, text, self.line + piece.lines_before, marks=piece.marks, breaks=piece.breaks
            )
            if self.kind is BlockKind.ITEM:
                self.kind = BlockKind.PARAGRAPH

    def _bold_heading(self, piece: Piece, line: int) -> None:
        """A paragraph that is all bold and short heads what follows, as a heading of the lowest level."""
        level, self.level = self.level, LOWEST
        self._heading(piece.text.rstrip(":： "))
        self._emit(BlockKind.HEADING, piece.text.rstrip(":： "), line, marks=piece.marks, breaks=piece.breaks)
        self.level = level

    def _heading(self, text: str) -> None:
        while self.headings and self.headings[-1][0] >= self.level:
            self.headings.pop()
        self.headings.append((self.level, _HEADING_NUMBER.sub("", text) or text))

    def _emit(self, kind: BlockKind, text: str, line: int, **rest: Any) -> None:
        if kind is BlockKind.PARAGRAPH and _is_whole_formula(text):
            kind, text = BlockKind.FORMULA, text.strip("$").strip()
        above = [heading for _, heading in self.headings]
        parents = self.items[:-1] if kind is BlockKind.ITEM else self.items
        label = self.label if kind is BlockKind.DEFINITION else self.callouts[-1] if self.callouts else ""
        self.blocks.append(
            Block(
                kind,
                text,
                line,
                headings=tuple(above[:-1] if kind is BlockKind.HEADING else above),
                parents=tuple(filter(None, parents)),
                label=label,
                level=self.level if kind is BlockKind.HEADING else len(self.items),
                ordinal=self.ordinals[-1] if kind is BlockKind.ITEM and self.ordinals else 0,
                quoted=self.quotes > 0,
                **rest,
            )
        )


def _is_bold_heading(piece: Piece) -> bool:
    text = piece.text.rstrip(":： ")
    if not 1 < len(text) <= LONGEST_BOLD_HEADING or text[-1] in "。.!！,，;；" or not piece.marks:
        return False
    first = piece.marks[0]
    return first.kind is MarkKind.STRONG and first.start == 0 and first.end >= len(text)


def _is_whole_formula(text: str) -> bool:
    return len(text) > 6 and text[0] == "$" == text[-1] and text.count("$") == 2 and (
        "=" in text or "arrow" in text or "\\gets" in text
    )


def _picture_formula(tag: str) -> str | None:
    found = re.search(r"(?:src|data-original)\s*=\s*[\"']?([^\"'\s>]+)", tag, re.I)
    return formula_of(found[1]) if found else None


_HANDLERS: dict[str, Callable[[_Builder, Any, int], None]] = {
    "Start": _Builder.start,
    "End": _Builder.end,
    "Text": _Builder.text,
    "Code": _Builder.inline_code,
    "InlineMath": _Builder.inline_math,
    "DisplayMath": _Builder.display_math,
    "InlineHtml": _Builder.tag,
    "Html": _Builder.html_line,
}
_STARTS: dict[str, Callable[[_Builder, Any, int], None]] = {
    "Paragraph": _Builder.start_paragraph,
    "Heading": _Builder.start_heading,
    "Item": _Builder.start_item,
    "List": _Builder.start_list,
    "BlockQuote": _Builder.start_quote,
    "DefinitionListTitle": _Builder.start_title,
    "DefinitionListDefinition": _Builder.start_meaning,
    "FootnoteDefinition": _Builder.start_footnote,
    "Table": _Builder.start_table,
    "TableHead": _Builder.start_row,
    "TableRow": _Builder.start_row,
    "TableCell": _Builder.start_cell,
    "CodeBlock": _Builder.start_code,
    "HtmlBlock": _Builder.start_html,
    "Strong": _Builder.open_strong,
    "Link": _Builder.open_link,
    "Emphasis": _Builder.open_emphasis,
    "Image": _Builder.start_image,
}
_ENDS: dict[str, Callable[[_Builder, int], None]] = {
    "Paragraph": _Builder.end_paragraph,
    "Heading": _Builder.end_paragraph,
    "Item": _Builder.end_item,
    "List": _Builder.end_list,
    "BlockQuote": _Builder.end_quote,
    "DefinitionListTitle": _Builder.end_title,
    "DefinitionListDefinition": _Builder.end_meaning,
    "FootnoteDefinition": _Builder.end_footnote,
    "TableHead": _Builder.end_head,
    "TableRow": _Builder.end_row,
    "TableCell": _Builder.end_cell,
    "CodeBlock": _Builder.end_code,
    "HtmlBlock": _Builder.end_html,
    "Strong": _Builder.close_mark,
    "Link": _Builder.close_mark,
    "Emphasis": _Builder.close_mark,
    "Image": _Builder.end_image,
}
