"""What is shown of a typed answer that is not the card's."""

from __future__ import annotations

import pytest

from flashnotes.tui.compared import compared_rows
from flashnotes.typed import compare

CASES = [
    ("eigenvalue", "Eigenvalue", ["Eigenvalue", "✓ as typed; suggests 3 Good"]),
    ("eigenvale", "eigenvalue", ["eigenval+u+e"]),
    ("x = 2", "x = 3", ["x = -2- +3+"]),
    ("the sum of squares", "the mean of squares", ["the -sum- +mean+ of squares"]),
    (
        "it is how far the numbers lie apart",
        "The mean of the squared distances from the mean of all values.",
        [
            "-it is how far the numbers lie apart-",
            "✗ typed otherwise than the answer below; suggests 1 Again",
        ],
    ),
]


@pytest.mark.parametrize(("typed", "answer", "expected"), CASES)
def test_the_difference_is_told_by_signs(typed: str, answer: str, expected: list[str]) -> None:
    shown = [row.plain.rstrip() for row in compared_rows(compare(typed, [answer]), 100)]
    assert shown[: len(expected)] == expected
    assert shown[-1].endswith(("suggests 1 Again", "suggests 3 Good"))
