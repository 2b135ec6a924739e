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
    """What was typed against the answer, by signs as well as by colour; as it is where nothing of it is there."""
    parts = [_part(part, text) for part, text in comparison.parts]
    rating = comparison.suggested
    grade = f"suggests {rating.value} {rating.name.capitalize()}"
    if comparison.is_right:
        verdict = f"✓ as typed; {grade}"
    elif all(part is not Part.SAME for part, _ in comparison.parts):
        parts, verdict = parts[:1], f"✗ typed otherwise than the answer below; {grade}"
    else:
        parts = [_apart(parts[place], *comparison.parts[place : place + 2]) for place in range(len(parts))]
        verdict = f"✗ -typed, but not there-  +there, but not typed+; {grade}"
    return [*wrapped(Content("").join(parts), width), *wrapped(Content.styled(verdict, "dim"), width)]


def _apart(drawn: Content, this: tuple[Part, str], then: tuple[Part, str] | None = None) -> Content:
    """What was typed and what should stand there instead, with a space between them."""
    is_changed = then is not None and (this[0], then[0]) == (Part.EXTRA, Part.MISSING)
    return drawn + " " if is_changed and not this[1][-1:].isspace() else drawn


def _part(part: Part, text: str) -> Content:
    before, after, style = _MARKS[part]
    inner = text.strip()
    if not inner:
        return Content.styled(f"{before}{text}{after}", style)
    start, end = text.split(inner)
    return Content.assemble(start and " ", (f"{before}{one_line(inner)}{after}", style), end and " ")
