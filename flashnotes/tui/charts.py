"""Numbers as rows of text: columns, bars and a calendar, legible without any colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from flashnotes.statistics import heat

if TYPE_CHECKING:
    from collections.abc import Sequence

_WEEKDAYS: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")


@dataclass(frozen=True, slots=True)
class Ink:
    """The characters that charts are drawn with."""

    steps: str
    """From an empty cell to a full one, each a step higher."""
    across: str
    """From nothing to a full cell, each a step wider."""
    heat: str
    """From a day without an answer to the busiest."""


BLOCKS: Final = Ink(" ▁▂▃▄▅▆▇█", " ▏▎▍▌▋▊▉█", "·░▒▓█")
ASCII: Final = Ink(" .:=#", " #", ".-+*#")


def sparkline(values: Sequence[float], ink: Ink = BLOCKS) -> str:
    """One character a value; nothing at all is a space, anything more than that is seen."""
    most = max(values, default=0)
    return "".join(ink.steps[_step(value, most, len(ink.steps) - 1)] for value in values)


def _step(value: float, most: float, steps: int) -> int:
    """How many of `steps` a value fills: 0 for nothing, at least 1 for something."""
    return 0 if value <= 0 or most <= 0 else max(1, round(steps * value / most))


def columns(
    values: Sequence[float], labels: Sequence[str], *, height: int, cell: int, style: str, ink: Ink = BLOCKS
) -> list[Content]:
    """Upright columns of `height` rows, `cell` cells each, the largest number at the left of the top row.

    A label stands under its column and may run on under the following ones that have none.
    """
    most = max(values, default=0)
    scale = f"{most:.0f} "
    full = len(ink.steps) - 1
    rows = []
    for row in range(height, 0, -1):
        drawn = ""
        for value in values:
            filled = _step(value, most, height * full) - (row - 1) * full
            drawn += (ink.steps[max(0, min(full, filled))] * max(1, cell - 1)).ljust(cell)
        margin = scale if row == height else " " * len(scale)
        rows.append(Content.assemble((margin, "dim"), (drawn, style)))
    return [*rows, Content.styled(" " * len(scale) + _under(labels, cell), "dim")]


def _under(labels: Sequence[str], cell: int) -> str:
    line = ""
    for place, label in enumerate(labels):
        if label and len(line) <= place * cell:
            line = line.ljust(place * cell) + label + " "
    return line.rstrip()


def bars(
    rows: Sequence[tuple[str, float, str]],
    width: int,
    *,
    style: str,
    most: float | None = None,
    ink: Ink = BLOCKS,
) -> list[Content]:
    """A row each: its label, a bar, and what it says in numbers; the longest bar ends where the room does."""
    if not rows:
        return []
    label_cells = max(len(label) for label, _, _ in rows)
    note_cells = max(len(note) for _, _, note in rows)
    room = max(1, width - label_cells - note_cells - 2)
    top = max((value for _, value, _ in rows), default=0) if most is None else most
    return [
        Content.assemble(
            (f"{label:>{label_cells}} ", "dim"),
            (_bar(value, top, room, ink), style),
            f" {note:>{note_cells}}",
        )
        for label, value, note in rows
    ]


def _bar(value: float, most: float, room: int, ink: Ink) -> str:
    full = len(ink.across) - 1
    filled = min(room * full, _step(value, most, room * full))
    whole, rest = divmod(filled, full)
    return (ink.across[full] * whole + (ink.across[rest] if rest else "")).ljust(room)


def heat_map(
    weeks: Sequence[Sequence[int | None]], months: Sequence[str], *, cell: int, ink: Ink = BLOCKS
) -> list[Content]:
    """Seven rows of days under the names of the months; the fuller the mark, the busier the day."""
    most = max((count or 0 for row in weeks for count in row), default=0)
    rows = [Content.styled("    " + _under(months, cell), "dim")]
    for name, row in zip(_WEEKDAYS, weeks, strict=True):
        marks = [" " if count is None else ink.heat[heat(count, most)] for count in row]
        drawn = [
            Content.styled(mark.ljust(cell), "dim" if mark == ink.heat[0] else "$text-success")
            for mark in marks
        ]
        rows.append(Content.assemble((f"{name:3} ", "dim"), *drawn))
    return rows


def beside(left: Sequence[Content], right: Sequence[Content], column: int, gap: int) -> list[Content]:
    """Two blocks of rows next to each other, the left one `column` cells wide."""
    height = max(len(left), len(right))
    blank = Content("")
    pairs = zip(
        [*left, *[blank] * (height - len(left))], [*right, *[blank] * (height - len(right))], strict=True
    )
    return [one.pad_right(max(0, column + gap - one.cell_length)) + other for one, other in pairs]
