"""The decks as they will be once entries of a plan are taken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.cards import passage_hash
from flashnotes.importing.terms import Entry, Status
from flashnotes.models import Card, CardId, Deck, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def revised(decks: Sequence[Deck], entries: Iterable[Entry], *, never: Iterable[Entry] = ()) -> list[Deck]:
    """The decks that change when `entries` are taken and those of `never` are rejected for good.

    Cards keep their place; new ones come last, in the order of `entries`. An uncertain entry among `entries` is
    taken as it proposes, or as its `as_new()`.
    """
    home_of = {card.id: deck.name for deck in decks for card in deck.cards}
    changes: dict[str, _Change] = defaultdict(_Change)
    for entry in entries:
        if entry.status is not Status.REJECTED and entry.card != entry.before:
            changes[home_of.get(entry.card.id, entry.deck)].put[entry.card.id] = entry.card
    for entry in never:
        changes[home_of.get(entry.card.id, entry.deck)].reject.append(_rejection(entry))
    known = {deck.name: deck for deck in decks}
    made = [change.applied_to(known.get(name) or Deck(name)) for name, change in changes.items()]
    return [deck for deck in made if deck != known.get(deck.name)]


def reject(deck: Deck, entries: Iterable[Rejected]) -> Deck:
    """`deck` without the cards of `entries`, which it remembers as rejected.

    Also for cards whose lines the person removed from the file: they are not to be offered again either.
    """
    return _Change(reject=list(entries)).applied_to(deck)


@dataclass(slots=True)
class _Change:
    put: dict[CardId, Card] = field(default_factory=dict)
    reject: list[Rejected] = field(default_factory=list)

    def applied_to(self, deck: Deck) -> Deck:
        refused = {entry.id: entry for entry in self.reject}
        own = {card.id for card in deck.cards}
        cards = [self.put.get(card.id, card) for card in deck.cards]
        cards += [card for card in self.put.values() if card.id not in own]
        cards = [card for card in cards if card.id not in refused]
        there = {card.id for card in cards}
        rejected = {entry.id: entry for entry in deck.rejected if entry.id not in there} | refused
        return Deck(deck.name, tuple(cards), tuple(rejected.values()))


def _rejection(entry: Entry) -> Rejected:
    """With the passage as the note has it now, else as it was last extracted."""
    if entry.candidate:
        return Rejected(entry.card.id, passage_hash(entry.candidate.front, entry.candidate.back))
    card = entry.before or entry.card
    return Rejected(card.id, card.extracted or passage_hash(card.front, card.back))
