from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.decks.formulas import states

if TYPE_CHECKING:
    from tests.decks.linalg import Matrix

Box = tuple[float, float, float, float]
CURVE = [(0.2, 1.0), (0.2, 0.5), (0.4, 0.66), (0.4, 0.5), (0.6, 0.6)]
"""(recall, precision) down a ranking of five boxes for five objects: hit, miss, hit, miss, hit."""

CONFUSION: Matrix = [[50, 3, 2], [4, 20, 1], [6, 0, 14]]
"""Row: true class; column: predicted class."""


def area(box: Box) -> float:
    left, top, right, bottom = box
    return max(0.0, right - left) * max(0.0, bottom - top)


def iou(a: Box, b: Box) -> float:
    shared = area((max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])))
    return shared / (area(a) + area(b) - shared)


def interpolated(recall: float) -> float:
    return max((p for r, p in CURVE if r >= recall - 1e-9), default=0.0)


def test_iou_against_counting_cells() -> None:
    states("map", r"\mathrm{IoU} = \frac{|A \cap B|}{|A \cup B|}")
    a, b = (0, 0, 6, 4), (2, 1, 9, 7)

    def cells(box: tuple[int, int, int, int]) -> set[tuple[int, int]]:
        return {(x, y) for x in range(box[0], box[2]) for y in range(box[1], box[3])}

    assert iou(a, b) == pytest.approx(len(cells(a) & cells(b)) / len(cells(a) | cells(b)))
    assert iou(a, a) == 1
    assert iou(a, (7, 0, 9, 4)) == 0


def test_precision_and_recall_down_a_ranking() -> None:
    states("map", r"\mathrm{Precision} = \frac{TP}{TP + FP}")
    states("map", r"\mathrm{Recall} = \frac{TP}{TP + FN}")
    true_positives, points = 0, []
    for kept, hit in enumerate([True, False, True, False, True], start=1):
        true_positives += hit
        false_positives, false_negatives = kept - true_positives, 5 - true_positives
        points.append(
            (
                true_positives / (true_positives + false_negatives),
                true_positives / (true_positives + false_positives),
            )
        )
    for (recall, precision), drawn in zip(points, CURVE, strict=True):
        assert (recall, precision) == pytest.approx(drawn, abs=0.01)


def test_interpolated_precision_never_rises() -> None:
    values = [interpolated(i / 100) for i in range(101)]
    assert values == sorted(values, reverse=True)
    assert values[30] == 0.66


def test_eleven_point_ap_on_a_drawn_curve() -> None:
    states(
        "map",
        r"\mathrm{AP} = \frac{1}{11} \sum_{r \in \{0, 0.1, \ldots, 1\}} p_{\mathrm{interp}}(r)",
    )
    by_hand = (3 * 1.0 + 2 * 0.66 + 2 * 0.6) / 11
    assert sum(interpolated(i / 10) for i in range(11)) / 11 == pytest.approx(by_hand)


def test_average_precision_is_the_area_under_the_interpolated_curve() -> None:
    states(
        "map",
        r"\mathrm{AP} = \sum_{i} (r_{i+1} - r_i)\, p_{\mathrm{interp}}(r_{i+1})",
    )
    recalls = [0.0, 0.2, 0.4, 0.6]
    by_steps = sum((b - a) * interpolated(b) for a, b in pairwise(recalls))
    fine = 6000
    by_strips = sum(interpolated((i + 0.5) / fine) for i in range(fine)) / fine
    assert by_steps == pytest.approx(by_strips, abs=1e-3)
    assert by_steps == pytest.approx(0.452)


def average_precision(hits: list[bool], objects: int) -> float:
    """Of one class: whether each box of the ranking found an object, and how many objects there are."""
    found = [sum(hits[: n + 1]) for n in range(len(hits))]
    precision = [right / (n + 1) for n, right in enumerate(found)]
    return math.fsum(max(precision[n:]) / objects for n, hit in enumerate(hits) if hit)


def test_map_weighs_a_rare_class_as_much_as_a_common_one() -> None:
    states("map", r"\mathrm{mAP} = \frac{1}{C} \sum_{c=1}^{C} \mathrm{AP}_c")
    common = average_precision([True] * 99, objects=99)
    rare = average_precision([False], objects=1)
    assert (common + rare) / 2 == pytest.approx(0.5)
    assert average_precision([True, False, True, False, True], objects=5) == pytest.approx(0.4533, abs=1e-4)


def pixels() -> list[tuple[int, int]]:
    """(true class, predicted class) of every pixel behind the confusion matrix."""
    return [(i, j) for i, row in enumerate(CONFUSION) for j, n in enumerate(row) for _ in range(int(n))]


def column(j: int) -> float:
    return sum(row[j] for row in CONFUSION)


def class_iou(i: int) -> float:
    return CONFUSION[i][i] / (sum(CONFUSION[i]) + column(i) - CONFUSION[i][i])


def test_pixel_accuracy_counts_right_pixels() -> None:
    states(
        "segmentation-metrics",
        r"\mathrm{PA} = \frac{\sum_{i=0}^{k} p_{ii}}{\sum_{i=0}^{k} \sum_{j=0}^{k} p_{ij}}",
    )
    stated = sum(CONFUSION[i][i] for i in range(3)) / sum(map(sum, CONFUSION))
    assert stated == sum(true == predicted for true, predicted in pixels()) / len(pixels())


def test_mean_pixel_accuracy_counts_right_pixels_of_each_class() -> None:
    states(
        "segmentation-metrics",
        r"\mathrm{MPA} = \frac{1}{k+1} \sum_{i=0}^{k} \frac{p_{ii}}{\sum_{j=0}^{k} p_{ij}}",
    )
    stated = sum(CONFUSION[i][i] / sum(CONFUSION[i]) for i in range(3)) / 3
    shares = []
    for label in range(3):
        predictions = [predicted for true, predicted in pixels() if true == label]
        shares.append(predictions.count(label) / len(predictions))
    assert stated == pytest.approx(sum(shares) / 3)


def test_mean_iou_against_sets_of_pixels() -> None:
    states(
        "segmentation-metrics",
        r"\mathrm{MIoU} = \frac{1}{k+1} \sum_{i=0}^{k} \frac{p_{ii}}{\sum_{j=0}^{k} p_{ij} + "
        r"\sum_{j=0}^{k} p_{ji} - p_{ii}}",
    )
    for label in range(3):
        true = {n for n, pixel in enumerate(pixels()) if pixel[0] == label}
        predicted = {n for n, pixel in enumerate(pixels()) if pixel[1] == label}
        assert class_iou(label) == pytest.approx(len(true & predicted) / len(true | predicted))


def test_frequency_weights_of_fwiou_sum_to_one() -> None:
    states(
        "segmentation-metrics",
        r"\mathrm{FWIoU} = \frac{1}{\sum_{i=0}^{k} \sum_{j=0}^{k} p_{ij}} \sum_{i=0}^{k} "
        r"\frac{\left( \sum_{j=0}^{k} p_{ij} \right) p_{ii}}{\sum_{j=0}^{k} p_{ij} + "
        r"\sum_{j=0}^{k} p_{ji} - p_{ii}}",
    )
    total = sum(map(sum, CONFUSION))
    stated = sum(sum(CONFUSION[i]) * class_iou(i) for i in range(3)) / total
    ious = [class_iou(i) for i in range(3)]
    assert min(ious) < stated < max(ious)
    assert stated == pytest.approx((55 * ious[0] + 25 * ious[1] + 20 * ious[2]) / 100)


def test_dice_follows_from_iou() -> None:
    states("segmentation-metrics", r"\mathrm{Dice} = \frac{2 |A \cap B|}{|A| + |B|}")
    a, b = set(range(30)), set(range(20, 60))
    overlap = len(a & b) / len(a | b)
    assert 2 * len(a & b) / (len(a) + len(b)) == pytest.approx(2 * overlap / (1 + overlap))


def test_position_sensitive_pooling_rewards_parts_in_their_place() -> None:
    """Map (i, j) answers 1 only where part (i, j) of an object at the origin lies."""
    states(
        "r-fcn",
        r"r_c(i, j) = \frac{1}{n} \sum_{(x, y) \in \mathrm{bin}(i, j)} z_{i,j,c}(x + x_0, y + y_0)",
    )
    states("r-fcn", r"r_c = \frac{1}{k^2} \sum_{i=1}^{k} \sum_{j=1}^{k} r_c(i, j)")
    k, side = 3, 2

    def score_map(i: int, j: int, x: int, y: int) -> float:
        return float(x // side == i and y // side == j)

    def pooled(i: int, j: int, x0: int, y0: int) -> float:
        part = [(i * side + x, j * side + y) for x in range(side) for y in range(side)]
        return sum(score_map(i, j, x + x0, y + y0) for x, y in part) / len(part)

    def vote(x0: int, y0: int) -> float:
        return sum(pooled(i, j, x0, y0) for i in range(k) for j in range(k)) / k**2

    assert vote(0, 0) == 1
    assert vote(1, 0) == 0.5
    assert vote(side, 0) == 0


def test_number_of_score_maps_for_voc() -> None:
    states("r-fcn", r"n_{\mathrm{maps}} = k^2 (C + 1)")
    assert (
        len([(i, j, c) for i in range(3) for j in range(3) for c in range(20 + 1)]) == 3**2 * (20 + 1) == 189
    )


def test_temporal_iou_against_counting_frames() -> None:
    states(
        "action-recognition",
        r"\mathrm{tIoU} = \frac{\max(0,\ \min(e_1, e_2) - \max(s_1, s_2))}"
        r"{(e_1 - s_1) + (e_2 - s_2) - \max(0,\ \min(e_1, e_2) - \max(s_1, s_2))}",
    )
    for (s1, e1), (s2, e2) in [((0, 10), (4, 12)), ((0, 3), (5, 9)), ((2, 8), (3, 4))]:
        shared = max(0, min(e1, e2) - max(s1, s2))
        first, second = set(range(s1, e1)), set(range(s2, e2))
        assert shared / (e1 - s1 + e2 - s2 - shared) == len(first & second) / len(first | second)


def test_focal_loss_without_focus_is_cross_entropy() -> None:
    states("segment-anything", r"\mathrm{FL}(p_t) = -(1 - p_t)^{\gamma} \log p_t")

    def focal(p: float, gamma: float) -> float:
        return -math.pow(1 - p, gamma) * math.log(p)

    assert focal(0.3, 0) == -math.log(0.3)
    assert focal(0.9, 2) == pytest.approx(focal(0.9, 0) / 100)
