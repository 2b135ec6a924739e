"""Change a deck file's text where the deck changed, and nowhere else.

Comments, order, blank lines and quoting of everything else stay byte for byte. The result is read again and must say
what was meant; where a card's own layout is too unusual for single values to be replaced, the card is written anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashnotes.deckfile.edits import Edits
from flashnotes.deckfile.nodes import Listing, Mapping, end_of, start_of
from flashnotes.deckfile.reader import parse_deck
from flashnotes.deckfile.writer import (
    KEY_ORDER,
    dump_card,
    dump_deck,
    dump_field,
    dump_rejected,
    dump_value,
    flow_card,
    flow_value,
    values_of,
)
from flashnotes.errors import DeckError

if TYPE_CHECKING:
    from flashnotes.deckfile.nodes import Node
    from flashnotes.deckfile.reader import ParsedDeck
    from flashnotes.models import Card, CardId, Deck


def splice_deck(parsed: ParsedDeck, deck: Deck, *, path: str, write_ids: bool = False) -> str:
    """The text of `parsed` changed to say `deck`: the same cards in the same order, some changed or gone, new ones last.

    Ids that the file lacks are written with `write_ids`, and for every card that changes. Raises DeckError, naming
    `path`, if the text cannot be changed without harm to the rest.
    """
    if deck == parsed.deck and not (write_ids and parsed.unnamed):
        return parsed.text
    if parsed.root.flow:
        return dump_deck(deck)
    # An id that is not written is minted from the deck's name: under a new one it would be another.
    write_ids = write_ids or deck.name != parsed.deck.name
    for whole_cards in (False, True):
        text = _Splice(parsed, deck, write_ids=write_ids, whole_cards=whole_cards).text()
        try:
            if parse_deck(text, path=path, stem=deck.name) == deck:
                return text
        except DeckError:
            continue
    raise DeckError(
        f"{path}: is laid out in a way that cannot be changed safely. Write its cards as in the README."
    )


@dataclass(slots=True)
class _Splice:
    parsed: ParsedDeck
    deck: Deck
    write_ids: bool
    whole_cards: bool

    def text(self) -> str:
        edits = Edits(self.parsed.text)
        self._name(edits)
        self._cards(edits)
        self._rejected(edits)
        return edits.applied()

    def _name(self, edits: Edits) -> None:
        if self.deck.name == self.parsed.deck.name:
            return
        if "deck" in self.parsed.root.fields:
            _replace_value(edits, self.parsed.root, "deck", dump_value(self.deck.name, 0))
        else:
            edits.insert(start_of(self.parsed.root), dump_field("deck", self.deck.name, 0) + "\n")

    def _cards(self, edits: Edits) -> None:
        wanted = {card.id: card for card in self.deck.cards}
        known = {card.id for card in self.parsed.deck.cards}
        added = [card for card in self.deck.cards if card.id not in known]
        listing = _listing_of(self.parsed.root, "cards")
        if listing is None or listing.flow or not known & wanted.keys():
            self._whole_list(edits, wanted, added)
            return
        dash = edits.column(start_of(listing))
        for node, card in zip(self.parsed.nodes, self.parsed.deck.cards, strict=True):
            if card.id not in wanted:
                edits.remove_item(dash, start_of(node), end_of(node, edits.text))
            elif wanted[card.id] != card or (self.write_ids and card.id in self.parsed.unnamed):
                self._card(edits, node, (card, wanted[card.id]), dash)
        if added:
            last = end_of(self.parsed.nodes[-1], edits.text)
            edits.insert_line_after(last, "\n".join(dump_card(card, dash=dash) for card in added))

    def _whole_list(self, edits: Edits, wanted: dict[CardId, Card], added: list[Card]) -> None:
        """A list that is missing, empty, to be emptied or all in brackets becomes one of dashes; kept cards keep their text."""
        items = []
        for node, card in zip(self.parsed.nodes, self.parsed.deck.cards, strict=True):
            if card.id in wanted:
                own = edits.text[start_of(node) : end_of(node, edits.text)]
                untouched = wanted[card.id] == card and "\n" not in own
                items.append(f"  - {own}" if untouched else dump_card(wanted[card.id]))
        items += [dump_card(card) for card in added]
        _replace_list(edits, self.parsed.root, "cards", items)

    def _card(self, edits: Edits, node: Mapping, change: tuple[Card, Card], dash: int) -> None:
        before, after = change
        old, new = values_of(before), values_of(after)
        if before.id in self.parsed.unnamed:
            del old["id"]
        changed = [key for key in KEY_ORDER if old.get(key) != new.get(key)]
        written = node.fields.keys()
        replaceable = all(key in written and key in new for key in changed)
        if self.whole_cards or (node.flow and not replaceable):
            text = flow_card(after) if node.flow else dump_card(after, dash=dash).lstrip(" -")
            edits.replace(start_of(node), end_of(node, edits.text), text)
            return
        for key in changed:
            if key not in new:
                _remove_field(edits, node, key)
            elif key in written:
                _change_field(edits, node, key, change)
            else:
                _add_field(edits, node, key, after)

    def _rejected(self, edits: Edits) -> None:
        before, after = self.parsed.deck.rejected, self.deck.rejected
        if before == after:
            return
        listing = _listing_of(self.parsed.root, "rejected")
        kept = [entry for entry in before if entry in after]
        if listing is None or listing.flow or not kept or [*kept, *after[len(kept) :]] != list(after):
            items = ["  - " + dump_rejected(entry) for entry in after]
            _replace_list(edits, self.parsed.root, "rejected", items)
            return
        dash = edits.column(start_of(listing))
        for node, entry in zip(listing.items, before, strict=True):
            if entry not in after:
                edits.remove_item(dash, start_of(node), end_of(node, edits.text))
        added = [" " * dash + "- " + dump_rejected(entry) for entry in after[len(kept) :]]
        if added:
            edits.insert_line_after(end_of(listing.items[-1], edits.text), "\n".join(added))


def _listing_of(root: Mapping, key: str) -> Listing | None:
    value = root.fields[key][1] if key in root.fields else None
    return value if isinstance(value, Listing) else None


def _replace_list(edits: Edits, root: Mapping, key: str, items: list[str]) -> None:
    text = "\n" + "\n".join(items) if items else " []"
    if key in root.fields:
        value = root.fields[key][1]
        edits.replace(_after_colon(edits, root, key), end_of(value, edits.text), text)
    elif items:
        last = list(root.fields.values())[-1][1]
        edits.insert_line_after(end_of(last, edits.text), f"{key}:{text}")


def _after_colon(edits: Edits, node: Mapping, key: str) -> int:
    return edits.text.index(":", end_of(node.fields[key][0], edits.text)) + 1


def _replace_value(edits: Edits, node: Mapping, key: str, text: str) -> None:
    value = node.fields[key][1]
    start, end = start_of(value), end_of(value, edits.text)
    if start == end or text.startswith("\n") or isinstance(value, Listing):
        start = _after_colon(edits, node, key)
        text = text if text.startswith("\n") else " " + text
    edits.replace(start, end, text)


def _change_field(edits: Edits, node: Mapping, key: str, change: tuple[Card, Card]) -> None:
    before, after = change
    if key == "source" and _only_line_shifted(before, after):
        _renumber(edits, node.fields[key][1], change)
    elif node.flow:
        _replace_value(edits, node, key, flow_value(values_of(after)[key]))
    else:
        _replace_value(edits, node, key, dump_value(values_of(after)[key], _indent_of(edits, node)))


def _only_line_shifted(before: Card, after: Card) -> bool:
    old, new = before.source, after.source
    return bool(old and new and old.line and new.line and replace(old, line=None) == replace(new, line=None))


def _renumber(edits: Edits, value: Node, change: tuple[Card, Card]) -> None:
    before, after = change
    old, new = str(before.source).rpartition(":")[2], str(after.source).rpartition(":")[2]
    start = edits.text.rindex(old, start_of(value), end_of(value, edits.text))
    edits.replace(start, start + len(old), new)


def _indent_of(edits: Edits, node: Mapping) -> int:
    return edits.column(start_of(next(iter(node.fields.values()))[0]))


def _remove_field(edits: Edits, node: Mapping, key: str) -> None:
    name, value = node.fields[key]
    keys = list(node.fields)
    if keys[0] != key:
        edits.remove_lines(start_of(name), end_of(value, edits.text))
    elif len(keys) > 1:
        edits.replace(start_of(name), start_of(node.fields[keys[1]][0]), "")


def _add_field(edits: Edits, node: Mapping, key: str, card: Card) -> None:
    """Below the nearest key that comes before it in the order of keys; above the first key where none does."""
    indent = _indent_of(edits, node)
    field = dump_field(key, values_of(card)[key], indent)
    earlier = [name for name in KEY_ORDER[: KEY_ORDER.index(key)] if name in node.fields]
    if earlier:
        edits.insert_line_after(end_of(node.fields[earlier[-1]][1], edits.text), " " * indent + field)
    else:
        edits.insert(start_of(node), field + "\n" + " " * indent)
