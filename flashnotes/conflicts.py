"""Copies that a synchronising program leaves beside a file that two machines changed at once."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_MARKS = (
    # Dropbox and Nextcloud: `deck (anna's conflicted copy 2026-11-21).yaml`, `deck (Case Conflict).yaml`
    re.compile(
        r"^(?P<name>.+?) ?[(（][^()（）]*(?:conflicted copy|case conflict|冲突)[^()（）]*[)）]$",
        re.IGNORECASE,
    ),
    # Syncthing: `deck.sync-conflict-20261121-091403-K3X9P2A.yaml`
    re.compile(r"^(?P<name>.+)\.sync-conflict-\d{8}-\d{6}(?:-\w+)?$"),
    # OneDrive adds the computer's name; Windows names them `DESKTOP-K3X9P2A`.
    re.compile(r"^(?P<name>.+)-(?:DESKTOP|LAPTOP)-[0-9A-Z]+$"),
)
_NUMBERED = re.compile(r"^(?P<name>.+?) (?:\d{1,2}|\(\d{1,2}\))$")
"""iCloud Drive and Google Drive: `deck 2.yaml`, `deck (1).yaml`; a copy only where `deck.yaml` is there too."""


def conflicted_copies(folder: Path, *endings: str) -> list[Path]:
    """The files in `folder` with one of `endings` that are copies of another, in the order of their names."""
    try:
        names = {entry.name for entry in os.scandir(folder) if entry.name.endswith(endings)}
    except OSError:
        return []
    return [folder / name for name in sorted(names) if original_of(name, names)]


def copies_of(file: Path) -> list[Path]:
    """The copies of `file` that stand beside it."""
    return [
        path
        for path in conflicted_copies(file.parent, file.suffix)
        if original_of(path.name, (file.name,)) == file.name
    ]


def original_of(name: str, names: Collection[str]) -> str | None:
    """The name of the file that `name` is a copy of, among the `names` of a folder; None for one that is no copy."""
    stem, dot, ending = name.rpartition(".")
    for mark in _MARKS:
        if found := mark.match(stem):
            return f"{found['name']}{dot}{ending}"
    numbered = _NUMBERED.match(stem)
    original = f"{numbered['name']}{dot}{ending}" if numbered else ""
    return original if original in names else None
