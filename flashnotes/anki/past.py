"""Anki's schedules and review log in our terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import Day, DueAt, DueDay, Ease, Phase, Rating, ReviewKind, ScheduleState

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from flashnotes.anki.rows import AnswerRow, CardRow
    from flashnotes.models import Due

_DAY = 86_400
_EPOCH_ORDINAL = 719_163
_SECONDS_FROM = 1_000_000_000
"""A due of this size is a moment, not a number of days."""
_LAST_DAY = 3_652_059
_LAST_SECOND = 253_402_300_799
_NEW, _LEARNING, _REVIEW, _RELEARNING = 0, 1, 2, 3
_SUSPENDED = -1
_CRAM = 3
_DEFAULT_EASE, _LOWEST_EASE = 250, 130
_LONGEST_INTERVAL = 36_500
_LONGEST_ANSWER_MS = 3_600_000
_KINDS = {0: ReviewKind.LEARN, 1: ReviewKind.REVIEW, 2: ReviewKind.RELEARN, 3: ReviewKind.REVIEW}


@dataclass(frozen=True, slots=True)
class AnkiAnswer:
    """An answer that was given in Anki."""

    ms: int
    """Milliseconds since 1970: Anki's id of the answer."""
    rating: Rating
    duration_ms: int
    kind: ReviewKind
    """`CRAM` for answers that changed no schedule there."""


def make_answers(rows: Iterable[AnswerRow], left_out: Counter[str]) -> dict[int, tuple[AnkiAnswer, ...]]:
    """The answers by card, in order of time; changes by hand are none and are counted."""
    answers: dict[int, list[AnkiAnswer]] = {}
    for row in rows:
        if row.ease == 0 or row.type not in _KINDS:
            left_out["changes of a schedule by hand"] += 1
            continue
        if not 0 < row.at < _LAST_SECOND * 1000:
            left_out["answers that are damaged"] += 1
            continue
        is_cram = row.type == _CRAM and row.factor == 0
        kind = ReviewKind.CRAM if is_cram else _KINDS[row.type]
        duration = min(max(row.time, 0), _LONGEST_ANSWER_MS)
        answers.setdefault(row.card, []).append(AnkiAnswer(row.at, Rating(row.ease), duration, kind))
    return {card: tuple(given) for card, given in answers.items()}


def make_state(
    row: CardRow, answers: tuple[AnkiAnswer, ...], *, created: int, offset: int
) -> ScheduleState | None:
    """The schedule of a card; None if Anki could not have written it.

    `created` (second) and `offset` (minutes east) say what day due days count from.
    """
    if row.type not in {_NEW, _LEARNING, _REVIEW, _RELEARNING}:
        return None
    is_suspended, flag = row.queue == _SUSPENDED, row.flags & 7
    if row.type == _NEW:
        return ScheduleState(suspended=is_suspended, flag=flag)
    first_day = (created + offset * 60) // _DAY + _EPOCH_ORDINAL
    due = _due(row, first_day)
    if due is None:
        return None
    counted = [answer for answer in answers if answer.kind is not ReviewKind.CRAM]
    return ScheduleState(
        phase=_phase(row, due),
        due=due,
        interval=min(max(row.interval, 0), _LONGEST_INTERVAL),
        repetitions=_since_last_lapse(counted),
        lapses=max(row.lapses, 0),
        memory=Ease(max(_LOWEST_EASE, row.factor // 10) if row.factor else _DEFAULT_EASE),
        last_at=counted[-1].ms if counted else None,
        suspended=is_suspended,
        flag=flag,
    )


def _due(row: CardRow, first_day: int) -> Due | None:
    """In a filtered deck the true due day is kept aside."""
    due = row.original_due if row.original_deck and row.original_due else row.due
    if due >= _SECONDS_FROM:
        return DueAt(due * 1000) if due <= _LAST_SECOND else None
    day = first_day + due
    return DueDay(Day(day)) if 0 < day <= _LAST_DAY else None


def _phase(row: CardRow, due: Due) -> Phase:
    if row.type == _LEARNING:
        return Phase.LEARNING
    # The first scheduler left a card that is learnt again the type of a review.
    return Phase.RELEARNING if row.type == _RELEARNING or isinstance(due, DueAt) else Phase.REVIEW


def _since_last_lapse(answers: list[AnkiAnswer]) -> int:
    """SM-2's repetitions: answers since the last Again."""
    count = 0
    for answer in reversed(answers):
        if answer.rating is Rating.AGAIN:
            break
        count += 1
    return count
