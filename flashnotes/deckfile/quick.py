"""A deck in the usual form, read without keeping places: what every start with a changed deck waits for.

The same events and the same readers of values as `reader`, less what only a refusal or a change of the file needs.
Anything out of the ordinary gives None, and `reader` reads the text again and says what it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yaml import YAMLError
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from flashnotes.deckfile.nodes import Event, Fault, Listing, Mapping, events_of
from flashnotes.deckfile.values import CARD_VALUES, rejection_of, text_of
from flashnotes.models import Card, CardKind, Deck

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.models import CardId, Rejected

# Before an alias, an anchor or a tag; anywhere else these marks are text.
_BEFORE_MARKS = " \n\t,[{"
_MARKS = "&*!"
_COMMENTED = re.compile(r"^ *(?:- )?(?:front|back): .* #", re.MULTILINE)


class _Unusual(Exception):  # noqa: N818
    """Something that `reader` has to look at."""


def quick_deck(text: str) -> Deck | None:
    """The deck that `text` holds if it is in the usual form, else None."""
    if _may_be_unusual(text):
        return None
    try:
        return _deck(events_of(text))
    except (_Unusual, Fault, YAMLError, KeyError, UnicodeEncodeError):
        return None


def _may_be_unusual(text: str) -> bool:
    """There may be an alias, an anchor, a tag, or a comment that was meant as text.

    By plain searches, one mark after the other: a pattern with all of them takes a third of the time of parsing.
    """
    marks = [mark for mark in _MARKS if mark in text]
    if any(before + mark in text for mark in marks for before in _BEFORE_MARKS) or text[:1] in _MARKS:
        return True
    return " #" in text and _COMMENTED.search(text) is not None


def _deck(get: Callable[[], Event]) -> Deck:
    get()
    _expect(get(), DocumentStartEvent)
    _expect(get(), MappingStartEvent)
    name = ""
    cards: list[Card] = []
    rejected: list[Rejected] = []
    while (key := get()).__class__ is not MappingEndEvent:
        _expect(key, ScalarEvent)
        value = get()
        if key.value == "deck" and not name:
            name = text_of(key, value)
        elif key.value == "cards" and not cards:
            cards = _cards(get, value)
        elif key.value == "rejected" and not rejected:
            rejected = _rejections(get, value)
        else:
            raise _Unusual
    get()
    _expect(get(), StreamEndEvent)
    if not name or name != name.strip() or "\n" in name or len(name) > 200:
        raise _Unusual
    return Deck(name, tuple(cards), tuple(rejected))


def _expect(event: Event, kind: type) -> None:
    if event.__class__ is not kind:
        raise _Unusual


def _cards(get: Callable[[], Event], first: Event) -> list[Card]:
    _expect(first, SequenceStartEvent)
    cards: list[Card] = []
    ids: set[CardId] = set()
    while (event := get()).__class__ is MappingStartEvent:
        found = _values(get)
        value_of = found.get
        front, back = found["front"], found["back"]
        card_id = found["id"]
        if not (card_id and front.strip() and back.strip()):
            raise _Unusual
        ids.add(card_id)
        cards.append(
            Card(
                card_id,
                value_of("kind", CardKind.BASIC),
                front,
                back,
                value_of("aliases", ()),
                value_of("tags", ()),
                value_of("source"),
                value_of("extracted"),
                value_of("retired", False),
                value_of("anki"),
            )
        )
    _expect(event, SequenceEndEvent)
    if len(ids) < len(cards):
        raise _Unusual
    return cards


def _values(get: Callable[[], Event]) -> dict[str, Any]:
    """What a card says under each key."""
    found: dict[str, Any] = {}
    while (key := get()).__class__ is not MappingEndEvent:
        if key.__class__ is not ScalarEvent:
            raise _Unusual
        name = key.value
        value = get()
        if value.__class__ is not ScalarEvent:
            value = _nested(get, value)
        if name in found:
            raise _Unusual
        found[name] = CARD_VALUES[name](key, value)
    return found


def _nested(get: Callable[[], Event], first: Event) -> Listing | Mapping:
    """A list of texts, or a mapping of texts."""
    items: list[Event] = []
    while (event := get()).__class__ is ScalarEvent:
        items.append(event)
    if event.__class__ is SequenceEndEvent:
        return Listing(first, event, items)
    _expect(event, MappingEndEvent)
    keys = items[::2]
    fields = {key.value: (key, value) for key, value in zip(keys, items[1::2], strict=True)}
    if len(fields) < len(keys):
        raise _Unusual
    return Mapping(first, event, fields)


def _rejections(get: Callable[[], Event], first: Event) -> list[Rejected]:
    _expect(first, SequenceStartEvent)
    found = []
    while (event := get()).__class__ is MappingStartEvent:
        found.append(rejection_of(_nested(get, event)))
    _expect(event, SequenceEndEvent)
    return found
