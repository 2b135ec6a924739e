"""The lines of a note that a card came from, to be shown beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.errors import NoteError

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.models import Source

_BEFORE, _AFTER = 1, 12
"""Lines of the note shown above and below the one that a card stands on."""
_LONGEST = 600
"""Characters of a line; more is an article without line breaks."""


@dataclass(slots=True)
class Passages:
    """Reads notes as their passages are asked for; the last one stays at hand."""

    home: Path
    encoding: str | None = None
    _path: str = ""
    _lines: tuple[tuple[int, str], ...] = field(default=())

    def of(self, source: Source | None) -> list[tuple[int, str]]:
        """The numbered lines around `source`; none where the note cannot be read."""
        if source is None or source.line is None:
            return []
        if source.path != self._path:
            self._path, self._lines = source.path, self._read(source.path)
        at = next((place for place, (line, _) in enumerate(self._lines) if line >= source.line), None)
        if at is None:
            return []
        return [(line, text[:_LONGEST]) for line, text in self._lines[max(0, at - _BEFORE) : at + _AFTER]]

    def _read(self, path: str) -> tuple[tuple[int, str], ...]:
        from flashnotes.notefiles import read_lines

        try:
            return tuple(read_lines(self.home / path, self.encoding))
        except NoteError:
            return ()
