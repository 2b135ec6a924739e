from __future__ import annotations

import pytest

from flashnotes.formula import draw, inline
from flashnotes.notes import BlockKind
from tests.decks.test_notes import SLUGS, note


@pytest.mark.parametrize("width", [76, 36])
@pytest.mark.parametrize("slug", SLUGS)
def test_formulas_are_drawn_whole(slug: str, width: int) -> None:
    for block in note(slug).blocks:
        if block.kind is BlockKind.FORMULA:
            drawn = draw(block.text, width=width)
            assert (drawn.unknown, drawn.problem, drawn.fits) == ((), None, True), block.text


@pytest.mark.parametrize("slug", SLUGS)
def test_formulas_inside_sentences_are_drawn(slug: str) -> None:
    for block in note(slug).blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            for latex in block.text.split("$")[1::2]:
                drawn = inline(latex)
                assert (drawn.unknown, drawn.problem) == ((), None), latex
