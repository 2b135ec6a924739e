"""The text of a PDF, paragraph by paragraph; formulas are drawn in a PDF, not written, and are lost.

A "line" of a PDF is its page, counted from 1.
"""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from flashnotes.documents.pdfpictures import picture_file
from flashnotes.errors import NoteError
from flashnotes.notes.forms import Writer
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pypdf import PageObject

    from flashnotes.notes import Rendered

_MOST_PAGES = 5_000
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_END = re.compile(r"[.!?:。！？：；]['\"”’)）]*$")
_START = re.compile(r"(?:[•●▪◦·–-]|\d{1,2}[.)、])\s*")
_SHOWN = "\x01"
"""Begins a row that names a picture; no text of a PDF keeps it."""
_LARGEST_ALL = 64 * 2**20
"""Bytes of the pictures that are taken along."""
_FULL = 0.75
"""Of the longest line: a shorter one ends its paragraph."""


def render_pdf(data: bytes, path: Path) -> Rendered:
    """The PDF whose bytes are `data`. Raises NoteError, and whatever a damaged one makes the library raise."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoteError(f"{path}: is encrypted. Save it without a password.")
        pictures = _Pictures()
        pages = [pictures.text_of(page) for page in reader.pages[:_MOST_PAGES]]
    except PyPdfError as error:
        raise ValueError(str(error)) from error
    if not any(_without_pictures(text).strip() for text in pages):
        raise NoteError(f"{path}: holds no text, only pictures of it. Run a text recognition over it first.")
    writer = Writer()
    for number, text in enumerate(pages, start=1):
        for paragraph in _paragraphs(text.split("\n")):
            writer.gap()
            if paragraph.startswith(_SHOWN) and (address := paragraph.removeprefix(_SHOWN)) in pictures.files:
                writer.add(f"![]({address})", number)
            else:
                writer.add(_SPECIAL.sub(r"\\\1", paragraph.replace(_SHOWN, "")), number)
    return writer.rendered(pictures.files)


class _Pictures:
    """The pictures of a PDF, as they are come upon in its text."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._left = _LARGEST_ALL

    def text_of(self, page: PageObject) -> str:
        """The text of `page`; where it shows a picture, a row of its own names it."""
        shown = self._on(page)
        if not shown:
            return page.extract_text()
        parts: list[str] = []

        def before(operator: bytes, operands: Any, *_: object) -> None:
            if operator == b"Do" and operands and (address := shown.get(str(operands[0]))):
                parts.append(f"\n{_SHOWN}{address}\n")

        page.extract_text(visitor_operand_before=before, visitor_text=lambda text, *_: parts.append(text))
        return "".join(parts)

    def _on(self, page: PageObject) -> dict[str, str]:
        """The addresses given to the pictures of `page`, by their names in it."""
        resources = page.get("/Resources")
        objects = resources.get_object().get("/XObject") if resources is not None else None
        shown: dict[str, str] = {}
        for name, reference in objects.get_object().items() if objects is not None else ():
            stream = reference.get_object()
            found = picture_file(stream) if stream.get("/Subtype") == "/Image" else None
            if found and len(found[1]) <= self._left:
                ending, data = found
                self._left -= len(data)
                shown[str(name)] = address = f"inside-{len(self.files) + 1}{ending}"
                self.files[address] = data
        return shown


def _without_pictures(text: str) -> str:
    return "".join(row for row in text.split("\n") if not row.startswith(_SHOWN))


def _paragraphs(rows: list[str]) -> Iterator[str]:
    """Rows put together again: a row goes on in the next unless it is short, ends a sentence, or an item begins."""
    longest = max(map(len, rows), default=0)
    open_rows: list[str] = []
    for row in (*map(str.strip, rows), ""):
        if open_rows and (not row or row.startswith(_SHOWN) or _START.match(row)):
            yield _joined(open_rows)
            open_rows = []
        if not row:
            continue
        if row.startswith(_SHOWN):
            yield row
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
