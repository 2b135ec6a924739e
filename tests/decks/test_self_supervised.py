from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.decks.formulas import states

if TYPE_CHECKING:
    from tests.decks.linalg import Matrix

JOINT: Matrix = [[0.30, 0.05, 0.05], [0.02, 0.28, 0.30]]
"""p(x, c); row: x, column: c."""


def marginals(joint: Matrix) -> tuple[list[float], list[float]]:
    return [sum(row) for row in joint], [sum(column) for column in zip(*joint, strict=True)]


def mutual_information(joint: Matrix) -> float:
    px, pc = marginals(joint)
    return math.fsum(
        p * math.log(p / (px[x] * pc[c])) for x, row in enumerate(joint) for c, p in enumerate(row) if p
    )


def entropy(p: list[float]) -> float:
    return -math.fsum(x * math.log(x) for x in p if x)


def test_mutual_information_is_the_entropy_that_context_removes() -> None:
    states(
        "cpc",
        r"I(x; c) = \sum_{x, c} p(x, c) \log \frac{p(x, c)}{p(x)\, p(c)} = \sum_{x, c} p(x, c) "
        r"\log \frac{p(x \mid c)}{p(x)}",
    )
    px, pc = marginals(JOINT)
    given = math.fsum(
        pc[c] * entropy([p / pc[c] for p in column]) for c, column in enumerate(zip(*JOINT, strict=True))
    )
    assert mutual_information(JOINT) == pytest.approx(entropy(px) - given)


def test_mutual_information_of_the_independent_and_of_the_same() -> None:
    assert mutual_information([[0.1, 0.3], [0.15, 0.45]]) == pytest.approx(0)
    assert mutual_information([[0.25 * (i == j) for j in range(4)] for i in range(4)]) == pytest.approx(
        math.log(4)
    )


def info_nce(candidates: int) -> float:
    """The loss of the best score, the density ratio, over every draw of negatives."""
    px, pc = marginals(JOINT)

    def score(x: int, c: int) -> float:
        return JOINT[x][c] / (px[x] * pc[c])

    loss = 0.0
    for x, c in product(range(2), range(3)):
        for negatives in product(range(2), repeat=candidates - 1):
            chance = JOINT[x][c] * math.prod(px[n] for n in negatives)
            total = score(x, c) + math.fsum(score(n, c) for n in negatives)
            loss -= chance * math.log(score(x, c) / total)
    return loss


def test_info_nce_bounds_mutual_information_and_tightens_with_more_negatives() -> None:
    states(
        "cpc",
        r"\mathcal{L}_N = -\mathbb{E}_X \left[ \log \frac{f_k(x_{t+k}, c_t)}{\sum_{x_j \in X} "
        r"f_k(x_j, c_t)} \right]",
    )
    states("cpc", r"I(x_{t+k}; c_t) \ge \log N - \mathcal{L}_N")
    bounds = [math.log(n) - info_nce(n) for n in (2, 4, 8)]
    assert bounds == sorted(bounds)
    assert all(0 < bound < mutual_information(JOINT) for bound in bounds)


def test_momentum_update_averages_the_past_of_the_query_encoder() -> None:
    states("self-supervised", r"\theta_k \leftarrow m\, \theta_k + (1 - m)\, \theta_q")
    key = 0.0
    for step in range(1, 6):
        key = 0.9 * key + 0.1 * step
    assert key == pytest.approx(math.fsum(0.1 * 0.9 ** (5 - step) * step for step in range(1, 6)))
