"""The statistics in parts, each a title and the rows under it, from the figures alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from flashnotes.scheduling.days import iso_day
from flashnotes.screen_text import one_line
from flashnotes.statistics import (
    by_month,
    calendar,
    difficulty_bins,
    ease_bins,
    interval_bins,
    last_days,
    month_name,
    share,
    streaks,
    week_months,
)
from flashnotes.tui.charts import BLOCKS, Ink, bars, columns, heat_map
from flashnotes.tui.render import wrapped
from flashnotes.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashnotes.models import Day
    from flashnotes.statistics import DayTotal, Figures

_COLUMN_ROWS = 4
_WEEKS_A_YEAR = 53
_MONTHS_SHOWN = 12
_MOST_LEECHES = 10
_SECONDS_A_MINUTE = 60
_SECONDS_AN_HOUR = 3600
_MARGIN = 6
"""Cells for the scale beside a chart."""


class Panel(NamedTuple):
    """One part of the statistics."""

    title: str
    rows: Callable[[Figures, int, Ink], list[Content]]


def _overview(figures: Figures, width: int, _ink: Ink) -> list[Content]:
    lines = [*(_answer_lines(figures) if figures.days else _no_answer_lines(figures)), _card_line(figures)]
    return [row for line in lines for row in wrapped(Content(line), width)]


def _answer_lines(figures: Figures) -> list[str]:
    days = figures.days
    running, longest = streaks((total.day for total in days), figures.today)
    today = next((total for total in days if total.day == figures.today), None)
    answers = sum(total.answers for total in days)
    recalled, tested = sum(total.recalled for total in days), sum(total.tested for total in days)
    spent = _time_text(sum(total.seconds for total in days))
    return [
        _today_line(today) if today else "today: no answer yet",
        f"{counted(running, 'day')} in a row, {longest} at the longest",
        f"{counted(answers, 'answer')} on {counted(len(days), 'day')} in {spent}",
        f"recalled {share(recalled, tested)} of {counted(tested, 'answer')} to learned cards"
        if tested
        else "no learned card was asked again yet",
    ]


def _no_answer_lines(figures: Figures) -> list[str]:
    if figures.intervals:
        return ["No answer in this time."]
    return ["No answer yet. What you answer is counted here: how much, how well, and what is coming.", ""]


def _today_line(today: DayTotal) -> str:
    recalled = f", {share(today.recalled, today.tested)} recalled" if today.tested else ""
    return f"today: {counted(today.answers, 'answer')}{recalled}, {_time_text(today.seconds)}"


def _card_line(figures: Figures) -> str:
    counts = [f"{figures.phases[name]} {name}" for name in _PHASES if figures.phases.get(name)]
    return "cards: " + (", ".join(counts) or "none yet")


def _time_text(seconds: float) -> str:
    """`40 s`, `8 min`, `2.5 h`."""
    if seconds < _SECONDS_A_MINUTE:
        return f"{seconds:.0f} s"
    return (
        f"{seconds / _SECONDS_A_MINUTE:.0f} min"
        if seconds < _SECONDS_AN_HOUR
        else f"{seconds / _SECONDS_AN_HOUR:.1f} h"
    )


_PHASES = ("new", "learning", "young", "mature", "suspended")


def _ahead(figures: Figures, width: int, ink: Ink) -> list[Content]:
    ahead = figures.ahead[: max(1, width - _MARGIN)]
    if not any(ahead):
        return [Content("No card is due on the coming days.")]
    cell = max(1, min(3, (width - _MARGIN) // len(ahead)))
    labels = [("today" if day == 0 else f"+{day}") if day % 7 == 0 else "" for day in range(len(ahead))]
    week, whole = sum(ahead[:7]), sum(ahead)
    tomorrow = ahead[1] if len(ahead) > 1 else 0
    told = f"today {ahead[0]}, tomorrow {tomorrow}, in 7 days {week}, in {len(ahead)} days {whole}"
    drawn = columns(ahead, labels, height=_COLUMN_ROWS, cell=cell, style="$text-primary", ink=ink)
    return [*drawn, *wrapped(Content(told), width)]


def _retention(figures: Figures, width: int, ink: Ink) -> list[Content]:
    months = [total for total in by_month(figures.days) if total.tested][-_MONTHS_SHOWN:]
    rows = [
        (
            month_name(total.day),
            100 * total.recalled / total.tested,
            f"{share(total.recalled, total.tested)} of {total.tested}",
        )
        for total in months
    ]
    return bars(rows, width, style="$text-success", most=100, ink=ink) or [
        Content("No learned card was asked again yet.")
    ]


def _calendar(figures: Figures, width: int, ink: Ink) -> list[Content]:
    if not figures.days:
        return [Content("No answer in this time.")]
    room = width - 4
    cell = 2 if room >= 2 * _WEEKS_A_YEAR else 1
    weeks = min(_WEEKS_A_YEAR, max(1, room // cell))
    days = calendar(figures.days, figures.today, weeks)
    rows = heat_map(days, week_months(figures.today, weeks), cell=cell, ink=ink)
    busiest = max(figures.days, key=lambda total: total.answers)
    told = f"busiest: {iso_day(busiest.day)} with {counted(busiest.answers, 'answer')}"
    return [*rows, *wrapped(Content.styled(f"none {' '.join(ink.heat)} most", "dim"), width), Content(told)]


def _daily(
    figures: Figures, width: int, ink: Ink, value: Callable[[DayTotal], float], told: str
) -> list[Content]:
    number = min(30, max(7, width - _MARGIN))
    days = last_days(figures.days, figures.today, number)
    values = [value(total) for total in days]
    if not any(values):
        return [Content(f"No answer in the last {len(days)} days.")]
    cell = max(1, min(3, (width - _MARGIN) // len(days)))
    back = len(days) - 1
    labels = [_day_label(figures.today, back - place) for place in range(len(days))]
    drawn = columns(values, labels, height=_COLUMN_ROWS, cell=cell, style="$text-primary", ink=ink)
    studied = [each for each in values if each]
    mean = sum(studied) / len(studied)
    return [*drawn, *wrapped(Content(told.format(mean=mean, days=len(studied), of=len(days))), width)]


def _day_label(_today: Day, back: int) -> str:
    if back == 0:
        return "today"
    return f"-{back}" if back % 7 == 0 else ""


def _answers_a_day(figures: Figures, width: int, ink: Ink) -> list[Content]:
    told = "{mean:.0f} a day of study; studied on {days} of the last {of} days"
    return _daily(figures, width, ink, lambda total: total.answers, told)


def _minutes_a_day(figures: Figures, width: int, ink: Ink) -> list[Content]:
    return _daily(figures, width, ink, lambda total: total.seconds / 60, "{mean:.0f} min a day of study")


def _intervals(figures: Figures, width: int, ink: Ink) -> list[Content]:
    bins = interval_bins(figures.intervals)
    rows = [(each.label, each.cards, str(each.cards)) for each in bins]
    return bars(rows, width, style="$text-primary", ink=ink) or [Content("No card has an interval yet.")]


def _memory(figures: Figures, width: int, ink: Ink) -> list[Content]:
    bins = ease_bins(figures.eases) or difficulty_bins(figures.difficulties)
    rows = [(each.label, each.cards, str(each.cards)) for each in bins]
    return bars(rows, width, style="$text-warning", ink=ink) or [Content("No card was answered yet.")]


def _hours(figures: Figures, width: int, ink: Ink) -> list[Content]:
    if not figures.hours:
        return [Content("No learned card was asked again yet.")]
    cell = 2 if width >= 48 + _MARGIN else 1
    tested = [figures.hours.get(hour, (0, 0))[0] for hour in range(24)]
    labels = [str(hour) if hour % 6 == 0 else "" for hour in range(24)]
    drawn = columns(tested, labels, height=_COLUMN_ROWS, cell=cell, style="$text-primary", ink=ink)
    told = ", ".join(
        f"{first}-{first + 6} h {share(*_between(figures, first))}"
        for first in range(0, 24, 6)
        if _between(figures, first)[1]
    )
    return [*drawn, *wrapped(Content(f"recalled: {told}"), width)]


def _between(figures: Figures, first: int) -> tuple[int, int]:
    """Recalled and tested in the six hours from `first`."""
    pairs = [figures.hours.get(hour, (0, 0)) for hour in range(first, first + 6)]
    return sum(recalled for _, recalled in pairs), sum(tested for tested, _ in pairs)


def _leeches(figures: Figures, width: int, _ink: Ink) -> list[Content]:
    if not figures.leeches:
        return [Content("No card was forgotten eight times.")]
    rows = []
    for front, lapses in figures.leeches[:_MOST_LEECHES]:
        told = f"{lapses:3} lapses  "
        rows.append(
            Content.assemble((told, "$text-error"), one_line(front)).truncate(
                max(cell_len(told) + 1, width), ellipsis=True
            )
        )
    more = len(figures.leeches) - _MOST_LEECHES
    return [*rows, *([Content.styled(f"and {more} more", "dim")] if more > 0 else [])]


PANELS: Sequence[Panel] = (
    Panel("in all", _overview),
    Panel("due on the coming days", _ahead),
    Panel("retention by month", _retention),
    Panel("calendar", _calendar),
    Panel("answers a day", _answers_a_day),
    Panel("minutes a day", _minutes_a_day),
    Panel("intervals", _intervals),
    Panel("ease or difficulty", _memory),
    Panel("hours of the day", _hours),
    Panel("leeches", _leeches),
)
"""In the order in which they stand."""


def panels_of(figures: Figures) -> Sequence[Panel]:
    """The parts that have something to say: before the first answer there is only the first."""
    return PANELS if figures.days or figures.intervals else PANELS[:1]


def panel_rows(panel: Panel, figures: Figures, width: int, ink: Ink = BLOCKS) -> list[Content]:
    """A panel with its title, and a blank row after it."""
    title = Content.styled(panel.title, "bold underline")
    return [title, *panel.rows(figures, width, ink), Content("")]
