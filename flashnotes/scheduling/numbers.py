"""Replay over plain numbers: a million reviews in a second or two.

The same rules as `review`, without building a state for each answer; a property holds the two equal.
Schedulers with options that need more than these numbers have no such form, and are replayed step by step.
"""

from __future__ import annotations

from functools import cache
from math import exp
from typing import TYPE_CHECKING, Any, TypeVar

from flashnotes.models import Day, DueDay, Ease, Phase, ScheduleState, Strength
from flashnotes.scheduling.days import MS_A_DAY
from flashnotes.scheduling.fsrs import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    HIGHEST_DIFFICULTY,
    LOWEST_DIFFICULTY,
    LOWEST_STABILITY,
    Fsrs,
    forgetting_factor,
    initial_difficulty,
    initial_stability,
    unbounded_initial_difficulty,
)
from flashnotes.scheduling.response import LOWEST_RIGHT_GRADE
from flashnotes.scheduling.sm2 import EASE_CHANGE, FIRST_INTERVAL, MINIMUM_EASE, SECOND_INTERVAL, Sm2
from flashnotes.scheduling.steps import NO_STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from flashnotes.models import Memory
    from flashnotes.scheduling import Scheduler
    from flashnotes.scheduling.fsrs import Weights

Card = TypeVar("Card", bound="Hashable")
Numbers = list[Any]
"""A state as COLUMNS and then its memory: the ease factor, or stability and difficulty. Changed in place."""

COLUMNS = ("phase", "due_day", "interval", "repetitions", "lapses", "failed_on", "drilling", "last_at")
MEMORY_COLUMNS: dict[type, tuple[str, ...]] = {Sm2: ("ease",), Fsrs: ("stability", "difficulty")}
_DRILLING = COLUMNS.index("drilling")
RATINGS = (AGAIN, AGAIN, AGAIN, HARD, GOOD, EASY)
"""The button of each grade from 0 to 5."""

_NEW, _LEARNING, _REVIEW, _RELEARNING = (phase.value for phase in Phase)
_BEFORE_REVIEW = (_NEW, _LEARNING)
_START = Ease().factor


def has_numbers(scheduler: Scheduler) -> bool:
    """Whether the scheduler can be replayed over plain numbers."""
    if isinstance(scheduler, Sm2):
        return scheduler.steps == NO_STEPS and not scheduler.fuzz and not scheduler.late_credit
    return isinstance(scheduler, Fsrs) and scheduler.steps == NO_STEPS and not scheduler.fuzz


def step_of(scheduler: Scheduler) -> Callable[[Numbers, int, int, int], None]:
    """The scheduler's rules over plain numbers, for a grade, a day and a moment (ms); where `has_numbers`."""
    if isinstance(scheduler, Sm2):
        return _sm2(scheduler.repeat_below, scheduler.longest_interval)
    if isinstance(scheduler, Fsrs):
        return _fsrs(scheduler)
    raise TypeError(f"{scheduler!r} cannot be replayed over plain numbers")


def new_card(scheduler: Scheduler) -> Numbers:
    """The numbers of a card never answered."""
    return [_NEW, None, 0, 0, 0, None, False, None, *(None for _ in MEMORY_COLUMNS[type(scheduler)])]


def replay_numbers(
    scheduler: Scheduler, answers: Iterable[tuple[Card, int, int, int]]
) -> dict[Card, ScheduleState]:
    """The states that answers of (card, grade, day, ms) add up to, in their own order."""
    step, new = step_of(scheduler), new_card(scheduler)
    numbers: dict[Card, Numbers] = {}
    known = numbers.get
    for card, grade, day, ms in answers:
        found = known(card)
        if found is None:
            found = numbers[card] = new.copy()
        step(found, grade, day, ms)
    return {card: state_of_numbers(found) for card, found in numbers.items()}


def state_of_numbers(numbers: Numbers) -> ScheduleState:
    """The state that the numbers stand for."""
    phase, due, interval, repetitions, lapses, failed_on, drilling, last_at, *memory = numbers
    return ScheduleState(
        _PHASES[phase],
        None if due is None else _due_day(due),
        interval,
        repetitions,
        lapses,
        0,
        _memory(memory),
        failed_on,
        bool(drilling),
        last_at,
    )


_PHASES = {phase.value: phase for phase in Phase}


@cache
def _due_day(day: int) -> DueDay:
    return DueDay(Day(day))


@cache
def _ease(factor: int) -> Ease:
    return Ease(factor)


def _memory(memory: list[Any]) -> Memory | None:
    if memory[0] is None:
        return None
    return _ease(memory[0]) if len(memory) == 1 else Strength(*memory)


def _sm2(below: int, longest: int) -> Callable[[Numbers, int, int, int], None]:
    # Names of the enclosing function are found quicker than those of the module.
    change, minimum, start, right, review = EASE_CHANGE, MINIMUM_EASE, _START, LOWEST_RIGHT_GRADE, _REVIEW
    first, second = FIRST_INTERVAL, SECOND_INTERVAL

    def step(numbers: Numbers, grade: int, day: int, ms: int) -> None:
        phase, _, interval, repetitions, lapses, failed_on, _, _, ease = numbers
        failed = grade < below
        if failed_on == day:
            numbers[_DRILLING] = failed
            return
        ease = ease or start
        if grade >= right:
            ease += change[grade]
            if ease < minimum:
                ease = minimum
            repetitions = repetitions + 1 if phase == review else 1
            phase = review
            if repetitions > 2:
                interval = -(-interval * ease // 100)
            else:
                interval = second if repetitions == 2 else first
            if interval > longest:
                interval = longest
        else:
            phase = _LEARNING if phase in _BEFORE_REVIEW else _RELEARNING
            interval, repetitions, lapses = first, 0, lapses + 1
        if failed:
            failed_on = day
        numbers[:] = phase, day + interval, interval, repetitions, lapses, failed_on, failed, ms, ease

    return step


def _fsrs(scheduler: Fsrs) -> Callable[[Numbers, int, int, int], None]:
    w, below, longest = scheduler.weights, scheduler.repeat_below, scheduler.longest_interval
    forgetting = forgetting_factor(w)
    days_per_stability = scheduler.desired_retention ** (-1 / w[20]) - 1
    starts = [(initial_stability(w, rating), initial_difficulty(w, rating)) for rating in RATINGS]
    memory_after = memory_step(w, forgetting)
    right, review = LOWEST_RIGHT_GRADE, _REVIEW

    def step(numbers: Numbers, grade: int, day: int, ms: int) -> None:
        phase, _, interval, repetitions, lapses, failed_on, _, last_at, stability, difficulty = numbers
        failed = grade < below
        if failed_on == day:
            numbers[_DRILLING] = failed
            return
        if stability is None:
            stability, difficulty = starts[grade]
        else:
            stability, difficulty = memory_after(stability, difficulty, (ms - last_at) // MS_A_DAY, grade)
        interval = round(stability / forgetting * days_per_stability)
        if interval < 1:
            interval = 1
        elif interval > longest:
            interval = longest
        if grade >= right:
            repetitions = repetitions + 1 if phase == review else 1
            phase = review
        else:
            phase = _LEARNING if phase in _BEFORE_REVIEW else _RELEARNING
            repetitions, lapses = 0, lapses + 1
        if failed:
            failed_on = day
        numbers[:] = (
            phase, day + interval, interval, repetitions, lapses, failed_on, failed, ms, stability, difficulty
        )  # fmt: skip

    return step


def memory_step(w: Weights, forgetting: float) -> Callable[[float, float, int, int], tuple[float, float]]:
    """`fsrs.next_stability` and `next_difficulty`, in the same order of arithmetic, by grade.

    What depends on the weights alone is worked out once.
    """
    within = [exp(w[17] * (rating - GOOD + w[18])) for rating in RATINGS]
    bonus = [{HARD: w[15], EASY: w[16]}.get(rating, 1.0) for rating in RATINGS]
    harder = [w[6] * (rating - GOOD) for rating in RATINGS]
    drawn_to, kept = w[7] * unbounded_initial_difficulty(w, EASY), 1 - w[7]
    growth_factor, lowest_fall = exp(w[8]), exp(w[17] * w[18])
    decay, w9, w10, w11, w12, w13, w14, w19 = -w[20], -w[9], w[10], w[11], -w[12], w[13], w[14], -w[19]
    right, easiest, hardest = LOWEST_RIGHT_GRADE, LOWEST_DIFFICULTY, HIGHEST_DIFFICULTY
    weakest = LOWEST_STABILITY

    def memory_after(stability: float, difficulty: float, days: int, grade: int) -> tuple[float, float]:
        if days < 1:
            growth = within[grade] * stability**w19
            after = stability * (growth if growth > 1.0 or grade < right else 1.0)
        else:
            recall = (1 + forgetting * days / stability) ** decay
            if grade < right:
                after = w11 * difficulty**w12 * ((stability + 1) ** w13 - 1) * exp((1 - recall) * w14)
                fallen = stability / lowest_fall
                if fallen < after:
                    after = fallen
            else:
                growth = growth_factor * (11 - difficulty) * stability**w9 * (exp((1 - recall) * w10) - 1)
                after = stability * (1 + growth * bonus[grade])
        difficulty = drawn_to + kept * (difficulty - harder[grade] * (10.0 - difficulty) / 9.0)
        # No min and max: their calls cost as much here as the arithmetic.
        if difficulty < easiest:
            difficulty = easiest
        elif difficulty > hardest:
            difficulty = hardest
        if after < weakest:
            after = weakest
        return after, difficulty

    return memory_after
