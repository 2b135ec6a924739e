"""What an import would do: candidates against the cards of the decks, as a plan. Pure; nothing is written here."""

from flashnotes.importing.choosing import Choosing, Decision, Like, Offer, Pick
from flashnotes.importing.foreign import plan_deck
from flashnotes.importing.package import Arrival, Knowledge, Sent, plan_package
from flashnotes.importing.plan import plan_notes
from flashnotes.importing.revise import reject, revised
from flashnotes.importing.terms import Entry, NoteCards, Plan, Refused, Scan, Status

__all__ = [
    "Arrival",
    "Choosing",
    "Decision",
    "Entry",
    "Knowledge",
    "Like",
    "NoteCards",
    "Offer",
    "Pick",
    "Plan",
    "Refused",
    "Scan",
    "Sent",
    "Status",
    "plan_deck",
    "plan_notes",
    "plan_package",
    "reject",
    "revised",
]
