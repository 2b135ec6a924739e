"""What waits for the person's word: notes whose cards were not decided on yet, and the decisions made so far.

Kept in `waiting.json` in the home. It holds decisions only; the cards themselves are found in the notes again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.home import Home
    from flashnotes.importing import Decision

_LARGEST = 64 * 2**20
"""Bytes; nobody decides on so much by hand."""


@dataclass(slots=True)
class Waiting:
    """The notes that wait and the decisions kept."""

    notes: dict[str, int] = field(default_factory=dict)
    """By absolute path of a note or folder: how many cards of it wait."""
    decisions: dict[str, Decision] = field(default_factory=dict)
    """By the key of the offer."""


def waiting_count(home: Home) -> int:
    """How many cards wait to be decided on; 0 where nothing can be read."""
    counts = _loaded(waiting_file(home)).get("notes")
    numbers = counts.values() if isinstance(counts, dict) else ()
    return sum(number for number in numbers if isinstance(number, int))


def waiting_file(home: Home) -> Path:
    """Where it is kept."""
    return home.path / "waiting.json"


def read_waiting(home: Home) -> Waiting:
    """What waits in `home`; a file that cannot be read holds nothing: the notes hold the cards still."""
    from flashnotes.importing import Decision, Pick

    data = _loaded(waiting_file(home))
    notes, rows = data.get("notes"), data.get("decisions")
    waiting = Waiting()
    if isinstance(notes, dict):
        waiting.notes = {path: count for path, count in notes.items() if isinstance(count, int)}
    for key, row in (rows if isinstance(rows, dict) else {}).items():
        if isinstance(row, dict) and row.get("pick") in set(Pick):
            texts = (row.get(name) for name in ("front", "back"))
            front, back = (text if isinstance(text, str) else None for text in texts)
            waiting.decisions[key] = Decision(Pick(row["pick"]), front, back, str(row.get("into", "")))
    return waiting


def write_waiting(home: Home, waiting: Waiting) -> None:
    """Keep `waiting` in `home`, wholly or not at all. Raises FlashnotesError."""
    from flashnotes.deckfile.files import replace_file

    path = waiting_file(home)
    if not (waiting.notes or waiting.decisions):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise FlashnotesError(f"{path}: cannot be written ({error.strerror}).") from error
        return
    rows = {key: _row(decision) for key, decision in waiting.decisions.items()}
    data = {"notes": waiting.notes, "decisions": rows}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    replace_file(path, text.encode("utf-8", "replace"))


def _row(decision: Decision) -> dict[str, str]:
    row = {"pick": decision.pick.value}
    if decision.front is not None and decision.back is not None:
        row |= {"front": decision.front, "back": decision.back}
    return row | ({"into": decision.into} if decision.into else {})


def _loaded(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
