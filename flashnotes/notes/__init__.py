"""Notes: Markdown, plain text and other forms as blocks with lines. `parse_note` is all that the rest needs."""

from flashnotes.notes.forms import Rendered
from flashnotes.notes.habits import without_export_id
from flashnotes.notes.markdown import parse_note
from flashnotes.notes.model import Block, BlockKind, Mark, MarkKind, Note, Sentence

__all__ = [
    "Block",
    "BlockKind",
    "Mark",
    "MarkKind",
    "Note",
    "Rendered",
    "Sentence",
    "parse_note",
    "without_export_id",
]
