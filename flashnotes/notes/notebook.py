"""The Markdown cells of a Jupyter notebook (nbformat 3 and 4), with their lines in the `.ipynb` file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from flashnotes.notes.forms import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes.forms import Rendered

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def render_notebook(text: str) -> Rendered | None:
    """The Markdown cells of the notebook that `text` is, or None if it is none."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return None
    cells = _cells(notebook)
    if cells is None:
        return None
    places = _Places(text)
    writer = Writer()
    for cell in cells:
        source = _source(cell)
        if source is None:
            continue
        writer.gap()
        for piece in source:
            line = places.line_of(piece)
            writer.add_rows((row, line) for row in piece.removesuffix("\n").split("\n"))
    return writer.rendered()


def _cells(notebook: Any) -> list[Any] | None:
    """The cells; those of nbformat 3 stand in worksheets."""
    if not isinstance(notebook, dict):
        return None
    cells = notebook.get("cells")
    if cells is None and isinstance(sheets := notebook.get("worksheets"), list):
        each = (sheet.get("cells") for sheet in sheets if isinstance(sheet, dict))
        cells = [cell for found in each if isinstance(found, list) for cell in found]
    return cells if isinstance(cells, list) else None


def _source(cell: Any) -> list[str] | None:
    """The text of a cell of prose in the pieces it is kept in; None for code and output."""
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    if kind not in ("markdown", "heading"):
        return None
    source = cell.get("source", "")
    pieces = [source] if isinstance(source, str) else source
    if not isinstance(pieces, list) or not all(isinstance(piece, str) for piece in pieces):
        return None
    level = cell.get("level")
    if kind == "heading" and pieces:
        pieces = [
            "#" * (level if isinstance(level, int) and 0 < level < 7 else 1) + " " + pieces[0],
            *pieces[1:],
        ]
    return pieces


class _Places:
    """Finds on which line of the file a string stands, going through its strings once."""

    def __init__(self, text: str) -> None:
        self._strings = self._each(text)
        self._line = 1

    def _each(self, text: str) -> Iterator[tuple[str, int]]:
        line, place = 1, 0
        for found in _STRING.finditer(text):
            line += text.count("\n", place, found.start())
            place = found.start()
            yield found[0], line

    def line_of(self, piece: str) -> int:
        """The line of the next string that says `piece`; the last one found if none does."""
        ends = piece.removeprefix("#").strip("# \n")
        for raw, line in self._strings:
            if len(raw) >= len(ends) and _decoded(raw).strip("# \n") == ends:
                self._line = line
                break
        return self._line


def _decoded(raw: str) -> str:
    try:
        return str(json.loads(raw))
    except ValueError:
        return ""
