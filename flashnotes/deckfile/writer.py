"""A Deck as YAML, in the one form that this project writes: keys in order, text as a person would write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.deckfile.scalars import block_scalar, inline_scalar
from flashnotes.models import AnkiRef

if TYPE_CHECKING:
    from flashnotes.models import Card, Deck, Rejected

KEY_ORDER = ("id", "kind", "front", "back", "aliases", "tags", "source", "extracted", "retired", "anki")
_LONGEST_FLOW_LIST = 90
Value = str | tuple[str, ...] | bool | AnkiRef


def dump_deck(deck: Deck) -> str:
    """`deck` as the text of a deck file; the same deck always as the same text.

    Raises DeckError for text that no file can hold (NUL, half a character).
    """
    lines = [f"deck: {inline_scalar(deck.name)}", "cards:" if deck.cards else "cards: []"]
    lines += [dump_card(card) for card in deck.cards]
    if deck.rejected:
        lines.append("rejected:")
        lines += ["  - " + dump_rejected(entry) for entry in deck.rejected]
    return "\n".join(lines) + "\n"


def dump_card(card: Card, *, dash: int = 2) -> str:
    """`card` as an item of the list of cards, its dash `dash` columns in, without the last line break."""
    indent = dash + 2
    lines = [dump_field(key, value, indent) for key, value in values_of(card).items()]
    return " " * dash + "- " + ("\n" + " " * indent).join(lines)


def dump_rejected(entry: Rejected) -> str:
    """`entry` as a mapping on one line."""
    passage = f", passage: {inline_scalar(entry.passage, flow=True)}" if entry.passage else ""
    return f"{{id: {inline_scalar(entry.id, flow=True)}{passage}}}"


def values_of(card: Card) -> dict[str, Value]:
    """What `card` says under each key, in the order of the keys; what is left out in a file is left out here."""
    every: dict[str, Value | None] = {
        "id": card.id,
        "kind": card.kind.value,
        "front": card.front,
        "back": card.back,
        "aliases": card.aliases or None,
        "tags": card.tags or None,
        "source": str(card.source) if card.source else None,
        "extracted": card.extracted,
        "retired": card.retired or None,
        "anki": card.anki,
    }
    return {key: value for key, value in every.items() if value is not None}


def dump_field(key: str, value: Value, indent: int) -> str:
    """`key: value` for a card whose keys stand `indent` columns in."""
    return f"{key}: {dump_value(value, indent)}"


def dump_value(value: Value, indent: int) -> str:
    """`value` as it stands after its key."""
    if isinstance(value, str):
        return block_scalar(value, indent + 2)
    if isinstance(value, tuple):
        flat = flow_value(value)
        if len(flat) <= _LONGEST_FLOW_LIST:
            return flat
        margin = "\n" + " " * (indent + 2) + "- "
        return margin + margin.join(map(inline_scalar, value))
    return flow_value(value)


def flow_value(value: Value) -> str:
    """`value` on one line, as it may stand inside { }."""
    if isinstance(value, str):
        return inline_scalar(value, flow=True)
    if isinstance(value, tuple):
        return "[" + ", ".join(inline_scalar(text, flow=True) for text in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{{guid: {inline_scalar(value.guid, flow=True)}, ord: {value.ord}}}"


def flow_card(card: Card) -> str:
    """`card` as a mapping on one line."""
    return "{" + ", ".join(f"{key}: {flow_value(value)}" for key, value in values_of(card).items()) + "}"
