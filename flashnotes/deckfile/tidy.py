"""What `check --fix` mends in a deck file by rule: ids that are not written, keys out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.deckfile.edits import Edits
from flashnotes.deckfile.nodes import end_of, start_of
from flashnotes.deckfile.reader import locate_deck
from flashnotes.deckfile.splice import splice_deck
from flashnotes.deckfile.writer import KEY_ORDER, dump_card, flow_card

if TYPE_CHECKING:
    from flashnotes.deckfile.nodes import Mapping


def tidy_text(text: str, *, path: str, stem: str = "") -> str:
    """`text` with every id written and the keys of each card in order; all else stays byte for byte.

    A card with comments between its keys keeps its order: a comment would lose its place. Raises DeckError.
    """
    parsed = locate_deck(text, path=path, stem=stem)
    parsed = locate_deck(splice_deck(parsed, parsed.deck, path=path, write_ids=True), path=path, stem=stem)
    edits = Edits(parsed.text)
    for node, card in zip(parsed.nodes, parsed.deck.cards, strict=True):
        start, end = start_of(node), end_of(node, parsed.text)
        if _is_disordered(node) and not _has_comment(parsed.text[start:end]):
            dash = edits.column(start) - 2
            edits.replace(
                start, end, flow_card(card) if node.flow else dump_card(card, dash=dash).lstrip(" -")
            )
    tidied = edits.applied()
    return tidied if locate_deck(tidied, path=path, stem=stem).deck == parsed.deck else parsed.text


def _is_disordered(node: Mapping) -> bool:
    places = [KEY_ORDER.index(key) for key in node.fields]
    return places != sorted(places)


def _has_comment(text: str) -> bool:
    return any(line.lstrip().startswith("#") or " #" in line for line in text.splitlines())
