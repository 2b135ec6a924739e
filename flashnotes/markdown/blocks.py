"""The blocks of a card's text: what stands on lines of its own.

A line end is a line end, as people write cards; otherwise CommonMark's blocks, and formulas between `$$`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST: Final = 8
"""How deep lists and quotes may stand in one another; beyond, their marks are text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose; the blank line is empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its mark and what stands in it."""

    mark: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A display formula's LaTeX, and the punctuation mark of the sentence that it ends."""

    latex: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as written; `aligns` has l, c or r a column; the first row is the head."""

    rows: tuple[tuple[str, ...], ...]
    aligns: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across."""


Block = Line | Heading | Item | Quote | Code | Formula | Table | Divider

_FENCE: Final = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_HEADING: Final = re.compile(r" {0,3}#{1,6}[ \t]+(?P<text>\S.*?)[ \t]*#*[ \t]*$")
_DIVIDER: Final = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE: Final = re.compile(r" {0,3}>[ \t]?")
_ITEM: Final = re.compile(
    r"(?P<indent> *)(?P<mark>[-*+•]|\d{1,3}[.)]|\d{1,3}[、）])(?:[ \t]+(?=\S)|(?<=[、）])(?=\S))"
)
_TASK: Final = re.compile(r"\[(?P<done>[ xX])\][ \t]+")
_DELIMITERS: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE: Final = re.compile(r"\\\||`[^`]*`|\$(?=\S)(?:[^$\\]|\\.)*?\$|(?P<pipe>\|)")
_AFTER: Final = r"[ \t]*(?P<after>[,.;:，。；：]?)[ \t]*"
_ONE_LINE: Final = re.compile(
    r"[ \t]*(?:\$\$(?!\$)(?P<dollars>.+?)\$\$|\\\[(?P<brackets>.+?)\\\])" + _AFTER + "$"
)
_OPENING: Final = re.compile(
    r"[ \t]*(?P<open>\$\$(?!.*\$\$)|\\\[(?!.*\\\])|\\begin\{(?P<name>[a-zA-Z]+\*?)\})"
)
_ENVIRONMENTS: Final = frozenset(
    [
        "align",
        "align*",
        "aligned",
        "equation",
        "equation*",
        "gather",
        "gather*",
        "gathered",
        "split",
        "multline",
        "multline*",
        "eqnarray",
        "eqnarray*",
        "cases",
        "array",
        "matrix",
        "pmatrix",
        "bmatrix",
        "vmatrix",
        "alignat",
        "alignat*",
    ]
)
_INSIDE: Final = re.compile(r"\$\$(?!\$)(?P<latex>.+?)\$\$(?P<after>[,.;:，。；：]?)")


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of `text`, which has no tabs and no control characters but line ends."""
    return tuple(_read(text.split("\n"), 0))


def _read(lines: list[str], depth: int) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        block, place = _next(lines, place, depth)
        if isinstance(block, Line):
            yield from _with_formulas(block.text)
        else:
            yield block


def _next(lines: list[str], place: int, depth: int) -> tuple[Block, int]:
    """The block that begins at `place`, and where the next one does."""
    line = lines[place]
    if fence := _FENCE.match(line):
        return _code(lines, place, fence["fence"])
    formula = _formula(lines, place)
    if formula is not None:
        return formula
    if heading := _HEADING.match(line):
        return Heading(heading["text"]), place + 1
    if _DIVIDER.match(line):
        return Divider(), place + 1
    if "|" in line and place + 1 < len(lines) and _is_head(line, lines[place + 1]):
        return _table(lines, place)
    if depth < DEEPEST and _QUOTE.match(line):
        return _quote(lines, place, depth)
    if depth < DEEPEST and (item := _ITEM.match(line)):
        return _item(lines, place, item, depth)
    return Line(line), place + 1


def _code(lines: list[str], place: int, fence: str) -> tuple[Block, int]:
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    end = next((at for at in range(place + 1, len(lines)) if closing.match(lines[at])), len(lines))
    return Code(tuple(lines[place + 1 : end])), end + 1


def _formula(lines: list[str], place: int) -> tuple[Block, int] | None:
    whole = _ONE_LINE.match(lines[place])
    if whole and "$$" not in (whole["dollars"] or ""):
        latex = whole["dollars"] or whole["brackets"]
        return Formula(latex.strip(), whole["after"]), place + 1
    opening = _OPENING.match(lines[place])
    if not opening or (opening["name"] and opening["name"] not in _ENVIRONMENTS):
        return None
    closing = _closing(opening)
    for end in range(place, len(lines)):
        start = opening.end() if end == place else 0
        match = closing.search(lines[end], start)
        if match:
            inside = [lines[place][opening.end() :], *lines[place + 1 : end], lines[end][: match.start()]]
            if end == place:
                inside = [lines[place][opening.end() : match.start()]]
            return Formula(_latex(opening, inside), match["after"]), end + 1
    return None


def _closing(opening: re.Match[str]) -> re.Pattern[str]:
    mark = {"$$": r"\$\$", "\\[": r"\\\]"}.get(opening["open"]) or rf"\\end\{{{re.escape(opening['name'])}\}}"
    return re.compile(mark + _AFTER + "$")


def _latex(opening: re.Match[str], inside: list[str]) -> str:
    body = "\n".join(inside).strip()
    name = opening["name"]
    return f"\\begin{{{name}}}{body}\\end{{{name}}}" if name else body


def _quote(lines: list[str], place: int, depth: int) -> tuple[Block, int]:
    end = place
    while end < len(lines) and _QUOTE.match(lines[end]):
        end += 1
    inside = [_QUOTE.sub("", line, count=1) for line in lines[place:end]]
    return Quote(tuple(_read(inside, depth + 1))), end


def _item(lines: list[str], place: int, item: re.Match[str], depth: int) -> tuple[Block, int]:
    """An item with the lines indented under it."""
    mark, content = item["mark"], lines[place][item.end() :]
    if task := _TASK.match(content):
        mark, content = ("☐" if task["done"] == " " else "☑"), content[task.end() :]
    least = len(item["indent"]) + 2
    end = place + 1
    while end < len(lines) and (_indent(lines[end]) >= least or _is_gap(lines, end, least)):
        end += 1
    inside = [content, *_dedented(lines[place + 1 : end])]
    shown = mark if mark[0] not in "-*+" else "•"
    return Item(shown, tuple(_read(inside, depth + 1))), end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" ")) if line.strip() else -1


def _is_gap(lines: list[str], place: int, least: int) -> bool:
    """Whether the blank line at `place` stands between lines of one item."""
    return not lines[place].strip() and place + 1 < len(lines) and _indent(lines[place + 1]) >= least


def _dedented(lines: list[str]) -> list[str]:
    least = min((_indent(line) for line in lines if line.strip()), default=0)
    return [line[least:] for line in lines]


def _is_head(head: str, delimiters: str) -> bool:
    return (
        "-" in delimiters
        and bool(_DELIMITERS.match(delimiters))
        and len(_cells(head)) == len(_cells(delimiters))
    )


def _table(lines: list[str], place: int) -> tuple[Block, int]:
    end = place + 2
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        end += 1
    head = _cells(lines[place])
    rows = [head, *(_cells(line) for line in lines[place + 2 : end])]
    count = len(head)
    even = tuple((*row, *[""] * (count - len(row)))[:count] for row in rows)
    return Table(even, "".join(map(_align, _cells(lines[place + 1])))), end


def _align(delimiter: str) -> str:
    if delimiter.endswith(":"):
        return "c" if delimiter.startswith(":") else "r"
    return "l"


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a row, parted by bars that stand neither in code nor in a formula."""
    text = line.strip().removeprefix("|")
    cuts = [match.start() for match in _PIPE.finditer(text) if match["pipe"]]
    cells = [
        text[start:end]
        for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)
    ]
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return tuple(cell.strip().replace("\\|", "|") for cell in cells)


def _with_formulas(line: str) -> Iterator[Block]:
    """A line of prose, display formulas in it on lines of their own."""
    if "$$" not in line or "`" in line:
        yield Line(line)
        return
    position = 0
    for match in _INSIDE.finditer(line):
        if before := line[position : match.start()].rstrip():
            yield Line(before)
        yield Formula(match["latex"].strip(), match["after"])
        position = match.end()
    if position == 0 or line[position:].strip():
        yield Line(line[position:].lstrip() if position else line)
