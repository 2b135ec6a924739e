"""Cards from a note: every rule is run, each candidate scored, the best kept where they overlap."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashnotes.rules import RULES
from flashnotes.scoring import scores
from flashnotes.text import squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashnotes.models import Candidate
    from flashnotes.notes import Note
    from flashnotes.rules import Rule

RECOMMENDED_SCORE = 0.5
"""The score from which a card is offered as chosen."""


def extract(note: Note, *, min_score: float | None = None, rules: Sequence[Rule] = RULES) -> list[Candidate]:
    """The cards found in `note` whose score is `min_score` or better, ordered by line."""
    least = RECOMMENDED_SCORE if min_score is None else min_score
    found = propose(note, rules)
    rated = [
        replace(candidate, score=score) for candidate, score in zip(found, scores(found, note), strict=True)
    ]
    return sorted((c for c in select(rated) if c.score >= least), key=lambda candidate: candidate.line)


def propose(note: Note, rules: Sequence[Rule] = RULES) -> list[Candidate]:
    """What the rules find in `note`, unscored, each candidate once."""
    found = [replace(candidate, rule=rule.__name__) for rule in rules for candidate in rule(note)]
    return select(found)


def select(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each thing said: the better score stays, then the earlier rule."""
    kept: dict[tuple[str, str], list[tuple[str, Candidate]]] = {}
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        said = squash(candidate.back)
        known = kept.setdefault((candidate.kind, squash(candidate.front)), [])
        if not any(said in other or other in said for other, _ in known):
            known.append((said, candidate))
    return [candidate for group in kept.values() for _, candidate in group]
