"""What an import would do: candidates against the cards of the decks, as a plan. Pure; nothing is written here."""

from flashnotes.importing.choosing import Choosing, Decision, Like, Offer, Pick
from flashnotes.importing.foreign import plan_deck
from flashnotes.importing.package import Arrival, Knowledge, Sent, plan_package
from flashnotes.importing.plan import plan_notes
from flashnotes.importing.revise import reject, revised
from flashnotes.importing.settling import Outcome, outcomes_by_note
from flashnotes.importing.terms import Entry, Mention, NoteCards, Plan, Scan, Status, Unread

__all__ = [
    "Arrival",
    "Choosing",
    "Decision",
    "Entry",
    "Knowledge",
    "Like",
    "Mention",
    "NoteCards",
    "Offer",
    "Outcome",
    "Pick",
    "Plan",
    "Scan",
    "Sent",
    "Status",
    "Unread",
    "outcomes_by_note",
    "plan_deck",
    "plan_notes",
    "plan_package",
    "reject",
    "revised",
]
