"""The two faces of a card as rows: what is asked, and what is shown with the answer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual.content import Content

from flashnotes.tui.render import render_card_text
from flashnotes.wording import answer_text, question_text

if TYPE_CHECKING:
    from flashnotes.markdown import Maths
    from flashnotes.models import Card
    from flashnotes.typed import Comparison

_WIDEST_RULE = 12
"""Cells of the rule between front and back."""
_LONGEST_BOLD = 200
"""Characters: a longer front is a text, and a text in bold is hard to read."""
_AT_HAND = 8
"""Faces that are kept: those of the card that is asked and of the next one, made while the person reads."""


@lru_cache(maxsize=_AT_HAND)
def question_rows(card: Card, maths: Maths, width: int) -> list[Content]:
    """The front; of a cloze card, with what it asks hidden."""
    return _asked(question_text(card), maths, width)


def hint_rows(given: str, maths: Maths, width: int) -> list[Content]:
    """What a hint gives away of the answer, under the front."""
    rule = Content.styled("┄" * min(width, _WIDEST_RULE), "dim")
    return [rule, *(row.stylize_before("italic") for row in render_card_text(given, width, *maths))]


@lru_cache(maxsize=_AT_HAND)
def answer_rows(card: Card, comparison: Comparison | None, maths: Maths, width: int) -> list[Content]:
    """The front, or a cloze card's text filled in; how the typed answer compares; the back."""
    front, back = answer_text(card)
    rows = _asked(front, maths, width)
    rule = Content.styled("┄" * min(width, _WIDEST_RULE), "dim")
    if comparison is not None:
        from flashnotes.tui.compared import compared_rows

        rows += [rule, *compared_rows(comparison, width)]
    return [*rows, rule, *render_card_text(back, width, *maths)] if back else rows


def _asked(text: str, maths: Maths, width: int) -> list[Content]:
    rows = render_card_text(text, width, *maths)
    return rows if len(text) > _LONGEST_BOLD else [row.stylize_before("bold") for row in rows]
