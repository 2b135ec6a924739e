"""Decks in Anki's formats, and in plain ones for other programs."""

from flashnotes.anki.content import Mark, digest_of, next_mark, text_digest
from flashnotes.anki.model import Answer, ExportCard, Exported, Side
from flashnotes.anki.notes import guid_of
from flashnotes.anki.past import AnkiAnswer
from flashnotes.anki.plain import Log, export_csv, export_json
from flashnotes.anki.read import ImportedCard, ImportedPackage, copy_media, read_package
from flashnotes.anki.readtext import is_anki_text, read_text
from flashnotes.anki.returned import returned
from flashnotes.anki.schedule import Calendar, Practice
from flashnotes.anki.text import export_txt
from flashnotes.anki.write import export_apkg, export_ready

__all__ = [
    "AnkiAnswer",
    "Answer",
    "Calendar",
    "ExportCard",
    "Exported",
    "ImportedCard",
    "ImportedPackage",
    "Log",
    "Mark",
    "Practice",
    "Side",
    "copy_media",
    "digest_of",
    "export_apkg",
    "export_csv",
    "export_json",
    "export_ready",
    "export_txt",
    "guid_of",
    "is_anki_text",
    "next_mark",
    "read_package",
    "read_text",
    "returned",
    "text_digest",
]
