from __future__ import annotations

import math
from itertools import pairwise

import pytest

from tests.decks.formulas import states
from tests.decks.linalg import jacobian, softmax

SAMPLES = [3.0, -1.0, 4.0, 1.0, 5.0, -9.0, 2.0]


def lse(x: list[float]) -> float:
    return math.log(math.fsum(math.exp(value) for value in x))


def test_incremental_mean_is_the_mean_of_all_samples() -> None:
    states("stochastic-approximation", r"\mu_k = \mu_{k-1} + \frac{1}{k} (x_k - \mu_{k-1})")
    mean = 0.0
    for k, x in enumerate(SAMPLES, start=1):
        mean = mean + (x - mean) / k
        assert mean == pytest.approx(math.fsum(SAMPLES[:k]) / k)


def test_robbins_monro_finds_a_root_under_noise() -> None:
    states("stochastic-approximation", r"w_{k+1} = w_k - a_k\, \tilde g(w_k, \eta_k)")
    root, w = 2.0, 9.0
    for k in range(1, 20001):
        noise = 1.0 if k % 2 else -1.0
        observed = (w - root) + 0.5 * math.sin(w - root) + noise
        w -= observed / k
    assert w == pytest.approx(root, abs=1e-3)


def test_harmonic_steps_satisfy_the_step_size_conditions() -> None:
    states(
        "stochastic-approximation",
        r"\sum_{k=1}^{\infty} a_k = \infty, \qquad \sum_{k=1}^{\infty} a_k^2 < \infty",
    )
    sums = [math.fsum(1 / k for k in range(1, 10**n + 1)) for n in range(1, 6)]
    assert all(b - a == pytest.approx(math.log(10), abs=0.06) for a, b in pairwise(sums))
    assert math.fsum(1 / k**2 for k in range(1, 10**5)) < math.pi**2 / 6


def test_stochastic_gradient_descent_on_half_squares_is_the_incremental_mean() -> None:
    states("stochastic-approximation", r"w_{k+1} = w_k - a_k \nabla_w f(w_k, x_k)")
    w = 0.0
    for k, x in enumerate(SAMPLES, start=1):
        gradient = w - x
        w -= gradient / k
    assert w == pytest.approx(math.fsum(SAMPLES) / len(SAMPLES))


@pytest.mark.parametrize("x", [[0.0], [1.0, 1.0, 1.0], [-3.0, 0.5, 7.0], [100.0, -100.0]])
def test_logsumexp_lies_between_the_maximum_and_log_n_above_it(x: list[float]) -> None:
    states("smooth-metrics", r"\mathrm{lse}(x_1, \ldots, x_n) = \log \sum_{i=1}^{n} e^{x_i}")
    states(
        "smooth-metrics",
        r"\max_i x_i \le \mathrm{lse}(x_1, \ldots, x_n) \le \max_i x_i + \log n",
    )
    assert max(x) <= lse(x) + 1e-12
    assert lse(x) <= max(x) + math.log(len(x)) + 1e-12


def test_smooth_maximum_tends_to_the_maximum() -> None:
    states(
        "smooth-metrics",
        r"\max(x_1, \ldots, x_n) = \lim_{K \to \infty} \frac{1}{K} \log \sum_{i=1}^{n} e^{K x_i}",
    )
    x = [0.3, 1.0, 0.9]
    errors = [lse([k * value for value in x]) / k - max(x) for k in (1, 10, 100, 500)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 1e-9


def test_softmax_is_the_gradient_of_logsumexp_and_ignores_a_shift() -> None:
    states("smooth-metrics", r"\mathrm{softmax}(x)_i = \frac{e^{x_i}}{\sum_{j=1}^{n} e^{x_j}}")
    x = [0.2, -1.0, 2.5]
    stated = [math.exp(value) / math.fsum(map(math.exp, x)) for value in x]
    assert math.fsum(stated) == pytest.approx(1)
    assert jacobian(lambda point: [lse(point)], x)[0] == pytest.approx(stated, abs=1e-8)
    assert softmax([value + 1000 for value in x]) == pytest.approx(stated)


def test_smooth_accuracy_and_f1_are_exact_for_certain_predictions() -> None:
    states("smooth-metrics", r"\mathrm{acc} \approx \frac{1}{N} \sum_{i=1}^{N} p_i(y_i)")
    states("smooth-metrics", r"F_1 \approx \frac{2 \sum_{i} y_i p_i}{\sum_{i} (y_i + p_i)}")
    labels, predicted = [1, 1, 0, 0, 1], [1, 0, 1, 0, 1]
    probability_of_label = [p if y else 1 - p for y, p in zip(labels, predicted, strict=True)]
    hits = sum(y == p for y, p in zip(labels, predicted, strict=True))
    assert sum(probability_of_label) / 5 == hits / 5

    soft_f1 = 2 * sum(y * p for y, p in zip(labels, predicted, strict=True)) / (sum(labels) + sum(predicted))
    precision, recall = 2 / 3, 2 / 3
    assert soft_f1 == pytest.approx(2 * precision * recall / (precision + recall))


class Adam:
    """Adam for one parameter; `decay` is decoupled, `l2` enters the gradient."""

    def __init__(self, *, rate: float, decay: float = 0.0, l2: float = 0.0) -> None:
        self.rate, self.decay, self.l2 = rate, decay, l2
        self.m = self.v = 0.0
        self.t = 0

    def corrected(self, gradient: float) -> tuple[float, float]:
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * gradient
        self.v = 0.999 * self.v + 0.001 * gradient**2
        return self.m / (1 - 0.9**self.t), self.v / (1 - 0.999**self.t)

    def step(self, theta: float, gradient: float) -> float:
        m, v = self.corrected(gradient + self.l2 * theta)
        return theta - self.rate * (m / (math.sqrt(v) + 1e-8) + self.decay * theta)


def test_bias_correction_recovers_a_constant_gradient() -> None:
    states("adamw", r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t")
    states("adamw", r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2")
    states(
        "adamw",
        r"\hat m_t = \frac{m_t}{1 - \beta_1^t}, \qquad \hat v_t = \frac{v_t}{1 - \beta_2^t}",
    )
    adam = Adam(rate=0.1)
    for _ in range(20):
        assert adam.corrected(-2.5) == pytest.approx((-2.5, 6.25))


def test_first_adam_step_has_the_length_of_the_learning_rate() -> None:
    states(
        "adamw",
        r"\theta_t = \theta_{t-1} - \eta \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}",
    )
    for gradient in (1e-3, -4.0, 1e5):
        assert Adam(rate=0.01).step(0.0, gradient) == pytest.approx(-math.copysign(0.01, gradient), rel=1e-4)


def test_adamw_is_the_decay_followed_by_an_adam_step() -> None:
    states("adamw", r"\theta_{t-1} \leftarrow (1 - \eta \lambda)\, \theta_{t-1}")
    states(
        "adamw",
        r"\theta_t = \theta_{t-1} - \eta \left( \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon} + "
        r"\lambda \theta_{t-1} \right)",
    )
    together, apart = Adam(rate=0.1, decay=0.01), Adam(rate=0.1)
    a = b = 2.0
    for gradient in (0.5, -1.0, 3.0, 0.0, 2.0):
        a = together.step(a, gradient)
        b = apart.step((1 - 0.1 * 0.01) * b, gradient)
        assert a == pytest.approx(b, rel=1e-12)


def test_only_adamw_shrinks_every_weight_by_the_same_share() -> None:
    """With zero loss gradient L2 in Adam moves by the sign alone, AdamW in proportion to the weight."""
    for theta in (0.1, 10.0):
        assert Adam(rate=0.1, decay=0.5).step(theta, 0.0) == pytest.approx(theta * 0.95)
        assert Adam(rate=0.001, l2=0.5).step(theta, 0.0) == pytest.approx(theta - 0.001, rel=1e-4)
