"""Small matrices as lists of rows: enough to compute a formula by its definition."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Vector = list[float]
Matrix = list[Vector]


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def transpose(a: Matrix) -> Matrix:
    return [list(column) for column in zip(*a, strict=True)]


def matmul(a: Matrix, b: Matrix) -> Matrix:
    columns = transpose(b)
    return [[dot(row, column) for column in columns] for row in a]


def identity(n: int) -> Matrix:
    return [[float(i == j) for j in range(n)] for i in range(n)]


def combine(a: Matrix, b: Matrix, operation: Callable[[float, float], float]) -> Matrix:
    return [[operation(x, y) for x, y in zip(p, q, strict=True)] for p, q in zip(a, b, strict=True)]


def determinant(a: Matrix) -> float:
    if len(a) == 1:
        return a[0][0]
    minors = ([row[:j] + row[j + 1 :] for row in a[1:]] for j in range(len(a)))
    return math.fsum((-1) ** j * a[0][j] * determinant(minor) for j, minor in enumerate(minors))


def inverse_2x2(a: Matrix) -> Matrix:
    scale = determinant(a)
    return [[a[1][1] / scale, -a[0][1] / scale], [-a[1][0] / scale, a[0][0] / scale]]


def jacobian(f: Callable[[Vector], Vector], x: Vector, step: float = 1e-6) -> Matrix:
    """Partial derivatives by central differences; row i holds those of the i-th output."""
    columns = []
    for j in range(len(x)):
        up, down = list(x), list(x)
        up[j] += step
        down[j] -= step
        columns.append([(a - b) / (2 * step) for a, b in zip(f(up), f(down), strict=True)])
    return transpose(columns)


def softmax(x: Sequence[float]) -> Vector:
    top = max(x)
    powers = [math.exp(value - top) for value in x]
    return [power / math.fsum(powers) for power in powers]


def integral(f: Callable[[float], float], low: float, high: float, steps: int = 2000) -> float:
    """The midpoint rule."""
    width = (high - low) / steps
    return width * math.fsum(f(low + (i + 0.5) * width) for i in range(steps))
