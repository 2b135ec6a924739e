"""File names for decks: readable, inside the folder, one file a deck on every file system."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LONGEST_BYTES = 120
# Not letters, marks, digits or the few marks that are safe and read well everywhere.
_UNSAFE = re.compile(r"[^\w.()+\- \u3001\uff08\uff09]+")
# Names that Windows keeps for devices, whatever follows the first dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?\Z", re.IGNORECASE)


def deck_path(folder: Path, name: str, taken: Iterable[Path] = ()) -> Path:
    """The file in `folder` for a new deck called `name`: `强化学习::时序差分` is `强化学习--时序差分.yaml`.

    Never outside `folder`, at most 128 bytes, and never a file of `taken`, also where the file system folds case
    or accents: the name then ends in a hash.
    """
    stem = _stem(name)
    used = {_as_any_disk_sees(path.stem) for path in taken}
    if not stem or _DEVICES.match(stem) or _as_any_disk_sees(stem) in used:
        stem = f"{stem or 'deck'}-{_hash(name)}"
    return folder / f"{stem}.yaml"


def _stem(name: str) -> str:
    plain = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    safe = _UNSAFE.sub("-", plain.replace("::", "--")).strip(" .-_")
    short = safe.encode("utf-8")[:_LONGEST_BYTES].decode("utf-8", "ignore")
    return short.rstrip(" .-")


def _as_any_disk_sees(stem: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", stem).casefold())


def _hash(name: str) -> str:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
