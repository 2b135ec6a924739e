"""Word files (.docx) as Markdown: mammoth makes HTML of them, formulas become LaTeX first.

Office Open XML (ECMA-376) part 1; a "line" of a Word file is its paragraph, counted from 1.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import mammoth

from flashnotes.datauri import ENDINGS
from flashnotes.documents.omml import OMML, latex_of
from flashnotes.errors import NoteError
from flashnotes.notes.page import render_page

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.notes import Rendered

_DOCUMENT = "word/document.xml"
_LARGEST = 128 * 2**20
"""Bytes of all parts, unpacked."""
_LARGEST_PICTURES = 48 * 2**20
_FORMULA = re.compile(rb"<m:oMathPara\b.*?</m:oMathPara>|<m:oMath\b.*?</m:oMath>", re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<tr>\s*<t[dh]\b[^>]*>\s*)?<(?:p|h[1-6]|li)\b")


def render_word(data: bytes, path: Path) -> Rendered:
    """The Word file whose bytes are `data`. Raises NoteError, and whatever a damaged one makes the library raise."""
    package = io.BytesIO(_with_latex(data, path))
    html = mammoth.convert_to_html(
        package, convert_image=_Pictures().convert, ignore_empty_paragraphs=False
    ).value
    return render_page(_PARAGRAPH.sub(lambda found: "\n" + found[0], html).removeprefix("\n"))


class _Pictures:
    """Passes the pictures of a file on inside its HTML, as many as a note may hold; no drawings of Office's own."""

    def __init__(self) -> None:
        self._left = _LARGEST_PICTURES

    def convert(self, image: Any) -> list[Any]:
        kind = (image.content_type or "").removeprefix("image/")
        if kind not in ENDINGS:
            return []
        try:
            with image.open() as opened:
                self._left -= len(opened.read(self._left + 1))
        except (OSError, LookupError):
            return []
        return mammoth.images.data_uri(image) if self._left >= 0 else []


def _with_latex(data: bytes, path: Path) -> bytes:
    """The package with its formulas as text between dollar signs, every part looked at before it is unpacked."""
    out = io.BytesIO()
    left = _LARGEST
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for part in package.infolist():
            with package.open(part) as opened:
                content = opened.read(left + 1)
            left -= len(content)
            if left < 0 or (part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content):
                raise NoteError(f"{path}: holds what no Word file does. Save it again as .docx.")
            if part.filename == _DOCUMENT:
                content = _FORMULA.sub(_run, content)
            copy.writestr(part.filename, content)
    return out.getvalue()


def _run(found: re.Match[bytes]) -> bytes:
    """A formula as a run of text; one that cannot be read is kept as its bare letters."""
    source = found[0]
    is_display = source.startswith(b"<m:oMathPara")
    wrapped = b'<f xmlns:m="%s" xmlns:w="w" xmlns:a="a" xmlns:r="r">%s</f>' % (OMML.encode(), source)
    try:
        latex = latex_of(ElementTree.fromstring(wrapped))  # noqa: S314 (no DOCTYPE gets here)
    except ElementTree.ParseError:
        latex = re.sub(r"<[^<>]*>", "", source.decode("utf-8", "replace"))
    sign = "$$" if is_display else "$"
    text = f"{sign}{latex}{sign}" if latex.strip() else ""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'.encode()
