"""Logical days: a day begins at an hour of local time (04:00 by default), not at midnight.

Whole numbers only. Reading a moment's day takes the zone offset it was lived in, so that travel and daylight
saving neither skip nor double a day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from flashnotes.models import Day

if TYPE_CHECKING:
    from flashnotes.models import Moment

EPOCH = date(1970, 1, 1).toordinal()
LAST_DAY = date.max.toordinal()
MS_A_MINUTE = 60_000
MS_AN_HOUR = 3_600_000
MS_A_DAY = 86_400_000
DAY_STARTS_AT = 4
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def logical_day(at: Moment, starts_at: int = DAY_STARTS_AT) -> Day:
    """The logical day of the moment `at` in its own zone; `starts_at` is an hour, 0 to 23."""
    local = at.ms + at.offset * MS_A_MINUTE - starts_at * MS_AN_HOUR
    return Day(EPOCH + local // MS_A_DAY)


def day_start(day: Day, offset: int = 0, starts_at: int = DAY_STARTS_AT) -> int:
    """The first millisecond of `day` in a zone of `offset` minutes east of UTC."""
    return (day - EPOCH) * MS_A_DAY + starts_at * MS_AN_HOUR - offset * MS_A_MINUTE


def iso_day(day: Day) -> str:
    """`day` as an ISO date; days past the year 9999 read as its last."""
    return date.fromordinal(max(1, min(day, LAST_DAY))).isoformat()


def iso_time(ms: int) -> str:
    """A moment in UTC with milliseconds, as `2026-11-21T09:14:03.123Z`."""
    return (_BEGINNING + timedelta(milliseconds=ms)).isoformat(timespec="milliseconds")[:-6] + "Z"


def parse_day(text: str) -> Day:
    """The day that an ISO date names."""
    return Day(date.fromisoformat(text).toordinal())
