from pathlib import Path

import pytest

from flashnotes.conflicts import conflicted_copies, copies_of, original_of

NAMES = {"deck.yaml", "Chapter 2.yaml", "deck 2.yaml", "deck (1).yaml"}


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("deck (anna's conflicted copy 2026-11-21).yaml", "deck.yaml"),
        ("deck (Case Conflict).yaml", "deck.yaml"),
        ("deck (conflicted copy 2026-11-21 091403).yaml", "deck.yaml"),
        ("deck(小明 的冲突副本 2026-11-21).yaml", "deck.yaml"),
        ("deck.sync-conflict-20261121-091403-K3X9P2A.yaml", "deck.yaml"),
        ("deck-DESKTOP-K3X9P2A.yaml", "deck.yaml"),
        ("deck 2.yaml", "deck.yaml"),
        ("deck (1).yaml", "deck.yaml"),
        ("deck.yaml", None),
        ("Chapter 2.yaml", None),
        ("notes (on conflicts).yaml", None),
        ("deck-2.yaml", None),
    ],
)
def test_the_names_that_programs_give(name: str, original: str | None) -> None:
    assert original_of(name, NAMES) == original


def test_those_in_a_folder(tmp_path: Path) -> None:
    for name in ("a.db", "a 2.db", "b (conflicted copy).db", "a 3.yaml"):
        (tmp_path / name).touch()
    assert [path.name for path in conflicted_copies(tmp_path, ".db")] == ["a 2.db", "b (conflicted copy).db"]
    assert [path.name for path in copies_of(tmp_path / "a.db")] == ["a 2.db"]
    assert conflicted_copies(tmp_path / "missing", ".db") == []
