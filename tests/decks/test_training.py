from __future__ import annotations

import functools
import math
import struct

import pytest

from tests.decks.formulas import states
from tests.decks.linalg import Vector, dot, jacobian, matmul


def from_bits(bits: int) -> float:
    """The FP16 number of a bit pattern."""
    value: float = struct.unpack("<e", struct.pack("<H", bits))[0]
    return value


def to_fp16(x: float) -> float:
    value: float = struct.unpack("<e", struct.pack("<e", x))[0]
    return value


@pytest.mark.parametrize(
    ("sign", "exponent", "fraction"), [(0, 15, 0), (1, 16, 512), (0, 1, 1), (1, 30, 1023)]
)
def test_value_of_an_fp16_number(sign: int, exponent: int, fraction: int) -> None:
    states(
        "mixed-precision",
        r"x = (-1)^s \cdot 2^{e - 15} \cdot \left( 1 + \frac{f}{1024} \right), \qquad 1 \le e \le 30",
    )
    stated = (-1) ** sign * 2.0 ** (exponent - 15) * (1 + fraction / 1024)
    assert from_bits(sign << 15 | exponent << 10 | fraction) == stated


def test_largest_fp16_number() -> None:
    states("mixed-precision", r"\left( 2 - 2^{-10} \right) \cdot 2^{15} = 65504")
    assert (2 - 2.0**-10) * 2**15 == 65504 == from_bits(0x7BFF)
    assert math.isinf(from_bits(0x7C00))
    with pytest.raises(OverflowError):
        to_fp16(65520.0)


def test_smallest_positive_fp16_number() -> None:
    states("mixed-precision", r"2^{-14} \cdot 2^{-10} = 2^{-24} \approx 5.96 \times 10^{-8}")
    assert from_bits(1) == 2.0**-24 == pytest.approx(5.96e-8, rel=1e-3)
    assert to_fp16(2.0**-25) == 0
    assert to_fp16(1.01 * 2.0**-25) == 2.0**-24


def test_loss_scaling_saves_a_small_gradient() -> None:
    states("mixed-precision", r"g = \frac{1}{S} \nabla_w (S \cdot L)")
    gradient, scale = 1e-8, 1024.0
    assert to_fp16(gradient) == 0
    assert to_fp16(scale * gradient) / scale == pytest.approx(gradient, rel=0.01)


def test_small_updates_are_lost_without_master_weights() -> None:
    half = single = 1.0
    for _ in range(1000):
        half = to_fp16(half + 2.0**-12)
        single += 2.0**-12
    assert half == 1.0
    assert to_fp16(single) == pytest.approx(1 + 1000 * 2.0**-12, rel=1e-3)


def ring_all_reduce(shares: list[Vector]) -> tuple[list[Vector], int]:
    """The sums at every worker, and how many numbers each has sent."""
    n = len(shares)
    data, sent = [list(share) for share in shares], 0
    for step in range(2 * (n - 1)):
        reducing = step < n - 1
        before = [list(row) for row in data]
        sent += 1
        for worker in range(n):
            chunk = (worker - step) % n if reducing else (worker + 1 - (step - n + 1)) % n
            neighbour = (worker + 1) % n
            arriving = before[worker][chunk]
            data[neighbour][chunk] = before[neighbour][chunk] + arriving if reducing else arriving
    return data, sent


@pytest.mark.parametrize("workers", [2, 3, 5, 8])
def test_ring_all_reduce_sums_everywhere_with_the_stated_traffic(workers: int) -> None:
    states("ddp", r"V = \frac{2 (N - 1)}{N} S")
    shares = [[float(10 * worker + chunk) for chunk in range(workers)] for worker in range(workers)]
    sums = [math.fsum(column) for column in zip(*shares, strict=True)]
    data, sent = ring_all_reduce(shares)
    assert data == [sums] * workers
    assert sent == 2 * (workers - 1) / workers * len(sums)


def test_averaged_gradient_is_that_of_the_whole_batch() -> None:
    states("ddp", r"\bar g = \frac{1}{N} \sum_{i=1}^{N} g_i")
    batch, w = [1.0, 4.0, -2.0, 3.0, 0.0, 6.0], 0.5

    def gradient(samples: Vector) -> float:
        return math.fsum(2 * (w - x) for x in samples) / len(samples)

    per_worker = [gradient(batch[i::3]) for i in range(3)]
    assert math.fsum(per_worker) / 3 == pytest.approx(gradient(batch))


def test_vector_jacobian_product_is_the_gradient_of_the_loss() -> None:
    states(
        "autograd",
        r"v^\top J = \begin{bmatrix} v_1 & \cdots & v_m \end{bmatrix} \begin{bmatrix} "
        r"\frac{\partial y_1}{\partial x_1} & \cdots & "
        r"\frac{\partial y_1}{\partial x_n} \\ \vdots & \ddots & \vdots \\ \frac{\partial "
        r"y_m}{\partial x_1} & \cdots & "
        r"\frac{\partial y_m}{\partial x_n} \end{bmatrix}",
    )

    def layer(x: Vector) -> Vector:
        return [x[0] * x[1], math.sin(x[1]), x[0] + x[2] ** 2]

    def loss(y: Vector) -> float:
        return dot(y, y)

    x = [0.5, -1.2, 2.0]
    v = [2 * value for value in layer(x)]
    product = matmul([v], jacobian(layer, x))[0]
    assert product == pytest.approx(jacobian(lambda point: [loss(layer(point))], x)[0], abs=1e-5)


def test_partial_fixes_an_argument() -> None:
    """tf-export.md: `partial(int, base=2)("101")` is 5."""
    assert functools.partial(int, base=2)("101") == 5


def test_a_name_is_attached_and_the_function_returned() -> None:
    """tf-export.md: the three steps behind the decorator."""

    class Export:
        def __init__(self, name: str, *, api_name: str) -> None:
            self.name, self.api_name = name, api_name

        def __call__(self, function: object) -> object:
            setattr(function, f"_{self.api_name}_names", (self.name,))
            return function

    def add() -> None: ...

    decorate = functools.partial(Export, api_name="tensorflow")
    assert decorate("math.add")(add) is add
    assert vars(add) == {"_tensorflow_names": ("math.add",)}
