"""The plan of importing a deck file: another's deck, a newer release of a shipped one, or one's own from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, mint_id, text_hash
from flashnotes.importing.terms import Entry, Plan, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.models import Card, CardId, Deck


def plan_deck(decks: Sequence[Deck], deck: Deck) -> Plan:
    """The plan of importing `deck` into `decks`: matched by id, then by kind and front; ids are kept.

    A card the person did not edit since it was imported follows; one they did is left alone. Cards that `deck` lacks
    stay: leaving a card out of a file says nothing about it.
    """
    planner = _Planner(decks, deck)
    return Plan(tuple(planner.entry_of(card) for card in deck.cards))


@dataclass(slots=True)
class _Planner:
    decks: Sequence[Deck]
    deck: Deck
    mine: dict[CardId, tuple[str, Card]] = field(init=False)
    by_term: dict[tuple[str, str], Card] = field(init=False)
    """Cards of the deck of the same name."""
    taken: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.mine = {card.id: (deck.name, card) for deck in self.decks for card in deck.cards}
        named = [deck for deck in self.decks if deck.name == self.deck.name]
        self.by_term = {_term(card): card for deck in named for card in reversed(deck.cards)}
        self.taken = {*self.mine, *(card.id for card in self.deck.cards)}

    def entry_of(self, card: Card) -> Entry:
        theirs = text_hash(card.front, card.back)
        offered = replace(card, extracted=theirs)
        if card.id in self.mine:
            name, own = self.mine[card.id]
            if name == self.deck.name or _is_alike(own, card):
                return _merged(own, offered, name)
            offered = replace(
                offered, id=mint_id(self.deck.name, card.kind, card.front, self.taken - {card.id})
            )
        twin = self.by_term.get(_term(card))
        if twin and (twin.id == offered.id or text_hash(twin.front, twin.back) == theirs):
            return _merged(twin, offered, self.deck.name)
        if twin:
            reason = f"{twin.id} asks for the same with another answer"
            return Entry(Status.UNCERTAIN, self.deck.name, offered, reason)
        self.taken.add(offered.id)
        return Entry(Status.NEW, self.deck.name, offered, "new")


def _term(card: Card) -> tuple[str, str]:
    return card.kind.value, fold_term(card.front)


def _is_alike(own: Card, card: Card) -> bool:
    return own.kind is card.kind and (fold_term(own.front) == fold_term(card.front) or own.back == card.back)


def _merged(own: Card, offered: Card, deck: str) -> Entry:
    """The three-way merge of two versions of a card; ids, and with them reviews, are one's own."""
    offered = replace(offered, id=own.id)
    theirs, mine = offered.extracted, text_hash(own.front, own.back)
    base = own.extracted
    if theirs == mine:
        return Entry(Status.SAME, deck, own if base else replace(own, extracted=mine), "as it is", own)
    if mine == base and own.source != offered.source and _path(own) != _path(offered):
        reason = f"yours is from {own.source or 'elsewhere'}, and the deck has another text"
        return Entry(Status.UNCERTAIN, deck, _follow(own, offered), reason, own)
    if mine == base:
        return Entry(Status.CHANGED, deck, _follow(own, offered), "the deck changed", own)
    if theirs == base:
        return Entry(Status.KEPT, deck, own, "edited by hand; the deck is as it was", own)
    if base is None:
        return Entry(
            Status.UNCERTAIN,
            deck,
            _follow(own, offered),
            "both have changed, and which came first is not known",
            own,
        )
    return Entry(Status.KEPT, deck, own, "edited by hand, and the deck changed too", own)


def _path(card: Card) -> str:
    return card.source.path if card.source else ""


def _follow(own: Card, offered: Card) -> Card:
    return replace(
        offered,
        aliases=tuple(dict.fromkeys((*own.aliases, *offered.aliases))),
        tags=tuple(dict.fromkeys((*own.tags, *offered.tags))),
        anki=offered.anki or own.anki,
    )
