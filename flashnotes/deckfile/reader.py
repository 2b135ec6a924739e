"""Deck YAML to a Deck: all of a file or nothing, and every refusal with its line and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NoReturn

import yaml
from yaml.events import ScalarEvent

from flashnotes.cards import mint_id
from flashnotes.deckfile.explain import explain, habit_at, line_at
from flashnotes.deckfile.nodes import Fault, Listing, Mapping, Node, document, end_of, events_of, start_of
from flashnotes.deckfile.quick import quick_deck
from flashnotes.deckfile.usual import usual_deck
from flashnotes.deckfile.values import CARD_VALUES, refuse_key, rejection_of, text_of
from flashnotes.errors import DeckError
from flashnotes.garbage import not_collected
from flashnotes.models import Card, CardId, CardKind, Deck, Rejected

if TYPE_CHECKING:
    from flashnotes.deckfile.nodes import Fields

_DECK_KEYS = ("deck", "cards", "rejected")
_CARD_KEYS = tuple(CARD_VALUES)
_LISTS = {
    "cards": "a list of cards, each beginning with '- front: …'",
    "rejected": "a list of {id: …, passage: …}",
}
_LONGEST_NAME = 500
_NOTHING = ("", "~", "null")
_SHAPE = (
    "A deck begins with 'deck: NAME' and 'cards:', and each card with '- front: …' and 'back: …' below it."
)


@dataclass(frozen=True, slots=True)
class ParsedDeck:
    """A deck and where its parts stand in the text it was read from."""

    deck: Deck
    text: str
    root: Mapping
    unnamed: frozenset[CardId] = frozenset()
    """Cards whose id stands nowhere in the file yet: minted from deck, kind and front each time it is read."""
    warnings: tuple[str, ...] = ()
    """What was read and may not be meant, each beginning with its line."""

    @property
    def nodes(self) -> list[Mapping]:
        """The mapping of each card, in the deck's order."""
        cards = self.root.fields.get("cards")
        found = cards[1].items if cards and isinstance(cards[1], Listing) else []
        return [item for item in found if isinstance(item, Mapping)]

    def lines(self) -> dict[CardId, int]:
        """The line each card begins on, from 1."""
        lines: dict[CardId, int] = {}
        line, place = 1, 0
        for card, node in zip(self.deck.cards, self.nodes, strict=True):
            start = start_of(node)
            line += line_at(self.text[place:start], start) - 1
            place = start
            lines[card.id] = line
        return lines


def parse_deck(text: str, *, path: str, stem: str = "") -> Deck:
    """The deck that `text` holds; a deck without a name is called `stem`.

    Raises DeckError, its line beginning with `path` and the line number.
    """
    return read_text(text, path=path, stem=stem)[0]


def read_text(text: str, *, path: str, stem: str = "") -> tuple[Deck, ParsedDeck | None]:
    """The deck that `text` holds; with its places only where it took a second look to read it.

    Raises DeckError as `parse_deck` does.
    """
    with not_collected():
        deck = usual_deck(text) or quick_deck(text)
    if deck:
        return deck, None
    parsed = locate_deck(text, path=path, stem=stem)
    return parsed.deck, parsed


def locate_deck(text: str, *, path: str, stem: str = "") -> ParsedDeck:
    """The deck that `text` holds, with the place of every key and value in it.

    Raises DeckError as `parse_deck` does.
    """
    try:
        with not_collected():
            return _Reader(text, stem).deck()
    except Fault as fault:
        raise DeckError(f"{path}:{line_at(text, fault.offset)}: {fault.message}") from None
    except yaml.YAMLError as error:
        offset, message = explain(text, error)
        raise DeckError(f"{path}:{line_at(text, offset)}: {message}") from None
    except UnicodeEncodeError:
        raise DeckError(f"{path}:1: holds characters that are not text. Save it as UTF-8.") from None


@dataclass(slots=True)
class _Reader:
    text: str
    stem: str
    cards: list[Card] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    offsets: dict[CardId, int] = field(default_factory=dict)
    """Where each card with an id begins."""
    nameless: list[int] = field(default_factory=list)
    """Places of the cards without one."""
    warnings: list[str] = field(default_factory=list)

    def deck(self) -> ParsedDeck:
        root = document(events_of(self.text), self._take)
        if root is None or (isinstance(root, ScalarEvent) and root.value in _NOTHING):
            raise Fault(0, f"is empty. {_SHAPE}")
        if not isinstance(root, Mapping):
            raise self._misread(start_of(root), f"is no deck. {_SHAPE}")
        self._check_root(root)
        deck = Deck(self._name(root.fields), tuple(self.cards), tuple(self.rejected))
        if self.nameless:
            deck = replace(deck, cards=tuple(self._named(deck.name)))
        unnamed = frozenset(deck.cards[place].id for place in self.nameless)
        return ParsedDeck(deck, self.text, root, unnamed, tuple(self.warnings))

    def _take(self, name: str, item: Node) -> None:
        if name == "cards":
            self.cards.append(self._card(item))
        elif name == "rejected":
            self.rejected.append(rejection_of(item))

    def _misread(self, offset: int, message: str) -> Fault:
        """A habit that makes the line mean something else to YAML explains more than what it came to mean."""
        return Fault(*(habit_at(self.text, offset) or (offset, message)))

    def _check_root(self, root: Mapping) -> None:
        for name, (key, value) in root.fields.items():
            if name not in _DECK_KEYS:
                habit = habit_at(self.text, start_of(key))
                if habit:
                    raise Fault(*habit)
                refuse_key(key, _DECK_KEYS, "a deck")
            is_list = isinstance(value, Listing) or _is_nothing(value)
            if name in _LISTS and not is_list:
                raise Fault(start_of(value), f"{name} must be {_LISTS[name]}.")
        if "deck" not in root.fields and "cards" not in root.fields:
            raise Fault(start_of(root), f"has neither deck: nor cards:. {_SHAPE}")

    def _name(self, fields: Fields) -> str:
        if "deck" not in fields:
            return self.stem or "deck"
        key, value = fields["deck"]
        name = text_of(key, value).strip()
        if not name:
            raise Fault(start_of(key), "the deck has no name. Write one after deck:, or remove the line.")
        if "\n" in name or len(name) > _LONGEST_NAME:
            message = f"the name of a deck is one line of at most {_LONGEST_NAME} characters. Shorten it."
            raise Fault(start_of(key), message)
        return name

    def _named(self, deck: str) -> list[Card]:
        cards = list(self.cards)
        for place in self.nameless:
            minted = mint_id(deck, cards[place].kind, cards[place].front, self.offsets)
            self.offsets[minted] = 0
            cards[place] = replace(cards[place], id=minted)
        return cards

    def _card(self, node: Node) -> Card:
        if node.__class__ is not Mapping:
            raise self._misread(
                start_of(node), "a card needs its keys: write '- front: …' and below it 'back: …'."
            )
        found: dict[str, Any] = {}
        for name, (key, value) in node.fields.items():
            read = CARD_VALUES.get(name)
            if read is None:
                self._refuse(key)
            found[name] = read(key, value)
        get = found.get
        front, back, kind = get("front", ""), get("back", ""), get("kind", CardKind.BASIC)
        if not front or front.isspace() or ((not back or back.isspace()) and kind is not CardKind.CLOZE):
            _missing_side(node, front)
        self._look_for_comments(node.fields)
        return Card(
            self._id(node, get("id")),
            *(kind, front, back, get("aliases", ()), get("tags", ())),
            *(get("source"), get("extracted"), get("retired", False), get("anki")),
        )

    def _refuse(self, key: ScalarEvent) -> NoReturn:
        habit = habit_at(self.text, start_of(key))
        if habit:
            raise Fault(*habit)
        refuse_key(key, _CARD_KEYS, "a card")

    def _id(self, node: Mapping, card_id: CardId | None) -> CardId:
        if not card_id:
            self.nameless.append(len(self.cards))
            return CardId("")
        if card_id in self.offsets:
            line = line_at(self.text, self.offsets[card_id])
            message = (
                f"the id {card_id!r} is already that of the card in line {line}. Give one of them another."
            )
            raise Fault(start_of(node.fields["id"][0]), message)
        self.offsets[card_id] = start_of(node)
        return card_id

    def _look_for_comments(self, fields: Fields) -> None:
        """A ' #' in an unquoted text may be meant as text, and would be lost without a word."""
        for side in ("front", "back"):
            value = fields[side][1] if side in fields else None
            if value.__class__ is ScalarEvent and not value.style:
                end = end_of(value, self.text)
                if self.text[end : end + 1] == " ":
                    self._warn_of_comment(end)

    def _warn_of_comment(self, end: int) -> None:
        rest = self.text[end:].split("\n", 1)[0].strip()
        if rest.startswith("#"):
            line = line_at(self.text, end)
            told = f"{line}: ' #' begins a comment, so {rest[:30]!r} is no part of the card."
            self.warnings.append(f"{told} Put the text in quotes if it is.")


def _is_nothing(value: Node) -> bool:
    return isinstance(value, ScalarEvent) and not value.style and value.value in _NOTHING


def _missing_side(node: Mapping, front: str) -> NoReturn:
    side = "front" if not front or front.isspace() else "back"
    state = "an empty" if side in node.fields else "no"
    at = start_of(node.fields[side][0]) if side in node.fields else start_of(node)
    which = f" {front[:40]!r}" if side == "back" else ""
    raise Fault(at, f"the card{which} has {state} {side}. Write its text after '{side}:'.")
