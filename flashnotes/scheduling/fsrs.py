"""FSRS-6: the free spaced repetition scheduler, version 6, with 21 weights.

J. Ye, J. Su, Y. Cao, A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling
(KDD 2022); the formulas of version 6 are those of the `fsrs` package 6.3, whose numbers these functions give
to 1e-9. Elapsed days are whole spans of 24 hours, as there (Anki counts calendar days).

Retrievability R is the chance of recall now, stability S the days until it has fallen to 90 %, difficulty D
runs from 1 to 10. `w` is the tuple of weights throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from flashnotes.models import Strength
from flashnotes.scheduling.days import MS_A_DAY
from flashnotes.scheduling.fuzz import fuzzed
from flashnotes.scheduling.response import in_days, in_step
from flashnotes.scheduling.steps import NO_STEPS, Steps, next_step

if TYPE_CHECKING:
    from flashnotes.models import ScheduleState
    from flashnotes.scheduling.response import Response

Weights = tuple[float, ...]

DEFAULT_WEIGHTS: Weights = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
LOWEST_STABILITY = 0.001
LOWEST_DIFFICULTY, HIGHEST_DIFFICULTY = 1.0, 10.0
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


def initial_stability(w: Weights, rating: int) -> float:
    """S0(G) = w[G-1]."""
    return max(w[rating - 1], LOWEST_STABILITY)


def initial_difficulty(w: Weights, rating: int) -> float:
    """D0(G) = w4 - exp(w5 (G - 1)) + 1, within its bounds."""
    return _bounded(unbounded_initial_difficulty(w, rating))


def unbounded_initial_difficulty(w: Weights, rating: int) -> float:
    """D0(G) before it is kept within its bounds, as the mean reversion takes it."""
    return w[4] - exp(w[5] * (rating - 1)) + 1


def _bounded(difficulty: float) -> float:
    return min(max(difficulty, LOWEST_DIFFICULTY), HIGHEST_DIFFICULTY)


def next_difficulty(w: Weights, difficulty: float, rating: int) -> float:
    """D' = w7 D0(4) + (1 - w7)(D - w6 (G - 3)(10 - D)/9): damped towards 10, drawn back to that of Easy."""
    damped = difficulty - w[6] * (rating - GOOD) * (10.0 - difficulty) / 9.0
    return _bounded(w[7] * unbounded_initial_difficulty(w, EASY) + (1 - w[7]) * damped)


def retrievability(w: Weights, stability: float, days: int) -> float:
    """R(t, S) = (1 + F t/S)^-w20, with F such that R(S, S) = 0.9."""
    return float((1 + forgetting_factor(w) * max(0, days) / stability) ** -w[20])


def forgetting_factor(w: Weights) -> float:
    """F = 0.9^(-1/w20) - 1."""
    return float(0.9 ** (-1 / w[20]) - 1)


def stability_after_recall(w: Weights, memory: Strength, recall: float, rating: int) -> float:
    """S'r = S (1 + exp(w8)(11 - D) S^-w9 (exp(w10 (1 - R)) - 1) [w15 if Hard] [w16 if Easy])."""
    stability = memory.stability
    factor = w[15] if rating == HARD else w[16] if rating == EASY else 1.0
    growth = exp(w[8]) * (11 - memory.difficulty) * stability ** -w[9] * (exp((1 - recall) * w[10]) - 1)
    return float(stability * (1 + growth * factor))


def stability_after_lapse(w: Weights, memory: Strength, recall: float) -> float:
    """S'f = min(w11 D^-w12 ((S + 1)^w13 - 1) exp(w14 (1 - R)), S / exp(w17 w18))."""
    stability = memory.stability
    long_term = (
        w[11] * memory.difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * exp((1 - recall) * w[14])
    )
    return float(min(long_term, stability / exp(w[17] * w[18])))


def stability_within_a_day(w: Weights, stability: float, rating: int) -> float:
    """S' = S exp(w17 (G - 3 + w18)) S^-w19, never less than S for a right answer."""
    growth = exp(w[17] * (rating - GOOD + w[18])) * stability ** -w[19]
    return float(stability * (growth if rating == AGAIN else max(growth, 1.0)))


def next_stability(w: Weights, memory: Strength, days: int, rating: int) -> float:
    """The stability after an answer given `days` after the last."""
    if days < 1:
        stability = stability_within_a_day(w, memory.stability, rating)
    else:
        recall = retrievability(w, memory.stability, days)
        if rating == AGAIN:
            stability = stability_after_lapse(w, memory, recall)
        else:
            stability = stability_after_recall(w, memory, recall, rating)
    return max(stability, LOWEST_STABILITY)


def interval_for(w: Weights, stability: float, retention: float, longest: int) -> int:
    """Days until the chance of recall has fallen to `retention`: S/F (r^(-1/w20) - 1), 1 to `longest`."""
    days = float(stability / forgetting_factor(w) * (retention ** (-1 / w[20]) - 1))
    return min(max(round(days), 1), longest)


@dataclass(frozen=True, slots=True)
class Fsrs:
    """FSRS-6 with its weights and choices."""

    weights: Weights = DEFAULT_WEIGHTS
    desired_retention: float = 0.9
    repeat_below: int = 3
    longest_interval: int = 36_500
    fuzz: bool = False
    steps: Steps = NO_STEPS

    def schedule(self, state: ScheduleState, response: Response) -> ScheduleState:
        """What `state` becomes by a counted response."""
        memory = self._memory_after(state, response)
        if (step := next_step(self.steps, state, response)) is not None:
            return in_step(state, response, step, memory)
        interval = interval_for(self.weights, memory.stability, self.desired_retention, self.longest_interval)
        if self.fuzz:
            count = 1000 * state.lapses + state.repetitions
            interval = fuzzed(interval, seed=response.seed, count=count, longest=self.longest_interval)
        return in_days(state, response, interval, memory, repeat_below=self.repeat_below)

    def _memory_after(self, state: ScheduleState, response: Response) -> Strength:
        w, memory, rating = self.weights, state.memory, max(AGAIN, response.grade - 1)
        if not isinstance(memory, Strength) or state.last_at is None:
            return Strength(initial_stability(w, rating), initial_difficulty(w, rating))
        days = (response.at.ms - state.last_at) // MS_A_DAY
        return Strength(
            next_stability(w, memory, days, rating), next_difficulty(w, memory.difficulty, rating)
        )
