"""The text of one block while it is read: inline markup resolved, what was set off remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from flashnotes.notes.model import Mark, MarkKind
from flashnotes.text import CJK

_WIDE = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef\u201c\u201d\u2026]")
_STRAY = re.compile(r"\*\*(?=\S)([^*\n]{1,200}?)\*\*|__(?=\S)([^_\n]{1,120}?)__|==(?=\S)([^=\n]{1,400}?)==")
_ATTRIBUTES = re.compile(r"\[([^\[\]\n]{1,120})\]\{[#.:][^{}\n]{0,80}\}")
_CARD_TAG = re.compile(r"#(?:flashcards?|card|anki|闪卡|卡片)\b\S*(?:\s+#\S+)*\s*$|^\s*\?\??\s*$")
_ENDS = re.compile(r"[:\uff1a?\uff1f]\s*$")
_LABEL = re.compile(
    r"\s*(?:[(\uff08]?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})[)\uff09.\u3001\uff0e](?!\d)"
    r"|[\u2460-\u2473\u2022\u25cf\u00b7\u2013-]\s?"
    r"|\S[^:\uff1a\n\u3002,\uff0c]{0,28}?\s?[:\uff1a](?=\S*[\s\u4e00-\u9fff])"
    r"|(?:A|Answer|答案?|回答)\s?[:\uff1a]\s*$)"
)
_EQUATION = re.compile(r"\s*\$?[A-Za-z\\][^\s=:]{0,12}\$?\s*=\s")
_STOP = re.compile(r"[.\u3002!\uff01?\uff1f;\uff1b:\uff1a]\s*$")
MANY_STRAYS = 100
"""Left-over emphasis in one block beyond which where it stood is not worth the time to keep."""
LONG_LINE = 160
"""Characters: nobody wraps by hand what is longer."""


class Piece(NamedTuple):
    """Text that stands on its own, with what was set off in it and where its source lines begin."""

    text: str
    marks: tuple[Mark, ...]
    breaks: tuple[int, ...]
    lines_before: int


@dataclass(slots=True)
class Leaf:
    """Collects the inline events of one block."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    opened: list[tuple[MarkKind, int]] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def open(self, kind: MarkKind) -> None:
        self.opened.append((kind, self.length))

    def close(self) -> None:
        if self.opened:
            kind, start = self.opened.pop()
            if self.length > start:
                self.marks.append(Mark(kind, start, self.length))

    def add_code(self, text: str) -> None:
        self.marks.append(Mark(MarkKind.CODE, self.length, self.length + len(text)))
        self.add(text)

    def pieces(self, *, plain: bool) -> list[Piece]:
        """The text as the pieces that its line breaks make of it, each trimmed and unwrapped."""
        text, marks = "".join(self.parts), self.marks
        if "**" in text or "==" in text or "__" in text:
            text, marks = _strays(text, marks)
        if "]{" in text:
            text, marks = _ATTRIBUTES.sub(r"\1", text), []
        if "\n" not in text:
            stripped = text.strip()
            lead = len(text) - len(text.lstrip()) if marks and stripped != text else 0
            return [Piece(stripped, _moved(marks, lead, len(stripped)), (), 0)] if stripped else []
        return _unwrapped(text, marks, plain=plain)


def _strays(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """`text` without the emphasis that CommonMark leaves unparsed next to full-width punctuation."""
    if len(_STRAY.findall(text)) > MANY_STRAYS:
        return _STRAY.sub(lambda found: found[1] or found[2] or found[3], text), []
    marks = list(marks)
    code = [mark for mark in marks if mark.kind is MarkKind.CODE]
    position = 0
    while found := _STRAY.search(text, position):
        start, end = found.span()
        if any(mark.start < end and start < mark.end for mark in code):
            position = end
            continue
        body = found[1] or found[2] or found[3]
        kind = MarkKind.HIGHLIGHT if found[3] else MarkKind.STRONG
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
    if not marks:
        return ()
    clipped = (Mark(mark.kind, max(mark.start - start, 0), min(mark.end - start, length)) for mark in marks)
    return tuple(mark for mark in clipped if mark.end > mark.start)


def _unwrapped(text: str, marks: list[Mark], *, plain: bool) -> list[Piece]:
    lines = text.split("\n")
    pieces: list[Piece] = []
    offset = first = first_offset = 0
    for number, line in enumerate(lines):
        offset += len(line) + 1
        if number + 1 == len(lines) or _apart(
            line, lines[number + 1], _strong_at(marks, offset), plain=plain
        ):
            piece = _joined(lines[first : number + 1], marks, first_offset, first)
            if piece.text:
                pieces.append(piece)
            first, first_offset = number + 1, offset
    return pieces


def _all_strong(marks: list[Mark], start: int, line: str) -> bool:
    return any(
        mark.kind is MarkKind.STRONG
        and mark.start <= start + 1
        and mark.end >= start + len(line.rstrip(" :："))
        for mark in marks
    )


def _strong_at(marks: list[Mark], offset: int) -> bool:
    return any(mark.start == offset and mark.kind is MarkKind.STRONG for mark in marks)


def _apart(line: str, following: str, strong: bool, *, plain: bool) -> bool:
    """Whether the line break between two lines is one of sense, not of width."""
    if following.startswith("\v"):
        return True
    if _ENDS.search(line) or _CARD_TAG.search(line) or len(line) > LONG_LINE * 2:
        return True
    if plain and (len(line) > LONG_LINE or _STOP.search(line) or len(line) < 40):
        return True
    labelled = strong or _LABEL.match(following) or _EQUATION.match(following)
    return bool(labelled and (_STOP.search(line) or strong or len(line) < 60 or _LABEL.match(line)))


def _joined(lines: list[str], marks: list[Mark], start: int, lines_before: int) -> Piece:
    """The lines as one text; Chinese is joined without a space, and every mark moves along."""
    parts: list[str] = []
    breaks: list[int] = []
    moved: list[Mark] = []
    length, origin = 0, start
    for line in lines:
        bare = line.replace("\v", "").strip()
        lead = len(line) - len(line.lstrip("\v \t"))
        if parts and bare:
            glue = "" if _WIDE.match(parts[-1][-1]) and _WIDE.match(bare) else " "
            parts.append(glue)
            length += len(glue)
        if breaks or parts or line is not lines[0]:
            breaks.append(length)
        moved.extend(_shift(marks, origin, len(line), length - lead))
        parts.append(bare) if bare else None
        length += len(bare)
        origin += len(line) + 1
    return Piece("".join(parts), tuple(moved), tuple(breaks), lines_before)


def _shift(marks: list[Mark], origin: int, width: int, by: int) -> list[Mark]:
    """What of `marks` stands on the line of `width` characters at `origin`, moved to `by`."""
    return [
        Mark(mark.kind, max(mark.start - origin, 0) + by, min(mark.end - origin, width) + by)
        for mark in marks
        if mark.start < origin + width and mark.end > origin
    ]
