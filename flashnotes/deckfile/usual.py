"""A deck exactly as `writer` writes it, read line by line: many times as fast as a parser of YAML.

Only lines whose reading leaves no doubt are taken: a plain scalar that YAML reads as itself, a text in quotes that ends
on its line, a literal block, a list on one line. Anything else gives None, and a parser of YAML reads the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flashnotes.deckfile.values import parse_source
from flashnotes.models import AnkiRef, Card, CardId, CardKind, Deck, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

_ODD = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What a parser may refuse, or take for the end of a line."""
_PLAIN = re.compile(
    r"(?=.)(?![,\[\]{}#&*!|>'\"%@`\s]|[-?:](?:\s|\Z)|---|\.\.\.)(?:[^:#\n]|:(?=\S)|(?<=\S)#)*(?<![\s:])\Z"
)
_SINGLE = re.compile(r"'((?:[^']|'')*)'\Z")
_FLOW = r"(?:(?![-?](?:[\s,\]}]|\Z))[^,\[\]{}:?#\n'\"&*!|>%@`\s](?:[^,\[\]{}:?#\n]*[^,\[\]{}:?#\n\s])?|'(?:[^'\n]|'')*')"
_LIST = re.compile(rf"\[({_FLOW}(?:, {_FLOW})*)\]\Z")
_ITEM = re.compile(_FLOW)
_REJECTED = re.compile(rf"  - \{{id: ({_FLOW})(?:, passage: ({_FLOW}))?\}}\Z")
_ANKI = re.compile(rf"\{{guid: ({_FLOW}), ord: ([0-9]{{1,5}})\}}\Z")
_LONGEST_NAME = 200
"""Of a deck and of an id."""
_KINDS = {kind.value: kind for kind in CardKind}


class _Unusual(Exception):  # noqa: N818
    """A line that a parser of YAML has to look at."""


def usual_deck(text: str) -> Deck | None:
    """The deck that `text` holds if every line of it is as `writer` writes it, else None."""
    if _ODD.search(text) or not text.endswith("\n"):
        return None
    rows = text.split("\n")
    rows.pop()
    try:
        return _deck(rows)
    except (_Unusual, KeyError, IndexError):
        return None


def _deck(rows: list[str]) -> Deck:
    if not rows[0].startswith("deck: ") or rows[1] not in ("cards:", "cards: []"):
        raise _Unusual
    name = _scalar(rows[0][6:])
    if not name or name != name.strip() or len(name) > _LONGEST_NAME:
        raise _Unusual
    place, cards = _cards(rows, 2) if rows[1] == "cards:" else (2, [])
    rejected: list[Rejected] = []
    if place < len(rows):
        if rows[place] != "rejected:" or place + 1 == len(rows):
            raise _Unusual
        rejected = [_rejection(row) for row in rows[place + 1 :]]
    if rows[1] == "cards:" and not cards:
        raise _Unusual
    return Deck(name, tuple(cards), tuple(rejected))


def _cards(rows: list[str], place: int) -> tuple[int, list[Card]]:
    """The cards from the row `place` on, and the place of the first row after them."""
    cards: list[Card] = []
    while place < len(rows) and rows[place].startswith("  - "):
        rows[place] = "    " + rows[place][4:]
        place, found = _values(rows, place)
        cards.append(_card(found))
    if len({card.id for card in cards}) < len(cards):
        raise _Unusual
    return place, cards


def _card(found: dict[str, Any]) -> Card:
    get = found.get
    card_id, front, back = found["id"], found["front"], found["back"]
    is_id = card_id == card_id.strip() and len(card_id) <= _LONGEST_NAME and card_id.isprintable()
    if not is_id or card_id.endswith("~r") or front.isspace() or back.isspace():
        raise _Unusual
    return Card(
        CardId(card_id),
        get("kind", CardKind.BASIC),
        front,
        back,
        get("aliases", ()),
        get("tags", ()),
        get("source"),
        get("extracted"),
        get("retired", False),
        get("anki"),
    )


def _values(rows: list[str], place: int) -> tuple[int, dict[str, Any]]:
    """What a card says under each key, and the place of the first row after it."""
    found: dict[str, Any] = {}
    while place < len(rows) and rows[place][:4] == "    ":
        key, separator, value = rows[place][4:].partition(": ")
        place += 1
        if key in found:
            raise _Unusual
        if value == "|-":
            start = place
            place = _end_of_literal(rows, place)
            found[key] = _READERS[key]("\n".join([row[6:] for row in rows[start:place]]))
        elif separator:
            found[key] = _READERS[key](_scalar(value)) if key in _TEXTS else _READERS[key](value)
        else:
            start = place
            while place < len(rows) and rows[place].startswith("      - "):
                place += 1
            found[_LISTS[key]] = tuple([_scalar(row[8:]) for row in rows[start:place]])
    return place, found


def _end_of_literal(rows: list[str], place: int) -> int:
    """The place after the literal block that begins at `place`."""
    if rows[place][:6] != "      " or rows[place][6:7] in ("", " "):
        raise _Unusual
    while place < len(rows) and (not (row := rows[place]) or row[:6] == "      "):
        place += 1
    if not rows[place - 1].strip():
        raise _Unusual
    return place


def _scalar(value: str) -> str:
    """A text on one line, never empty."""
    if _PLAIN.match(value):
        return value
    if found := _SINGLE.match(value):
        text = found[1].replace("''", "'")
    elif value[:1] == value[-1:] == '"' and "\\" not in value and '"' not in value[1:-1]:
        text = value[1:-1]
    else:
        raise _Unusual
    if not text:
        raise _Unusual
    return text


def _texts(value: str) -> tuple[str, ...]:
    if (found := _LIST.match(value)) is None:
        raise _Unusual
    inside = found[1]
    if "'" not in inside:
        return tuple(inside.split(", "))
    return tuple([_of_flow(item) for item in _ITEM.findall(inside)])


def _anki(value: str) -> AnkiRef:
    if (found := _ANKI.match(value)) is None:
        raise _Unusual
    return AnkiRef(_of_flow(found[1]), int(found[2]))


def _of_flow(item: str) -> str:
    return _scalar(item) if item[0] == "'" else item


def _rejection(row: str) -> Rejected:
    if (found := _REJECTED.match(row)) is None:
        raise _Unusual
    return Rejected(CardId(_of_flow(found[1])), _of_flow(found[2]) if found[2] else "")


def _as_it_is(text: str) -> str:
    return text


_TEXTS = frozenset(("id", "kind", "front", "back", "source", "extracted", "retired"))
_LISTS = {"aliases:": "aliases", "tags:": "tags"}
_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("id", "front", "back", "extracted"), _as_it_is),
    "kind": _KINDS.__getitem__,
    "source": parse_source,
    "retired": {"true": True, "false": False}.__getitem__,
    "aliases": _texts,
    "tags": _texts,
    "anki": _anki,
}
