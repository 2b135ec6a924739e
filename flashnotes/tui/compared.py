"""A typed answer against the card's, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashnotes.screen_text import one_line
from flashnotes.tui.render import wrapped
from flashnotes.typed import Part

if TYPE_CHECKING:
    from flashnotes.typed import Comparison

_MARKS = {
    Part.SAME: ("", "", "$text-success"),
    Part.EXTRA: ("-", "-", "$text-error strike"),
    Part.MISSING: ("+", "+", "$text-warning underline"),
}


def compared_rows(comparison: Comparison, width: int) -> list[Content]:
    """What was typed against the answer, by signs as well as by colour."""
    parts = [_part(part, text) for part, text in comparison.parts]
    rating = comparison.suggested
    grade = f"suggests {rating.value} {rating.name.capitalize()}"
    if comparison.is_right:
        verdict = f"✓ as typed; {grade}"
    else:
        verdict = f"✗ -typed, but not there-  +there, but not typed+; {grade}"
    return [*wrapped(Content("").join(parts), width), *wrapped(Content.styled(verdict, "dim"), width)]


def _part(part: Part, text: str) -> Content:
    before, after, style = _MARKS[part]
    inner = text.strip()
    if not inner:
        return Content.styled(f"{before}{text}{after}", style)
    start, end = text.split(inner)
    return Content.assemble(start and " ", (f"{before}{one_line(inner)}{after}", style), end and " ")
