from __future__ import annotations

import math
from itertools import pairwise, product

import pytest

from tests.decks.formulas import states
from tests.decks.linalg import (
    Matrix,
    Vector,
    combine,
    dot,
    identity,
    inverse_2x2,
    matmul,
    softmax,
    transpose,
)

SCORES = [1.0, 3.0, -2.0, 700.0, 699.0, 0.5]
Q: Matrix = [[0.3, -1.0], [2.0, 0.1], [-0.5, 0.7], [1.0, 1.0]]
K: Matrix = [[1.0, 0.2], [-0.3, 0.8], [0.6, -1.2], [0.0, 2.0]]
V: Matrix = [[1.0, 0.0, 2.0], [0.0, -1.0, 1.0], [3.0, 0.5, 0.0], [-2.0, 1.0, 1.0]]


def attention(q: Matrix, k: Matrix, v: Matrix) -> Matrix:
    scale = math.sqrt(len(k[0]))
    weights = [softmax([score / scale for score in row]) for row in matmul(q, transpose(k))]
    return matmul(weights, v)


def test_attention_averages_the_values_of_equal_keys() -> None:
    states(
        "flash-attention",
        r"\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\left( \frac{Q K^\top}{\sqrt{d_k}} \right) V",
    )
    same = [[0.4, 0.4]] * 4
    assert attention(Q, same, V)[2] == pytest.approx([0.5, 0.125, 1.0])
    far = [[100.0 * x for x in row] for row in K]
    best = max(range(4), key=lambda j: dot(Q[1], K[j]))
    assert attention([Q[1]], far, V)[0] == pytest.approx(V[best])


def test_online_softmax_equals_softmax_in_one_pass() -> None:
    states(
        "flash-attention",
        r"\begin{aligned} m_j &= \max(m_{j-1}, x_j) \\ d_j &= d_{j-1}\, e^{m_{j-1} - m_j} + "
        r"e^{x_j - m_j} \end{aligned}",
    )
    m, d = -math.inf, 0.0
    for x in SCORES:
        top = max(m, x)
        d = d * math.exp(m - top) + math.exp(x - top)
        m = top
    assert [math.exp(x - m) / d for x in SCORES] == pytest.approx(softmax(SCORES))


def test_online_attention_update_equals_attention() -> None:
    states(
        "flash-attention",
        r"o_j = o_{j-1}\, \frac{d_{j-1}\, e^{m_{j-1} - m_j}}{d_j} + \frac{e^{x_j - m_j}}{d_j}\, v_j",
    )
    m, d, out = -math.inf, 0.0, [0.0, 0.0, 0.0]
    for key, value in zip(K, V, strict=True):
        x = dot(Q[0], key) / math.sqrt(2)
        top = max(m, x)
        total = d * math.exp(m - top) + math.exp(x - top)
        kept, added = d * math.exp(m - top) / total, math.exp(x - top) / total
        out = [kept * o + added * v for o, v in zip(out, value, strict=True)]
        m, d = top, total
    assert out == pytest.approx(attention(Q, K, V)[0])


def elu_feature(x: Vector) -> Vector:
    return [value + 1 if value > 0 else math.exp(value) for value in x]


def quadratic(i: int, visible: int) -> Vector:
    """Attention with the similarity of features, pair by pair."""
    weights = [dot(elu_feature(Q[i]), elu_feature(K[j])) for j in range(visible)]
    mixed = matmul([weights], V[:visible])[0]
    return [value / math.fsum(weights) for value in mixed]


def test_linear_attention_equals_the_quadratic_form() -> None:
    states(
        "linear-attention",
        r"o_i = \frac{\sum_{j=1}^{N} \mathrm{sim}(q_i, k_j)\, v_j}{\sum_{j=1}^{N} \mathrm{sim}(q_i, k_j)}",
    )
    states(
        "linear-attention",
        r"o_i = \frac{\phi(q_i)^\top \sum_{j=1}^{N} \phi(k_j)\, v_j^\top}{\phi(q_i)^\top "
        r"\sum_{j=1}^{N} \phi(k_j)}",
    )
    states(
        "linear-attention",
        r"\phi(x) = \mathrm{elu}(x) + 1 = \begin{cases} x + 1, & x > 0 \\ e^x, & x \le 0 \end{cases}",
    )
    features = [elu_feature(key) for key in K]
    summed = matmul(transpose(features), V)
    normaliser = [math.fsum(column) for column in transpose(features)]
    for i, query in enumerate(Q):
        phi = elu_feature(query)
        linear = [value / dot(phi, normaliser) for value in matmul([phi], summed)[0]]
        assert linear == pytest.approx(quadratic(i, len(K)))


def test_recurrent_form_of_causal_linear_attention() -> None:
    states(
        "linear-attention",
        r"S_i = S_{i-1} + \phi(k_i)\, v_i^\top, \qquad z_i = z_{i-1} + \phi(k_i), \qquad "
        r"o_i^\top = \frac{\phi(q_i)^\top S_i}{\phi(q_i)^\top z_i}",
    )
    state, z = [[0.0] * 3 for _ in range(2)], [0.0, 0.0]
    for i in range(4):
        key, phi = elu_feature(K[i]), elu_feature(Q[i])
        state = [
            [s + k * v for s, v in zip(row, V[i], strict=True)] for row, k in zip(state, key, strict=True)
        ]
        z = [total + k for total, k in zip(z, key, strict=True)]
        out = [value / dot(phi, z) for value in matmul([phi], state)[0]]
        assert out == pytest.approx(quadratic(i, i + 1))


def hadamard(a: Matrix, b: Matrix) -> Matrix:
    return combine(a, b, lambda x, y: x * y)


def test_gated_attention_unit_contains_glu_and_attention() -> None:
    states(
        "gau",
        r"O = (U \odot V)\, W_o, \qquad U = \phi_u(X W_u), \quad V = \phi_v(X W_v)",
    )
    states("gau", r"O = (U \odot A V)\, W_o")
    u = [[0.5, 1.0, -1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 3.0], [0.2, -0.4, 0.0]]
    w_o = [[1.0, 2.0], [0.0, -1.0], [0.5, 0.5]]
    a = [[0.25, 0.25, 0.25, 0.25], [0.0, 0.0, 1.0, 0.0], [0.1, 0.2, 0.3, 0.4], [1.0, 0.0, 0.0, 0.0]]
    ones = [[1.0] * 3 for _ in range(4)]

    def gau(u: Matrix, a: Matrix) -> Matrix:
        return matmul(hadamard(u, matmul(a, V)), w_o)

    assert gau(u, identity(4)) == matmul(hadamard(u, V), w_o)
    assert gau(ones, a) == matmul(matmul(a, V), w_o)


def test_squared_relu_attention_ignores_keys_that_point_away() -> None:
    states(
        "gau",
        r"A = \frac{1}{n}\, \mathrm{relu}^2\left( \frac{\mathcal{Q}(Z)\, "
        r"\mathcal{K}(Z)^\top}{\sqrt{s}} \right), "
        r"\qquad Z = \phi_z(X W_z)",
    )
    a = [[max(0.0, score / math.sqrt(2)) ** 2 / 4 for score in row] for row in matmul(Q, transpose(K))]
    for i, j in product(range(4), repeat=2):
        assert (a[i][j] == 0) == (dot(Q[i], K[j]) <= 0)


A: Matrix = [[-1.0, 2.0], [0.0, -3.0]]
B: Matrix = [[1.0], [0.5]]
C: Matrix = [[2.0, -1.0]]


def discretised(step: float) -> tuple[Matrix, Matrix]:
    left = combine(identity(2), A, lambda i, a: i - step / 2 * a)
    right = combine(identity(2), A, lambda i, a: i + step / 2 * a)
    inverse = inverse_2x2(left)
    return matmul(inverse, right), [[step * x for x in row] for row in matmul(inverse, B)]


def recurrent(inputs: Vector, step: float) -> Vector:
    a, b = discretised(step)
    x: Matrix = [[0.0], [0.0]]
    outputs = []
    for u in inputs:
        x = combine(matmul(a, x), b, lambda ax, bu, u=u: ax + bu * u)  # type: ignore[misc]
        outputs.append(matmul(C, x)[0][0])
    return outputs


def test_bilinear_ssm_tends_to_the_continuous_system() -> None:
    """Under a constant input 1 the state settles where A x + B = 0."""
    states(
        "ssm",
        r"\begin{aligned} x'(t) &= A x(t) + B u(t) \\ y(t) &= C x(t) + D u(t) \end{aligned}",
    )
    states(
        "ssm",
        r"\bar A = \left( I - \frac{\Delta}{2} A \right)^{-1} \left( I + \frac{\Delta}{2} A \right), "
        r"\qquad \bar B = \left( I - \frac{\Delta}{2} A \right)^{-1} \Delta B",
    )
    settled = [[-x for x in row] for row in matmul(inverse_2x2(A), B)]
    assert recurrent([1.0] * 400, step=0.1)[-1] == pytest.approx(matmul(C, settled)[0][0])
    decay, _ = discretised(0.01)
    assert decay[0][0] == pytest.approx(math.exp(-0.01), abs=1e-6)


def test_ssm_kernel_gives_the_recurrence_by_convolution() -> None:
    states("ssm", r"x_k = \bar A x_{k-1} + \bar B u_k, \qquad y_k = C x_k")
    states(
        "ssm",
        r"\bar K = \left( C \bar B,\ C \bar A \bar B,\ \ldots,\ C \bar A^{L-1} \bar B \right), "
        r"\qquad y = \bar K * u",
    )
    inputs = [1.0, -2.0, 0.5, 3.0, 0.0, 1.0]
    a, state = discretised(0.2)
    kernel = []
    for _ in inputs:
        kernel.append(matmul(C, state)[0][0])
        state = matmul(a, state)
    convolved = [math.fsum(kernel[j] * inputs[k - j] for j in range(k + 1)) for k in range(len(inputs))]
    assert convolved == pytest.approx(recurrent(inputs, step=0.2))


def hippo(size: int) -> Matrix:
    return [
        [
            -math.sqrt((2 * n + 1) * (2 * k + 1)) if n > k else -(n + 1.0) if n == k else 0.0
            for k in range(size)
        ]
        for n in range(size)
    ]


def test_hippo_matrix_keeps_the_mean_of_a_constant_history() -> None:
    """d/dt c = (A c + B f) / t is 0 for f = 1 and c = (1, 0, 0, …): the constant alone is remembered."""
    states(
        "ssm",
        r"A_{nk} = -\begin{cases} \sqrt{(2n+1)(2k+1)}, & n > k \\ n + 1, & n = k \\ 0, & n < k \end{cases}",
    )
    a = hippo(5)
    b = [math.sqrt(2 * n + 1) for n in range(5)]
    drift = [dot(row, [1.0, 0, 0, 0, 0]) + b[n] for n, row in enumerate(a)]
    assert drift == pytest.approx([0.0] * 5)


TARGET = [0.5, 0.2, 0.2, 0.1]
DRAFT = [0.1, 0.6, 0.25, 0.05]


def test_speculative_decoding_keeps_the_target_distribution() -> None:
    states("speculative-decoding", r"\min\left( 1,\ \frac{p(x)}{q(x)} \right)")
    states(
        "speculative-decoding",
        r"p'(x) = \frac{\max(0,\ p(x) - q(x))}{\sum_{x'} \max(0,\ p(x') - q(x'))}",
    )
    accept = [min(1.0, p / q) for p, q in zip(TARGET, DRAFT, strict=True)]
    left = [max(0.0, p - q) for p, q in zip(TARGET, DRAFT, strict=True)]
    residual = [weight / sum(left) for weight in left]
    rejected = 1 - dot(DRAFT, accept)
    emitted = [q * a + rejected * r for q, a, r in zip(DRAFT, accept, residual, strict=True)]
    assert emitted == pytest.approx(TARGET)


def test_acceptance_rate_is_the_overlap_of_the_distributions() -> None:
    states("speculative-decoding", r"\alpha = \sum_x \min(p(x), q(x))")
    accepted = sum(q * min(1.0, p / q) for p, q in zip(TARGET, DRAFT, strict=True))
    overlap = sum(min(p, q) for p, q in zip(TARGET, DRAFT, strict=True))
    distance = sum(abs(p - q) for p, q in zip(TARGET, DRAFT, strict=True)) / 2
    assert overlap == pytest.approx(accepted) == pytest.approx(1 - distance)


@pytest.mark.parametrize(("alpha", "guesses"), [(0.8, 4), (0.3, 1), (0.0, 5)])
def test_expected_tokens_of_a_round(alpha: float, guesses: int) -> None:
    states("speculative-decoding", r"\mathbb{E}[n] = \frac{1 - \alpha^{\gamma + 1}}{1 - \alpha}")
    stops = [alpha**n * (1 - alpha) * (n + 1) for n in range(guesses)]
    all_accepted = alpha**guesses * (guesses + 1)
    assert sum(stops) + all_accepted == pytest.approx((1 - alpha ** (guesses + 1)) / (1 - alpha))


def test_nodes_of_a_candidate_tree() -> None:
    states("medusa", r"n = \sum_{k=1}^{K} \prod_{i=1}^{k} s_i")
    sizes = [2, 3, 4]
    paths = {path for depth in range(1, 4) for path in product(*map(range, sizes[:depth]))}
    assert len(paths) == sum(math.prod(sizes[:k]) for k in range(1, 4)) == 2 + 6 + 24


def test_medusa_head_starts_as_the_language_model_head() -> None:
    states(
        "medusa",
        r"p_t^{(k)} = \mathrm{softmax}\left( W_2^{(k)} \left( \mathrm{SiLU}(W_1^{(k)} h_t) + h_t "
        r"\right) \right)",
    )
    hidden = [0.4, -1.2]
    lm_head = [[1.0, 0.5], [-2.0, 0.1], [0.0, 3.0]]

    def silu(x: float) -> float:
        return x / (1 + math.exp(-x))

    residual = [silu(dot(row, hidden)) + h for row, h in zip([[0.0, 0.0], [0.0, 0.0]], hidden, strict=True)]
    head = softmax([dot(row, residual) for row in lm_head])
    assert head == softmax([dot(row, hidden) for row in lm_head])


def typical_threshold(p: Vector, epsilon: float = 0.3, delta: float = 0.09**0.5) -> float:
    entropy = -math.fsum(x * math.log(x) for x in p if x)
    return min(epsilon, delta * math.exp(-entropy))


def test_typical_acceptance_is_looser_where_the_model_is_unsure() -> None:
    states(
        "medusa",
        r"p(x_{n+k} \mid x_{<n+k}) > \min\left( \epsilon,\ \delta \exp\left( -H(p(\cdot \mid "
        r"x_{<n+k})) \right) \right)",
    )
    sure, torn, open_ = [0.97, 0.01, 0.01, 0.01], [0.5, 0.5, 0.0, 0.0], [0.25] * 4
    thresholds = [typical_threshold(p) for p in (sure, torn, open_)]
    assert all(a > b for a, b in pairwise(thresholds))
    assert typical_threshold(open_) == pytest.approx(0.3 / 4)
    assert typical_threshold(sure) > 0.01
    assert typical_threshold(open_) < 0.25


def test_multi_token_loss_for_one_token_is_the_language_model_loss() -> None:
    """A bigram model, whose i-th head applies the transition matrix i times."""
    states(
        "mtp",
        r"L_n = -\sum_{t} \sum_{i=1}^{n} \log P_\theta(x_{t+i} \mid x_{1:t})",
    )
    step = [[0.9, 0.1], [0.4, 0.6]]
    text = [0, 0, 1, 1, 0]

    def loss(n: int) -> float:
        total = 0.0
        for t, token in enumerate(text):
            row = [identity(2)[token]]
            for i in range(1, n + 1):
                row = matmul(row, step)
                if t + i < len(text):
                    total -= math.log(row[0][text[t + i]])
        return total

    assert loss(1) == pytest.approx(-math.log(0.9 * 0.1 * 0.6 * 0.4))
    assert loss(2) > loss(1)
