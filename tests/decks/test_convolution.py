from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.decks.formulas import states
from tests.decks.linalg import Vector, dot, integral

if TYPE_CHECKING:
    from collections.abc import Callable

Layers = list[tuple[int, int]]
"""(kernel size, stride) of each layer, input first."""

STACKS: list[Layers] = [
    [(3, 1), (3, 1), (3, 1)],
    [(7, 2), (3, 2), (3, 1), (3, 2)],
    [(2, 2), (5, 1), (1, 1), (4, 3)],
]


def convolve(x: Vector, kernel: Vector, stride: int = 1, dilation: int = 1) -> Vector:
    reach = dilation * (len(kernel) - 1)
    return [
        math.fsum(x[i + dilation * k] * weight for k, weight in enumerate(kernel))
        for i in range(0, len(x) - reach, stride)
    ]


def support(network: Callable[[Vector], Vector], length: int) -> int:
    """From the first to the last input that changes the first output."""
    seen = [i for i in range(length) if network([float(i == j) for j in range(length)])[0]]
    return seen[-1] - seen[0] + 1


@pytest.mark.parametrize("layers", STACKS)
def test_receptive_field_against_convolutions_of_ones(layers: Layers) -> None:
    states("receptive-field", r"r_l = r_{l-1} + (k_l - 1)\, j_{l-1}, \qquad r_0 = 1")
    states("receptive-field", r"j_l = j_{l-1}\, s_l, \qquad j_0 = 1")
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride

    def network(x: Vector) -> Vector:
        for kernel, stride in layers:
            x = convolve(x, [1.0] * kernel, stride)
        return x

    assert support(network, 80) == field


@pytest.mark.parametrize("layers", STACKS)
def test_receptive_field_from_the_top_agrees(layers: Layers) -> None:
    states("receptive-field", r"r_{l-1} = s_l\, r_l + (k_l - s_l)")
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
    from_top = 1
    for kernel, stride in reversed(layers):
        from_top = stride * from_top + (kernel - stride)
    assert from_top == field


def test_dilated_convolution_is_a_convolution_with_a_kernel_full_of_holes() -> None:
    states("dilated-convolution", r"y[i] = \sum_{k=1}^{K} x[i + r \cdot k]\, w[k]")
    states("dilated-convolution", r"k_{\mathrm{eff}} = k + (k - 1)(r - 1)")
    x = [float(i * i % 7) for i in range(20)]
    kernel = [1.0, -2.0, 3.0]
    for rate in (1, 2, 4):
        size = 3 + (3 - 1) * (rate - 1)
        with_holes = [0.0] * size
        with_holes[::rate] = kernel
        assert convolve(x, kernel, dilation=rate) == convolve(x, with_holes)


def test_rates_1_2_4_see_fifteen_inputs() -> None:
    def network(x: Vector) -> Vector:
        for rate in (1, 2, 4):
            x = convolve(x, [1.0, 1.0, 1.0], dilation=rate)
        return x

    assert support(network, 40) == 15


def largest_gap(rates: list[int]) -> int:
    """M_2 of the hybrid dilated convolution rule."""
    gap = rates[-1]
    for rate in reversed(rates[1:-1]):
        gap = max(gap - 2 * rate, 2 * rate - gap, rate)
    return gap


@pytest.mark.parametrize(("rates", "whole"), [([1, 2, 5], True), ([1, 2, 9], False), ([2, 2, 2], True)])
def test_hybrid_dilation_rule_on_kernels_of_three(rates: list[int], whole: bool) -> None:
    states(
        "dilated-convolution",
        r"M_i = \max\left( M_{i+1} - 2 r_i,\ 2 r_i - M_{i+1},\ r_i \right), \qquad M_n = r_n",
    )
    assert (largest_gap(rates) <= 3) is whole


def test_rates_without_common_factor_leave_no_hole() -> None:
    """The rule presumes a greatest common divisor of 1: rates 2, 2, 2 still see every other pixel only."""

    def seen(rates: list[int]) -> set[int]:
        return {sum(steps) for steps in product(*[(-r, 0, r) for r in rates])}

    assert seen([1, 2, 5]) == set(range(-8, 9))
    assert seen([1, 2, 9]) != set(range(-12, 13))
    assert all(position % 2 == 0 for position in seen([2, 2, 2]))


def sample(x: list[Vector], p: tuple[float, float]) -> float:
    """Bilinear sampling with zeros outside."""
    return math.fsum(
        max(0.0, 1 - abs(row - p[0])) * max(0.0, 1 - abs(column - p[1])) * value
        for row, values in enumerate(x)
        for column, value in enumerate(values)
    )


IMAGE: list[Vector] = [[float((3 * r + 5 * c) % 11) for c in range(6)] for r in range(6)]
KERNEL: list[Vector] = [[0.5, -1.0, 2.0], [1.0, 0.0, -0.5], [3.0, 1.5, -2.0]]


def deformed(r: int, c: int, offset: tuple[float, float], modulation: float = 1.0) -> float:
    return math.fsum(
        KERNEL[i][j] * sample(IMAGE, (r + i - 1 + offset[0], c + j - 1 + offset[1])) * modulation
        for i, j in product(range(3), repeat=2)
    )


def test_deformable_convolution_without_offsets_is_a_convolution() -> None:
    states(
        "deformable-convolution",
        r"y(p_0) = \sum_{p_n \in \mathcal{R}} w(p_n)\, x(p_0 + p_n + \Delta p_n)",
    )

    def plain(r: int, c: int) -> float:
        return math.fsum(KERNEL[i][j] * IMAGE[r + i - 1][c + j - 1] for i, j in product(range(3), repeat=2))

    assert deformed(2, 3, (0, 0)) == pytest.approx(plain(2, 3))
    assert deformed(2, 2, (1, 1)) == pytest.approx(plain(3, 3))


def test_modulation_switches_a_point_off() -> None:
    states(
        "deformable-convolution",
        r"y(p) = \sum_{k=1}^{K} w_k\, x(p + p_k + \Delta p_k)\, \Delta m_k",
    )
    assert deformed(2, 3, (0.3, -0.2), modulation=1) == deformed(2, 3, (0.3, -0.2))
    assert deformed(2, 3, (0.3, -0.2), modulation=0) == 0


def test_bilinear_sampling_agrees_with_the_four_corner_formula() -> None:
    states(
        "deformable-convolution",
        r"x(p) = \sum_{q} \max(0, 1 - |q_x - p_x|)\, \max(0, 1 - |q_y - p_y|)\, x(q)",
    )
    states(
        "upsampling",
        r"f(x, y) = (1-x)(1-y) f_{00} + x(1-y) f_{10} + (1-x) y f_{01} + x y f_{11}",
    )
    x, y = 0.25, 0.6
    f00, f10, f01, f11 = IMAGE[2][3], IMAGE[3][3], IMAGE[2][4], IMAGE[3][4]
    corners = (1 - x) * (1 - y) * f00 + x * (1 - y) * f10 + (1 - x) * y * f01 + x * y * f11
    assert sample(IMAGE, (2 + x, 3 + y)) == pytest.approx(corners)


@pytest.mark.parametrize(("stride", "padding", "kernel"), [(1, 0, 3), (2, 1, 4), (3, 2, 5)])
def test_transposed_convolution_grows_what_the_convolution_shrank(
    stride: int, padding: int, kernel: int
) -> None:
    states("upsampling", r"o = (i - 1)\, s - 2p + k")
    spread = [0.0] * ((7 - 1) * stride + kernel)
    for i in range(7):
        for k in range(kernel):
            spread[i * stride + k] += 1.0
    output = len(spread[padding : len(spread) - padding])
    assert output == (7 - 1) * stride - 2 * padding + kernel
    assert len(convolve([0.0] * (output + 2 * padding), [1.0] * kernel, stride)) == 7


def test_pixel_shuffle_moves_every_value_once() -> None:
    states(
        "upsampling",
        r"Y_{c,\, y,\, x} = X_{c r^2 + r (y \bmod r) + (x \bmod r),\ \lfloor y / r \rfloor,\ "
        r"\lfloor x / r \rfloor}",
    )
    r, height, width, channels = 2, 3, 2, 2
    origin = {
        (c, y, x): (c * r * r + r * (y % r) + x % r, y // r, x // r)
        for c, y, x in product(range(channels), range(height * r), range(width * r))
    }
    assert set(origin.values()) == set(product(range(channels * r * r), range(height), range(width)))
    assert [origin[0, 0, 0], origin[0, 0, 1], origin[0, 1, 0], origin[0, 1, 1]] == [
        (0, 0, 0),
        (1, 0, 0),
        (2, 0, 0),
        (3, 0, 0),
    ]


def test_compound_scaling_doubles_the_work() -> None:
    states(
        "efficientnet",
        r"d = \alpha^{\phi}, \quad w = \beta^{\phi}, \quad r = \gamma^{\phi}, \qquad \alpha \cdot "
        r"\beta^2 \cdot \gamma^2 \approx 2",
    )
    states(
        "efficientnet",
        r"\mathrm{FLOPS} \propto d\, w^2 r^2 = \left( \alpha \beta^2 \gamma^2 \right)^{\phi} "
        r"\approx 2^{\phi}",
    )
    alpha, beta, gamma = 1.2, 1.1, 1.15
    assert alpha * beta**2 * gamma**2 == pytest.approx(2, rel=0.05)
    depth, width, resolution = alpha**3, beta**3, gamma**3
    assert depth * width**2 * resolution**2 == pytest.approx(2**3, rel=0.15)


def test_depthwise_separable_cost_by_counting_multiplications() -> None:
    states("lightweight-networks", r"D_K^2 \cdot M \cdot N \cdot D_F^2")
    states("lightweight-networks", r"D_K^2 \cdot M \cdot D_F^2 + M \cdot N \cdot D_F^2")
    states(
        "lightweight-networks",
        r"\frac{D_K^2 M D_F^2 + M N D_F^2}{D_K^2 M N D_F^2} = \frac{1}{N} + \frac{1}{D_K^2}",
    )
    kernel, inputs, outputs, side = 3, 4, 8, 5
    places = [range(side)] * 2
    window = [range(kernel)] * 2
    standard = sum(1 for _ in product(*places, *window, range(inputs), range(outputs)))
    depthwise = sum(1 for _ in product(*places, *window, range(inputs)))
    pointwise = sum(1 for _ in product(*places, range(inputs), range(outputs)))
    assert standard == kernel**2 * inputs * outputs * side**2
    assert (depthwise + pointwise) / standard == pytest.approx(1 / outputs + 1 / kernel**2)


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_sigmoid_slope_is_at_most_a_quarter() -> None:
    states("activations", r"\sigma(x) = \frac{1}{1 + e^{-x}}")
    for x in (-3.0, 0.0, 1.7):
        slope = (sigmoid(x + 1e-6) - sigmoid(x - 1e-6)) / 2e-6
        assert slope == pytest.approx(sigmoid(x) * (1 - sigmoid(x)), abs=1e-9)
        assert slope <= 0.25 + 1e-9


def test_gelu_is_the_expectation_of_a_gate_that_opens_for_smaller_normals() -> None:
    states(
        "activations",
        r"\mathrm{GELU}(x) = x\, \Phi(x) = \frac{x}{2} \left[ 1 + \mathrm{erf}\left( "
        r"\frac{x}{\sqrt{2}} \right) \right]",
    )
    for x in (-1.5, 0.0, 2.0):
        phi = integral(lambda z: math.exp(-z * z / 2) / math.sqrt(2 * math.pi), -10, x)
        assert x / 2 * (1 + math.erf(x / math.sqrt(2))) == pytest.approx(x * phi, abs=1e-5)


def test_swish_lies_between_half_the_line_and_relu() -> None:
    states("activations", r"\mathrm{Swish}_\beta(x) = x\, \sigma(\beta x)")
    states("activations", r"\mathrm{ReLU}(x) = \max(0, x)")
    for x in (-2.0, 3.0):
        assert x * sigmoid(0 * x) == x / 2
        assert x * sigmoid(50 * x) == pytest.approx(max(0.0, x), abs=1e-9)


def test_swiglu_without_a_gate_open_is_zero() -> None:
    states("activations", r"\mathrm{SwiGLU}(x) = \mathrm{Swish}_1(x W) \odot (x V)")
    x, w, v = [1.0, 2.0], [[0.5, -40.0], [0.25, 0.0]], [[3.0, 1.0], [0.0, 1.0]]
    gate = [dot(x, [row[j] for row in w]) for j in range(2)]
    content = [dot(x, [row[j] for row in v]) for j in range(2)]
    out = [g * sigmoid(g) * c for g, c in zip(gate, content, strict=True)]
    assert out[0] == pytest.approx(sigmoid(1.0) * 3.0)
    assert out[1] == pytest.approx(0.0, abs=1e-12)


def test_bias_is_the_negative_threshold() -> None:
    states(
        "bias",
        r"y = \begin{cases} 1, & w^\top x + b > 0 \\ 0, & w^\top x + b \le 0 \end{cases}",
    )
    w, threshold = [1.0, 1.0], 1.5
    for x in product((0.0, 1.0), repeat=2):
        assert (dot(w, x) - threshold > 0) == (dot(w, x) > threshold) == (x == (1.0, 1.0))


def test_distance_of_a_hyperplane_to_the_origin() -> None:
    states("bias", r"d = \frac{|b|}{\lVert w \rVert}")
    w, b = [3.0, 4.0], -10.0
    nearest = [-b * component / dot(w, w) for component in w]
    assert dot(w, nearest) + b == pytest.approx(0)
    assert math.hypot(*nearest) == pytest.approx(abs(b) / math.hypot(*w)) == 2


def test_batch_normalisation_cancels_a_bias() -> None:
    states("bias", r"y = \gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta")

    def normalised(batch: Vector) -> Vector:
        mean = math.fsum(batch) / len(batch)
        variance = math.fsum((x - mean) ** 2 for x in batch) / len(batch)
        return [2.0 * (x - mean) / math.sqrt(variance + 1e-5) + 0.5 for x in batch]

    batch = [1.0, 4.0, -2.0, 0.5]
    assert normalised([x + 7.0 for x in batch]) == pytest.approx(normalised(batch))


def test_parameters_of_a_convolution() -> None:
    states("bias", r"n_{\mathrm{params}} = (k^2 C_{\mathrm{in}} + 1)\, C_{\mathrm{out}}")
    weights = sum(1 for _ in product(range(3), range(3), range(16), range(32)))
    assert weights + 32 == (3**2 * 16 + 1) * 32 == 4640


def test_offsets_of_a_deformable_convolution() -> None:
    states("deformable-convolution", r"n_{\mathrm{offset}} = 2 k^2")
    assert len([(i, j, axis) for i in range(3) for j in range(3) for axis in "xy"]) == 2 * 3**2
