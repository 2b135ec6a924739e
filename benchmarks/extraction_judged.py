"""Candidates of unlabelled notes that were judged one by one, as further rows for the fit of the score.

`judged.tsv` holds them by the line of the note, the kind and the front, `+` for a card that the labelling guide would
accept. A note that is absent or has changed (its SHA-256 is told) is skipped, and so is a candidate that no rule
proposes any more.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path

from flashnotes.extract import propose
from flashnotes.notefiles import read_note
from flashnotes.scoring import feature_rows, is_explicit
from flashnotes.text import fold

NOTES = Path(__file__).resolve().parents[2] / "shared" / "notes"
JUDGED = Path(__file__).with_name("judged.tsv")

Judgements = dict[tuple[int, str, str], bool]


def judgements() -> dict[tuple[str, str], Judgements]:
    """What was judged, by the note's path and the beginning of its SHA-256."""
    found: dict[tuple[str, str], Judgements] = defaultdict(dict)
    note = ("", "")
    for row in JUDGED.read_text(encoding="utf-8").splitlines():
        if row.startswith("# "):
            digest, path = row[2:].split(" ", 1)
            note = (path, digest)
        else:
            verdict, line, kind, front = row.split("\t")
            found[note][int(line), kind, fold(front)] = verdict == "+"
    return found


def judged_rows() -> list[tuple[list[str], bool]]:
    """The features of every judged candidate that is still proposed, and whether it is right."""
    rows = []
    for (path, digest), verdicts in judgements().items():
        file = NOTES / path
        if not file.exists() or not hashlib.sha256(file.read_bytes()).hexdigest().startswith(digest):
            continue
        note = read_note(file)
        candidates = propose(note)
        for names, candidate in zip(feature_rows(candidates, note), candidates, strict=True):
            key = (candidate.line, candidate.kind.value, fold(candidate.front))
            if key in verdicts and not is_explicit(candidate):
                rows.append((names, verdicts[key]))
    return rows
