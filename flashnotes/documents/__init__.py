"""Word files and PDFs as notes, by libraries that are extras; a file that cannot be read is refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.errors import NoteError

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.notes import Rendered

_EXTRAS = {".docx": "word", ".pdf": "pdf"}


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
