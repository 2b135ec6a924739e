"""Markdown of cards, formulas included, as rows of styled text: pure, for any screen to draw."""

from flashnotes.markdown.render import render
from flashnotes.markdown.spans import STYLES, Row, Span, plain, row_cells

__all__ = ["STYLES", "Row", "Span", "plain", "render", "row_cells"]
