"""Writes a file whole or not at all, and says in words why not."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flashnotes.errors import AnkiError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

WHOLE = "whole"
"""What the finished file is called in the folder that `written_whole` yields."""

_RESERVED = "collection.apkg"


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A folder beside `path` to write `WHOLE` in: it takes the place of `path` if nothing went wrong.

    Raises AnkiError for a name that cannot be written and for faults of the disk.
    """
    _check_name(path)
    target = path.resolve()
    try:
        with tempfile.TemporaryDirectory(
            prefix=".flashnotes-", dir=target.parent, ignore_cleanup_errors=True
        ) as folder:
            yield Path(folder)
            _replace(Path(folder) / WHOLE, target)
    except _CallersError as error:
        raise error.args[0] from None
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AnkiError(
            f"{path}: cannot be written ({reason}). Nothing was changed: make room or choose another place."
        ) from error


def taken(items: Iterable[T]) -> Iterator[T]:
    """The caller's items; what goes wrong in making them is not told as a fault of the file."""
    try:
        yield from items
    except (OSError, sqlite3.Error) as error:
        raise _CallersError(error) from error


class _CallersError(Exception):
    """Carries a fault of the caller's items past the handlers of our own."""


def _check_name(path: Path) -> None:
    if path.name.casefold() == _RESERVED:
        raise AnkiError(
            f"{path}: Anki would replace a whole collection by a file of this name. Choose another name."
        )
    if path.is_dir():
        raise AnkiError(f"{path}: is a folder. Name the file to write.")
    if path.exists() and not path.is_file():
        raise AnkiError(f"{path}: is no regular file. Choose another name.")
    if not path.parent.is_dir():
        raise AnkiError(f"{path}: there is no folder {path.parent}. Make it, or choose another.")


def _replace(whole: Path, target: Path) -> None:
    with whole.open("rb+") as file:
        os.fsync(file.fileno())
    whole.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
