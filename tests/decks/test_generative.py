from __future__ import annotations

import math
from itertools import product

import pytest

from tests.decks.formulas import states
from tests.decks.linalg import Matrix, Vector, determinant, dot, integral, jacobian


def normal(x: float, mean: float = 0.0, deviation: float = 1.0) -> float:
    return math.exp(-(((x - mean) / deviation) ** 2) / 2) / (deviation * math.sqrt(2 * math.pi))


def standard(z: Vector) -> float:
    return math.prod(normal(x) for x in z)


def test_change_of_variables_on_an_affine_flow() -> None:
    """z = (x - 3) / 2 turns a standard normal z into a normal x of mean 3 and deviation 2."""
    states(
        "normalizing-flow",
        r"\log p_X(x) = \log p_Z(f(x)) + \log \left| \det \frac{\partial f(x)}{\partial x} \right|",
    )
    for x in (-4.0, 3.0, 5.5):
        stated = math.log(normal((x - 3) / 2)) + math.log(1 / 2)
        assert stated == pytest.approx(math.log(normal(x, mean=3, deviation=2)))


def test_log_likelihood_of_a_chain_of_transformations() -> None:
    states(
        "normalizing-flow",
        r"\log p_X(x) = \log p_Z(h_K) + \sum_{k=1}^{K} \log \left| \det \frac{\partial "
        r"h_k}{\partial h_{k-1}} \right|",
    )

    def density(x: float) -> float:
        h, log_det = x, 0.0
        for scale, shift in ((0.5, 0.1), (0.7, -0.3)):
            h, log_det = (
                math.sinh(scale * h + shift),
                log_det + math.log(scale * math.cosh(scale * h + shift)),
            )
        return math.exp(math.log(normal(h) + 1e-300) + log_det)

    assert integral(density, -6, 6, steps=20000) == pytest.approx(1, abs=1e-4)


def test_planar_flow_determinant() -> None:
    states("normalizing-flow", r"f(z) = z + u\, h(w^\top z + b)")
    u, w, b, z = [0.4, -0.7, 1.1], [1.0, 0.5, -0.2], 0.3, [0.2, -1.0, 0.8]

    def planar(point: Vector) -> Vector:
        return [x + v * math.tanh(dot(w, point) + b) for x, v in zip(point, u, strict=True)]

    slope = 1 - math.tanh(dot(w, z) + b) ** 2
    assert determinant(jacobian(planar, z)) == pytest.approx(1 + slope * dot(u, w), abs=1e-6)


def test_instantaneous_change_of_variables_on_a_linear_flow() -> None:
    """dz/dt = -a z shrinks a normal to deviation exp(-a t)."""
    states(
        "normalizing-flow",
        r"\frac{\mathrm{d} \log p(z(t))}{\mathrm{d} t} = -\mathrm{tr}\left( \frac{\partial "
        r"f}{\partial z(t)} \right)",
    )
    a, start = 0.7, 1.3

    def log_density(t: float) -> float:
        return math.log(normal(start * math.exp(-a * t), deviation=math.exp(-a * t)))

    change = (log_density(1.0 + 1e-6) - log_density(1.0 - 1e-6)) / 2e-6
    assert change == pytest.approx(a)


def test_hutchinson_trace_over_all_signs() -> None:
    states(
        "normalizing-flow", r"\mathrm{tr}(A) = \mathbb{E}_{\epsilon}\left[ \epsilon^\top A\, \epsilon \right]"
    )
    a: Matrix = [[2.0, -1.0, 4.0], [0.5, -3.0, 1.0], [7.0, 2.0, 5.0]]
    signs = [list(e) for e in product((-1.0, 1.0), repeat=3)]
    mean = math.fsum(dot(e, [dot(row, e) for row in a]) for e in signs) / len(signs)
    assert mean == pytest.approx(2.0 - 3.0 + 5.0)


def network(x: float) -> float:
    return math.tanh(3 * x) + x * x


def test_additive_coupling_is_undone_by_subtraction() -> None:
    states("nice", r"\begin{aligned} y_1 &= x_1 \\ y_2 &= x_2 + m(x_1) \end{aligned}")
    states("nice", r"\begin{aligned} x_1 &= y_1 \\ x_2 &= y_2 - m(y_1) \end{aligned}")

    def forward(x: Vector) -> Vector:
        return [x[0], x[1] + network(x[0])]

    def backward(y: Vector) -> Vector:
        return [y[0], y[1] - network(y[0])]

    for x in ([0.3, -2.0], [-1.5, 4.0]):
        assert backward(forward(x)) == pytest.approx(x)
        assert determinant(jacobian(forward, x)) == pytest.approx(1, abs=1e-6)


def test_affine_coupling_scales_volume_by_its_log_scales() -> None:
    states(
        "nice",
        r"\begin{aligned} y_1 &= x_1 \\ y_2 &= x_2 \odot \exp(s(x_1)) + t(x_1) \end{aligned}",
    )

    def scales(x: float) -> Vector:
        return [math.sin(x), x - 1]

    def forward(x: Vector) -> Vector:
        s = scales(x[0])
        return [x[0], x[1] * math.exp(s[0]) + network(x[0]), x[2] * math.exp(s[1]) - x[0]]

    x = [0.8, -0.5, 2.0]
    assert determinant(jacobian(forward, x)) == pytest.approx(math.exp(sum(scales(x[0]))), rel=1e-5)


def test_nice_log_likelihood_is_that_of_a_density() -> None:
    states(
        "nice",
        r"\log p_X(x) = \sum_{i=1}^{D} \left[ \log p_{H_i}(f_i(x)) + \log |S_{ii}| \right]",
    )
    scale = [1.5, 0.8]

    def f(x: Vector) -> Vector:
        return [scale[0] * x[0], scale[1] * (x[1] + math.sin(2 * x[0]))]

    def density(x: Vector) -> float:
        terms = zip(f(x), scale, strict=True)
        return math.exp(math.fsum(math.log(normal(h)) + math.log(abs(s)) for h, s in terms))

    x = [0.4, -0.3]
    assert density(x) == pytest.approx(standard(f(x)) * abs(determinant(jacobian(f, x))), rel=1e-6)


def test_jacobian_determinant_is_the_growth_of_area() -> None:
    states(
        "flow-vae",
        r"\det J_f = \det \begin{bmatrix} \frac{\partial f_1}{\partial x_1} & \cdots & "
        r"\frac{\partial f_1}{\partial x_n} \\"
        r" \vdots & \ddots & \vdots \\ \frac{\partial f_n}{\partial x_1} & \cdots & "
        r"\frac{\partial f_n}{\partial x_n} \end{bmatrix}",
    )

    def polar(p: Vector) -> Vector:
        return [p[0] * math.cos(p[1]), p[0] * math.sin(p[1])]

    radius, angle, side = 2.0, 0.6, 1e-4
    ring = math.pi * ((radius + side) ** 2 - (radius - side) ** 2) * (2 * side) / (2 * math.pi)
    assert determinant(jacobian(polar, [radius, angle])) == pytest.approx(ring / (2 * side) ** 2, rel=1e-5)


def kl(a: Vector, b: Vector) -> float:
    return math.fsum(x * math.log(x / y) for x, y in zip(a, b, strict=True) if x)


def test_evidence_lower_bound_misses_by_the_divergence_from_the_posterior() -> None:
    states(
        "flow-vae",
        r"\log p(x) \ge \mathbb{E}_{q(z \mid x)}[\log p(x \mid z)] - \mathrm{KL}(q(z \mid x)\, \|\, p(z))",
    )
    prior, likelihood, q = [0.5, 0.3, 0.2], [0.1, 0.7, 0.4], [0.2, 0.5, 0.3]
    evidence = dot(prior, likelihood)
    posterior = [p * f / evidence for p, f in zip(prior, likelihood, strict=True)]
    bound = dot(q, [math.log(f) for f in likelihood]) - kl(q, prior)
    assert bound <= math.log(evidence)
    assert math.log(evidence) - bound == pytest.approx(kl(q, posterior))


def test_gan_value_at_the_best_discriminator() -> None:
    """It is 2 JSD(data, generated) - log 4, least when both agree."""
    states(
        "flow-vae",
        r"\min_G \max_D\ \mathbb{E}_{x \sim p_{\mathrm{data}}}[\log D(x)] + \mathbb{E}_{z \sim "
        r"p_z}[\log(1 - D(G(z)))]",
    )
    data, generated = [0.6, 0.3, 0.1], [0.2, 0.3, 0.5]

    def value(d: Vector) -> float:
        return dot(data, [math.log(x) for x in d]) + dot(generated, [math.log(1 - x) for x in d])

    best = [p / (p + g) for p, g in zip(data, generated, strict=True)]
    middle = [(p + g) / 2 for p, g in zip(data, generated, strict=True)]
    assert value(best) == pytest.approx(kl(data, middle) + kl(generated, middle) - math.log(4))
    assert all(value([x + shift for x in best]) < value(best) for shift in (-0.05, 0.05))


def test_quantisation_takes_the_nearest_code() -> None:
    states(
        "vq-vae",
        r"z_q(x) = e_k, \qquad k = \arg\min_j \lVert z_e(x) - e_j \rVert",
    )
    codebook = [[0.0, 0.0], [1.0, 1.0], [-2.0, 0.5]]

    def quantised(z: Vector) -> Vector:
        return min(codebook, key=lambda code: math.dist(z, code))

    assert quantised([0.7, 0.4]) == [1.0, 1.0]
    assert quantised([-1.2, 0.1]) == [-2.0, 0.5]
    assert all(quantised(code) == code for code in codebook)


class Dual:
    """A number and its derivative, of which `stop` keeps the number alone."""

    def __init__(self, value: float, slope: float = 0.0) -> None:
        self.value, self.slope = value, slope

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other: Dual) -> Dual:
        return Dual(self.value - other.value, self.slope - other.slope)

    def squared(self) -> Dual:
        return Dual(self.value**2, 2 * self.value * self.slope)

    def times(self, factor: float) -> Dual:
        return Dual(self.value * factor, self.slope * factor)

    def stop(self) -> Dual:
        return Dual(self.value)


def test_straight_through_has_the_quantised_value_and_the_encoders_slope() -> None:
    states("vq-vae", r"z = z_e + \mathrm{sg}[z_q - z_e]")
    encoded = Dual(0.7, slope=1.0)
    quantised = Dual(float(round(encoded.value)))
    z = encoded + (quantised - encoded).stop()
    assert z.value == pytest.approx(1.0)
    assert z.slope == 1.0


def test_vq_vae_loss_moves_codes_by_its_second_and_the_encoder_by_its_third_term() -> None:
    states(
        "vq-vae",
        r"L = -\log p(x \mid z_q(x)) + \lVert \mathrm{sg}[z_e(x)] - e \rVert_2^2 + \beta \lVert "
        r"z_e(x) - \mathrm{sg}[e] \rVert_2^2",
    )

    def pull(encoded: Dual, code: Dual) -> Dual:
        return (encoded.stop() - code).squared() + (encoded - code.stop()).squared().times(0.25)

    assert pull(Dual(2.0), Dual(1.5, slope=1.0)).slope == pytest.approx(-1.0)
    assert pull(Dual(2.0, slope=1.0), Dual(1.5)).slope == pytest.approx(0.25)


def test_linear_interpolation_moves_with_the_velocity_that_is_learnt() -> None:
    states("rectified-flow", r"X_t = (1 - t) X_0 + t X_1, \qquad t \in [0, 1]")
    states(
        "rectified-flow",
        r"L(\theta) = \int_0^1 \mathbb{E}\left[ \lVert (X_1 - X_0) - v_\theta(X_t, t) \rVert^2 "
        r"\right] \mathrm{d}t",
    )
    x0, x1 = -1.0, 4.0

    def at(t: float) -> float:
        return (1 - t) * x0 + t * x1

    assert (at(0), at(1)) == (x0, x1)
    velocity = (at(0.5 + 1e-6) - at(0.5 - 1e-6)) / 2e-6
    assert integral(lambda _: (x1 - x0 - velocity) ** 2, 0, 1) == pytest.approx(0, abs=1e-12)


def euler(velocity: float, curl: float, steps: int) -> float:
    """dz/dt = velocity + curl (t - 1/2) from 0: exact end `velocity`."""
    z = 0.0
    for i in range(steps):
        z += (velocity + curl * (i / steps - 0.5)) / steps
    return z


def test_a_straight_flow_needs_one_euler_step() -> None:
    states(
        "rectified-flow",
        r"\frac{\mathrm{d} Z_t}{\mathrm{d} t} = v_\theta(Z_t, t), \qquad Z_0 \sim p_0",
    )
    states(
        "rectified-flow",
        r"S(Z) = \int_0^1 \mathbb{E}\left[ \left\lVert (Z_1 - Z_0) - \frac{\mathrm{d} "
        r"Z_t}{\mathrm{d} t} \right\rVert^2 \right] \mathrm{d}t",
    )

    def straightness(curl: float) -> float:
        return integral(lambda t: (3.0 - (3.0 + curl * (t - 0.5))) ** 2, 0, 1)

    assert straightness(0) == 0
    assert euler(3.0, curl=0, steps=1) == 3.0
    assert straightness(6.0) == pytest.approx(3.0, rel=1e-3)
    assert abs(euler(3.0, curl=6.0, steps=1) - 3.0) > abs(euler(3.0, curl=6.0, steps=100) - 3.0)


def test_logit_normal_density_prefers_the_middle() -> None:
    states(
        "sd3",
        r"\pi(t; m, s) = \frac{1}{s \sqrt{2\pi}} \cdot \frac{1}{t (1 - t)} \exp\left( "
        r"-\frac{(\mathrm{logit}(t) - m)^2}{2 s^2} \right)",
    )

    def density(t: float, m: float, s: float) -> float:
        return math.exp(-((math.log(t / (1 - t)) - m) ** 2) / (2 * s * s)) / (
            s * math.sqrt(2 * math.pi) * t * (1 - t)
        )

    assert integral(lambda t: density(t, 0.3, 0.8), 0, 1, steps=20000) == pytest.approx(1, abs=1e-6)
    assert density(0.5, 0, 1) > 1 > density(0.05, 0, 1)


def test_timestep_shift_keeps_the_uncertainty_about_a_flat_image() -> None:
    states("sd3", r"t_m = \frac{\sqrt{m / n}\; t_n}{1 + \left( \sqrt{m / n} - 1 \right) t_n}")
    n, m = 256**2, 1024**2
    for t_n in (0.1, 0.5, 0.9):
        ratio = math.sqrt(m / n)
        t_m = ratio * t_n / (1 + (ratio - 1) * t_n)
        assert t_m > t_n
        assert t_m / (1 - t_m) / math.sqrt(m) == pytest.approx(t_n / (1 - t_n) / math.sqrt(n))
