"""What an import would do: candidates against the cards of the decks, as a plan. Pure; nothing is written here."""

from flashnotes.importing.choosing import Choosing, Decision, Like, Offer, Pick
from flashnotes.importing.foreign import plan_deck
from flashnotes.importing.matching import names_of_candidate, names_of_card, term_name
from flashnotes.importing.package import Arrival, Knowledge, Sent, plan_package
from flashnotes.importing.plan import Rest, cleaned, plan_notes, unread_entry, whole
from flashnotes.importing.revise import reject, revised
from flashnotes.importing.settling import Outcome, outcomes_by_note, shifts
from flashnotes.importing.terms import (
    Entry,
    Mention,
    NoteCards,
    Plan,
    Scan,
    Status,
    Unread,
    Untouched,
    follows,
    is_decided,
)

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
    "Rest",
    "Scan",
    "Sent",
    "Status",
    "Unread",
    "Untouched",
    "cleaned",
    "follows",
    "is_decided",
    "names_of_candidate",
    "names_of_card",
    "outcomes_by_note",
    "plan_deck",
    "plan_notes",
    "plan_package",
    "reject",
    "revised",
    "shifts",
    "term_name",
    "unread_entry",
    "whole",
]
