"""The days that a package counts from.

Anki counts due days from the day its collection was made, at 04:00 there; the package says which day and
zone that was, and the importer moves all days to its own count.
"""

from __future__ import annotations

from typing import NamedTuple

from flashnotes.models import Day, Moment

ROLLOVER_HOURS = 4
"""Anki's default hour for a new day."""

_EPOCH_ORDINAL = 719_163
_DAYS_BEFORE = 30


class Practice(NamedTuple):
    """As much of the person's settings as a package tells of: how cards are asked here."""

    learning_steps: int = 0
    """How many answers lead a new card out of learning; 0: it is drilled until right."""
    relearning_steps: int = 0
    desired_retention: float = 0.9
    decay: float = 0.1542
    """Of the forgetting curve: the last weight of FSRS-6."""


class Calendar(NamedTuple):
    """The moment of an export and the day that the package counts from.

    The count begins a month before: never in the future, whatever the hour the person's day begins at.
    """

    at: Moment
    today: Day
    practice: Practice = Practice()

    @property
    def first_day(self) -> Day:
        return Day(self.today - _DAYS_BEFORE)

    @property
    def created(self) -> int:
        """Second at which the first day begins, 04:00 in the zone of the export."""
        midnight = (self.first_day - _EPOCH_ORDINAL) * 86_400
        return midnight + ROLLOVER_HOURS * 3600 - self.at.offset * 60
