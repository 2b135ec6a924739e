"""Fits the weights of the score on the labelled notes and writes `flashnotes/weights.py`.

    python benchmarks/extraction_fit.py            # cross-validate, print the calibration, write the weights
    python benchmarks/extraction_fit.py --dry-run  # print only

Logistic regression with a ridge penalty, by Newton's method on a few hundred features; whole notes are left
out in cross-validation, so that no note helps to judge itself. Candidates of other notes (`judged.tsv`, `others.tsv`,
see `extraction_judged.py`) and eight notes of the project's own (`labelled/`) are further rows, never counted in what
is shown. Where notes of `others.tsv` are not there, the weights are not written: they would come out as others.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


from benchmarks.extraction_gold import GOLD, OWN, Labelled, is_right, judged, labelled_notes
from benchmarks.extraction_judged import JUDGED, OTHERS, judged_rows
from flashnotes.extract import RECOMMENDED_SCORE, propose, select
from flashnotes.models import Candidate
from flashnotes.scoring import EXPLICIT, feature_rows, is_explicit

HEAD = "Weights of the score, fitted by `benchmarks/extraction_fit.py`; not to be edited by hand."
RIDGE = 5.0
LABELLED_WEIGHT = 1.5
"""Of a candidate of the labelled notes."""
JUDGED_WEIGHT = 0.4
"""Of a judged candidate: a few were drawn from each note, near the threshold more than elsewhere."""
OTHERS_WEIGHT = 0.2
"""Of a candidate of notes of other people, and of the project's own: there are many, each read by one person only."""
FOLDER_WEIGHTS = {"seeds": 6.0}
"""The four scraped articles stand for a way of writing that the other notes do not have."""
FOLDS = 10
RAREST = 4
"""A feature seen on fewer candidates is left out, unless something is known of it before."""
WEIGHTS = Path(__file__).resolve().parents[1] / "flashnotes" / "weights.py"

PRIOR = {
    "heading: above label": -1.2,
    "english_definition: en means": 1.8,
    "english_definition: en genus": 1.6,
    "english_definition: en defined": 1.0,
    "english_definition: en the": 1.2,
    "english_definition: en when": 0.6,
    "english_definition: en kinds": 1.2,
    "english_definition: a subject": 0.8,
    "english_definition: the subject": -0.4,
    "english_definition: set apart by clause": 0.8,
    "english_definition: set apart": 0.3,
    "english_definition: judged": -1.5,
    "english_definition: ranked": -1.2,
    "english_definition: past": -0.5,
    "english_definition: in field": 0.8,
    "english_definition: bold subject": 0.8,
    "english_definition: elsewhere": -0.7,
    "english_definition: after role": 1.2,
    "english_definition: en which": 0.8,
    "english_definition: en by": 1.0,
    "english_definition: en colon": 0.8,
    "english_definition: en that": 0.4,
    "heading: noun phrase": 0.4,
    "heading: another subject": -0.8,
    "heading: defines later": 0.6,
    "heading: opens with verb": 0.3,
    "chinese_definition: zh means": 1.8,
    "chinese_definition: zh genus": 1.2,
    "chinese_definition: zh defined": 0.5,
    "chinese_definition: zh kind": 0.3,
    "chinese_definition: zh judged": -1.5,
    "chinese_definition: zh parallel": 0.8,
    "chinese_definition: remarked subject": 0.5,
    "chinese_definition: scoped clause": 0.4,
    "chinese_definition: zh then kind": 0.8,
    "chinese_definition: bold subject": 0.8,
    "chinese_definition: elsewhere": -0.7,
    "label: bold label": 0.5,
    "label: counted": 0.3,
    "label: imperative": -1.5,
    "label: named alike": 0.8,
    "outline: named alike": 0.8,
    "label: tells": 0.5,
    "label: noun phrase": 0.4,
    "label: says when": 0.2,
    "label: acts": 0.2,
    "label: only names": -0.4,
    "definition_list: definition list": 1.5,
    "callout: titled note": 0.8,
    "label: linked": -0.5,
    "label: title": -1.0,
    "english_naming: ours": -0.7,
    "formula: worked": -0.7,
    "formula: named again": -1.0,
    "formula: at a number": -1.0,
    "heading: above code": -0.7,
    "table: term column": 0.8,
    "table: compared column": 1.0,
    "table: named row": 0.6,
    "inline_formula: inline name alone": 0.6,
    "formula: numbers": -1.0,
    "formula: concrete": -1.0,
    "formula: derived": -0.5,
    "question: reader": -0.7,
    "question: elsewhere": -0.7,
    "question: exercise": -1.5,
    "front generic": -1.0,
    "front tells to": -1.5,
    "back tells to": -0.7,
    "section example": -0.5,
    "section how to": -0.3,
    "back reader": -0.5,
    "back dangling": -0.3,
    "back asks": -0.5,
    "front is heading": 0.4,
    "chinese_naming: zh calls": 0.8,
    "chinese_naming: zh defined as": 0.6,
    "chinese_naming: famous": 0.4,
    "chinese_naming: set off": 0.4,
    "chinese_definition: zh just": 0.3,
    "chinese_definition: zh named": 1.0,
    "chinese_definition: zh contrasted": 0.9,
    "chinese_definition: zh cleft": -0.8,
    "chinese_definition: zh listed": 0.8,
    "chinese_definition: zh own genus": 0.8,
    "chinese_definition: zh set apart": 0.4,
    "chinese_apposition: zh apposed kind": 1.0,
    "chinese_apposition: named before": 1.2,
    "chinese_label: bilingual": 1.0,
    "chinese_apposition: quoted": 0.8,
    "chinese_enumeration: one and another": 0.8,
    "chinese_label: comma": 0.8,
    "chinese_enumeration: stated": 0.4,
    "chinese_enumeration: bracketed": 0.3,
    "chinese_enumeration: circled": 0.6,
    "chinese_role: role sentence": 0.4,
    "chinese_role: formula in words": 0.6,
    "chinese_role: outcome sentence": 0.4,
    "chinese_label: brackets": 0.8,
    "chinese_label: equated": 0.4,
    "chinese_label: tells": 0.4,
    "heading: role meaning": 0.6,
    "outline: first line": 0.3,
    "outline: tells": 0.8,
    "formula: called": 0.8,
    "inline_formula: inline called": 0.8,
}
"""What grammar and typography say before any label is seen; the penalty pulls towards it."""

Row = tuple[list[str], bool]
Weighted = tuple[list[str], bool, float]
Data = list[tuple[Labelled, list[Candidate], list[Row]]]


def fit(rows: list[Weighted], *, ridge: float = RIDGE, rounds: int = 40) -> dict[str, float]:
    """The weights that make `rows` likeliest, kept small by `ridge`; coordinate-wise Newton steps."""
    counts = Counter(name for names, _, _ in rows for name in set(names))
    names = sorted({name for name, count in counts.items() if count >= RAREST} | PRIOR.keys())
    index = {name: number for number, name in enumerate(names)}
    columns: list[list[int]] = [[] for _ in names]
    for number, (features, _, _) in enumerate(rows):
        for name in set(features):
            if name in index:
                columns[index[name]].append(number)
    labels = [1.0 if right else 0.0 for _, right, _ in rows]
    counts_for = [weight for _, _, weight in rows]
    priors = [PRIOR.get(name, 0.0) for name in names]
    weights = list(priors)
    margins = [
        sum(PRIOR.get(name, 0.0) for name in set(features) if name in index) for features, _, _ in rows
    ]
    for _ in range(rounds):
        moved = 0.0
        for column, rows_of in enumerate(columns):
            penalty = 0.01 if names[column] == "bias" else ridge
            gradient, curvature = -penalty * (weights[column] - priors[column]), penalty
            for number in rows_of:
                chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, margins[number]))))
                gradient += counts_for[number] * (labels[number] - chance)
                curvature += counts_for[number] * chance * (1 - chance)
            step = max(-1.0, min(1.0, gradient / curvature))
            weights[column] += step
            moved = max(moved, abs(step))
            for number in rows_of:
                margins[number] += step
        if moved < 1e-3:
            break
    return {
        name: round(weight, 3) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.0005
    }


def chance(names: list[str], weights: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights.get(name, 0.0) for name in names)))))


def cross_validate(data: Data, further: list[Weighted]) -> list[list[float]]:
    """The score of every candidate by weights fitted without its note."""
    folds = [number % FOLDS for number in range(len(data))]
    result: list[list[float]] = [[] for _ in data]
    for fold in range(FOLDS):
        weights = fit(
            weighted([entry for entry, own in zip(data, folds, strict=True) if own != fold]) + further
        )
        for number, (_, _, rows) in enumerate(data):
            if folds[number] == fold:
                result[number] = [chance(names, weights) for names, _ in rows]
    return result


def weighted(data: Data) -> list[Weighted]:
    """The rows of labelled notes, each with what it counts for."""
    return [
        (names, right, FOLDER_WEIGHTS.get(labelled.folder, LABELLED_WEIGHT))
        for labelled, _, rows in data
        for names, right in rows
    ]


def further_rows() -> tuple[list[Weighted], int]:
    """The rows of other notes and of the project's own, each with what it counts for, and how many notes were not there."""
    own = [row for _, _, rows in dataset(OWN) for row in rows]
    judged, others = judged_rows(*JUDGED), judged_rows(*OTHERS)
    further = [(names, right, OTHERS_WEIGHT) for names, right in (*own, *others.rows)]
    further += [(names, right, JUDGED_WEIGHT) for names, right in judged.rows]
    return further, judged.absent + others.absent


def calibration(data: Data, scored: list[list[float]]) -> str:
    """Ten bins of the score: how many candidates, mean score, part that is right."""
    pairs = [
        (score, right)
        for (_, _, rows), scores in zip(data, scored, strict=True)
        for score, (_, right) in zip(scores, rows, strict=True)
    ]
    lines = ["score      cards  mean  right"]
    for low in range(10):
        inside = [pair for pair in pairs if min(int(pair[0] * 10), 9) == low]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            lines.append(f"{low / 10:.1f}-{(low + 1) / 10:.1f} {len(inside):8} {mean:5.2f} {right:6.2f}")
    return "\n".join(lines)


def totals(data: Data, scored: list[list[float]], threshold: float) -> dict[str, Counter[str]]:
    """The counts of `score.py` for every set, both halves and all."""
    result: dict[str, Counter[str]] = {}
    for (labelled, candidates, _), scores in zip(data, scored, strict=True):
        rated = [
            replace(candidate, score=EXPLICIT if is_explicit(candidate) else score)
            for candidate, score in zip(candidates, scores, strict=True)
        ]
        counts = judged([c for c in select(rated) if c.score >= threshold], labelled)
        for key in (labelled.folder, labelled.half, "all"):
            result.setdefault(key, Counter()).update(counts)
    return result


def report(data: Data, scored: list[list[float]], threshold: float) -> str:
    return "\n".join(
        f"{name:6} at {threshold:.2f}  shown {total['shown']:5} repeats {total['repeats']:3}"
        f"  precision {100 * total['right'] / max(total['shown'], 1):5.1f}"
        f"  recall {100 * total['found'] / max(total['must'], 1):5.1f}"
        for name, total in sorted(totals(data, scored, threshold).items())
    )


def dataset(folder: Path = GOLD) -> Data:
    """Every labelled note of `folder` with its candidates, their features and whether the labels call them right."""
    data: Data = []
    for labelled in labelled_notes(folder):
        candidates = propose(labelled.note)
        rows = [
            (names, is_right(candidate, labelled.items))
            for names, candidate in zip(feature_rows(candidates, labelled.note), candidates, strict=True)
        ]
        data.append((labelled, candidates, rows))
    return data


def write(weights: dict[str, float]) -> None:
    lines = "".join(f'    "{name}": {weight},\n' for name, weight in sorted(weights.items()))
    WEIGHTS.write_text(
        f'"""{HEAD}"""\n\nWEIGHTS: dict[str, float] = {{\n{lines}}}\n',
        encoding="utf-8",
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    data = dataset()
    further, absent = further_rows()
    if absent:
        print(f"{absent} of the other notes are not there")
    scored = cross_validate(data, further)
    print("cross-validated over notes")
    print(calibration(data, scored))
    for threshold in sorted({0.4, 0.5, 0.6, RECOMMENDED_SCORE}):
        print(report(data, scored, threshold))
    weights = fit(weighted(data) + further)
    if not options.dry_run and not absent:
        write(weights)
    print("fitted on all of them")
    print(
        report(
            data, [[chance(names, weights) for names, _ in rows] for _, _, rows in data], RECOMMENDED_SCORE
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
