"""Decks in Anki's formats, and in plain ones for other programs."""

from flashnotes.anki.content import Mark, digest_of, next_mark
from flashnotes.anki.model import ExportCard, Exported, Side
from flashnotes.anki.plain import export_csv, export_json
from flashnotes.anki.text import export_txt
from flashnotes.anki.write import export_apkg

__all__ = [
    "ExportCard",
    "Exported",
    "Mark",
    "Side",
    "digest_of",
    "export_apkg",
    "export_csv",
    "export_json",
    "export_txt",
    "next_mark",
]
