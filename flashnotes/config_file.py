"""Changing settings in `flashnotes.toml` without touching anything else that a person wrote there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashnotes.config import parse_settings, read_settings
from flashnotes.deckfile.files import replace_file
from flashnotes.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tomlkit import TOMLDocument

_NUMBERS_A_LINE = 7


def write_settings(path: Path, changes: Mapping[str, Any]) -> None:
    """Set keys of the file at `path`, or remove those whose value is None; comments and order stay.

    Raises ConfigError for a file that cannot be read or written, and for a value that no setting takes; the file is
    then as it was.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    read_settings(path)
    try:
        before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        document = tomlkit.parse(before)
    except (OSError, TOMLKitError) as error:
        raise ConfigError(f"{path}: cannot be changed ({error}). Mend the file first.") from error
    for key, value in changes.items():
        _set(document, key, value)
    text = tomlkit.dumps(document)
    parse_settings(text, path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text.encode())
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror}).") from error


def _set(document: TOMLDocument, key: str, value: Any) -> None:
    import tomlkit

    if value is None:
        document.pop(key, None)
        return
    item = tomlkit.item(list(value) if isinstance(value, tuple) else value)
    if isinstance(value, list | tuple) and len(value) > _NUMBERS_A_LINE:
        item = tomlkit.array()
        for start in range(0, len(value), _NUMBERS_A_LINE):
            item.add_line(*value[start : start + _NUMBERS_A_LINE])
        item.add_line(indent="")
    document[key] = item
