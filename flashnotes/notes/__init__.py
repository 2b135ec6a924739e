"""Notes: Markdown and plain text as blocks with lines. `parse_note` is all that the rest needs."""

from flashnotes.notes.markdown import parse_note
from flashnotes.notes.model import Block, BlockKind, Mark, MarkKind, Note, Sentence

__all__ = ["Block", "BlockKind", "Mark", "MarkKind", "Note", "Sentence", "parse_note"]
