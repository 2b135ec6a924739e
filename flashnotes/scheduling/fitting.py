"""Fitting the weights of FSRS-6 to a person's own reviews: the log loss of its predictions, made small.

Adam (D. P. Kingma, J. Ba, ICLR 2015) over batches of cards, as the `fsrs` package does it, but with differences in
the place of automatic gradients: replaying a batch over plain numbers builds no graph, and needs
no tensor library. A fit starts from the published weights and is kept only if it predicts better.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, log, pi, sqrt
from typing import TYPE_CHECKING

from flashnotes.scheduling.days import MS_A_DAY
from flashnotes.scheduling.fsrs import (
    DEFAULT_WEIGHTS,
    forgetting_factor,
    initial_difficulty,
    initial_stability,
)
from flashnotes.scheduling.fuzz import seed_of
from flashnotes.scheduling.numbers import RATINGS, memory_step
from flashnotes.scheduling.response import LOWEST_RIGHT_GRADE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashnotes.scheduling.fsrs import Weights

FEWEST_REVIEWS = 400
"""Scored reviews under which fitting would follow chance."""
LOWER: Weights = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001,
    0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1,
)  # fmt: skip
UPPER: Weights = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5,
    5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
BATCH = 512
EPOCHS = 5
RATE = 0.04
"""Of Adam: how far a weight goes at a step, at first."""
_FADING, _FADING_SQUARES = 0.9, 0.999
_SMALLEST_CHANCE = 1e-6

Answer = tuple[int, int]
"""Days since the card's last counted answer, and the grade from 0 to 5."""
History = tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit came to."""

    weights: Weights
    reviews: int
    """Answers whose outcome was predicted: counted, and at least a day after the one before."""
    loss_before: float
    """Log loss of the published weights."""
    loss: float


def histories_of(answers: Iterable[tuple[str, int, int, int]], repeat_below: int) -> list[History]:
    """The counted answers of each card, of (card, grade, day, ms) in the order of their ids."""
    histories: dict[str, list[Answer]] = {}
    last: dict[str, tuple[int, int]] = {}
    for card, grade, day, ms in answers:
        before, failed_on = last.get(card, (ms, -1))
        if failed_on == day:
            continue
        histories.setdefault(card, []).append((max(0, (ms - before) // MS_A_DAY), grade))
        last[card] = ms, day if grade < repeat_below else failed_on
    # An order that says nothing about when a card was made, the same each time.
    return [tuple(histories[card]) for card in sorted(histories, key=seed_of)]


def scored(histories: Iterable[History]) -> int:
    """How many answers the weights are judged by."""
    return sum(days > 0 for history in histories for days, _ in history[1:])


def total_loss(w: Weights, histories: Iterable[History]) -> float:
    """The sum of the log losses of the predicted outcomes, in nats."""
    forgetting, decay = forgetting_factor(w), -w[20]
    step = memory_step(w, forgetting)
    starts = [(initial_stability(w, rating), initial_difficulty(w, rating)) for rating in RATINGS]
    loss = 0.0
    for history in histories:
        stability, difficulty = starts[history[0][1]]
        for days, grade in history[1:]:
            if days > 0:
                recall = (1 + forgetting * days / stability) ** decay
                loss -= log(max(_SMALLEST_CHANCE, recall if grade >= LOWEST_RIGHT_GRADE else 1 - recall))
            stability, difficulty = step(stability, difficulty, days, grade)
    return loss


def fit(histories: Sequence[History]) -> Fitted:
    """Weights that predict the outcomes in `histories` better than those published, or those where none do."""
    reviews = scored(histories)
    before = total_loss(DEFAULT_WEIGHTS, histories) / max(1, reviews)
    best = Fitted(DEFAULT_WEIGHTS, reviews, before, before)
    if reviews < FEWEST_REVIEWS:
        return best
    batches = list(_batches(histories))
    adam = _Adam(EPOCHS * len(batches))
    w = DEFAULT_WEIGHTS
    for _ in range(EPOCHS):
        for batch in batches:
            w = adam.step(w, _slopes(w, batch, reviews))
        loss = total_loss(w, histories) / reviews
        if loss < best.loss:
            best = Fitted(tuple(round(number, 4) for number in w), reviews, before, loss)
    return best


def _batches(histories: Iterable[History]) -> Iterable[list[History]]:
    """Cards together that are judged by about BATCH answers."""
    batch: list[History] = []
    size = 0
    for history in histories:
        batch.append(history)
        size += scored([history])
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if size:
        yield batch


def _slopes(w: Weights, batch: Sequence[History], reviews: int) -> list[float]:
    """How the loss of a batch changes with each weight."""
    here = total_loss(w, batch)
    slopes = []
    for place, weight in enumerate(w):
        small = 1e-4 * max(abs(weight), 0.1)
        if weight + small > UPPER[place]:
            small = -small
        there = total_loss((*w[:place], weight + small, *w[place + 1 :]), batch)
        slopes.append((there - here) / small)
    return slopes


class _Adam:
    """The moving averages of slopes that steps are taken by; the rate falls along a cosine to nothing."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._taken = 0
        self._mean = [0.0] * len(DEFAULT_WEIGHTS)
        self._square = [0.0] * len(DEFAULT_WEIGHTS)

    def step(self, w: Weights, slopes: Sequence[float]) -> Weights:
        rate = RATE * (1 + cos(pi * self._taken / self._steps)) / 2
        self._taken += 1
        fade, fade_squares = 1 - _FADING**self._taken, 1 - _FADING_SQUARES**self._taken
        stepped = []
        for place, slope in enumerate(slopes):
            self._mean[place] += (1 - _FADING) * (slope - self._mean[place])
            self._square[place] += (1 - _FADING_SQUARES) * (slope * slope - self._square[place])
            size = self._mean[place] / fade / (sqrt(self._square[place] / fade_squares) + 1e-8)
            stepped.append(min(UPPER[place], max(LOWER[place], w[place] - rate * size)))
        return tuple(stepped)
