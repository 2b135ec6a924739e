"""The linear form read back: what `linear` writes, as LaTeX again.

A slash stays a slash; what it divides is decided where two trees are compared, since LaTeX has slashes too.
"""

from __future__ import annotations

import re
from typing import Final

from flashnotes.formula.alphabets import MARKS, SUBSCRIPTS, SUPERSCRIPTS

_CLOSING: Final = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}
_LOWERED: Final = {small: letter for letter, small in reversed(SUBSCRIPTS.items())}
_RAISED: Final = {small: letter for letter, small in reversed(SUPERSCRIPTS.items())}
_COMBINING: Final = {mark.combining: name for name, mark in reversed(MARKS.items()) if mark.combining}
_BRACES: Final = {"⏟": "underbrace", "⏞": "overbrace", "⎵": "underbracket", "⎴": "overbracket"}
_ROOTS: Final = {"√": "\\sqrt", "∛": "\\sqrt[3]", "∜": "\\sqrt[4]"}
_NAMED: Final = re.compile(
    "(" + "|".join(sorted({*MARKS, "boxed", "cancel"}, key=len, reverse=True)) + r")\("
)
_NUMBER: Final = re.compile(r"\d+")


def to_latex(linear: str) -> str:
    """LaTeX of the linear form `linear`."""
    return _Reader(linear).rows(len(linear))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def peek(self) -> str:
        return self.text[self.place : self.place + 1]

    def rows(self, end: int) -> str:
        """Everything up to `end`; a table where rows or cells are parted."""
        rows: list[list[str]] = [[""]]
        choose: str | None = None
        while self.place < end:
            if self.text.startswith(";;", self.place):
                self.place += 2
                rows.append([""])
            elif self.peek() == "&":
                self.place += 1
                rows[-1].append("")
            elif self.text.startswith(" choose ", self.place):
                self.place += len(" choose ")
                choose, rows[-1][-1] = rows[-1][-1], ""
            else:
                rows[-1][-1] += self.item()
        if choose is not None:
            return f"\\binom{{{_bare(choose)}}}{{{_bare(rows[0][0])}}}"
        if len(rows) == 1 and len(rows[0]) == 1:
            return rows[0][0]
        body = "\\\\ ".join("&".join(row) for row in rows)
        return f"\\begin{{matrix}}{body}\\end{{matrix}}"

    def item(self) -> str:
        """One thing, with marks and braces on it."""
        named = _NAMED.match(self.text, self.place)
        if named:
            self.place = named.end() - 1
            return f"\\{named[1]}{{{self.enclosed()[1:-1]}}}"
        character = self.peek()
        if character in _CLOSING:
            return self.bracketed()
        if character in "_^":
            self.place += 1
            return f"{character}{{{self.script()}}}"
        if character in _LOWERED or character in _RAISED:
            return self.small(character)
        if character in _ROOTS:
            return self.root(character)
        self.place += 1
        return self.marked({"{": "\\{", "}": "\\}"}.get(character, character))

    def marked(self, item: str) -> str:
        """`item` under the accents that follow it."""
        while self.peek() in _COMBINING and self.peek():
            item = f"\\{_COMBINING[self.peek()]}{{{item}}}"
            self.place += 1
        return item

    def bracketed(self) -> str:
        inside = self.enclosed()
        brace = _BRACES.get(self.peek())
        if brace:
            self.place += 1
            return f"\\{brace}{{{inside[1:-1]}}}"
        if inside.startswith("(\\binom") and inside.endswith("})"):
            return inside[1:-1]
        return inside.replace("{", "\\{", 1)[:-1] + "\\}" if inside[0] == "{" else inside

    def enclosed(self) -> str:
        """A bracket, what is in it and its partner; a lone bracket is itself."""
        opening = self.peek()
        end = self.partner()
        self.place += 1
        if end is None:
            return "\\{ " if opening == "{" else opening
        inside = self.rows(end)
        self.place = end + 1
        return f"{opening}{inside}{self.text[end]}"

    def partner(self) -> int | None:
        """Where the bracket here is closed."""
        opening = self.peek()
        closing = _CLOSING[opening]
        depth = 0
        for place in range(self.place, len(self.text)):
            depth += (self.text[place] == opening) - (self.text[place] == closing)
            if depth == 0:
                return place
        return None

    def script(self) -> str:
        """What `_` or `^` lowers or raises: a bracketed group, a number or one thing."""
        if self.peek() == "(":
            return self.enclosed()[1:-1]
        number = _NUMBER.match(self.text, self.place)
        if number:
            self.place = number.end()
            return number[0]
        return self.item()

    def small(self, first: str) -> str:
        """A run of small letters."""
        sign, letters = ("_", _LOWERED) if first in _LOWERED else ("^", _RAISED)
        run = ""
        while self.peek() in letters and self.peek():
            run += letters[self.peek()]
            self.place += 1
        return f"{sign}{{{run}}}"

    def root(self, sign: str) -> str:
        self.place += 1
        command = _ROOTS[sign]
        if self.peek() == "[":
            command += "[" + self.enclosed()[1:-1] + "]"
        if self.peek() == "(":
            return f"{command}{{{self.enclosed()[1:-1]}}}"
        body = self.script()
        while self.peek() and (self.peek() in "_^" or self.peek() in _LOWERED or self.peek() in _RAISED):
            body += self.item()
        return f"{command}{{{body}}}"


def _bare(text: str) -> str:
    """`text` without the brackets round all of it."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1]
    return text
