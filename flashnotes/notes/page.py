"""A web page that was saved, as Markdown: its main text, with the formulas that MathML, KaTeX and MathJax keep in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.notes.embedded import picture_of, take_out
from flashnotes.notes.forms import Writer
from flashnotes.notes.html import formula_of
from flashnotes.notes.htmltree import Element, parse_html
from flashnotes.notes.mathml import latex_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flashnotes.notes.forms import Rendered

_NOT_TEXT = frozenset(
    "script style noscript template nav header footer aside form button select svg iframe object head dialog menu"
    " textarea".split()
)
_NOT_TEXT_ROLES = frozenset("navigation banner contentinfo search complementary menu dialog".split())
_BLOCKS = frozenset(
    "address article blockquote body center details dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr html li"
    " main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "mark": "=="}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_MATHS = re.compile(
    r"(\$\$.+?\$\$|\\\[.+?\\\]|\\\(.+?\\\)|\$(?=\S)[^$\n]{1,400}?(?<=\S)\$(?!\d)|\\begin\{(\w+\*?)\}.+?\\end\{\2\})",
    re.DOTALL,
)
_MATHJAX = re.compile(r"math/tex(?:\s*;\s*mode\s*=\s*(display))?")
_MAIN = (
    lambda element: element.tag == "main" or element.attributes.get("role") == "main",
    lambda element: element.tag == "article" or element.attributes.get("itemprop") == "articleBody",
    lambda element: (
        element.attributes.get("id") in ("content", "main", "main-content", "mw-content-text", "write")
    ),
)
_SHARE = 0.3
"""Of the page's text that what is marked as its main part must hold to be taken for it."""
_DRAWN = (
    "katex-html",
    "MathJax_Preview",
    "MathJax",
    "MathJax_Display",
    "mwe-math-fallback-image-inline",
    "mw-editsection",
)
"""Classes of what repeats a formula for the eye, or stands beside the text."""


def render_page(text: str) -> Rendered:
    """The main text of the page `text`; any text gives some."""
    page = parse_html(text)
    main = _main_part(page)
    pictures = take_out(main)
    writer = _Writer()
    writer.block(main, "")
    return writer.writer.rendered(pictures)


def _main_part(page: Element) -> Element:
    body = page.find("body") or page
    whole = len(body.text)
    for is_main in _MAIN:
        parts = [element for element in body.each() if is_main(element)]
        best = max(parts, key=lambda element: len(element.text), default=None)
        if best is not None and len(best.text) >= _SHARE * whole:
            return best
    return body


class _Writer:
    """Walks the tree; `prefix` is what every line begins with inside quotes and lists."""

    def __init__(self) -> None:
        self.writer = Writer()

    def block(self, element: Element, prefix: str) -> None:
        """All that stands in `element`: runs of text as paragraphs, blocks one after the other."""
        run: list[Element | str] = []
        line = 0
        for place, child in enumerate(element.children):
            if isinstance(child, Element) and (child.tag in _BLOCKS or _is_display(child)):
                self._paragraph(run, line, prefix)
                run, line = [], 0
                self._child(child, prefix)
            else:
                run.append(child)
                if not line and (isinstance(child, Element) or child.strip()):
                    line = (
                        child.line if isinstance(child, Element) else element.lines.get(place, element.line)
                    )
                    line += (
                        child[: len(child) - len(child.lstrip())].count("\n") if isinstance(child, str) else 0
                    )
        self._paragraph(run, line, prefix)

    def _child(self, element: Element, prefix: str) -> None:
        if _is_left_out(element):
            return
        if writer := _BLOCK_WRITERS.get(element.tag):
            writer(self, element, prefix)
        elif _is_display(element):
            self._add(f"$$\n{_formula(element)}\n$$", element.line, prefix)
        else:
            self.block(element, prefix)

    def _paragraph(self, run: Iterable[Element | str], line: int, prefix: str) -> None:
        text = _tidy("".join(map(_inline, run)))
        if text:
            self._add(text, line, prefix)

    def _add(self, text: str, line: int, prefix: str) -> None:
        self.writer.gap()
        self.writer.add("\n".join((prefix + row).rstrip() for row in text.split("\n")), line)

    def heading(self, element: Element, prefix: str) -> None:
        text = " ".join(_tidy("".join(map(_inline, element.children))).split())
        if text:
            self._add(f"{'#' * int(element.tag[1])} {text}", element.line, prefix)

    def quote(self, element: Element, prefix: str) -> None:
        self.block(element, prefix + "> ")

    def rows_of_list(self, element: Element, prefix: str) -> None:
        number = 0
        for child in element.children:
            if isinstance(child, Element) and not _is_left_out(child):
                number += 1
                dash = f"{number}. " if element.tag == "ol" else "- "
                self._item(child, prefix, dash)

    def _item(self, element: Element, prefix: str, dash: str) -> None:
        part = _Writer()
        part.block(element, "")
        found = part.writer.rendered()
        rows = found.text.split("\n")
        if not rows[0]:
            return
        self.writer.gap()
        self.writer.add_rows(
            ((prefix + (dash if number == 0 else " " * len(dash)) + row).rstrip(), line)
            for number, (row, line) in enumerate(zip(rows, found.lines, strict=True))
        )

    def definitions(self, element: Element, prefix: str) -> None:
        """A list of terms and meanings, also where they stand in groups."""
        last = ""
        for child in element.each():
            if child.tag in ("dt", "dd"):
                text = " ".join(_tidy("".join(map(_inline, child.children))).split())
                if child.tag == "dt" and last != "dt":
                    self.writer.gap()
                self.writer.add(prefix + (text if child.tag == "dt" else f": {text}"), child.line)
                last = child.tag

    def code(self, element: Element, prefix: str) -> None:
        self._add(f"```\n{element.text.strip(chr(10))}\n```", element.line, prefix)

    def table(self, element: Element, prefix: str) -> None:
        rows = [row for row in element.each() if row.tag == "tr"]
        if any(row.find("table") for row in rows):
            self.block(element, prefix)
            return
        cells = [[_cell(cell) for cell in row.children if isinstance(cell, Element)] for row in rows]
        width = max(map(len, cells), default=0)
        if width < 2:
            self.block(element, prefix)
            return
        self.writer.gap()
        for number, (row, texts) in enumerate(zip(rows, cells, strict=True)):
            padded = texts + [""] * (width - len(texts))
            self.writer.add(f"{prefix}| {' | '.join(padded)} |", row.line)
            if number == 0:
                self.writer.add(prefix + "|" + "---|" * width, row.line)

    def rule(self, element: Element, prefix: str) -> None:
        self._add("---", element.line, prefix)


_BLOCK_WRITERS: dict[str, Callable[[_Writer, Element, str], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Writer.heading),
    "blockquote": _Writer.quote,
    "ul": _Writer.rows_of_list,
    "ol": _Writer.rows_of_list,
    "dl": _Writer.definitions,
    "pre": _Writer.code,
    "table": _Writer.table,
    "hr": _Writer.rule,
}


def _is_left_out(element: Element) -> bool:
    return (
        (element.tag in _NOT_TEXT and not _is_formula(element))
        or element.attributes.get("role") in _NOT_TEXT_ROLES
        or (element.has_class(*_DRAWN) and not element.find("math"))
        or (
            "display:none" in element.attributes.get("style", "").replace(" ", "")
            and not element.find("math")
        )
    )


def _is_formula(element: Element) -> bool:
    return element.tag == "math" or (
        element.tag == "script" and "math/tex" in element.attributes.get("type", "")
    )


def _is_display(element: Element) -> bool:
    """A formula that stands on lines of its own."""
    if element.tag == "script":
        found = _MATHJAX.match(element.attributes.get("type", ""))
        return bool(found and found[1])
    if element.has_class("katex-display") or element.attributes.get("display") in ("block", "true"):
        return element.tag == "math" or element.find("math") is not None
    return False


def _formula(element: Element) -> str:
    if element.tag == "script":
        return element.text.strip()
    math = element if element.tag == "math" else element.find("math")
    return latex_of(math) if math else ""


def _inline(child: Element | str) -> str:
    if isinstance(child, str):
        return _escaped(child)
    if child.tag == "br":
        return "\n"
    if child.tag == "img":
        latex = formula_of(child.attributes.get("src", ""))
        return f"${latex}$" if latex else picture_of(child)
    if _is_formula(child):
        latex = _formula(child)
        return f"${latex}$" if latex else ""
    if _is_left_out(child):
        return ""
    if child.tag == "code":
        return f"`{child.text.strip()}`" if child.text.strip() else ""
    inside = "".join(map(_inline, child.children))
    mark = _MARKS.get(child.tag, "")
    if not mark or not inside.strip():
        return inside
    lead, tail = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
    return f"{lead}{mark}{inside.strip()}{mark}{tail}"


def _escaped(text: str) -> str:
    """`text` as Markdown that says the same; formulas written with dollar signs and brackets are left whole."""
    parts: list[str] = []
    place = 0
    for found in _MATHS.finditer(text):
        parts += (_SPECIAL.sub(r"\\\1", text[place : found.start()]), " ".join(found[0].split()))
        place = found.end()
    return "".join((*parts, _SPECIAL.sub(r"\\\1", text[place:])))


def _tidy(text: str) -> str:
    """Runs of white space as one space, the breaks that `br` made as lines; no line begins as a list or a heading."""
    rows = (" ".join(row.split()) for row in text.replace("\r", "").split("\n"))
    return " ".join(filter(None, rows))


def _cell(element: Element) -> str:
    return " ".join(_tidy("".join(map(_inline, element.children))).split())
