from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.models import Moment
from flashnotes.scheduling.days import LAST_DAY, day_start, iso_day, logical_day, parse_day


def moment(text: str, offset: int = 0) -> Moment:
    local = datetime.fromisoformat(text).replace(tzinfo=timezone(timedelta(minutes=offset)))
    return Moment(int(local.timestamp() * 1000), offset)


@pytest.mark.parametrize(
    ("text", "offset", "day"),
    [
        ("2026-11-21 03:59:59", 0, "2026-11-20"),
        ("2026-11-21 04:00:00", 0, "2026-11-21"),
        ("2026-11-22 00:01:00", 480, "2026-11-21"),
        ("2026-11-22 04:00:00", 480, "2026-11-22"),
        ("2026-11-22 03:59:00", -600, "2026-11-21"),
        ("2026-06-11 12:00:00", 345, "2026-06-11"),
        ("2026-06-11 12:00:00", 840, "2026-06-11"),
        ("2028-02-29 12:00:00", 0, "2028-02-29"),
        ("1969-12-31 12:00:00", 0, "1969-12-31"),
    ],
)
def test_the_day_begins_at_four_where_the_person_is(text: str, offset: int, day: str) -> None:
    assert iso_day(logical_day(moment(text, offset))) == day


def test_no_day_is_skipped_or_doubled_when_the_clocks_change() -> None:
    """Berlin, 2026: a day of 23 hours on 29 March, one of 25 on 25 October."""
    spring = [
        moment("2026-03-28 12:00", 60),
        moment("2026-03-29 12:00", 120),
        moment("2026-03-30 12:00", 120),
    ]
    autumn = [moment("2026-10-24 12:00", 120), moment("2026-10-25 12:00", 60), moment("2026-10-26 12:00", 60)]
    for days in (spring, autumn):
        first, second, third = map(logical_day, days)
        assert (second, third) == (first + 1, first + 2)


@given(st.integers(-2_000_000_000_000, 250_000_000_000_000), st.integers(-840, 840), st.integers(0, 23))
def test_a_day_starts_where_it_begins(ms: int, offset: int, hour: int) -> None:
    at = Moment(ms, offset)
    day = logical_day(at, hour)
    assert day_start(day, offset, hour) <= at.ms < day_start(type(day)(day + 1), offset, hour)
    assert parse_day(iso_day(day)) == day


def test_days_past_the_calendar_have_a_name() -> None:
    assert iso_day(type(parse_day("9999-12-31"))(LAST_DAY + 36_500)) == "9999-12-31"
