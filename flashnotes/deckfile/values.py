"""What each key of a card may hold, and what to say where it holds something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from yaml.events import ScalarEvent

from flashnotes.deckfile.nodes import Fault, Listing, Mapping, start_of
from flashnotes.models import AnkiRef, CardId, CardKind, Rejected, Source
from flashnotes.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.deckfile.nodes import Fields, Node

_SCHEDULE_KEYS = frozenset(
    {"due", "interval", "ef", "ease", "repetitions", "reps", "lapses", "state", "step"}
)
_KINDS = {kind.value: kind for kind in CardKind}
_TRUTH = {"true": True, "false": False}
_LONGEST_ID = 200


def text_of(key: ScalarEvent, value: Node) -> str:
    """The text of `value`, as typed."""
    if value.__class__ is not ScalarEvent:
        kind = "a list" if isinstance(value, Listing) else "a mapping"
        remedy = f"Put the text in quotes, or on lines of its own after '{key.value}: |-'."
        raise Fault(start_of(value), f"{key.value} must be text, not {kind}. {remedy}")
    text: str = value.value
    if "\0" in text:
        raise Fault(start_of(value), f"{key.value} holds a NUL character. Remove the \\0.")
    return text


def texts_of(key: ScalarEvent, value: Node) -> tuple[str, ...]:
    """The texts of a list."""
    if value.__class__ is not Listing:
        if isinstance(value, ScalarEvent) and not value.value:
            return ()
        raise Fault(start_of(value), f"{key.value} must be a list. Write {key.value}: [one, two].")
    found = tuple([text_of(key, item) for item in value.items])
    if "" in found:
        raise Fault(start_of(value), f"{key.value} has an empty entry. Remove it.")
    return found


def id_of(key: ScalarEvent, value: Node) -> CardId:
    found = text_of(key, value).strip()
    if len(found) > _LONGEST_ID or not found.isprintable() or found.endswith("~r"):
        rule = f"an id is one line of at most {_LONGEST_ID} printable characters that does not end in ~r"
        raise Fault(start_of(key), f"{rule}. Change it.")
    return CardId(found)


def source_of(key: ScalarEvent, value: Node) -> Source | None:
    return parse_source(text_of(key, value))


def parse_source(text: str) -> Source | None:
    """`notes/td.md:42` as a Source; a path alone has no line; None for an empty text."""
    path, _, digits = text.rpartition(":")
    if path and digits.isascii() and digits.isdecimal() and digits[0] != "0" and len(digits) < 10:
        return Source(path, int(digits))
    return Source(text) if text else None


def _hash_of(key: ScalarEvent, value: Node) -> str | None:
    return text_of(key, value) or None


def _kind_of(key: ScalarEvent, value: Node) -> CardKind:
    name = text_of(key, value)
    if name not in _KINDS:
        remedy = did_you_mean(name.lower(), _KINDS) or f"Kinds: {', '.join(_KINDS)}."
        raise Fault(start_of(value), f"unknown kind {name[:40]!r}. {remedy}")
    return _KINDS[name]


def _truth_of(key: ScalarEvent, value: Node) -> bool:
    word = text_of(key, value)
    if word not in _TRUTH:
        raise Fault(start_of(value), f"{key.value} must be true or false, not {word[:40]!r}.")
    return _TRUTH[word]


def _anki_of(_key: ScalarEvent, value: Node) -> AnkiRef:
    if not isinstance(value, Mapping):
        message = "anki must be {guid: …, ord: …}. Remove the line if the card is not from Anki."
        raise Fault(start_of(value), message)
    check_keys(value.fields, ("guid", "ord"), "anki:")
    if "guid" not in value.fields:
        raise Fault(start_of(value), "anki has no guid. Add it, or remove the line.")
    place = text_of(*value.fields["ord"]) if "ord" in value.fields else "0"
    if not (place.isascii() and place.isdecimal() and len(place) < 6):
        raise Fault(start_of(value), f"ord must be a whole number from 0, not {place[:40]!r}.")
    return AnkiRef(text_of(*value.fields["guid"]), int(place))


CARD_VALUES: dict[str, Callable[[ScalarEvent, Node], object]] = {
    "id": id_of,
    "kind": _kind_of,
    "front": text_of,
    "back": text_of,
    "aliases": texts_of,
    "tags": texts_of,
    "source": source_of,
    "extracted": _hash_of,
    "retired": _truth_of,
    "anki": _anki_of,
}
"""The keys of a card in their order, and what reads each."""


def rejection_of(node: Node) -> Rejected:
    """An entry of `rejected`."""
    if not isinstance(node, Mapping):
        raise Fault(start_of(node), "an entry of rejected is written {id: …, passage: …}.")
    check_keys(node.fields, ("id", "passage"), "rejected:")
    if "id" not in node.fields or not (card_id := text_of(*node.fields["id"])):
        raise Fault(start_of(node), "a rejected card needs its id. Add it, or remove the line.")
    return Rejected(CardId(card_id), text_of(*node.fields["passage"]) if "passage" in node.fields else "")


def check_keys(fields: Fields, known: tuple[str, ...], where: str) -> None:
    for name, (key, _) in fields.items():
        if name not in known:
            refuse_key(key, known, where)


def refuse_key(key: ScalarEvent, known: tuple[str, ...], where: str) -> NoReturn:
    name = key.value
    if name == "<<":
        remedy = "Decks have no merges: write the keys out."
    elif name in _SCHEDULE_KEYS:
        remedy = "Schedules are kept in the database: remove the line."
    else:
        remedy = did_you_mean(name.lower(), known) or f"Keys: {', '.join(known)}."
    raise Fault(start_of(key), f"unknown key {name[:40]!r} in {where}. {remedy}")
