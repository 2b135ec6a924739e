r"""Markdown with LaTeX, as cards are written, to the HTML of Anki's fields.

Formulas become `\(…\)` and `\[…\]`, raw HTML stays text, a line break stays a line break, a picture is its
description. What Anki would take for a command in plain text (`[sound:…]`, `\(`) is written so that it
means nothing to it.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape
from typing import Any

from pyromark import Options, events

from flashnotes.anki.cloze import ClozeCutter, is_cloze_number
from flashnotes.anki.cut import Cuts, NameOfPicture
from flashnotes.anki.tex import as_words

_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS
_PLAIN = re.compile(r"(?!\s|[#+>=~-]|\d+[.)])[^\\`*_\[\]<>&$~|\n\U000F0000-\U000FFFFD]*(?<!\s)\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_OVERLOOKED_STRONG = re.compile(r"\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*", re.DOTALL)
_STRUCTURE = re.compile(r"\{\{c[\d,]+::|\}\}|<(/?)([a-z][a-z0-9]*)[^>]*>")
_SAFE_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)

_SURROUND = {
    "Paragraph": ("<p>", "</p>"),
    "Emphasis": ("<i>", "</i>"),
    "Strong": ("<b>", "</b>"),
    "Strikethrough": ("<s>", "</s>"),
    "BlockQuote": ("<blockquote>", "</blockquote>"),
    "Item": ("<li>", "</li>"),
    "Heading": ("<h3>", "</h3>"),
    "CodeBlock": ("<pre><code>", "</code></pre>"),
    "Table": ("<table>", "</tbody></table>"),
    "TableHead": ("<thead><tr>", "</tr></thead><tbody>"),
    "TableRow": ("<tr>", "</tr>"),
    "TableCell": ("<td>", "</td>"),
}
_ALONE = {"SoftBreak": "<br>", "HardBreak": "<br>", "Rule": "<hr>"}
_DELETION = re.compile(r"\{\{c([\d,]+)::")
_VOID = {"br", "hr", "img"}


def to_html(text: str, name_of_picture: NameOfPicture = lambda _: None) -> str:
    """A card's text as the HTML of an Anki field."""
    clean = tidy(text)
    if is_plain(clean):
        return clean
    cuts = Cuts(name_of_picture)
    return _render(cuts.cut(clean), cuts)


def is_plain(text: str) -> bool:
    """One line of words that mean the same in Markdown and in HTML."""
    return _PLAIN.match(text) is not None


def to_cloze_html(text: str, name_of_picture: NameOfPicture = lambda _: None) -> tuple[str, frozenset[int]]:
    """A text with `{{c1::…}}` as the HTML of a cloze field, and the numbers of its deletions."""
    cuts = Cuts(name_of_picture)
    cut = ClozeCutter(cuts).cut(tidy(text))
    html = _render(cut, cuts)
    if not _is_nested_well(html):
        # A deletion over the edge of a paragraph or of emphasis: the text as typed is better than half a tag.
        html = cuts.restore(as_words(cut).replace("\n", "<br>"))
    return html, numbers_of_deletions(html)


def numbers_of_deletions(html: str) -> frozenset[int]:
    """The numbers of the deletions that Anki finds in a field."""
    numbers = (number for found in _DELETION.finditer(html) for number in found[1].split(","))
    return frozenset(int(number) for number in numbers if is_cloze_number(number))


def tidy(text: str) -> str:
    """Text as Anki stores it: composed (NFC), with no control characters and no halves of surrogate pairs."""
    if text.isprintable():
        return unicodedata.normalize("NFC", text)
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", composed).encode("utf-8", "replace").decode("utf-8").strip("\n")


def to_text(html: str) -> str:
    """What is left of a field without its tags: what Anki sorts and compares by."""
    text = _TAG.sub("", html) if "<" in html else html
    return (unescape(text) if "&" in text else text).strip()


def _is_nested_well(html: str) -> bool:
    stack: list[str] = []
    for found in _STRUCTURE.finditer(html):
        closing, tag = found[1], found[2]
        if tag in _VOID:
            continue
        if found[0].startswith("{{") or (tag and not closing):
            stack.append(tag or "{{")
        elif (tag or "{{") in stack and stack.pop() != (tag or "{{"):
            return False
    return not stack


def _render(cut: str, cuts: Cuts) -> str:
    renderer = _Renderer(cuts)
    for event in events(cut, options=_OPTIONS):
        renderer.take(event)
    return renderer.html()


class _Renderer:
    """Turns the events of a Markdown text into HTML."""

    def __init__(self, cuts: Cuts) -> None:
        self._cuts = cuts
        self._pictures: list[tuple[int, str]] = []
        self._out: list[str] = []
        self._ends: list[str] = []
        self._in_code = False
        self._in_head = False

    def html(self) -> str:
        html = "".join(self._out)
        # A paragraph alone needs no frame: so a field reads as if it had been typed in Anki.
        if html.startswith("<p>") and html.count("<p>") == 1:
            return html[3:].replace("</p>", "", 1)
        return html

    def take(self, event: Any) -> None:
        if isinstance(event, str):
            self._out.append(_ALONE.get(event, ""))
            return
        [(name, value)] = event.items()
        if name == "Start":
            self._start(value)
        elif name == "End":
            self._end(value)
        elif name == "Code":
            self._out.append(f"<code>{self._cuts.restore_code(as_words(value))}</code>")
        elif name == "TaskListMarker":
            self._out.append("☑ " if value else "☐ ")
        elif isinstance(value, str):
            self._out.append(self._text(value))

    def _text(self, text: str) -> str:
        if self._in_code:
            return self._cuts.restore_code(as_words(text))
        return self._cuts.restore(_OVERLOOKED_STRONG.sub(r"<b>\1</b>", as_words(text)))

    def _start(self, value: Any) -> None:
        name, detail = _named(value)
        begin, end = self._surround(name, detail)
        self._in_code = self._in_code or name == "CodeBlock"
        self._in_head = self._in_head or name == "TableHead"
        if name == "Image":
            self._pictures.append((len(self._out), detail["dest_url"]))
            return
        self._out.append(begin)
        self._ends.append(end)

    def _end(self, value: Any) -> None:
        name, _ = _named(value)
        if name == "Image":
            self._end_picture(*self._pictures.pop())
            return
        end = self._ends.pop()
        if name == "CodeBlock":
            self._in_code = False
            self._out[-1] = self._out[-1].removesuffix("\n")
        self._in_head = self._in_head and name != "TableHead"
        self._out.append(end)

    def _end_picture(self, start: int, address: str) -> None:
        """The picture, or its description, or at least its file's name."""
        description = "".join(self._out[start:])
        name = self._cuts.name_of_picture(address)
        if name:
            words = escape(to_text(description))
            self._out[start:] = [f'<img src="{name}" alt="{words}">' if words else f'<img src="{name}">']
        elif not description.strip():
            file = re.split(r"[/\\]", address.rstrip("/\\"))[-1]
            self._out.append(self._cuts.restore_code(as_words(f"[{file}]")))

    def _surround(self, name: str, detail: Any) -> tuple[str, str]:
        if name == "List":
            if detail is None:
                return "<ul>", "</ul>"
            return (f'<ol start="{detail}">' if detail != 1 else "<ol>"), "</ol>"
        if name == "Link":
            return self._link(detail["dest_url"])
        if name == "TableCell" and self._in_head:
            return "<th>", "</th>"
        return _SURROUND.get(name, ("", ""))

    def _link(self, url: str) -> tuple[str, str]:
        if not _SAFE_LINK.match(url):
            return "", ""
        return f'<a href="{self._cuts.restore_code(escape(url))}">', "</a>"


def _named(value: Any) -> tuple[str, Any]:
    if isinstance(value, str):
        return value, None
    [(name, detail)] = value.items()
    return name, detail
