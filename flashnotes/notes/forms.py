"""Notes that are no Markdown, or Markdown with habits: each form ends as Markdown, with the lines it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Rendered:
    """A note as Markdown."""

    text: str
    lines: tuple[int, ...] = ()
    """For each line of `text` the line of the file it came from (of a PDF the page, of a Word file the paragraph);
    empty where they are the same."""
    tags: tuple[str, ...] = ()
    """Tags of the note that stand in its text."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Those that are part of the file itself, by the address that `text` names them by."""

    def line_of(self, line: int) -> int:
        """The line of the file for `line` of the Markdown, from 1."""
        return self.lines[min(line, len(self.lines)) - 1] if self.lines else line


class Writer:
    """Markdown as it is put together, line by line."""

    def __init__(self) -> None:
        self._rows: list[str] = []
        self._lines: list[int] = []

    def add(self, text: str, line: int) -> None:
        """`text`, all of whose lines came from `line`."""
        for row in text.split("\n"):
            self._rows.append(row)
            self._lines.append(line)

    def add_rows(self, rows: Iterable[tuple[str, int]]) -> None:
        """Rows, each with its own line."""
        for row, line in rows:
            self._rows.append(row)
            self._lines.append(line)

    def gap(self) -> None:
        """One blank line, and never two."""
        if self._rows and self._rows[-1]:
            self.add("", self._lines[-1])

    def rendered(self, pictures: Mapping[str, bytes] | None = None) -> Rendered:
        return Rendered("\n".join(self._rows), tuple(self._lines), pictures=pictures or {})
