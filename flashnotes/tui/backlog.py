"""The offer to spread what is overdue over days, as the start makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import Day
from flashnotes.scheduling.days import iso_day
from flashnotes.scheduling.plans import CATCH_UP_DAYS, shares
from flashnotes.wording import counted

if TYPE_CHECKING:
    from flashnotes.desk import Desk


@dataclass(frozen=True, slots=True)
class Spread:
    """What can be done about a backlog: the choice of each of `days`, 0 taking back what was chosen before."""

    told: str
    """One line for the start."""
    question: str
    choices: tuple[str, ...]
    days: tuple[int, ...]


def spread_offer(desk: Desk, today: Day) -> Spread | None:
    """The offer where more is overdue than a day's reviews, or where a backlog is being spread; else None."""
    store = desk.library.store
    backlog, running = store.backlog(today), store.plans(today).catch_up
    if running is None and not backlog.is_worth_spreading(desk.sitting.reviews_per_day):
        return None
    overdue = f"{counted(backlog.cards, 'card')} overdue"
    if running is not None:
        last = iso_day(Day(running.first + running.days - 1))
        told = f"what was overdue is spread until {last} (p)"
    else:
        told = f"{overdue}, more than a day's reviews: spread them over days (p)"
    days = CATCH_UP_DAYS if backlog.cards else ()
    choices = [
        f"over {counted(each, 'day')}: {shares(backlog.cards, each)[-1]} a day, beside what comes due"
        for each in days
    ]
    if running is not None:
        days, choices = (*days, 0), [*choices, "take it back: all that is overdue is due today"]
    return Spread(told, f"{overdue}. Nothing of their schedules changes.", tuple(choices), days)
