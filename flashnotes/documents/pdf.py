"""The text of a PDF, paragraph by paragraph; formulas are drawn in a PDF, not written, and are lost.

A "line" of a PDF is its page, counted from 1.
"""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from flashnotes.errors import NoteError
from flashnotes.notes.forms import Writer
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashnotes.notes import Rendered

_MOST_PAGES = 5_000
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_END = re.compile(r"[.!?:。！？：；]['\"”’)）]*$")
_START = re.compile(r"(?:[•●▪◦·–-]|\d{1,2}[.)、])\s*")
_FULL = 0.75
"""Of the longest line: a shorter one ends its paragraph."""


def render_pdf(data: bytes, path: Path) -> Rendered:
    """The PDF whose bytes are `data`. Raises NoteError, and whatever a damaged one makes the library raise."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoteError(f"{path}: is encrypted. Save it without a password.")
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
    except PyPdfError as error:
        raise ValueError(str(error)) from error
    if not any(text.strip() for text in pages):
        raise NoteError(f"{path}: holds no text, only pictures of it. Run a text recognition over it first.")
    writer = Writer()
    for number, text in enumerate(pages, start=1):
        for paragraph in _paragraphs(text.split("\n")):
            writer.gap()
            writer.add(_SPECIAL.sub(r"\\\1", paragraph), number)
    return writer.rendered()


def _paragraphs(rows: list[str]) -> Iterator[str]:
    """Rows put together again: a row goes on in the next unless it is short, ends a sentence, or an item begins."""
    longest = max(map(len, rows), default=0)
    open_rows: list[str] = []
    for row in (*map(str.strip, rows), ""):
        if open_rows and (not row or _START.match(row)):
            yield _joined(open_rows)
            open_rows = []
        if not row:
            continue
        open_rows.append(row)
        if (len(row) < _FULL * longest and not row.endswith("-")) or _END.search(row):
            yield _joined(open_rows)
            open_rows = []


def _joined(rows: list[str]) -> str:
    text = rows[0]
    for row in rows[1:]:
        if text.endswith("-") and row[:1].islower():
            text = text[:-1] + row
        else:
            text += ("" if has_cjk(text[-1:]) and has_cjk(row[:1]) else " ") + row
    return text
