"""What reviews add up to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from flashnotes.models import Day, Rating, ReviewKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flashnotes.models import Review


@dataclass(slots=True)
class Tally:
    """Answers counted."""

    reviews: int = 0
    new: int = 0
    """First answers ever."""
    right: int = 0
    again: int = 0
    drills: int = 0
    seconds: float = 0.0

    def take(self, review: Review) -> None:
        """Count one answer more."""
        self.reviews += 1
        self.new += review.kind is ReviewKind.LEARN
        self.again += review.rating is Rating.AGAIN
        self.right += review.rating is not Rating.AGAIN
        self.drills += review.kind is ReviewKind.DRILL
        self.seconds = round(self.seconds + review.duration_ms / 1000, 3)


def tally(reviews: Iterable[Review], today: Day) -> tuple[Tally, Tally]:
    """All `reviews` counted, and those of `today`."""
    ever, on_day = Tally(), Tally()
    for review in reviews:
        ever.take(review)
        if review.day == today:
            on_day.take(review)
    return ever, on_day


@dataclass(frozen=True, slots=True)
class DayTotal:
    """What was answered on one logical day."""

    day: Day
    answers: int = 0
    new: int = 0
    """First answers ever."""
    tested: int = 0
    """Counted answers to cards that were learned before: neither first answers, drills nor cram."""
    recalled: int = 0
    """Those of them that were not Again."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the statistics are drawn from, as a database counts it."""

    today: Day
    days: tuple[DayTotal, ...] = ()
    """Days with an answer, oldest first."""
    hours: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """By hour of the local day, 0 to 23: answers to learned cards, and how many were recalled."""
    intervals: Mapping[int, int] = field(default_factory=dict)
    """How many cards have an interval of so many days; new cards have none."""
    eases: Mapping[int, int] = field(default_factory=dict)
    """How many cards have an ease factor of so many hundredths."""
    difficulties: Mapping[int, int] = field(default_factory=dict)
    """How many cards have a difficulty of FSRS, rounded, 1 to 10."""
    phases: Mapping[str, int] = field(default_factory=dict)
    """How many cards are new, learning, young (under 21 days), mature, suspended."""
    ahead: tuple[int, ...] = ()
    """Cards due on each day from today on, today with all that is overdue."""
    leeches: tuple[tuple[str, int], ...] = ()
    """Fronts with their lapses, worst first."""


class Bin(NamedTuple):
    """One bar of a histogram."""

    label: str
    cards: int


MATURE_DAYS = 21
"""An interval from which a card counts as mature, as in Anki."""
_INTERVAL_EDGES = (1, 2, 4, 8, 15, 31, 61, 91, 181, 366, 731)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def streaks(days: Iterable[Day], today: Day) -> tuple[int, int]:
    """Days in a row with an answer: up to today or yesterday, and at the longest ever."""
    longest = run = 0
    before: int | None = None
    for day in sorted(set(days)):
        run = run + 1 if before is not None and day == before + 1 else 1
        longest = max(longest, run)
        before = day
    is_running = before is not None and before >= today - 1
    return (run if is_running else 0), longest


def by_month(days: Iterable[DayTotal]) -> list[DayTotal]:
    """The totals of each month that has any, oldest first; each stands on the first of its month."""
    months: dict[Day, list[DayTotal]] = {}
    for total in days:
        months.setdefault(Day(date.fromordinal(total.day).replace(day=1).toordinal()), []).append(total)
    return [
        DayTotal(
            day=first,
            answers=sum(total.answers for total in totals),
            new=sum(total.new for total in totals),
            tested=sum(total.tested for total in totals),
            recalled=sum(total.recalled for total in totals),
            seconds=sum(total.seconds for total in totals),
        )
        for first, totals in sorted(months.items())
    ]


def month_name(day: Day) -> str:
    """`Nov 2026`."""
    month = date.fromordinal(day)
    return f"{_MONTHS[month.month - 1]} {month.year}"


def last_days(days: Iterable[DayTotal], today: Day, number: int) -> list[DayTotal]:
    """Each of the last `number` days up to today, those without an answer too."""
    found = {total.day: total for total in days}
    return [found.get(Day(day), DayTotal(Day(day))) for day in range(max(1, today - number + 1), today + 1)]


def calendar(days: Iterable[DayTotal], today: Day, weeks: int) -> list[list[int | None]]:
    """Seven rows, Monday first, of answers a day in each of the last `weeks`; None for days to come."""
    found = {total.day: total.answers for total in days}
    monday = today - (today - 1) % 7
    first = monday - 7 * (weeks - 1)
    return [
        [
            found.get(Day(day), 0) if (day := first + 7 * week + weekday) <= today else None
            for week in range(weeks)
        ]
        for weekday in range(7)
    ]


def week_months(today: Day, weeks: int) -> list[str]:
    """The month that begins in each week of `calendar`, named; else nothing."""
    monday = today - (today - 1) % 7
    names = []
    for week in range(weeks):
        first = max(1, monday - 7 * (weeks - 1 - week))
        days = (date.fromordinal(first + offset) for offset in range(7))
        names.append(next((_MONTHS[day.month - 1] for day in days if day.day == 1), ""))
    return names


def heat(count: int, most: int, levels: int = 4) -> int:
    """How warm a day of `count` answers is, 0 for none to `levels`, when the busiest has `most`."""
    return 0 if count <= 0 else 1 + min(levels - 1, levels * (count - 1) // max(1, most))


def interval_bins(intervals: Mapping[int, int]) -> list[Bin]:
    """Cards by interval, in steps that about double; the last one takes all longer ones."""
    edges = [*_INTERVAL_EDGES, None]
    bins = []
    for low, high in pairwise(edges):
        count = sum(
            cards for days, cards in intervals.items() if days >= (low or 0) and (high is None or days < high)
        )
        bins.append(Bin(_span(low or 0, high), count))
    return _trimmed(bins)


def _span(low: int, high: int | None) -> str:
    if high is None:
        return f"over {low - 1} d"
    return f"{low} d" if high == low + 1 else f"{low}-{high - 1} d"


def ease_bins(eases: Mapping[int, int]) -> list[Bin]:
    """Cards by ease factor, in steps of a fifth."""
    counts = Counter[int]()
    for ease, cards in eases.items():
        counts[max(130, ease) // 20 * 20] += cards
    if not counts:
        return []
    places = range(min(counts), max(counts) + 1, 20)
    return [Bin(f"{place / 100:.2f}-{(place + 19) / 100:.2f}", counts[place]) for place in places]


def difficulty_bins(difficulties: Mapping[int, int]) -> list[Bin]:
    """Cards by FSRS's difficulty, 1 to 10."""
    return [Bin(str(place), difficulties.get(place, 0)) for place in range(1, 11)] if difficulties else []


def _trimmed(bins: list[Bin]) -> list[Bin]:
    """Without the empty bins at the end."""
    while bins and not bins[-1].cards:
        bins = bins[:-1]
    return bins


def share(part: int, whole: int) -> str:
    """`92 %`, or a dash where there is nothing to take a share of."""
    return f"{100 * part / whole:.0f} %" if whole else "-"
