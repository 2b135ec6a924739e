"""Times as a person says them: when a card comes back, and what the clock shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import DueAt

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.models import Day, Moment, ScheduleState

DAYS_A_MONTH = 365.25 / 12
DAYS_A_YEAR = 365.25
MS_A_DAY = 86_400_000
LONGEST_BREAK = 31 * MS_A_DAY


def due_label(state: ScheduleState, day: Day) -> str:
    """When a card in `state` comes back, seen from `day`."""
    if isinstance(state.due, DueAt):
        return _minutes_label((state.due.ms - (state.last_at or state.due.ms)) // 60_000)
    if (state.drilling and state.failed_on == day) or state.due is None:
        return "again today"
    return interval_label(max(0, state.due.day - day))


def _minutes_label(minutes: int) -> str:
    return f"{minutes} min" if minutes < 60 else f"{minutes / 60:.1f} h"


def interval_label(days: int) -> str:
    """A number of days as a person says it: days up to a month, then months, then years."""
    if days < 30:
        return f"{days} d"
    return f"{days / DAYS_A_MONTH:.1f} mo" if days < 365 else f"{days / DAYS_A_YEAR:.1f} y"


def clock_jump(last: Moment | None, now: Moment) -> str | None:
    """How the clock stands before the last answer or more than a month after it; None where it does neither."""
    if last is None or last.ms <= now.ms <= last.ms + LONGEST_BREAK:
        return None
    days = (now.ms - last.ms) // MS_A_DAY
    where = (
        f"before the last review ({clock_time(last)})" if days < 0 else f"{days} days after the last review"
    )
    return f"the clock shows {clock_time(now)}, {where}"


@dataclass(slots=True)
class ClockTrust:
    """Whether the clock may be written by: it goes on from the last event, or the person said that it is right.

    Once it may, it is held against the moment at which it was asked for last: the database is not asked each time.
    """

    last: Callable[[], Moment | None]
    """When the home's last event was made."""
    now: Callable[[], Moment]
    _trusted: Moment | None = None

    def doubt(self) -> str | None:
        """One line where the clock has jumped and nobody said that it is right."""
        now = self.now()
        if self._trusted is not None and clock_jump(self._trusted, now) is None:
            self._trusted = now
            return None
        doubt = clock_jump(self.last(), now)
        if doubt is None:
            self._trusted = now
        return doubt

    def trust(self) -> None:
        """Take the clock for right, as it now stands."""
        self._trusted = self.now()


def clock_warning(last: Moment | None, now: Moment) -> str | None:
    """One line where the clock has jumped, for those who are not asked before something is recorded."""
    jump = clock_jump(last, now)
    return f"{jump}. If it is wrong, set it right and undo." if jump else None


def clock_time(at: Moment) -> str:
    """As the clock on the wall showed it: `2026-11-21 09:30`."""
    from datetime import UTC, datetime, timedelta

    local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at.ms, minutes=at.offset)
    return f"{local:%Y-%m-%d %H:%M}"
