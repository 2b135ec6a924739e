"""YAML as libyaml's events tell it: every scalar text as typed, every place kept, nothing resolved or shared.

One pass over the events of PyYAML's C parser (the pure one where that is missing). What a deck never needs is
refused here, in words: tags, anchors and aliases (so a file cannot grow when read), a key twice, deep nesting,
a second document. YAML 1.1: https://yaml.org/spec/1.1/.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Event = Any
Scalar = ScalarEvent
_DEEPEST = 8
_PLAIN_TAGS = frozenset(
    {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"},
)


class Fault(Exception):
    """What is wrong at `offset` of the text; the reader makes it a DeckError with file and line."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


@dataclass(slots=True)
class Mapping:
    """A mapping: each key with its event and its value."""

    start: int
    end: int
    flow: bool
    fields: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


@dataclass(slots=True)
class Listing:
    """A sequence."""

    start: int
    end: int
    flow: bool
    items: list[Node] = field(default_factory=list)


Node = ScalarEvent | Mapping | Listing


def events_of(text: str) -> Callable[[], Event]:
    """A function that gives the next event of `text`."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _pure_events(text)
    get: Callable[[], Event] = CParser(text).get_event
    return get


def _pure_events(text: str) -> Callable[[], Event]:
    """As `events_of`, by PyYAML's own parser, and as strict: libyaml refuses escapes that are no characters."""
    parser = yaml.BaseLoader(text)

    def get() -> Event:
        event = parser.get_event()
        if type(event) is ScalarEvent and _SURROGATE.search(event.value):
            raise Fault(event.start_mark.index, "an escape such as \\ud800 is no character. Remove it.")
        return event

    return get


_SURROGATE = re.compile("[\ud800-\udfff]")


def document(get: Callable[[], Event]) -> Node | None:
    """The only document of the stream; None where the stream is empty. Raises Fault and yaml.YAMLError."""
    get()
    event = get()
    if type(event) is not DocumentStartEvent:
        return None
    root = node(get, get(), 0)
    get()
    following = get()
    if type(following) is not StreamEndEvent:
        raise Fault(following.start_mark.index, "a second document begins here. Put each deck in a file of its own.")
    return root


def node(get: Callable[[], Event], event: Event, depth: int) -> Node:
    """The value that begins with `event`."""
    if event.__class__ is ScalarEvent:
        if event.tag is not None or event.anchor is not None:
            _refuse_extras(event)
        scalar: ScalarEvent = event
        return scalar
    if event.__class__ is AliasEvent:
        raise Fault(event.start_mark.index, _ALIAS)
    if event.tag is not None or event.anchor is not None:
        _refuse_extras(event)
    if depth >= _DEEPEST:
        raise Fault(event.start_mark.index, "nested too deeply for a deck. A deck is a list of cards.")
    return mapping(get, event, depth) if event.__class__ is MappingStartEvent else _listing(get, event, depth)


def mapping(get: Callable[[], Event], start: Event, depth: int) -> Mapping:
    """The mapping that begins with `start`."""
    fields: dict[str, tuple[Scalar, Node]] = {}
    while (key := get()).__class__ is not MappingEndEvent:
        if key.__class__ is not ScalarEvent or key.anchor is not None or key.tag is not None:
            _refuse_key(key)
        name = key.value
        if name in fields:
            raise Fault(key.start_mark.index, f"the key {name!r} stands twice here. Remove one of the two.")
        value = get()
        if value.__class__ is not ScalarEvent or value.tag is not None or value.anchor is not None:
            value = node(get, value, depth + 1)
        fields[name] = (key, value)
    return Mapping(start.start_mark.index, key.end_mark.index, bool(start.flow_style), fields)


def _listing(get: Callable[[], Event], start: SequenceStartEvent, depth: int) -> Listing:
    items = []
    while (event := get()).__class__ is not SequenceEndEvent:
        items.append(node(get, event, depth + 1))
    return Listing(start.start_mark.index, event.end_mark.index, bool(start.flow_style), items)


_ALIAS = "a text that begins with * is an alias to YAML, and decks have none. Put the text in quotes: '*…'."


def _refuse_key(key: Event) -> None:
    if key.__class__ is ScalarEvent:
        _refuse_extras(key)
    elif key.__class__ is AliasEvent:
        raise Fault(key.start_mark.index, _ALIAS)
    else:
        raise Fault(key.start_mark.index, "a key must be a word such as front. Put texts that begin with { or [ in quotes.")


def _refuse_extras(event: Event) -> None:
    if event.anchor is not None:
        message = f"&{event.anchor} is an anchor to YAML, and decks have none. Put the text in quotes: '&…'."
        raise Fault(event.start_mark.index, message)
    if event.tag not in _PLAIN_TAGS:
        name = event.tag.replace("tag:yaml.org,2002:", "!!")
        message = f"{name[:40]} is a tag to YAML, and decks have none. Remove it, or put the text in quotes: '!…'."
        raise Fault(event.start_mark.index, message)


def end_of(value: Node, text: str) -> int:
    """Where `value` ends in `text`: after its last character, before the line break that follows it."""
    if isinstance(value, ScalarEvent):
        end: int = value.end_mark.index
        if value.style in ("|", ">"):
            start: int = value.start_mark.index
            end = start + len(text[start:end].rstrip())
        return end
    if value.flow:
        return value.end
    last = value.items[-1] if isinstance(value, Listing) else list(value.fields.values())[-1][1]
    return end_of(last, text)


def start_of(value: Node) -> int:
    """Where `value` begins."""
    if isinstance(value, ScalarEvent):
        start: int = value.start_mark.index
        return start
    return value.start
