"""Replacements in a text, collected by place and applied together, in the text's own line breaks."""

from __future__ import annotations

import re

_BREAK = re.compile(r"\r\n|\r|\n")


class Edits:
    """What is to change in `text`; places are offsets in the text as it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        first = _BREAK.search(text)
        self._newline = first.group() if first else "\n"
        self._edits: list[tuple[int, int, str]] = []

    def column(self, offset: int) -> int:
        """How many characters stand before `offset` in its line."""
        return offset - self._line_start(offset)

    def replace(self, start: int, end: int, text: str) -> None:
        self._edits.append((start, end, text))

    def insert(self, offset: int, text: str) -> None:
        self._edits.append((offset, offset, text))

    def insert_line_after(self, offset: int, line: str) -> None:
        """`line` as a line of its own below the line that holds `offset`."""
        place = self._next_line(offset)
        is_closed = self.text[:place].endswith(("\n", "\r"))
        self.insert(place, line + "\n" if is_closed else "\n" + line)

    def remove_lines(self, start: int, end: int) -> None:
        """The lines from that of `start` to that of `end`, both whole."""
        self.replace(self._line_start(start), self._next_line(end), "")

    def remove_item(self, dash: int, start: int, end: int) -> None:
        """The lines of an item that begins at `start`, from the one whose dash stands in column `dash`."""
        first = self._line_start(start)
        while first and not self._has_dash(first, dash):
            first = self._line_start(first - 1)
        self.remove_lines(first, end)

    def applied(self) -> str:
        """The text with all of it done; what is inserted at one place stands in the order of the calls."""
        parts: list[str] = []
        place = 0
        for start, end, text in sorted(self._edits, key=lambda edit: edit[:2]):
            parts += (self.text[place:start], text.replace("\n", self._newline))
            place = max(place, end)
        return "".join((*parts, self.text[place:]))

    def _has_dash(self, line_start: int, column: int) -> bool:
        before = self.text[line_start : line_start + column]
        return before.strip(" ") == "" and self.text[line_start + column : line_start + column + 1] == "-"

    def _line_start(self, offset: int) -> int:
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def _next_line(self, offset: int) -> int:
        found = _BREAK.search(self.text, offset)
        return found.end() if found else len(self.text)
