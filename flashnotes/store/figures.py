"""What the statistics are drawn from: counts by day, hour, interval and memory, each by one question."""

# ruff: noqa: S608 (SQL is put together from our own constants)

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.scheduling import LEECH_LAPSES
from flashnotes.scheduling.days import iso_day, parse_day
from flashnotes.statistics import MATURE_DAYS, DayTotal, Figures

if TYPE_CHECKING:
    import sqlite3

    from flashnotes.models import Day

_MOST_LEECHES = 50
_TESTED = "kind IN ('review', 'relearn')"
_LOCAL_HOUR = (
    "(CAST(substr(reviewed_at, 12, 2) AS INTEGER) * 60 + CAST(substr(reviewed_at, 15, 2) AS INTEGER)"
    " + zone_offset + 2880) / 60 % 24"
)


def figures(connection: sqlite3.Connection, today: Day, since: Day) -> Figures:
    """Counts of all cards, and of the answers from the day `since` on."""
    return Figures(
        today=today,
        days=_days(connection, since),
        hours=_hours(connection, since),
        intervals=_counted(connection, "interval", "phase <> 'new'"),
        eases=_counted(connection, "ease", "ease IS NOT NULL"),
        difficulties=_counted(connection, "CAST(round(difficulty) AS INTEGER)", "difficulty IS NOT NULL"),
        phases=_phases(connection),
        leeches=_leeches(connection),
    )


def _days(connection: sqlite3.Connection, since: Day) -> tuple[DayTotal, ...]:
    rows = connection.execute(
        f"SELECT day, count(*), sum(kind = 'learn'), sum({_TESTED}), sum({_TESTED} AND rating > 1),"
        " sum(duration_ms) FROM review WHERE day >= ? GROUP BY day ORDER BY day",
        (iso_day(since),),
    )
    return tuple(
        DayTotal(parse_day(day), answers, new, tested, recalled, ms / 1000)
        for day, answers, new, tested, recalled, ms in rows
    )


def _hours(connection: sqlite3.Connection, since: Day) -> dict[int, tuple[int, int]]:
    rows = connection.execute(
        f"SELECT {_LOCAL_HOUR}, count(*), sum(rating > 1) FROM review WHERE day >= ? AND {_TESTED} GROUP BY 1",
        (iso_day(since),),
    )
    return {hour: (tested, recalled) for hour, tested, recalled in rows}


def _counted(connection: sqlite3.Connection, what: str, condition: str) -> dict[int, int]:
    rows = connection.execute(
        f"SELECT {what}, count(*) FROM card WHERE active = 1 AND {condition} GROUP BY 1"
    )
    return {number: cards for number, cards in rows if number is not None}


def _phases(connection: sqlite3.Connection) -> dict[str, int]:
    rows = connection.execute(
        "SELECT CASE WHEN suspended = 1 THEN 'suspended' WHEN phase = 'new' THEN 'new'"
        " WHEN phase <> 'review' THEN 'learning'"
        f" WHEN interval < {MATURE_DAYS} THEN 'young' ELSE 'mature' END, count(*)"
        " FROM card WHERE active = 1 GROUP BY 1"
    )
    return dict(rows)


def _leeches(connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(
        f"SELECT front, lapses FROM card WHERE active = 1 AND lapses >= {LEECH_LAPSES}"
        f" ORDER BY lapses DESC, id LIMIT {_MOST_LEECHES}"
    )
    return tuple((front, lapses) for front, lapses in rows)
