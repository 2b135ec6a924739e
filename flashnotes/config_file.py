"""Changing settings in `flashnotes.toml` without touching anything else that a person wrote there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashnotes.config import parse_settings, read_settings
from flashnotes.deckfile.files import replace_file
from flashnotes.errors import ConfigError, DeckError

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from pathlib import Path

_NUMBERS_A_LINE = 7


Key = str | tuple[str, ...]
"""A key of the file, or the way to one in a table: `("decks", "线性代数", "new_per_day")`."""


def write_settings(path: Path, changes: Mapping[Key, Any]) -> None:
    """Set keys of the file at `path`, or remove those whose value is None; comments and order stay.

    A table is made for a key in one, and removed with its last key.

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
        _set(document, (key,) if isinstance(key, str) else key, value)
    text = tomlkit.dumps(document)
    parse_settings(text, path)
    try:
        replace_file(path, text.encode())
    except DeckError as error:
        raise ConfigError(str(error)) from error


def _set(table: MutableMapping[str, Any], path: tuple[str, ...], value: Any) -> None:
    key, *rest = path
    if not rest:
        if value is None:
            table.pop(key, None)
        else:
            table[key] = _item(value)
        return
    if key not in table:
        if value is None:
            return
        table[key] = _empty_table(is_super=len(rest) > 1)
    _set(table[key], tuple(rest), value)
    if not table[key]:
        table.pop(key)


def _empty_table(*, is_super: bool) -> MutableMapping[str, Any]:
    import tomlkit

    return tomlkit.table(is_super)


def _item(value: Any) -> Any:
    import tomlkit

    if not isinstance(value, list | tuple) or len(value) <= _NUMBERS_A_LINE:
        return tomlkit.item(list(value) if isinstance(value, tuple) else value)
    item = tomlkit.array()
    for start in range(0, len(value), _NUMBERS_A_LINE):
        item.add_line(*value[start : start + _NUMBERS_A_LINE])
    item.add_line(indent="")
    return item
