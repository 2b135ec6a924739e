from __future__ import annotations

import math

import pytest

from tests.decks.formulas import states
from tests.decks.linalg import dot

GAMMA = 0.9


def td_error(reward: float, value_next: float, value: float, gamma: float = GAMMA) -> float:
    return reward + gamma * value_next - value


def test_td_error_by_hand() -> None:
    states("td-learning", r"\delta_t = r_{t+1} + \gamma v(s_{t+1}) - v(s_t)")
    assert td_error(reward=1.0, value_next=10.0, value=8.0) == pytest.approx(2.0)
    assert td_error(reward=-1.0, value_next=0.0, value=0.5) == pytest.approx(-1.5)


def test_td_error_of_the_true_values_vanishes_on_average() -> None:
    """State a goes to b (reward 2) or ends (reward 0) with equal chance; b ends with reward 4."""
    states("td-learning", r"\delta_t = r_{t+1} + \gamma v(s_{t+1}) - v(s_t)")
    b = 4.0
    a = 0.5 * (2.0 + GAMMA * b)
    errors = [td_error(2.0, b, a), td_error(0.0, 0.0, a)]
    assert all(abs(error) > 1 for error in errors)
    assert sum(errors) / 2 == pytest.approx(0.0)


def test_td0_comes_to_the_solution_of_the_bellman_equation() -> None:
    states(
        "td-learning",
        r"v(s_t) \leftarrow v(s_t) + \alpha \left[ r_{t+1} + \gamma v(s_{t+1}) - v(s_t) \right]",
    )
    value = {"a": 0.0, "b": 0.0, "end": 0.0}
    for _ in range(400):
        for state, reward, after in (("a", 1.0, "b"), ("b", 2.0, "end")):
            value[state] += 0.1 * (reward + GAMMA * value[after] - value[state])
    assert value["b"] == pytest.approx(2.0)
    assert value["a"] == pytest.approx(1.0 + GAMMA * 2.0)


def test_sarsa_follows_the_action_taken_and_q_learning_the_best_one() -> None:
    states(
        "td-learning",
        r"q(s_t, a_t) \leftarrow q(s_t, a_t) + \alpha \left[ r_{t+1} + \gamma q(s_{t+1}, a_{t+1}) "
        r"- q(s_t, a_t) \right]",
    )
    states(
        "td-learning",
        r"q(s_t, a_t) \leftarrow q(s_t, a_t) + \alpha \left[ r_{t+1} + \gamma \max_a q(s_{t+1}, "
        r"a) - q(s_t, a_t) \right]",
    )
    q_next = {"left": 1.0, "right": 5.0}
    q, reward, alpha, taken = 2.0, 1.0, 0.5, "left"
    sarsa = q + alpha * (reward + GAMMA * q_next[taken] - q)
    q_learning = q + alpha * (reward + GAMMA * max(q_next.values()) - q)
    assert sarsa == pytest.approx(1.95)
    assert q_learning == pytest.approx(3.75)


def test_monte_carlo_estimate_nears_the_expectation() -> None:
    """A fair die, thrown in a fixed irrational order instead of by chance."""
    states(
        "monte-carlo",
        r"\mathbb{E}[X] \approx \bar x = \frac{1}{n} \sum_{i=1}^{n} x_i",
    )
    throws = [1 + int(6 * (i * math.sqrt(2) % 1)) for i in range(30000)]
    assert sum(throws) / len(throws) == pytest.approx(3.5, abs=0.01)


def test_discounted_return_by_sum_and_backwards() -> None:
    states("monte-carlo", r"G_t = \sum_{k=0}^{T-t-1} \gamma^k r_{t+k+1}")
    rewards = [1.0, 0.0, -2.0, 5.0]
    backwards = 0.0
    for reward in reversed(rewards):
        backwards = reward + GAMMA * backwards
    assert math.fsum(GAMMA**k * reward for k, reward in enumerate(rewards)) == pytest.approx(backwards)


@pytest.mark.parametrize("epsilon", [0.0, 0.1, 1.0])
def test_epsilon_greedy_is_a_distribution(epsilon: float) -> None:
    states(
        "monte-carlo",
        r"\pi(a \mid s) = \begin{cases} 1 - \varepsilon + \dfrac{\varepsilon}{|\mathcal{A}|}, & a "
        r"= \arg\max_{a'} q(s, a') \\"
        r" \dfrac{\varepsilon}{|\mathcal{A}|}, & \text{其他动作} \end{cases}",
    )
    q = [0.3, 2.0, -1.0, 1.9]
    best = q.index(max(q))
    policy = [epsilon / len(q) + (1 - epsilon if a == best else 0) for a in range(len(q))]
    assert math.fsum(policy) == pytest.approx(1)
    assert policy[best] == pytest.approx(1 - epsilon * (len(q) - 1) / len(q))


def test_linear_value_with_one_hot_features_is_the_table() -> None:
    states(
        "value-function",
        r"\hat v(s, w) = \phi(s)^\top w = \sum_{i=1}^{m} \phi_i(s)\, w_i",
    )
    table = [1.5, -2.0, 7.0]
    for state, value in enumerate(table):
        one_hot = [float(i == state) for i in range(3)]
        assert dot(one_hot, table) == value


def test_linear_td_with_one_hot_features_is_tabular_td() -> None:
    states(
        "value-function",
        r"w \leftarrow w + \alpha \left[ r_{t+1} + \gamma \phi(s_{t+1})^\top w - \phi(s_t)^\top w "
        r"\right] \phi(s_t)",
    )
    w = [1.0, 2.0, 3.0]
    here, after = [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]
    error = 0.5 + GAMMA * dot(after, w) - dot(here, w)
    updated = [weight + 0.1 * error * feature for weight, feature in zip(w, here, strict=True)]
    assert updated == pytest.approx([1.0 + 0.1 * td_error(0.5, 3.0, 1.0), 2.0, 3.0])


def test_linear_td_step_is_half_the_negative_semi_gradient_of_the_squared_error() -> None:
    """The slope is taken with the TD target held fixed."""
    states("value-function", r"J(w) = \mathbb{E}\left[ \left( v_\pi(S) - \hat v(S, w) \right)^2 \right]")
    w, phi, target = 0.7, 2.0, 3.0

    def loss(weight: float) -> float:
        return (target - phi * weight) ** 2

    slope = (loss(w + 1e-6) - loss(w - 1e-6)) / 2e-6
    assert -0.5 * slope == pytest.approx((target - phi * w) * phi)
