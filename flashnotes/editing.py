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
from flashnotes.models import Card, CardId, CardKind, Deck, Rejected, written_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    change_deck(file, _with_cards(file.deck, [card]))
    library.refresh()
    return _now(library, card.id)


def add_card(library: Library, deck: str, draft: Draft) -> StudyCard:
    """Write a new card at the end of `deck`, which is made where there is none. Raises DeckError."""
    draft = _checked(draft)
    deck = checked_name(deck)
    kind = _kind(draft, CardKind.BASIC)
    card_id = mint_id(deck, kind, draft.front, library.store.card_ids())
    card = Card(card_id, kind, draft.front, draft.back, tags=draft.tags)
    _put(library, deck, [card])
    library.refresh()
    return _now(library, card_id)


def move_cards(library: Library, card_ids: Sequence[str], deck: str) -> list[StudyCard]:
    """Move cards to the end of `deck`, which is made where there is none; their ids and reviews stay.

    Raises DeckError; the cards of a file that could not be changed then stand where they stood.
    """
    deck = checked_name(deck)
    card_ids = written(card_ids)
    for file, cards in _by_file(library, card_ids):
        if deck == file.deck.name:
            continue
        # They stand in the new file before they leave the old one: a crash between the two loses nothing.
        take_back = _put(library, deck, cards)
        gone = {card.id for card in cards}
        left = replace(file.deck, cards=tuple(each for each in file.deck.cards if each.id not in gone))
        try:
            change_deck(file, left)
        except DeckError:
            take_back()
            raise
        finally:
            library.refresh()
    return [_now(library, card_id) for card_id in card_ids]


def delete_cards(library: Library, card_ids: Sequence[str]) -> None:
    """Take cards out of their decks and put their ids among the rejected; their reviews stay. Raises DeckError."""
    files = _by_file(library, written(card_ids))
    try:
        for file, cards in files:
            change_deck(file, reject(file.deck, [_rejected(card) for card in cards]))
    finally:
        library.refresh()


def written(card_ids: Sequence[str]) -> list[CardId]:
    """The cards as their decks have them, each once: both sides of a card stand there as one."""
    return list(dict.fromkeys(map(written_id, card_ids)))


def _rejected(card: Card) -> Rejected:
    return Rejected(card.id, card.extracted or text_hash(card.front, card.back))


def bring_back(library: Library, card_ids: Sequence[str]) -> list[StudyCard]:
    """Put deleted cards back at the end of the decks they were in, with the text they had. Raises DeckError."""
    decks: dict[str, list[Card]] = {}
    for card_id in card_ids:
        gone = library.store.deleted_card(card_id)
        if gone is None:
            raise DeckError(f"the text of {card_id!r} is not known any more. Write the card anew.")
        decks.setdefault(gone.deck, []).append(gone.card)
    try:
        for deck, cards in decks.items():
            _put(library, deck, cards)
    finally:
        library.refresh()
    return [_now(library, card_id) for card_id in card_ids]


def _put(library: Library, deck: str, cards: Sequence[Card]) -> Callable[[], None]:
    """Write `cards` at the end of `deck`; what is returned takes them out again."""
    name = library.store.deck_paths().get(deck)
    if name is None:
        path = place_deck(library.home.decks, deck)
        write_deck(path, Deck(deck, tuple(cards)))
        return path.unlink
    file = read_deck(library.home.decks / name)
    change_deck(file, _with_cards(file.deck, cards))
    return lambda: _restore(file)


def _restore(file: DeckFile) -> None:
    change_deck(read_deck(file.path), file.deck)


def _with_cards(deck: Deck, cards: Sequence[Card]) -> Deck:
    """`deck` with `cards` in their places, or last; they are rejected no longer."""
    put = {card.id: card for card in cards}
    kept = [put.pop(each.id, each) for each in deck.cards]
    rejected = tuple(entry for entry in deck.rejected if all(entry.id != card.id for card in cards))
    return Deck(deck.name, (*kept, *put.values()), rejected)


def _by_file(library: Library, card_ids: Sequence[str]) -> list[tuple[DeckFile, list[Card]]]:
    """The deck files of the cards, each with those of them that it holds."""
    names: dict[str, list[str]] = {}
    for card_id in card_ids:
        names.setdefault(_name_of(library, card_id), []).append(card_id)
    files = ((read_deck(library.home.decks / name), ids) for name, ids in names.items())
    return [(file, [_card_in(file, card_id) for card_id in ids]) for file, ids in files]


def _file_of(library: Library, card_id: str) -> DeckFile:
    return read_deck(library.home.decks / _name_of(library, card_id))


def _name_of(library: Library, card_id: str) -> str:
    name = library.store.path_of(card_id)
    if name is None:
        raise DeckError(f"the card {card_id!r} is in no deck any more.")
    return name


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


def checked_name(deck: str) -> str:
    """`deck` as the name of a deck. Raises DeckError where it cannot be one."""
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
