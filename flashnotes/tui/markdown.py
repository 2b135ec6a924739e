"""The light Markdown of cards as styled text: emphasis, code, maths, lists, quotes, fences.

What is not marked up is drawn letter for letter; a mark without its partner is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "$text-accent"
MATHS = "$text-primary"
QUIET = "dim"
_INLINE = re.compile(
    r"""(?P<ticks>`+)(?P<code>[^`].*?)(?P=ticks)(?!`)
      | (?P<maths>\$\$(?!\$).+?\$\$ | \$(?=\S)(?:[^$\\]|\\.)+?(?<=\S)\$(?!\d))
      | \*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*
      | (?<![\w*])\*(?=[^\s*])(?P<emphasis>[^*]+?)(?<=\S)\*(?![\w*])
      | ==(?=\S)(?P<mark>[^=]+?)(?<=\S)==
    """,
    re.VERBOSE | re.DOTALL,
)
_LONGEST_MARKED_LINE = 8_000
"""Characters; a longer line is drawn without looking for marks, which takes time quadratic in its length."""
_BULLET = re.compile(r"(?P<indent>\s*)(?:[-*+•]|(?P<number>\d{1,3}[.)、）]))(?:\s+|(?<=[、）]))(?=\S)")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_QUOTE = re.compile(r"\s*>\s?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that is wrapped, with what stands before its first row and before the others."""

    text: Content
    first: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A line that is never wrapped: code, or one row of a table."""

    text: Content


@dataclass(frozen=True, slots=True)
class Display:
    """A display formula's LaTeX."""

    latex: str


Piece = Paragraph | Verbatim | Display
_DISPLAY = re.compile(
    r"^[ \t]*\$\$(?!\$)(.+?)\$\$[ \t]*(?P<after>[,.;，。；]?)[ \t]*$", re.DOTALL | re.MULTILINE
)


def pieces(text: str) -> Iterator[Piece]:
    """`text` as paragraphs, lines drawn as they are, and display formulas, in order."""
    position = 0
    for match in _DISPLAY.finditer(text):
        yield from _lines(text[position : match.start()].removesuffix("\n"), found=match.start() > position)
        yield Display(match[1].strip() + match["after"])
        position = match.end() + 1
    yield from _lines(text[position:], found=position <= len(text))


def _lines(text: str, *, found: bool) -> Iterator[Piece]:
    if not found:
        return
    fence = ""
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith(("```", "~~~")) and (not fence or stripped == fence):
            fence = "" if fence else stripped[:3]
        elif fence:
            yield Verbatim(Content.styled("  " + line, CODE))
        elif stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
            yield Verbatim(Content(line))
        else:
            yield _paragraph(line)


def _paragraph(line: str) -> Paragraph:
    if bullet := _BULLET.match(line):
        mark = f"{bullet['indent']}{bullet['number'] or '•'} "
        return Paragraph(inline(line[bullet.end() :]), mark, " " * _cells(mark))
    if heading := _HEADING.match(line):
        return Paragraph(inline(line[heading.end() :]).stylize("bold"))
    if quote := _QUOTE.match(line):
        return Paragraph(inline(line[quote.end() :]).stylize(QUIET), "│ ", "│ ")
    return Paragraph(inline(line))


def inline(text: str) -> Content:
    """`text` with its inline marks turned into styles; formulas keep their LaTeX and dollars."""
    if len(text) > _LONGEST_MARKED_LINE:
        return Content(text)
    plain: list[str] = []
    spans: list[Span] = []
    _inline(text, plain, spans)
    return Content("".join(plain), spans=spans)


def _inline(text: str, plain: list[str], spans: list[Span]) -> None:
    position = 0
    for match in _INLINE.finditer(text):
        plain.append(text[position : match.start()])
        _marked(match, plain, spans)
        position = match.end()
    plain.append(text[position:])


def _marked(match: re.Match[str], plain: list[str], spans: list[Span]) -> None:
    start = sum(map(len, plain))
    if match["code"] is not None:
        plain.append(match["code"])
        style = CODE
    elif match["maths"] is not None:
        plain.append(match["maths"])
        style = MATHS
    else:
        _inline(match["strong"] or match["emphasis"] or match["mark"], plain, spans)
        style = "bold" if match["strong"] else "italic" if match["emphasis"] else "underline"
    spans.append(Span(start, sum(map(len, plain)), style))


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
