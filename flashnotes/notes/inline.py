"""The text of one block while it is read: inline markup resolved, what was set off remembered."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from flashnotes.notes.model import Mark, MarkKind
from flashnotes.text import CJK

_CODE_MARK, _HIGHLIGHT_MARK, _STRONG_MARK = MarkKind.CODE, MarkKind.HIGHLIGHT, MarkKind.STRONG
_WIDE = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef\u201c\u201d\u2026]")
_STRAY = re.compile(r"\*\*(?=\S)([^*\n]{1,200}?)\*\*|__(?=\S)([^_\n]{1,120}?)__|==(?=\S)([^=\n]{1,400}?)==")
_ATTRIBUTES = re.compile(r"\[([^\[\]\n]{1,120})\]\{[#.:][^{}\n]{0,80}\}")
_TAKES_SCRIPT = re.compile(r"(?:^|[^A-Za-z0-9])(?:[A-Za-zα-ωΑ-Ω]|[)）])$")
_CARD_TAG = re.compile(r"#(?:flashcards?|card|anki|闪卡|卡片)\b\S*(?:\s+#\S+)*\s*$|^\s*\?\??\s*$")
_ENDS = re.compile(r"[:\uff1a?\uff1f]\s*$")
_LABEL = re.compile(
    r"\s*(?:[(\uff08]?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})[)\uff09.\u3001\uff0e](?!\d)"
    r"|[\u2460-\u2473\u2022\u25cf\u00b7\u2013-]\s?"
    r"|\S[^:\uff1a\n\u3002,\uff0c]{0,28}?\s?[:\uff1a](?=\S*[\s\u4e00-\u9fff])"
    r"|\S[^:\uff1a\n\u3002,\uff0c.=]{0,28}?\s(?:[\u2013\u2014=\u2192\u21d2]|--?|:=|[=-]>|\u2014\u2014)\s(?=\S)"
    r"|[\u4e00-\u9fff]{2,10}\s?[(\uff08][A-Za-z][A-Za-z -]{1,40}[)\uff09]\s[\u4e00-\u9fff]"
    r"|(?:A|Answer|答案?|回答)\s?[:\uff1a]\s*$)"
)
_EQUATION = re.compile(r"\s*\$?[A-Za-z\\][^\s=:]{0,12}\$?\s*=\s")
_STOP = re.compile(r"[.\u3002!\uff01?\uff1f;\uff1b:\uff1a]\s*$")
MANY_STRAYS = 100
"""Left-over emphasis in one block beyond which where it stood is not worth the time to keep."""
LONG_LINE = 160
"""Characters: nobody wraps by hand what is longer."""
_new = tuple.__new__


class Piece(NamedTuple):
    """Text that stands on its own, with what was set off in it and where its source lines begin."""

    text: str
    marks: tuple[Mark, ...]
    breaks: tuple[int, ...]
    lines_before: int


_FORMULA = re.compile(r"\$(?=[^$]*[=\\^])[^$]+\$")
"""A formula that was set as code, its dollar signs inside."""


class Leaf:
    """Collects the inline events of one block."""

    __slots__ = ("marks", "opened", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.marks: list[tuple[MarkKind, int, int]] = []
        """Kind, and the numbers of the first part and of the one after the last."""
        self.opened: list[tuple[MarkKind, int]] = []

    def add(self, text: str) -> None:
        self.parts.append(text)

    def open(self, kind: MarkKind) -> None:
        self.opened.append((kind, len(self.parts)))

    def close(self) -> None:
        if self.opened:
            kind, first = self.opened.pop()
            self.marks.append((kind, first, len(self.parts)))

    def add_code(self, text: str) -> None:
        if text[:1] == "$" and _FORMULA.fullmatch(text):
            self.parts.append(text)
            return
        first = len(self.parts)
        self.marks.append((_CODE_MARK, first, first + 1))
        self.parts.append(text)

    def add_script(self, sign: str) -> None:
        """Keep apart from a lone letter or a bracket what HTML sets below or above it: `n<sub>u</sub>` is no word."""
        if self.parts and _TAKES_SCRIPT.search(self.parts[-1][-2:]):
            self.parts.append(sign)

    def pieces(self, *, plain: bool) -> list[Piece]:
        """The text as the pieces that its line breaks make of it, each trimmed and unwrapped."""
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        marks = self._placed() if self.marks else []
        if "**" in text or "==" in text or "__" in text:
            text, marks = _strays(text, marks)
        if "]{" in text:
            text, marks = _ATTRIBUTES.sub(r"\1", text), []
        if "\n" in text:
            return _unwrapped(text, marks, plain=plain)
        stripped = text.strip()
        if not stripped:
            return []
        if not marks:
            return [_new(Piece, (stripped, (), (), 0))]
        lead = len(text) - len(text.lstrip()) if stripped != text else 0
        return [Piece(stripped, _moved(marks, lead, len(stripped)), (), 0)]

    def _placed(self) -> list[Mark]:
        """What was set off, by its offsets in the text; what holds no text is left out."""
        ends = [0, *accumulate(map(len, self.parts))]
        return [
            _new(Mark, (kind, ends[first], ends[last]))
            for kind, first, last in self.marks
            if ends[last] > ends[first] or kind is _CODE_MARK
        ]


def _strays(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """`text` without the emphasis that CommonMark leaves unparsed next to full-width punctuation."""
    if len(_STRAY.findall(text)) > MANY_STRAYS:
        return _STRAY.sub(lambda found: found[1] or found[2] or found[3], text), []
    marks = list(marks)
    code = [mark for mark in marks if mark.kind is _CODE_MARK]
    position = 0
    while found := _STRAY.search(text, position):
        start, end = found.span()
        if any(mark.start < end and start < mark.end for mark in code):
            position = end
            continue
        body = found[1] or found[2] or found[3]
        kind = _HIGHLIGHT_MARK if found[3] else _STRONG_MARK
        text = text[:start] + body + text[end:]
        marks = [_without(mark, start, end) for mark in marks]
        code = [_without(mark, start, end) for mark in code]
        marks.append(Mark(kind, start, start + len(body)))
        position = start + len(body)
    return text, marks


def _without(mark: Mark, start: int, end: int) -> Mark:
    """`mark` after two characters at `start` and two before `end` were taken out."""
    return Mark(mark.kind, mark.start - _gone(mark.start, start, end), mark.end - _gone(mark.end, start, end))


def _gone(offset: int, start: int, end: int) -> int:
    return 4 if offset >= end else 2 if offset > start else 0


def _moved(marks: list[Mark], start: int, length: int) -> tuple[Mark, ...]:
    """`marks` as they stand in the `length` characters from `start`."""
    return tuple(
        [
            mark
            if not start and end <= length
            else Mark(kind, max(first - start, 0), min(end - start, length))
            for mark in marks
            for kind, first, end in (mark,)
            if min(end - start, length) > max(first - start, 0)
        ]
    )


def _unwrapped(text: str, marks: list[Mark], *, plain: bool) -> list[Piece]:
    lines = text.split("\n")
    strong = {mark.start for mark in marks if mark.kind is _STRONG_MARK} if marks else frozenset()
    on_line = _by_line(marks, lines) if marks else {}
    pieces: list[Piece] = []
    offset = first = 0
    width = max(map(len, lines))
    for number, line in enumerate(lines):
        offset += len(line) + 1
        if number + 1 == len(lines) or _apart(
            line, lines[number + 1], offset in strong, plain=plain, width=width
        ):
            piece = _joined(lines, first, number + 1, on_line)
            if piece.text:
                pieces.append(piece)
            first = number + 1
    return pieces


def _by_line(marks: list[Mark], lines: list[str]) -> dict[int, list[Mark]]:
    """What of `marks` stands on each of `lines`, by offsets in that line."""
    starts = [0, *accumulate([len(line) + 1 for line in lines])]
    found: dict[int, list[Mark]] = {}
    for kind, start, end in marks:
        number = bisect_right(starts, start) - 1
        while number < len(lines) and starts[number] < end:
            origin, width = starts[number], len(lines[number])
            if start < origin + width:
                found.setdefault(number, []).append(
                    Mark(kind, max(start - origin, 0), min(end - origin, width))
                )
            number += 1
    return found


def _apart(line: str, following: str, strong: bool, *, plain: bool, width: int) -> bool:
    """Whether the line break between two lines, the longest of their block `width` characters, is one of sense."""
    if following.startswith("\v"):
        return True
    if _ENDS.search(line) or _CARD_TAG.search(line) or len(line) > LONG_LINE * 2:
        return True
    if plain and (len(line) > LONG_LINE or _STOP.search(line) or len(line) < 40):
        return True
    labelled = strong or _LABEL.match(following) or _EQUATION.match(following)
    if not labelled:
        return False
    # Whoever wraps by hand would have put the next word on the line that still has room for it.
    has_room = len(line) + 1 + len(following.split(None, 1)[0]) < width
    return bool(_STOP.search(line) or strong or len(line) < 60 or has_room or _LABEL.match(line))


def _joined(lines: list[str], first: int, last: int, marks: dict[int, list[Mark]]) -> Piece:
    """The lines from `first` to before `last` as one text; Chinese is joined without a space, marks move along."""
    parts: list[str] = []
    breaks: list[int] = []
    moved: list[Mark] = []
    length = 0
    for number in range(first, last):
        line = lines[number]
        bare = (line.replace("\v", "") if "\v" in line else line).strip()
        if parts and bare and not (_WIDE.match(parts[-1][-1]) and _WIDE.match(bare)):
            parts.append(" ")
            length += 1
        if number > first:
            breaks.append(length)
        if number in marks:
            by = length - len(line) + len(line.lstrip("\v \t"))
            moved.extend([Mark(kind, start + by, end + by) for kind, start, end in marks[number]])
        if bare:
            parts.append(bare)
            length += len(bare)
    return Piece("".join(parts), tuple(moved), tuple(breaks), first)
