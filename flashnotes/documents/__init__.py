"""Word files and PDFs as notes, by libraries that are extras; a file that cannot be read is refused in words."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from flashnotes.errors import NoteError

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.notes import Rendered

_EXTRAS = {".docx": "word", ".pdf": "pdf"}
_REMEDIES = {
    ".docx": "is no Word file, or a damaged one. Save it again as .docx.",
    ".pdf": "is no PDF that can be read. Save it again, or copy its text into a note.",
}
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    SyntaxError,
    RuntimeError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    AssertionError,
)
"""A damaged file fails anywhere in a library, with whatever it did not expect."""


def render_document(data: bytes, path: Path) -> Rendered:
    """The document at `path`, whose bytes are `data`, as Markdown. Raises NoteError."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".docx":
            from flashnotes.documents.word import render_word

            return render_word(data, path)
        from flashnotes.documents.pdf import render_pdf

        return render_pdf(data, path)
    except ImportError as error:
        extra = _EXTRAS[suffix]
        raise NoteError(
            f"{path}: reading it needs the extra {extra!r}. Run: pip install 'flashnotes[{extra}]'"
        ) from error
    except _DAMAGE as error:
        raise NoteError(f"{path}: {_REMEDIES[suffix]}") from error
