"""The events of pulldown-cmark, read in one pass into blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyromark

from flashnotes.notes.builder import Builder, Rows
from flashnotes.notes.html import formula_of, pieces
from flashnotes.notes.indented import prose_of
from flashnotes.notes.inline import Leaf
from flashnotes.notes.model import BlockKind, MarkKind
from flashnotes.notes.prepare import CALLOUT

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADING, _PARAGRAPH, _ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM
_DEFINITION_BLOCK, _ROW, _CODE_BLOCK = BlockKind.DEFINITION, BlockKind.ROW, BlockKind.CODE
_STRONG_MARK, _EMPHASIS_MARK = MarkKind.STRONG, MarkKind.EMPHASIS
_HIGHLIGHT_MARK, _LINK_MARK = MarkKind.HIGHLIGHT, MarkKind.LINK
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
    re.split(
        r"\s+",
        "note tip important warning caution attention hint seealso admonition definition theorem lemma proof example"
        " question danger error dropdown margin sidebar card prf:definition prf:theorem glossary",
    )
)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
LONGEST_WORD, LONGEST_EQUATION = 30, 12
"""Characters of LaTeX between two dollar signs that stand in a line for a word, and of those that equate something."""
DEEPEST = 3
"""How often HTML may hold Markdown that holds HTML."""


class Reader(Builder):
    """Turns events into blocks; `read` may call itself for Markdown inside HTML and admonitions."""

    def read(self, text: str, base: int) -> None:
        """Add the blocks of `text`, whose first line is line `base` of the note."""
        before = self.rows
        # A table out of HTML is laid out anew: its rows stand on the line it began on.
        self.rows = Rows("" if self.depth and text.startswith("| ") else text, base)
        events: Any = _MARKDOWN.events_with_range(text, merge_text=True)
        start_of, end_of = _STARTS.get, _ENDS.get
        for event, span in events:
            if event.__class__ is str:
                self._break(event)
                continue
            name, value = event.popitem()
            if name == "Text":
                if self.leaf is not None and self.info is None and not self.skipped:
                    self.leaf.parts.append(value)
                else:
                    self.text(value, span["start"])
            elif name == "End":
                end_of(value if value.__class__ is str else next(iter(value)), _pass_over)(self)
            elif name == "Start":
                tag, about = (value, None) if value.__class__ is str else value.popitem()
                if handler := start_of(tag):
                    handler(self, about, span["start"])
            elif handler := _HANDLERS.get(name):
                handler(self, value, span["start"])
        self.flush()
        self.rows = before

    def _break(self, event: str) -> None:
        if self.leaf is not None and event in _BREAKS:
            self.leaf.parts.append(_BREAKS[event])

    def start_heading(self, value: Any, offset: int) -> None:
        self.open_leaf(_HEADING, offset)
        self.underlined = self.rows.data[offset : offset + 1] != b"#"
        self.level = int(value["level"][1])

    def start_item(self, _: Any, offset: int) -> None:
        self.flush()
        self.items.append("")
        self.item_starts.append(True)
        self.line = self.rows.line_at(offset)

    def end_item(self) -> None:
        self.flush()
        self.items.pop()
        self.item_starts.pop()
        if self.ordinals and self.ordinals[-1]:
            self.ordinals[-1] += 1

    def start_list(self, value: Any, _: int) -> None:
        self.flush()
        self.ordinals.append(int(value or 0))

    def end_list(self) -> None:
        self.flush()
        self.ordinals.pop()

    def start_quote(self, _: Any, __: int) -> None:
        self.flush()
        self.quotes += 1
        self.callouts.append("")

    def end_quote(self) -> None:
        self.flush()
        self.quotes -= 1
        self.callouts.pop()

    def start_title(self, _: Any, offset: int) -> None:
        self.open_leaf(_PARAGRAPH, offset)

    def end_title(self) -> None:
        found = self.leaf.pieces(plain=False) if self.leaf else []
        self.label, self.leaf = (found[0].text if found else ""), None

    def start_meaning(self, _: Any, offset: int) -> None:
        self.open_leaf(_DEFINITION_BLOCK, offset)

    def end_meaning(self) -> None:
        self.flush()
        self.kind = _PARAGRAPH

    def start_footnote(self, _: Any, __: int) -> None:
        self.flush()
        self.callouts.append("footnote|")

    def end_footnote(self) -> None:
        self.flush()
        self.callouts.pop()

    def start_table(self, _: Any, __: int) -> None:
        self.flush()
        self.header = ()

    def start_row(self, _: Any, offset: int) -> None:
        self.cells = []
        self.line = self.rows.line_at(offset)

    def start_cell(self, _: Any, __: int) -> None:
        self.leaf, self.is_cell = Leaf(), True

    def end_cell(self) -> None:
        text = "".join(self.leaf.parts) if self.leaf else ""
        self.cells.append(" ".join(text.replace("**", "").replace("\v", "").split()))
        self.leaf, self.is_cell = None, False

    def end_head(self) -> None:
        self.header = tuple(self.cells)

    def end_row(self) -> None:
        self.emit(_ROW, " | ".join(self.cells), self.line)

    def start_code(self, value: Any, offset: int) -> None:
        self.flush()
        self.code = []
        self.info = value.get("Fenced", "") if isinstance(value, dict) else None
        self.line = self.rows.line_at(offset)

    def end_code(self) -> None:
        text, info, self.info = "".join(self.code), self.info, None
        line = self.line
        self.code = []
        if info is None:
            prose = prose_of(text) if self.depth < DEEPEST else []
            for before, paragraph in prose:
                self._inside(paragraph, line + before, self.callouts[-1] if self.callouts else "")
            if not prose:
                self.emit(_CODE_BLOCK, text, line)
        elif info == "math" or info.startswith(("math ", "{math}", "latex math")):
            self.add_formula(f"{info.removeprefix('{math}').removeprefix('math').strip()}\n{text}", line)
        elif found := _ADMONITION_FENCE.match(info):
            self._admonition(found, text, line)
        else:
            self.emit(_CODE_BLOCK, text, line)

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

    def text(self, value: Any, offset: int) -> None:
        if self.info is not None or (self.leaf is None and not self.item_starts):
            self.code.append(value)
        elif not self.skipped:
            self.leaf_at(offset).add(value)

    def box(self, value: bool, offset: int) -> None:
        self.leaf_at(offset)
        self.checked = value

    def inline_code(self, value: str, offset: int) -> None:
        self.leaf_at(offset).add_code(value)

    def inline_math(self, value: str, offset: int) -> None:
        self.leaf_at(offset).add("$" + value.replace("\n", " ").strip() + "$")

    def display_math(self, value: str, offset: int) -> None:
        kind = self.kind
        if kind is _HEADING or self.leaf is None or self.is_cell or _runs_in(value, self.leaf):
            self.inline_math(value, offset)
            return
        self.flush()
        self.add_formula(value, self.rows.line_at(offset))
        self.kind, self.leaf = (_PARAGRAPH if kind is _ITEM else kind), Leaf()
        self.line = self.rows.line_at(offset) + value.count("\n")

    def tag(self, value: str, offset: int) -> None:
        lower = value.lower()
        leaf = self.leaf_at(offset)
        if lower.startswith(("<b>", "<strong", "<em", "<i>", "<mark", "<b ")):
            kind = _HIGHLIGHT_MARK if lower.startswith("<mark") else _STRONG_MARK
            leaf.open(_EMPHASIS_MARK if lower.startswith(("<em", "<i>")) else kind)
        elif lower.startswith(("</b>", "</strong", "</em", "</i>", "</mark")):
            leaf.close()
        elif lower in _SCRIPTS:
            leaf.add_script(_SCRIPTS[lower])
        elif lower.startswith("<br"):
            leaf.add("\n\v")
        elif lower.startswith("<img") and (latex := _picture_formula(value)):
            leaf.add(f"${latex}$")

    def start_html(self, _: Any, offset: int) -> None:
        self.flush()
        self.html = []
        self.line = self.rows.line_at(offset)

    def html_line(self, value: str, _: int) -> None:
        self.html.append(value)

    def end_html(self) -> None:
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
        self.leaf_at(offset).open(_STRONG_MARK)

    def open_emphasis(self, _: Any, offset: int) -> None:
        self.leaf_at(offset).open(_EMPHASIS_MARK)

    def open_link(self, _: Any, offset: int) -> None:
        self.leaf_at(offset).open(_LINK_MARK)

    def close_mark(self) -> None:
        if self.leaf is not None:
            self.leaf.close()

    def start_image(self, value: Any, offset: int) -> None:
        self.skipped += 1
        latex = formula_of(value["dest_url"])
        if latex:
            self.leaf_at(offset).add(f"${latex}$")

    def end_image(self) -> None:
        self.skipped -= 1


def _pass_over(_: Reader) -> None:
    """The end of what says nothing of the text in it."""


def _runs_in(latex: str, leaf: Leaf) -> bool:
    """Whether a formula between two dollar signs is a word of the line that it stands in, as kramdown and GitBook write them."""
    before = leaf.parts[-1].rstrip(" \t*_") if leaf.parts else ""
    short = len(latex) <= (LONGEST_WORD if "=" not in latex else LONGEST_EQUATION)
    return short and "\n" not in latex and before != "" and before[-1] not in "\n\v:："


def _picture_formula(tag: str) -> str | None:
    found = re.search(r"(?:src|data-original)\s*=\s*[\"']?([^\"'\s>]+)", tag, re.IGNORECASE)
    return formula_of(found[1]) if found else None


_SCRIPTS = {"<sub>": "_", "<sup>": "^"}
_BREAKS = {"SoftBreak": "\n", "HardBreak": "\n\v"}
_HANDLERS: dict[str, Callable[[Reader, Any, int], None]] = {
    "Code": Reader.inline_code,
    "InlineMath": Reader.inline_math,
    "DisplayMath": Reader.display_math,
    "InlineHtml": Reader.tag,
    "Html": Reader.html_line,
    "TaskListMarker": Reader.box,
}
_STARTS: dict[str, Callable[[Reader, Any, int], None]] = {
    "Paragraph": Reader.start_paragraph,
    "Heading": Reader.start_heading,
    "Item": Reader.start_item,
    "List": Reader.start_list,
    "BlockQuote": Reader.start_quote,
    "DefinitionListTitle": Reader.start_title,
    "DefinitionListDefinition": Reader.start_meaning,
    "FootnoteDefinition": Reader.start_footnote,
    "Table": Reader.start_table,
    "TableHead": Reader.start_row,
    "TableRow": Reader.start_row,
    "TableCell": Reader.start_cell,
    "CodeBlock": Reader.start_code,
    "HtmlBlock": Reader.start_html,
    "Strong": Reader.open_strong,
    "Link": Reader.open_link,
    "Emphasis": Reader.open_emphasis,
    "Image": Reader.start_image,
}
_ENDS: dict[str, Callable[[Reader], None]] = {
    "Paragraph": Reader.flush,
    "Heading": Reader.flush,
    "Item": Reader.end_item,
    "List": Reader.end_list,
    "BlockQuote": Reader.end_quote,
    "DefinitionListTitle": Reader.end_title,
    "DefinitionListDefinition": Reader.end_meaning,
    "FootnoteDefinition": Reader.end_footnote,
    "TableHead": Reader.end_head,
    "TableRow": Reader.end_row,
    "TableCell": Reader.end_cell,
    "CodeBlock": Reader.end_code,
    "HtmlBlock": Reader.end_html,
    "Strong": Reader.close_mark,
    "Link": Reader.close_mark,
    "Emphasis": Reader.close_mark,
    "Image": Reader.end_image,
}
