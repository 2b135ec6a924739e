"""The labelled notes, and which candidates are right by the labels: shared by the extraction benchmarks."""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from flashnotes.notefiles import read_note

if TYPE_CHECKING:
    from types import ModuleType

    from flashnotes.models import Candidate
    from flashnotes.notes import Note

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
OWN = Path(__file__).with_name("labelled")
"""Eight notes in the way of students in haste, written for this project and labelled by the same guide."""


def _score_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCORE = _score_module()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A note with its labels."""

    name: str
    folder: str
    note: Note
    items: list[dict[str, Any]]

    @property
    def half(self) -> str:
        """`even` or `odd` by the SHA-256 of the file name: rules are written looking at the even half."""
        return "odd" if int(hashlib.sha256(self.name.encode()).hexdigest()[-1], 16) % 2 else "even"

    @property
    def must(self) -> int:
        return sum(item["level"] == "must" for item in self.items)


def labelled_notes(folder: Path = GOLD) -> list[Labelled]:
    notes = []
    for gold in sorted(folder.rglob("*.gold.yaml")):
        path = SCORE.note_of(gold)
        items = yaml.safe_load(gold.read_text(encoding="utf-8"))["items"] or []
        notes.append(Labelled(path.name, gold.parent.name, read_note(path), items))
    return notes


def as_card(candidate: Candidate) -> dict[str, Any]:
    return {
        "kind": candidate.kind.value,
        "term": candidate.front,
        "front": candidate.front,
        "back": candidate.back,
        "aliases": list(candidate.aliases),
        "source": {"line": candidate.line},
        "score": candidate.score,
    }


def is_right(candidate: Candidate, items: list[dict[str, Any]]) -> bool:
    card = as_card(candidate)
    return not SCORE.bloated(card) and any(SCORE.matches(card, item) for item in items)


def judged(candidates: list[Candidate], labelled: Labelled) -> dict[str, int]:
    """Counts of one note as `score.py` counts them: right, shown, found, must, repeats."""
    result = SCORE.score_note([as_card(candidate) for candidate in candidates], labelled.items)
    right, wrong, repeats = (len(result[key]) for key in ("right", "wrong", "repeat"))
    return {
        "right": right,
        "shown": right + wrong + repeats,
        "found": result["must"] - len(result["missed"]),
        "must": result["must"],
        "repeats": repeats,
    }
