"""Speed of drawing formulas: against pylatexenc's text conversion, and of the import against `import json`.

    python -m benchmarks.formulas

Both convert the same 120 formulas in the same run, turn by turn; each formula's time is its best of seven.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from flashnotes.formula import draw, inline
from tests.formula.drawings import read_cases

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7
LARGEST_SHARE = 0.5
LARGEST_IMPORT = 3.0


def best_times(converters: dict[str, Callable[[str], object]], formulas: list[str]) -> dict[str, list[float]]:
    """Seconds for each formula and converter, the best of several turns."""
    best = {name: [float("inf")] * len(formulas) for name in converters}
    for _ in range(ROUNDS):
        for number, latex in enumerate(formulas):
            for name, convert in converters.items():
                start = perf_counter()
                convert(latex)
                best[name][number] = min(best[name][number], perf_counter() - start)
    return best


def import_seconds(*modules: str) -> list[float]:
    """Seconds that a fresh process takes to import each of `modules`, the best of several turns."""
    code = "from time import perf_counter as t; s = t(); import {}; print(t() - s)"
    best = [float("inf")] * len(modules)
    # The standard library is byte-compiled; so is an installed package, and so must ours be here.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryDirectory() as cache:
        for _ in range(16):
            for number, module in enumerate(modules):
                command = [sys.executable, "-X", f"pycache_prefix={cache}", "-c", code.format(module)]
                run = subprocess.run(command, capture_output=True, check=True, env=environment)
                best[number] = min(best[number], float(run.stdout))
    return best


def main() -> int:
    from pylatexenc.latex2text import LatexNodes2Text

    formulas = [case.latex for case in read_cases()]
    to_text = LatexNodes2Text(math_mode="text").latex_to_text
    times = best_times(
        {
            "pylatexenc": lambda latex: to_text(f"$${latex}$$"),
            "draw": draw,
            "draw in 36": lambda latex: draw(latex, width=36),
            "inline": inline,
        },
        formulas,
    )
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    for name, seconds in medians.items():
        share = seconds / medians["pylatexenc"]
        print(f"{name:<11} median {seconds * 1000:6.3f} ms a formula, {share:5.2f} of pylatexenc")
    ours, json = import_seconds("flashnotes.formula", "json")
    print(f"import      {ours * 1000:.1f} ms, json {json * 1000:.1f} ms: {ours / json:.2f} times")
    return (
        0 if medians["draw"] <= LARGEST_SHARE * medians["pylatexenc"] and ours <= LARGEST_IMPORT * json else 1
    )


if __name__ == "__main__":
    sys.exit(main())
