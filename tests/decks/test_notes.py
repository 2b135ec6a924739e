from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from flashnotes.notes import BlockKind, Note, parse_note
from tests.decks.formulas import NOTES

SLUGS = sorted(path.stem for path in NOTES.glob("*.md"))


def note(slug: str) -> Note:
    path = NOTES / f"{slug}.md"
    return parse_note(path.read_text(encoding="utf-8"), path=path.name)


def test_every_deck_is_of_one_field_and_several_notes() -> None:
    decks = Counter(note(slug).deck for slug in SLUGS)
    assert all(deck and deck.startswith("机器学习::") for deck in decks)
    assert len(decks) == 9
    assert min(decks.values()) > 1


@pytest.mark.parametrize("slug", SLUGS)
def test_note_is_tagged_and_names_its_sources(slug: str) -> None:
    read = note(slug)
    assert read.tags
    assert [block for block in read.blocks if block.kind is BlockKind.ITEM and block.headings[-1] == "来源"]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_formula_is_followed_by_what_its_symbols_mean(slug: str) -> None:
    for block, after in pairwise(note(slug).blocks):
        if block.kind is BlockKind.FORMULA:
            assert after.text.startswith("其中"), block.text
