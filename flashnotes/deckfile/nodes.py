"""YAML as libyaml's events tell it: every scalar text as typed, every place kept, nothing resolved or shared.

One pass over the events of PyYAML's C parser (the pure one where that is missing). What a deck never needs is
refused here, in words: tags, anchors and aliases (so a file cannot grow when read), a key twice, deep nesting,
a second document. YAML 1.1: https://yaml.org/spec/1.1/.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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

Event = Any
_DEEPEST = 8
_PLAIN_TAGS = frozenset(
    {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"},
)


class Fault(Exception):  # noqa: N818
    """What is wrong at `offset` of the text; the reader makes it a DeckError with file and line."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


@dataclass(slots=True)
class Mapping:
    """A mapping: each key with its event and its value."""

    first: MappingStartEvent
    last: MappingEndEvent
    fields: Fields

    @property
    def flow(self) -> bool:
        return bool(self.first.flow_style)


@dataclass(slots=True)
class Listing:
    """A sequence."""

    first: SequenceStartEvent
    last: SequenceEndEvent
    items: list[Node]

    @property
    def flow(self) -> bool:
        return bool(self.first.flow_style)


Node = ScalarEvent | Mapping | Listing
Fields = dict[str, tuple[ScalarEvent, Node]]
Take = Callable[[str, Node], None]


def events_of(text: str) -> Callable[[], Event]:
    """A function that gives the next event of `text`."""
    try:
        from yaml import _yaml
    except ImportError:
        return pure_events_of(text)
    make_parser: Any = _yaml.CParser
    get: Callable[[], Event] = make_parser(text).get_event
    return get


def pure_events_of(text: str) -> Callable[[], Event]:
    """As `events_of`, by PyYAML's own parser, and as strict: libyaml refuses escapes that are no characters."""
    parser: Any = yaml.BaseLoader(text)

    def get() -> Event:
        event: Event = parser.get_event()
        if type(event) is ScalarEvent and _SURROGATE.search(event.value):
            raise Fault(start_of(event), "an escape such as \\ud800 is no character. Remove it.")
        return event

    return get


_SURROGATE = re.compile("[\ud800-\udfff]")


def document(get: Callable[[], Event], take: Take) -> Node | None:
    """The only document of the stream; None where the stream is empty. Raises Fault and yaml.YAMLError.

    Each item of a list right under the root is given to `take` with the list's key as soon as it is read, so that
    what is wrong in a deck is told in the order of its lines.
    """
    get()
    event = get()
    if type(event) is not DocumentStartEvent:
        return None
    event = get()
    root = mapping(get, event, 0, take) if type(event) is MappingStartEvent else node(get, event, 0)
    get()
    following = get()
    if type(following) is not StreamEndEvent:
        raise Fault(start_of(following), "a second document begins here. Put each deck in a file of its own.")
    return root


def node(get: Callable[[], Event], event: Event, depth: int) -> Node:
    """The value that begins with `event`."""
    if event.__class__ is ScalarEvent:
        if event.tag is not None or event.anchor is not None:
            _refuse_extras(event)
        scalar: ScalarEvent = event
        return scalar
    if event.__class__ is AliasEvent:
        raise Fault(start_of(event), _ALIAS)
    if depth >= _DEEPEST:
        raise Fault(start_of(event), "nested too deeply for a deck. A deck is a list of cards.")
    return mapping(get, event, depth) if event.__class__ is MappingStartEvent else _listing(get, event, depth)


def mapping(get: Callable[[], Event], first: Event, depth: int, take: Take | None = None) -> Mapping:
    """The mapping that begins with `first`."""
    if first.tag is not None or first.anchor is not None:
        _refuse_extras(first)
    fields: Fields = {}
    while (key := get()).__class__ is not MappingEndEvent:
        if key.__class__ is not ScalarEvent or key.anchor is not None or key.tag is not None:
            _refuse_key(key)
        name = key.value
        if name in fields:
            raise Fault(start_of(key), f"the key {name!r} stands twice here. Remove one of the two.")
        value = get()
        if value.__class__ is not ScalarEvent or value.tag is not None or value.anchor is not None:
            value = _listed(get, value, name, take) if take else node(get, value, depth + 1)
        fields[name] = (key, value)
    return Mapping(first, key, fields)


def _listed(get: Callable[[], Event], first: Event, name: str, take: Take) -> Node:
    """The value of the root's key `name`, each item given to `take` if it is a list."""
    if first.__class__ is not SequenceStartEvent or first.tag is not None or first.anchor is not None:
        return node(get, first, 1)
    items = []
    while (event := get()).__class__ is not SequenceEndEvent:
        item = node(get, event, 2)
        take(name, item)
        items.append(item)
    return Listing(first, event, items)


def _listing(get: Callable[[], Event], first: SequenceStartEvent, depth: int) -> Listing:
    if first.tag is not None or first.anchor is not None:
        _refuse_extras(first)
    items: list[Node] = []
    while (event := get()).__class__ is not SequenceEndEvent:
        items.append(event if _is_bare(event) else node(get, event, depth + 1))
    return Listing(first, event, items)


def _is_bare(event: Event) -> bool:
    return event.__class__ is ScalarEvent and event.tag is None and event.anchor is None


_ALIAS = "a text that begins with * is an alias to YAML, and decks have none. Put the text in quotes: '*…'."


def _refuse_key(key: Event) -> None:
    if key.__class__ is ScalarEvent:
        _refuse_extras(key)
    elif key.__class__ is AliasEvent:
        raise Fault(start_of(key), _ALIAS)
    else:
        raise Fault(
            start_of(key),
            "a key must be a word such as front. Put texts that begin with { or [ in quotes.",
        )


def _refuse_extras(event: Event) -> None:
    if event.anchor is not None:
        message = f"&{event.anchor} is an anchor to YAML, and decks have none. Put the text in quotes: '&…'."
        raise Fault(start_of(event), message)
    if event.tag not in _PLAIN_TAGS:
        name = event.tag.replace("tag:yaml.org,2002:", "!!")
        message = (
            f"{name[:40]} is a tag to YAML, and decks have none. Remove it, or put the text in quotes: '!…'."
        )
        raise Fault(start_of(event), message)


def start_of(value: Node | Event) -> int:
    """Where `value` begins."""
    first: Event = value.first if isinstance(value, Mapping | Listing) else value
    start: int = first.start_mark.index
    return start


def end_of(value: Node, text: str) -> int:
    """Where `value` ends in `text`: after its last character, before the line break that follows it."""
    if isinstance(value, ScalarEvent):
        end = _end_of_event(value)
        if value.style in ("|", ">"):
            start = start_of(value)
            end = start + len(text[start:end].rstrip())
        return end
    if value.flow or not _parts(value):
        return _end_of_event(value.last)
    return end_of(_parts(value)[-1], text)


def _parts(value: Mapping | Listing) -> list[Node]:
    return value.items if isinstance(value, Listing) else [part for _, part in value.fields.values()]


def _end_of_event(event: Event) -> int:
    end: int = event.end_mark.index
    return end
