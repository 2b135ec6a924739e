"""What the wording of a candidate tells: how fronts and backs begin and end."""

from __future__ import annotations

import pytest

from flashnotes.evidence import of_back, of_front, opening_of
from flashnotes.models import Candidate, CardKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The share of positives", "article"),
        ("used to weigh errors", "use"),
        ("Unlike the mean it is robust", "neg"),
        ("training on one batch", "ing"),
        ("measures the spread", "s"),
        ("Created when the pod starts", "ed"),
        ("4.80, with an interval", "digit"),
        ("梯度的平均", "zh"),
        ("$x$", "sign"),
        ("Gradient", "upper"),
        ("", "other"),
    ],
)
def test_opening_is_named(text: str, kind: str) -> None:
    assert opening_of(text) == kind


@pytest.mark.parametrize(
    ("front", "tells"),
    [
        ("Subtract the mean from each input", "front tells to"),
        ("Advantages and challenges", "front generic"),
        ("Task introduction", "front generic"),
        ("算法说明", "front generic"),
        ("Gradient Descent", "front title"),
    ],
)
def test_front_tells(front: str, tells: str) -> None:
    assert tells in of_front(front)


@pytest.mark.parametrize("front", ["Training set", "Value function", "损失函数", "优势函数", "Feature space"])
def test_a_name_is_neither_a_role_nor_an_instruction(front: str) -> None:
    assert {"front tells to", "front generic"}.isdisjoint(of_front(front))


def test_back_of_an_english_definition_is_read() -> None:
    candidate = Candidate(
        CardKind.DEFINITION, "Hash", "Adjust the size, which depends on the load.", 1, rule="label"
    )
    told = set(of_back(candidate, "en", 2, opens_with_term=False))
    assert {"back tells to", "back relates", "label length 2"} <= told
    assert not list(of_back(candidate, "zh", 2, opens_with_term=False))
