"""Changing cards by hand: a change is spliced into the text of its deck file, then mirrored.

The deck files are the person's: what stands beside a changed card, comments too, stays byte for byte. None of
these is an event of the log, so undoing an answer never takes back what somebody wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashnotes.cards import mint_id, storable, text_hash
from flashnotes.cloze import deletions
from flashnotes.deckfile.files import change_deck, place_deck, read_deck, write_deck
from flashnotes.errors import DeckError
from flashnotes.importing import reject
from flashnotes.models import Card, CardId, CardKind, Deck, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flashnotes.deckfile.files import DeckFile
    from flashnotes.library import Library
    from flashnotes.models import StudyCard

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person typed for a card."""

    front: str
    back: str
    tags: tuple[str, ...] = ()

    @property
    def problem(self) -> str | None:
        """Why this is no card yet, in one line; None when it is one."""
        if not self.front.strip():
            return "The front is empty."
        if not self.back.strip() and not _has_cloze(self.front):
            return "The back is empty. Only a front with {{c1::…}} needs none."
        return None


def draft_of(card: Card) -> Draft:
    """The text of `card`, to be changed."""
    return Draft(card.front, card.back, card.tags)


def edit_card(library: Library, before: StudyCard, draft: Draft) -> StudyCard:
    """Write `draft` over the text of a card; its id and its reviews stay.

    Raises DeckError, and writes nothing, where the card is no longer as `before` or the draft is no card.
    """
    draft = _checked(draft)
    file = _file_of(library, before.card.id)
    there = _card_in(file, before.card.id)
    if draft_of(there) != draft_of(before.card):
        raise DeckError(
            f"{file.path}: {before.card.id!r} was changed there meanwhile. Nothing was written; look at it again."
        )
    card = replace(there, kind=_kind(draft, there.kind), front=draft.front, back=draft.back, tags=draft.tags)
    _change(library, file, _with_card(file.deck, card))
    return _now(library, card.id)


def add_card(library: Library, deck: str, draft: Draft) -> StudyCard:
    """Write a new card at the end of `deck`, which is made where there is none. Raises DeckError."""
    draft = _checked(draft)
    deck = _checked_name(deck)
    kind = _kind(draft, CardKind.BASIC)
    card_id = mint_id(deck, kind, draft.front, library.store.card_ids())
    card = Card(card_id, kind, draft.front, draft.back, tags=draft.tags)
    _put(library, deck, card)
    library.refresh()
    return _now(library, card_id)


def move_card(library: Library, card_id: str, deck: str) -> StudyCard:
    """Move a card to the end of `deck`, which is made where there is none; its id and reviews stay.

    Raises DeckError; the card then stands where it stood.
    """
    deck = _checked_name(deck)
    file = _file_of(library, card_id)
    card = _card_in(file, card_id)
    if deck == file.deck.name:
        return _now(library, card_id)
    # It stands in the new file before it leaves the old one: a crash between the two loses nothing.
    take_back = _put(library, deck, card)
    left = replace(file.deck, cards=tuple(each for each in file.deck.cards if each.id != card_id))
    try:
        change_deck(file, left)
    except DeckError:
        take_back()
        raise
    library.refresh()
    return _now(library, card_id)


def delete_card(library: Library, card_id: str) -> None:
    """Take a card out of its deck and put its id among the rejected; its reviews stay. Raises DeckError."""
    file = _file_of(library, card_id)
    card = _card_in(file, card_id)
    gone = Rejected(card.id, card.extracted or text_hash(card.front, card.back))
    _change(library, file, reject(file.deck, [gone]))


def bring_back(library: Library, card_id: str) -> StudyCard:
    """Put a deleted card back at the end of the deck it was in, with the text it had. Raises DeckError."""
    gone = library.store.deleted_card(card_id)
    if gone is None:
        raise DeckError(f"the text of {card_id!r} is not known any more. Write the card anew.")
    _put(library, gone.deck, gone.card)
    library.refresh()
    return _now(library, card_id)


def _put(library: Library, deck: str, card: Card) -> Callable[[], None]:
    """Write `card` at the end of `deck`; what is returned takes it out again."""
    name = library.store.deck_paths().get(deck)
    if name is None:
        path = place_deck(library.home.decks, deck)
        write_deck(path, Deck(deck, (card,)))
        return path.unlink
    file = read_deck(library.home.decks / name)
    change_deck(file, _with_card(file.deck, card))
    return lambda: _restore(file)


def _restore(file: DeckFile) -> None:
    change_deck(read_deck(file.path), file.deck)


def _with_card(deck: Deck, card: Card) -> Deck:
    """`deck` with `card` in its place, or last; it is rejected no longer."""
    cards = [card if each.id == card.id else each for each in deck.cards]
    if all(each.id != card.id for each in deck.cards):
        cards.append(card)
    rejected = tuple(entry for entry in deck.rejected if entry.id != card.id)
    return Deck(deck.name, tuple(cards), rejected)


def _change(library: Library, file: DeckFile, deck: Deck) -> None:
    change_deck(file, deck)
    library.refresh()


def _file_of(library: Library, card_id: str) -> DeckFile:
    name = library.store.path_of(card_id)
    if name is None:
        raise DeckError(f"the card {card_id!r} is in no deck any more.")
    path: Path = library.home.decks / name
    return read_deck(path)


def _card_in(file: DeckFile, card_id: str) -> Card:
    for card in file.deck.cards:
        if card.id == card_id:
            return card
    raise DeckError(f"{file.path}: the card {card_id!r} was removed there meanwhile. Nothing was written.")


def _now(library: Library, card_id: CardId | str) -> StudyCard:
    studied = library.store.card(card_id)
    if studied is None:
        raise DeckError(library.problems[-1] if library.problems else f"the card {card_id!r} is not there.")
    return studied


def _checked(draft: Draft) -> Draft:
    if draft.problem:
        raise DeckError(draft.problem)
    tags = tuple(dict.fromkeys(storable(tag) for tag in draft.tags if tag))
    return Draft(_cleaned(draft.front), _cleaned(draft.back), tags)


def _cleaned(text: str) -> str:
    """Lines without the spaces at their ends, which no one sees, and no blank lines around them."""
    lines = storable(text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _checked_name(deck: str) -> str:
    name = storable(deck).strip()
    if not all(part.strip() for part in name.split("::")) or not name.isprintable():
        raise DeckError(f"{deck[:40]!r} is no name of a deck. Write one as 强化学习::时序差分.")
    if len(name) > _LONGEST_NAME:
        raise DeckError(f"the name of a deck has at most {_LONGEST_NAME} characters. Shorten it.")
    return name


def _kind(draft: Draft, kind: CardKind) -> CardKind:
    """A basic card with something to hide is a cloze card."""
    return CardKind.CLOZE if kind is CardKind.BASIC and _has_cloze(draft.front) else kind


def _has_cloze(text: str) -> bool:
    return any(deletions(text))
