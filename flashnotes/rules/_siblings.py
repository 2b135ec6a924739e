"""List items that stand side by side and are all written alike, each with a name before what it says: `Name: phrase`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.notes.model import BlockKind
from flashnotes.rules._words import IMPERATIVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.notes import Block, Note

_ITEM = BlockKind.ITEM
_NAME = re.compile(r"([A-Z][A-Za-z0-9'’()/ -]{1,50}?)(?:\s?:\s+\S|\s[-–—]\s+\S|:?$)")
_NOMINAL = tuple(
    "tion sion tions sions ty ment ments ness ities ance ence ancy ency ism isms ing ings ure ures sis cy acy logy graphy age hood ship".split()
)
"""How a word ends that is a noun."""
_OBJECT = frozenset(
    "the a an all each every your its up out off in into from with to for on by as over".split()
)
"""What follows a verb sooner than the noun of a name: `Train on …`, and not `Training set`."""
ALIKE = "named alike"
"""The cue of what reads as a step and is a meaning, as what stands beside it shows."""
SHORTEST_NOMINAL = 6
"""Letters of a word that its ending tells to be a noun: `sing` is none."""


@lru_cache(maxsize=1)
def named_alike(note: Note) -> frozenset[int]:
    """The list items of `note` whose names are nouns, as those of their siblings are, by the blocks' identities."""
    lists: dict[tuple[int, tuple[str, ...], int], list[Block]] = {}
    number = 0
    for block in note.blocks:
        if block.kind is _ITEM:
            lists.setdefault((number, block.parents, block.level), []).append(block)
        elif not block.parents:
            number += 1
    return frozenset([id(block) for items in lists.values() if len(items) > 1 for block in _named(items)])


def _named(items: Sequence[Block]) -> Sequence[Block]:
    """Those of `items` that a noun names, where all have names; none of the steps of a list that is numbered."""
    found = [_NAME.match(item.text) for item in items]
    names = [match[1].split() for match in found if match]
    if len(names) < len(items) or any(item.ordinal or item.checked is not None for item in items):
        return ()
    if len({words[-1] for words in names}) == 1 < min(map(len, names)):
        return items
    if any(_tells_to(words) for words in names):
        return ()
    return [item for item, words in zip(items, names, strict=True) if _is_noun(words[-1])]


def _tells_to(words: Sequence[str]) -> bool:
    """Whether the name of `words` is a verb and what it is done to."""
    return words[0].casefold() in IMPERATIVES and (len(words) == 1 or words[1] in _OBJECT)


def _is_noun(word: str) -> bool:
    return len(word) >= SHORTEST_NOMINAL and word.endswith(_NOMINAL)


def tells_to(text: str) -> bool:
    """Whether `text` opens with a verb in its bare form, as a step does."""
    first = text.partition(" ")[0].casefold().rstrip(".,")
    return first in IMPERATIVES or first == "assume"
