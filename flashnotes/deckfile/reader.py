"""Deck YAML to a Deck: all of a file or nothing, and every refusal with its line and what to do."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import yaml
from yaml.events import ScalarEvent

from flashnotes.cards import mint_id
from flashnotes.deckfile.explain import explain, line_at
from flashnotes.deckfile.nodes import Fault, Listing, Mapping, Node, document, events_of, start_of
from flashnotes.errors import DeckError
from flashnotes.models import AnkiRef, Card, CardId, CardKind, Deck, Rejected, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECK_KEYS = ("deck", "cards", "rejected")
_CARD_KEYS = ("id", "kind", "front", "back", "aliases", "tags", "source", "extracted", "retired", "anki")
_SCHEDULE_KEYS = frozenset({"due", "interval", "ef", "ease", "repetitions", "reps", "lapses", "state", "step"})
_KINDS = {kind.value: kind for kind in CardKind}
_TRUTH = {"true": True, "false": False}
_LONGEST_NAME = 500
_LONGEST_ID = 200
_NOTHING = ("", "~", "null")
Fields = dict[str, tuple[ScalarEvent, Node]]


@dataclass(frozen=True, slots=True)
class ParsedDeck:
    """A deck and where its parts stand in the text it was read from."""

    deck: Deck
    text: str
    root: Mapping
    unnamed: frozenset[CardId] = frozenset()
    """Cards whose id stands nowhere in the file yet: minted from deck, kind and front each time it is read."""
    warnings: tuple[str, ...] = ()

    @property
    def nodes(self) -> list[Mapping]:
        """The mapping of each card, in the deck's order."""
        cards = self.root.fields.get("cards")
        found = cards[1].items if cards and isinstance(cards[1], Listing) else []
        return [item for item in found if isinstance(item, Mapping)]


def parse_deck(text: str, *, path: str, stem: str = "") -> Deck:
    """The deck that `text` holds; a deck without a name is called `stem`.

    Raises DeckError, its line beginning with `path` and the line number.
    """
    return locate_deck(text, path=path, stem=stem).deck


def locate_deck(text: str, *, path: str, stem: str = "") -> ParsedDeck:
    """The deck that `text` holds, with the place of every key and value in it.

    Raises DeckError as `parse_deck` does.
    """
    try:
        with _collector_off():
            root = document(events_of(text))
            return _Reader(text, stem).deck(root)
    except Fault as fault:
        raise DeckError(f"{path}:{line_at(text, fault.offset)}: {fault.message}") from None
    except yaml.YAMLError as error:
        offset, message = explain(text, error)
        raise DeckError(f"{path}:{line_at(text, offset)}: {message}") from None
    except UnicodeEncodeError:
        raise DeckError(f"{path}:1: holds characters that are not text. Save it as UTF-8.") from None


@contextmanager
def _collector_off() -> Iterator[None]:
    """Parsing makes many objects and no cycles: collecting would scan them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class _Reader:
    text: str
    stem: str
    name: str = ""
    lines_of: dict[str, int] = field(default_factory=dict)
    """Offset of each card by its id."""
    nameless: list[tuple[int, Mapping]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def deck(self, root: Node | None) -> ParsedDeck:
        if root is None or (isinstance(root, ScalarEvent) and root.value in _NOTHING):
            raise Fault(0, f"is empty. {_SHAPE}")
        if not isinstance(root, Mapping):
            raise Fault(start_of(root), f"is no deck. {_SHAPE}")
        fields = root.fields
        _check_keys(fields, _DECK_KEYS, "a deck", root.start)
        if "deck" not in fields and "cards" not in fields:
            raise Fault(root.start, f"has neither deck: nor cards:. {_SHAPE}")
        self.name = self._deck_name(fields)
        cards = self._cards(fields)
        unnamed = frozenset(cards[place].id for place, _ in self.nameless)
        deck = Deck(self.name, tuple(cards), self._rejected(fields))
        return ParsedDeck(deck, self.text, root, unnamed, tuple(self.warnings))

    def _deck_name(self, fields: Fields) -> str:
        if "deck" not in fields:
            return self.stem or "deck"
        key, value = fields["deck"]
        name = _text(key, value).strip()
        if not name:
            raise Fault(key.start_mark.index, "the deck has no name. Write one after deck:, or remove the line.")
        if "\n" in name or len(name) > _LONGEST_NAME:
            message = f"the name of a deck is one line of at most {_LONGEST_NAME} characters. Shorten it."
            raise Fault(key.start_mark.index, message)
        return name

    def _cards(self, fields: Fields) -> list[Card]:
        nodes = _items(fields, "cards", "a list of cards, each beginning with '- front: …'")
        cards = [self._card(node, place) for place, node in enumerate(nodes)]
        for place, _ in self.nameless:
            card = cards[place]
            minted = mint_id(self.name, card.kind, card.front, self.lines_of)
            self.lines_of[minted] = 0
            cards[place] = _with_id(card, minted)
        return cards

    def _card(self, node: Node, place: int) -> Card:
        if not isinstance(node, Mapping):
            raise Fault(start_of(node), "a card needs its keys: write '- front: …' and below it 'back: …'.")
        fields = node.fields
        kind = CardKind.BASIC
        front = back = ""
        aliases: tuple[str, ...] = ()
        tags: tuple[str, ...] = ()
        source = extracted = anki = None
        card_id = ""
        retired = False
        for name, (key, value) in fields.items():
            if name == "front":
                front = self._side(key, value)
            elif name == "back":
                back = self._side(key, value)
            elif name == "id":
                card_id = self._id(key, value)
            elif name == "kind":
                kind = _kind(key, value)
            elif name == "source":
                source = parse_source(_text(key, value))
            elif name == "extracted":
                extracted = _text(key, value) or None
            elif name == "tags":
                tags = _texts(key, value)
            elif name == "aliases":
                aliases = _texts(key, value)
            elif name == "retired":
                retired = _truth(key, value)
            elif name == "anki":
                anki = _anki(key, value)
            else:
                _unknown_key(key, _CARD_KEYS, "a card")
        if not front or front.isspace() or ((not back or back.isspace()) and kind is not CardKind.CLOZE):
            _missing_side(node, front)
        if not card_id:
            self.nameless.append((place, node))
        return Card(CardId(card_id), kind, front, back, aliases, tags, source, extracted, retired, anki)

    def _side(self, key: ScalarEvent, value: Node) -> str:
        text = _text(key, value)
        if isinstance(value, ScalarEvent) and not value.style:
            end = value.end_mark.index
            if self.text[end : end + 1] == " ":
                self._look_for_comment(end)
        return text

    def _look_for_comment(self, end: int) -> None:
        rest = self.text[end:].split("\n", 1)[0].strip()
        if rest.startswith("#"):
            line = line_at(self.text, end)
            self.warnings.append(f"{line}: ' #' begins a comment, so {rest[:30]!r} is no part of the card. Quote the text if it is.")

    def _id(self, key: ScalarEvent, value: Node) -> str:
        found = _text(key, value).strip()
        offset = key.start_mark.index
        if not found:
            return ""
        if len(found) > _LONGEST_ID or not found.isprintable() or found.endswith("~r"):
            message = f"an id is one line of at most {_LONGEST_ID} printable characters that does not end in ~r. Change it."
            raise Fault(offset, message)
        if found in self.lines_of:
            first = line_at(self.text, self.lines_of[found])
            raise Fault(offset, f"the id {found!r} is already that of the card in line {first}. Give one of them another.")
        self.lines_of[found] = offset
        return found

    def _rejected(self, fields: Fields) -> tuple[Rejected, ...]:
        nodes = _items(fields, "rejected", "a list of {id: …, passage: …}")
        return tuple(_rejection(node) for node in nodes)


_SHAPE = "A deck begins with 'deck: NAME' and 'cards:', and each card with '- front: …' and 'back: …' below it."


def parse_source(text: str) -> Source | None:
    """`notes/td.md:42` as a Source; a path alone has no line; None for an empty text."""
    path, colon, digits = text.rpartition(":")
    if colon and path and digits.isascii() and digits.isdecimal() and digits[0] != "0" and len(digits) < 10:
        return Source(path, int(digits))
    return Source(text) if text else None


def _with_id(card: Card, card_id: CardId) -> Card:
    return Card(
        card_id,
        *(card.kind, card.front, card.back, card.aliases, card.tags),
        *(card.source, card.extracted, card.retired, card.anki),
    )


def _text(key: ScalarEvent, value: Node) -> str:
    if value.__class__ is not ScalarEvent:
        kind = "a list" if isinstance(value, Listing) else "a mapping"
        message = f"{key.value} must be text, not {kind}. Put the text in quotes, or on lines of its own after '{key.value}: |-'."
        raise Fault(start_of(value), message)
    text: str = value.value
    if "\0" in text:
        raise Fault(start_of(value), f"{key.value} holds a NUL character. Remove the \\0.")
    return text


def _texts(key: ScalarEvent, value: Node) -> tuple[str, ...]:
    if isinstance(value, ScalarEvent) and not value.value:
        return ()
    if not isinstance(value, Listing):
        raise Fault(start_of(value), f"{key.value} must be a list. Write {key.value}: [one, two].")
    found = tuple(_text(key, item) for item in value.items)
    if "" in found:
        raise Fault(start_of(value), f"{key.value} has an empty entry. Remove it.")
    return found


def _kind(key: ScalarEvent, value: Node) -> CardKind:
    name = _text(key, value)
    if name not in _KINDS:
        near = _nearest(name, tuple(_KINDS))
        raise Fault(start_of(value), f"unknown kind {name[:40]!r}. {near or 'Kinds: ' + ', '.join(_KINDS) + '.'}")
    return _KINDS[name]


def _truth(key: ScalarEvent, value: Node) -> bool:
    word = _text(key, value)
    if word not in _TRUTH:
        raise Fault(start_of(value), f"{key.value} must be true or false, not {word[:40]!r}.")
    return _TRUTH[word]


def _anki(key: ScalarEvent, value: Node) -> AnkiRef:
    if not isinstance(value, Mapping):
        raise Fault(start_of(value), "anki must be {guid: …, ord: …}. Remove the line if the card is not from Anki.")
    _check_keys(value.fields, ("guid", "ord"), "anki:", value.start)
    if "guid" not in value.fields:
        raise Fault(value.start, "anki has no guid. Add it, or remove the line.")
    place = _text(*value.fields["ord"]) if "ord" in value.fields else "0"
    if not (place.isascii() and place.isdecimal() and len(place) < 6):
        raise Fault(value.start, f"ord must be a whole number from 0, not {place[:40]!r}.")
    return AnkiRef(_text(*value.fields["guid"]), int(place))


def _rejection(node: Node) -> Rejected:
    if not isinstance(node, Mapping):
        raise Fault(start_of(node), "an entry of rejected is written {id: …, passage: …}.")
    _check_keys(node.fields, ("id", "passage"), "rejected:", node.start)
    if "id" not in node.fields or not (card_id := _text(*node.fields["id"])):
        raise Fault(node.start, "a rejected card needs its id. Add it, or remove the line.")
    return Rejected(CardId(card_id), _text(*node.fields["passage"]) if "passage" in node.fields else "")


def _items(fields: Fields, name: str, shape: str) -> list[Node]:
    if name not in fields:
        return []
    key, value = fields[name]
    if isinstance(value, ScalarEvent) and value.value in _NOTHING and not value.style:
        return []
    if not isinstance(value, Listing):
        raise Fault(start_of(value), f"{name} must be {shape}.")
    return value.items


def _missing_side(node: Mapping, front: str) -> NoReturn:
    side = "front" if not front or front.isspace() else "back"
    state = "an empty" if side in node.fields else "no"
    at = node.fields[side][0].start_mark.index if side in node.fields else node.start
    which = f" {front[:40]!r}" if side == "back" else ""
    raise Fault(at, f"the card{which} has {state} {side}. Write its text after '{side}:'.")


def _check_keys(fields: Fields, known: tuple[str, ...], where: str, _start: int) -> None:
    for name, (key, _) in fields.items():
        if name not in known:
            _unknown_key(key, known, where)


def _unknown_key(key: ScalarEvent, known: tuple[str, ...], where: str) -> NoReturn:
    name = key.value
    if name == "<<":
        remedy = "Decks have no merges: write the keys out."
    elif name in _SCHEDULE_KEYS:
        remedy = "Schedules are kept in the database: remove the line."
    else:
        remedy = _nearest(name, known) or f"Keys: {', '.join(known)}."
    raise Fault(key.start_mark.index, f"unknown key {name[:40]!r} in {where}. {remedy}")


def _nearest(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name[:40].lower(), known, n=1)
    return f"Did you mean {near[0]!r}?" if near else ""
