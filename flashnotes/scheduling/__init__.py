"""What an answer does to a card: the one place that every entry point asks.

A state is the fold of a card's events. An answer on the same logical day as an earlier answer below
`repeat_below` is a drill, and an answer of a cram session is cram: both are stored and schedule nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from flashnotes.models import (
    Action,
    ActionKind,
    Day,
    DueDay,
    Ease,
    Phase,
    Rating,
    Review,
    ReviewKind,
    ScheduleState,
    Strength,
)
from flashnotes.scheduling.days import DAY_STARTS_AT, logical_day
from flashnotes.scheduling.fuzz import seed_of
from flashnotes.scheduling.response import Response
from flashnotes.scheduling.steps import NO_STEPS, Steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashnotes.models import CardId, Event, Memory, Moment

NEW = ScheduleState()
LEECH_LAPSES = 8
LEECH_EVERY = 4


class Scheduler(Protocol):
    """Frozen parameters and one pure function over them."""

    @property
    def repeat_below(self) -> int:
        """Grades below this are asked again on the same day."""

    def schedule(self, state: ScheduleState, response: Response) -> ScheduleState:
        """What `state` becomes by a counted response."""


def grade_of(rating: Rating) -> int:
    """SM-2's grade of a button: Again 2, Hard 3, Good 4, Easy 5."""
    return rating + 1


def rating_of(grade: int) -> Rating:
    """The button nearest to an SM-2 grade of 0 to 5."""
    return Rating(max(1, grade - 1))


def review(
    scheduler: Scheduler, state: ScheduleState, response: Response, *, cram: bool = False
) -> tuple[ReviewKind, ScheduleState]:
    """What a response is, and the state after it."""
    if cram:
        return ReviewKind.CRAM, state
    if state.failed_on == response.day:
        return ReviewKind.DRILL, replace(state, drilling=response.grade < scheduler.repeat_below)
    return kind_of_counted(state), scheduler.schedule(state, response)


def kind_of_counted(state: ScheduleState) -> ReviewKind:
    """What a counted answer to a card in `state` is called."""
    if state.phase is Phase.NEW:
        return ReviewKind.LEARN
    return ReviewKind.RELEARN if state.repetitions == 0 else ReviewKind.REVIEW


def act(state: ScheduleState, kind: ActionKind, value: int) -> ScheduleState:
    """The state after an action; `value` is a day, the flag, days of an interval or hundredths of an ease."""
    match kind:
        case ActionKind.SUSPEND | ActionKind.UNSUSPEND:
            return replace(state, suspended=kind is ActionKind.SUSPEND)
        case ActionKind.BURY | ActionKind.UNBURY:
            return replace(state, buried_until=Day(value) if kind is ActionKind.BURY else None)
        case ActionKind.FLAG:
            return replace(state, flag=value)
        case ActionKind.SET_DUE:
            return _set_due(state, Day(value))
        case ActionKind.SET_INTERVAL:
            # Two right answers are the least after which SM-2 counts on from an interval.
            return replace(state, interval=value, repetitions=max(2, state.repetitions))
        case ActionKind.SET_EASE:
            return replace(state, memory=_with_ease(state.memory, value))
        case ActionKind.RESET:
            return ScheduleState(suspended=state.suspended, flag=state.flag)
        case ActionKind.CATCH_UP | ActionKind.EXAM:
            # Done to a deck: a plan moves days of asking, never a state.
            return state


def _set_due(state: ScheduleState, day: Day) -> ScheduleState:
    """A card that is due on `day`; a new card becomes one in review, for only those have a day."""
    phase = Phase.REVIEW if state.phase is Phase.NEW else state.phase
    return replace(state, phase=phase, due=DueDay(day), drilling=False, buried_until=None)


def _with_ease(memory: Memory | None, factor: int) -> Memory:
    """FSRS's memory stays: it knows no ease."""
    return memory if isinstance(memory, Strength) else Ease(factor)


def response_of(event: Review) -> Response:
    """What a scheduler may know of a review."""
    return Response(event.grade, event.at, event.day, seed_of(event.card_id))


def after(scheduler: Scheduler, state: ScheduleState, event: Event) -> ScheduleState:
    """The state after `event`, whatever state it says it led to."""
    if isinstance(event, Action):
        return act(state, event.kind, event.value)
    return review(scheduler, state, response_of(event), cram=event.kind is ReviewKind.CRAM)[1]


def replay(scheduler: Scheduler, events: Iterable[Event]) -> ScheduleState:
    """The fold of one card's events, in the order of their ids."""
    state = NEW
    for event in events:
        state = after(scheduler, state, event)
    return state


GRADES = range(6)


def preview(
    scheduler: Scheduler, card: CardId, state: ScheduleState, *, at: Moment, day: Day
) -> dict[int, ScheduleState]:
    """What each grade of SM-2, from 0 to 5, would make of the card in `state`."""
    seed = seed_of(card)
    return {grade: review(scheduler, state, Response(grade, at, day, seed))[1] for grade in GRADES}


def is_leech(lapses: int) -> bool:
    """Whether this many lapses mark a leech: 8, then every 4 (Anki's numbers)."""
    return lapses >= LEECH_LAPSES and (lapses - LEECH_LAPSES) % LEECH_EVERY == 0


def becomes_leech(before: ScheduleState, after_it: ScheduleState) -> bool:
    """Whether the answer between the two states made the card a leech, or made it one again."""
    return after_it.lapses > before.lapses and is_leech(after_it.lapses)


class SchedulerSettings(Protocol):
    """What of a home's settings concerns schedules; the settings themselves say what each means."""

    @property
    def scheduler(self) -> str: ...
    @property
    def repeat_below(self) -> int: ...
    @property
    def longest_interval(self) -> int: ...
    @property
    def fuzz(self) -> bool: ...
    @property
    def late_credit(self) -> str: ...
    @property
    def learning_steps(self) -> tuple[int, ...]: ...
    @property
    def relearning_steps(self) -> tuple[int, ...]: ...
    @property
    def day_starts_at(self) -> int: ...
    @property
    def desired_retention(self) -> float: ...
    @property
    def fsrs_weights(self) -> tuple[float, ...]: ...


LATE_CREDIT = {"none": 0, "half": 1, "full": 2}


def scheduler_for(settings: SchedulerSettings) -> Scheduler:
    """The scheduler that the settings ask for; only its own module is imported."""
    steps = NO_STEPS
    if settings.learning_steps or settings.relearning_steps:
        steps = Steps(settings.learning_steps, settings.relearning_steps, settings.day_starts_at)
    below, longest, fuzz = settings.repeat_below, settings.longest_interval, settings.fuzz
    if settings.scheduler == "fsrs":
        from flashnotes.scheduling.fsrs import DEFAULT_WEIGHTS, Fsrs

        weights = settings.fsrs_weights or DEFAULT_WEIGHTS
        return Fsrs(weights, settings.desired_retention, below, longest, fuzz, steps)
    if settings.scheduler == "anki":
        from flashnotes.scheduling.anki_like import AnkiLike

        return AnkiLike(below, longest, fuzz, steps)
    from flashnotes.scheduling.sm2 import Sm2

    return Sm2(below, longest, LATE_CREDIT[settings.late_credit], fuzz, steps)


def replay_answers(
    scheduler: Scheduler,
    answers: Iterable[tuple[CardId, Rating, Moment]],
    *,
    starts_at: int = DAY_STARTS_AT,
) -> Iterator[Review]:
    """The reviews that a log of answers amounts to, in its own order."""
    states: dict[CardId, ScheduleState] = {}
    for number, (card_id, rating, at) in enumerate(answers):
        day = logical_day(at, starts_at)
        grade = grade_of(rating)
        response = Response(grade, at, day, seed_of(card_id))
        kind, state = review(scheduler, states.get(card_id, NEW), response)
        states[card_id] = state
        yield Review(number, card_id, rating, grade, at, day, kind, state=state)
