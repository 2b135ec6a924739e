"""Candidates of notes that are not here, each with whether the labelling guide would accept it: further rows for the fit.

`judged.tsv` holds candidates of the notes in `../shared/notes` that were judged one by one, a few of each note, near
the threshold more than elsewhere. `others.tsv` holds all candidates of notes of other people that were labelled
by the guide before anything ran on them; their texts are not ours to pass on, so each is named with its repository,
path, commit and lines, and lies, fetched, in `../others`. A row tells a candidate by the line of the note, its kind and
a digest of its front, `+` for a right one. A note that is absent or has changed (its SHA-256 is told) is skipped, and
so is a candidate that no rule proposes any more.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from flashnotes.extract import propose
from flashnotes.notefiles import read_note
from flashnotes.scoring import feature_rows, is_explicit
from flashnotes.text import fold

BESIDE = Path(__file__).resolve().parents[2]
JUDGED = (Path(__file__).with_name("judged.tsv"), BESIDE / "shared" / "notes")
OTHERS = (Path(__file__).with_name("others.tsv"), BESIDE / "others")

Judgements = dict[tuple[int, str, str], bool]


class Rows(NamedTuple):
    """The features of judged candidates with whether they are right, and how many of their notes were not there."""

    rows: list[tuple[list[str], bool]]
    absent: int


def digest(front: str) -> str:
    """What tells one front of a note from the others without saying it."""
    return hashlib.sha256(fold(front).encode()).hexdigest()[:10]


def judgements(file: Path) -> dict[tuple[str, str], Judgements]:
    """What was judged, by the note's name and the beginning of its SHA-256."""
    found: dict[tuple[str, str], Judgements] = {}
    for row in file.read_text(encoding="utf-8").splitlines():
        if row.startswith("# "):
            told, name = row[2:].partition("\t")[0].split(" ", 1)
            note = found.setdefault((name, told), {})
        else:
            verdict, line, kind, front = row.split("\t")
            note[int(line), kind, front] = verdict == "+"
    return found


def judged_rows(file: Path, folder: Path) -> Rows:
    """The rows of every candidate of `file` that is still proposed from its note in `folder`."""
    rows, absent = [], 0
    for (name, told), verdicts in judgements(file).items():
        path = folder / name
        if not path.exists() or not hashlib.sha256(path.read_bytes()).hexdigest().startswith(told):
            absent += 1
            continue
        note = read_note(path)
        candidates = propose(note)
        for names, candidate in zip(feature_rows(candidates, note), candidates, strict=True):
            key = (candidate.line, candidate.kind.value, digest(candidate.front))
            if key in verdicts and not is_explicit(candidate):
                rows.append((names, verdicts[key]))
    return Rows(rows, absent)
