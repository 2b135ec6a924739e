"""Which deck files there are and whether one changed: what must be known at every start, without reading YAML."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flashnotes.errors import DeckError

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIXES = (".yaml", ".yml")


def deck_files(folder: Path) -> list[Path]:
    """The deck files right inside `folder`, by name; hidden ones are none."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if _is_deck_name(entry.name))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise DeckError(
            f"{folder}: cannot be read ({error.strerror}). Check the folder's permissions."
        ) from error
    return [folder / name for name in names]


def _is_deck_name(name: str) -> bool:
    return name.endswith(_SUFFIXES) and not name.startswith(".")


def digest_of(data: bytes) -> str:
    """What tells one content of a file from another."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()
