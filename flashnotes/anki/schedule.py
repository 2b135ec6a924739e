"""Schedules and answers in Anki's terms.

Anki counts due days from the day its collection was made, at 04:00 there; the package says which day and
zone that was, and the importer moves all days to its own count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashnotes.models import Day, DueAt, DueDay, Ease, Moment, Phase, ReviewKind, Strength

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.anki.model import Side
    from flashnotes.models import Memory, Review, ScheduleState

ROLLOVER_HOURS = 4
"""Anki's default hour for a new day."""

_DAY_MS = 86_400_000
_EPOCH_ORDINAL = 719_163
_DAYS_BEFORE = 30
_DEFAULT_FACTOR = 2500
_LOWEST_FACTOR, _HIGHEST_FACTOR = 1300, 65_535
_LONGEST_INTERVAL = 36_500
_DRILL_SECONDS = 600
_LONGEST_ANSWER_MS = 60_000
_DECAY = 0.1542
_RETENTION = 0.9
_ONE_STEP_LEFT = 1001
_NEW, _LEARNING, _REVIEW, _RELEARNING = 0, 1, 2, 3
_ANOTHER_DAY, _SUSPENDED, _BURIED = 3, -1, -2


class CardRow(NamedTuple):
    """The columns of Anki's `cards` that hold a schedule."""

    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    left: int
    flags: int
    data: str


class AnswerRow(NamedTuple):
    """A row of Anki's `revlog`, its id still only the moment of the answer."""

    at: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    time: int
    type: int


class Calendar(NamedTuple):
    """The moment of an export and the day that the package counts from.

    The count begins a month before: never in the future, whatever the hour the person's day begins at.
    """

    at: Moment
    today: Day

    @property
    def first_day(self) -> Day:
        return Day(self.today - _DAYS_BEFORE)

    @property
    def created(self) -> int:
        """Second at which the first day begins, 04:00 in the zone of the export."""
        midnight = (self.first_day - _EPOCH_ORDINAL) * 86_400
        return midnight + ROLLOVER_HOURS * 3600 - self.at.offset * 60

    def day_of(self, ms: int) -> int:
        local = ms + self.at.offset * 60_000 - ROLLOVER_HOURS * 3_600_000
        return local // _DAY_MS + _EPOCH_ORDINAL


def make_card_row(side: Side, *, position: int, calendar: Calendar) -> CardRow:
    """The schedule of one card; `position` is its place among the new ones."""
    state = side.state
    kind, queue, due = _place(state, position, calendar)
    if state.suspended:
        queue = _SUSPENDED
    elif state.buried_until is not None and state.buried_until > calendar.today:
        queue = _BURIED
    is_ungraduated = kind == _NEW or (kind == _LEARNING and not state.interval)
    return CardRow(
        type=kind,
        queue=queue,
        due=due,
        interval=0 if is_ungraduated else _interval(state),
        factor=0 if is_ungraduated else _factor(state.memory),
        reps=0 if kind == _NEW else len(side.reviews) or state.repetitions + state.lapses,
        lapses=0 if kind == _NEW else state.lapses,
        left=_ONE_STEP_LEFT if kind in {_LEARNING, _RELEARNING} else 0,
        flags=state.flag,
        data="{}" if kind == _NEW else _data(state, _last_answer(side)),
    )


def make_answer_rows(reviews: tuple[Review, ...]) -> Iterator[AnswerRow]:
    """The review log of one card, in order."""
    planned = 0
    for review in reviews:
        drills = review.kind in {ReviewKind.DRILL, ReviewKind.CRAM}
        yield AnswerRow(
            at=review.at.ms,
            ease=int(review.rating),
            interval=-_DRILL_SECONDS if review.state.drilling else review.state.interval,
            last_interval=-_DRILL_SECONDS if review.kind is ReviewKind.DRILL else planned,
            factor=_factor_of_answer(review),
            time=min(max(review.duration_ms, 0), _LONGEST_ANSWER_MS),
            type=_TYPES[review.kind],
        )
        planned = planned if drills else review.state.interval


_TYPES = {
    ReviewKind.LEARN: 0,
    ReviewKind.REVIEW: 1,
    ReviewKind.RELEARN: 2,
    ReviewKind.DRILL: 2,
    ReviewKind.CRAM: 3,
}


def _place(state: ScheduleState, position: int, calendar: Calendar) -> tuple[int, int, int]:
    """Type, queue and due of a card that is neither suspended nor buried."""
    if state.phase is Phase.NEW or state.due is None:
        return _NEW, _NEW, position
    stage = _LEARNING if state.phase is Phase.LEARNING else _RELEARNING
    if isinstance(state.due, DueAt):
        day = calendar.day_of(state.due.ms)
        if day > calendar.today:
            return stage, _ANOTHER_DAY, day - calendar.first_day
        return stage, _LEARNING, state.due.ms // 1000
    if state.drilling and state.failed_on == calendar.today:
        return stage, _LEARNING, calendar.at.ms // 1000
    return _REVIEW, _REVIEW, _days(state.due) - calendar.first_day


def _days(due: DueDay) -> int:
    return due.day


def _interval(state: ScheduleState) -> int:
    return min(max(state.interval, 1), _LONGEST_INTERVAL)


def _factor(memory: Memory | None) -> int:
    # Zero would pass, and ruin Anki's own SM-2: a card without an ease gets the ease of a new one.
    if not isinstance(memory, Ease):
        return _DEFAULT_FACTOR
    return min(max(memory.factor * 10, _LOWEST_FACTOR), _HIGHEST_FACTOR)


def _factor_of_answer(review: Review) -> int:
    if review.kind in {ReviewKind.LEARN, ReviewKind.CRAM}:
        return 0
    if isinstance(review.state.memory, Strength):
        return round(100 + (review.state.memory.difficulty - 1) / 9 * 1000)
    return _factor(review.state.memory)


def _last_answer(side: Side) -> int | None:
    """Moment (ms) of the last answer, as far as it is known: to Anki a drill is an answer like others."""
    given = (review.at.ms for review in reversed(side.reviews) if review.kind is not ReviewKind.CRAM)
    return next(given, side.state.last_at)


def _data(state: ScheduleState, last_at: int | None) -> str:
    """Anki's notation of the last review (`lrt`, seconds) and of FSRS's memory."""
    parts = []
    if isinstance(state.memory, Strength):
        parts += [f'"s":{state.memory.stability:.4f}', f'"d":{state.memory.difficulty:.3f}']
        parts += [f'"dr":{_RETENTION}', f'"decay":{_DECAY}']
    if last_at is not None:
        parts.append(f'"lrt":{last_at // 1000}')
    return f"{{{','.join(parts)}}}"
