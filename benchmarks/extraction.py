"""How good extraction is on the labelled notes: both halves, their gap, each set, and the calibration.

    python benchmarks/extraction.py

Rules are written looking at the even half (SHA-256 of the file name) alone. The weights of the score are fitted on
all labelled notes, so two figures are shown: as shipped, and cross-validated (each note judged by weights fitted
without it), which is the one to expect on notes never seen.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.extraction_fit import (
    calibration,
    chance,
    cross_validate,
    dataset,
    further_rows,
    report,
    totals,
)
from flashnotes.extract import RECOMMENDED_SCORE
from flashnotes.weights import WEIGHTS


def commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


def gap(counts: Mapping[str, Mapping[str, int]]) -> str:
    """How much better the half that was looked at does than the other."""

    def share(half: str, part: str, whole: str) -> float:
        return 100 * counts[half][part] / max(counts[half][whole], 1)

    precision = share("even", "right", "shown") - share("odd", "right", "shown")
    recall = share("even", "found", "must") - share("odd", "found", "must")
    return f"gap between the halves: precision {precision:+.1f}, recall {recall:+.1f}"


def main() -> int:
    data = dataset()
    shipped = [[chance(names, WEIGHTS) for names, _ in rows] for _, _, rows in data]
    further, absent = further_rows()
    unseen = cross_validate(data, further)
    without = f", {absent} of the other notes not there" if absent else ""
    print(f"commit {commit()}, threshold {RECOMMENDED_SCORE}{without}")
    for title, scored in (("as shipped", shipped), ("cross-validated over notes", unseen)):
        print(f"\n{title}")
        print(report(data, scored, RECOMMENDED_SCORE))
        print(gap(totals(data, scored, RECOMMENDED_SCORE)))
    print("\ncalibration, cross-validated, every candidate")
    print(calibration(data, unseen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
