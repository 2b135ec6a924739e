"""Moments and schedules in words, for people and for JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from flashnotes.models import DueAt, DueDay, Phase
from flashnotes.scheduling.days import iso_day

if TYPE_CHECKING:
    from flashnotes.models import Due, Moment, ScheduleState

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso_moment(at: Moment) -> str:
    """ISO 8601 with the offset the moment was lived in."""
    zone = timezone(timedelta(minutes=at.offset))
    return (_EPOCH + timedelta(milliseconds=at.ms)).astimezone(zone).isoformat(timespec="milliseconds")


def due_text(due: Due | None) -> str | None:
    """An ISO date, or a UTC moment for a card due within the day; None for a new card."""
    match due:
        case DueDay(day):
            return iso_day(day)
        case DueAt(ms):
            return (
                (_EPOCH + timedelta(milliseconds=ms))
                .isoformat(timespec="milliseconds")
                .replace("+00:00", "Z")
            )
        case None:
            return None


def state_text(state: ScheduleState) -> str:
    """Where a card stands, in one word."""
    if state.suspended:
        return "suspended"
    return "learning" if state.phase is Phase.RELEARNING else str(state.phase)
