"""Markdown of cards, formulas included, as rows of styled text: pure, for any screen to draw."""

from flashnotes.markdown.render import formulas, pictures, render
from flashnotes.markdown.spans import STYLES, Maths, MathsForm, Row, Span, plain, row_cells

__all__ = [
    "STYLES",
    "Maths",
    "MathsForm",
    "Row",
    "Span",
    "formulas",
    "pictures",
    "plain",
    "render",
    "row_cells",
]
