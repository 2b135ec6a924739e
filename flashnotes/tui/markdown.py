"""The light Markdown of cards as styled text: emphasis, code, maths, lists, quotes, fences.

What is not marked up is drawn letter for letter; a mark without its partner is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from textual.content import Content, Span

from flashnotes.formula import inline as draw_inline

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
    """A display formula's LaTeX, and the punctuation mark of the sentence that it ends."""

    latex: str
    after: str = ""


class MathsForm(Enum):
    """How formulas are shown."""

    DRAWN = "drawn"
    LINEAR = "on one line"
    SOURCE = "LaTeX"


Piece = Paragraph | Verbatim | Display
_DISPLAY = re.compile(
    r"^[ \t]*\$\$(?!\$)(.+?)\$\$[ \t]*(?P<after>[,.;，。；]?)[ \t]*$", re.DOTALL | re.MULTILINE
)


def pieces(text: str, form: MathsForm = MathsForm.SOURCE) -> Iterator[Piece]:
    """`text` as paragraphs, lines drawn as they are, and display formulas, in order."""
    position = 0
    for match in _DISPLAY.finditer(text):
        yield from _lines(
            text[position : match.start()].removesuffix("\n"), form, found=match.start() > position
        )
        yield Display(match[1].strip(), match["after"])
        position = match.end() + 1
    yield from _lines(text[position:], form, found=position <= len(text))


def _lines(text: str, form: MathsForm, *, found: bool) -> Iterator[Piece]:
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
            yield _paragraph(line, form)


def _paragraph(line: str, form: MathsForm) -> Paragraph:
    if bullet := _BULLET.match(line):
        mark = f"{bullet['indent']}{bullet['number'] or '•'} "
        return Paragraph(inline(line[bullet.end() :], form), mark, " " * _cells(mark))
    if heading := _HEADING.match(line):
        return Paragraph(inline(line[heading.end() :], form).stylize("bold"))
    if quote := _QUOTE.match(line):
        return Paragraph(inline(line[quote.end() :], form).stylize(QUIET), "│ ", "│ ")
    return Paragraph(inline(line, form))


def inline(text: str, form: MathsForm = MathsForm.SOURCE) -> Content:
    """`text` with its inline marks turned into styles and its formulas shown in `form`, on the line."""
    if len(text) > _LONGEST_MARKED_LINE:
        return Content(text)
    plain: list[str] = []
    spans: list[Span] = []
    _inline(text, form, plain, spans)
    return Content("".join(plain), spans=spans)


def formulas(text: str) -> list[str]:
    """The LaTeX of every formula of `text`, in order."""
    found: list[str] = []
    for piece in pieces(text):
        if isinstance(piece, Display):
            found.append(piece.latex)
        elif isinstance(piece, Paragraph):
            spans = (
                piece.text.plain[span.start : span.end] for span in piece.text.spans if span.style == MATHS
            )
            found += [source.strip("$").strip() for source in spans]
    return found


def _inline(text: str, form: MathsForm, plain: list[str], spans: list[Span]) -> None:
    position = 0
    for match in _INLINE.finditer(text):
        plain.append(text[position : match.start()])
        start = sum(map(len, plain))
        style = _marked(match, form, plain, spans)
        spans.append(Span(start, sum(map(len, plain)), style))
        position = match.end()
    plain.append(text[position:])


def _marked(match: re.Match[str], form: MathsForm, plain: list[str], spans: list[Span]) -> str:
    """Add what is marked to `plain`, and say its style."""
    if match["code"] is not None:
        plain.append(match["code"])
        return CODE
    if match["maths"] is not None:
        plain.append(_formula(match["maths"], form))
        return MATHS
    _inline(match["strong"] or match["emphasis"] or match["mark"], form, plain, spans)
    return "bold" if match["strong"] else "italic" if match["emphasis"] else "underline"


def _formula(source: str, form: MathsForm) -> str:
    """A formula with its dollars as it stands in a line."""
    if form is MathsForm.SOURCE:
        return source
    drawing = draw_inline(source.strip("$"))
    return source if drawing.problem else drawing.rows[0]


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
