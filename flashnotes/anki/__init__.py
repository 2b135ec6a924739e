"""Decks in Anki's formats."""

from flashnotes.anki.content import Mark, digest_of, next_mark
from flashnotes.anki.model import ExportCard, Exported, Side
from flashnotes.anki.write import export_apkg

__all__ = ["ExportCard", "Exported", "Mark", "Side", "digest_of", "export_apkg", "next_mark"]
