"""What an import would do: candidates against the cards of the decks, as a plan. Pure; nothing is written here."""

from flashnotes.importing.foreign import plan_deck
from flashnotes.importing.package import Arrival, Knowledge, Sent, plan_package
from flashnotes.importing.plan import plan_notes
from flashnotes.importing.revise import reject, revised
from flashnotes.importing.terms import Entry, NoteCards, Plan, Scan, Status

__all__ = [
    "Arrival",
    "Entry",
    "Knowledge",
    "NoteCards",
    "Plan",
    "Scan",
    "Sent",
    "Status",
    "plan_deck",
    "plan_notes",
    "plan_package",
    "reject",
    "revised",
]
