"""Settings of a home, read from `flashnotes.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from flashnotes.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may choose; every field is a key of `flashnotes.toml`."""

    pure: bool = False
    """SM-2 exactly as published: `repeat_below` 4 and no options."""
    repeat_below: int = 3
    """Grades below this are asked again on the same day (published SM-2: 4)."""
    new_per_day: int = 20
    reviews_per_day: int = 200
    day_starts_at: int = 4
    """Hour of local time at which a new day begins, 0 to 23."""
    longest_interval: int = 36_500
    """Days."""


_RANGES = {
    "repeat_below": (0, 5),
    "new_per_day": (0, 1_000_000),
    "reviews_per_day": (0, 1_000_000),
    "day_starts_at": (0, 23),
    "longest_interval": (1, 36_500),
}


def read_settings(path: Path) -> Settings:
    """The settings in the file at `path`; the defaults where there is no file.

    Raises ConfigError naming the file and the key.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}).") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{path}: is not valid TOML: {error}. Mend that line or remove the file."
        ) from error
    settings = Settings(**{key: _checked(key, value, path) for key, value in table.items()})
    return Settings(**{**_as_dict(settings), "repeat_below": 4}) if settings.pure else settings


def _as_dict(settings: Settings) -> dict[str, Any]:
    return {field.name: getattr(settings, field.name) for field in fields(settings)}


def _checked(key: str, value: object, path: Path) -> object:
    defaults = _as_dict(Settings())
    if key not in defaults:
        import difflib

        near = difflib.get_close_matches(key, defaults, n=1)
        raise ConfigError(
            f"{path}: unknown setting {key!r}." + (f" Did you mean {near[0]!r}?" if near else "")
        )
    if type(value) is not type(defaults[key]):
        raise ConfigError(f"{path}: {key} must be a {type(defaults[key]).__name__}, not {value!r}.")
    if key in _RANGES and isinstance(value, int):
        low, high = _RANGES[key]
        if not low <= value <= high:
            raise ConfigError(f"{path}: {key} must be from {low} to {high}, not {value}.")
    return value
