"""The one seam between a card's text and the rows drawn of it: spans become Textual's content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from flashnotes.markdown import Maths, MathsForm, render
from flashnotes.wrapping import row_spans

if TYPE_CHECKING:
    from flashnotes.formula import Letters
    from flashnotes.markdown import Row

_STYLES: Final = {
    "strong": "bold",
    "emphasis": "italic",
    "strike": "strike",
    "mark": "underline",
    "code": "$text-accent",
    "maths": "$text-primary",
    "link": "underline",
    "heading": "bold",
    "quiet": "dim",
}
"""How each style of a span looks, in the theme's colours."""


def render_card_text(
    text: str, width: int, form: MathsForm = MathsForm.DRAWN, letters: Letters = "styled"
) -> list[Content]:
    """The rows of one side of a card; prose is wrapped to `width` cells, code and formulas may be wider."""
    return [_content(row) for row in render(text, width, Maths(form, letters))] or [Content("")]


def wrapped(content: Content, width: int) -> list[Content]:
    """`content` in rows of at most `width` cells, styles kept."""
    return [content[start:end] for start, end in row_spans(content.plain, width)]


def _content(row: Row) -> Content:
    return Content.assemble(
        *((span.text, " ".join(_STYLES[name] for name in span.style.split())) for span in row)
    )
