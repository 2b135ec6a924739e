"""One deck in several files: read as one, and written back to the file that each card is in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flashnotes.models import Deck

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashnotes.deckfile.files import DeckFile


def joined(files: Iterable[DeckFile]) -> list[Deck]:
    """The decks of `files`, those of one name as one."""
    by_name: dict[str, list[Deck]] = defaultdict(list)
    for file in files:
        by_name[file.deck.name].append(file.deck)
    return [_join(decks) for decks in by_name.values()]


def _join(decks: Sequence[Deck]) -> Deck:
    if len(decks) == 1:
        return decks[0]
    cards = tuple(card for deck in decks for card in deck.cards)
    rejected = tuple(dict.fromkeys(entry for deck in decks for entry in deck.rejected))
    return Deck(decks[0].name, cards, rejected)


def shared_out(deck: Deck, files: Sequence[DeckFile]) -> list[tuple[DeckFile, Deck]]:
    """What each of `files`, which hold one deck, is to say once the deck is `deck`; what is new goes into the first."""
    home_of = {card.id: place for place, file in enumerate(files) for card in file.deck.cards}
    parts = []
    for place, file in enumerate(files):
        mine = {entry.id for entry in file.deck.rejected}
        cards = tuple(card for card in deck.cards if home_of.get(card.id, 0) == place)
        rejected = tuple(
            entry for entry in deck.rejected if entry.id in mine or home_of.get(entry.id, 0) == place
        )
        parts.append((file, Deck(deck.name, cards, rejected)))
    return parts
