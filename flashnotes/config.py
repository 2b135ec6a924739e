"""Settings of a home, read from `flashnotes.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from flashnotes.errors import ConfigError
from flashnotes.models import DeckLimits
from flashnotes.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


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
    scheduler: str = "sm2"
    """`sm2` as published, `anki` as Anki varies it, or `fsrs`; all reviews are replayed under it."""
    learning_steps: tuple[int, ...] = ()
    """Minutes between the first answers to a new card, such as `[1, 10]`; none: it is drilled until right."""
    relearning_steps: tuple[int, ...] = ()
    """Minutes between the first answers after a lapse, such as `[10]`."""
    fuzz: bool = False
    """Move due days a little, so that cards learned together do not stay together."""
    late_credit: str = "none"
    """How much of a delay a right answer is credited with under `sm2`: `none`, `half` or `full`."""
    desired_retention: float = 0.9
    """The chance of recall at which `fsrs` asks again."""
    other_language: bool = False
    """Ask fronts by their name in the other language, where a card has one."""
    reverse: bool = False
    """Ask definitions by their meaning too: the term is the answer, and that side has a schedule of its own."""
    formula_parts: bool = False
    """Ask formulas with a part left out: the right side, or one term of it, another each time."""
    letters: Literal["styled", "plain", "ascii"] = "styled"
    """Letters of formulas: `styled` as Unicode has them, `plain`, or `ascii` for terminals without Unicode."""
    theme: str = "auto"
    """`dark`, `light`, `ansi` (the terminal's own colours), `auto`, or the name of a theme of Textual's."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys of the study screen by the names of their actions: `undo = "u, backspace"`."""
    review_order: Literal["due", "risk"] = "due"
    """Reviews by due day, or those first of whose memory most is gone (`risk`)."""
    suspend_leeches: bool = False
    """A card that fails for the eighth time, and then every fourth, is suspended."""
    six_grades: bool = False
    """Grade 0 to 5 as SM-2 was published, rather than by four buttons."""
    database: str = ""
    """Where the database is, if not in the home: a file or folder, from the home; `~` is the user's folder."""
    decks: Mapping[str, DeckLimits] = field(default_factory=dict)
    """`new_per_day` and `reviews_per_day` of decks, each within those of the decks above it."""
    fsrs_weights: tuple[float, ...] = ()
    """The 21 weights of FSRS-6, as `flashnotes optimize` fits them; none: those published."""


RANGES = {
    "repeat_below": (0, 5),
    "new_per_day": (0, 1_000_000),
    "reviews_per_day": (0, 1_000_000),
    "day_starts_at": (0, 23),
    "longest_interval": (1, 36_500),
    "learning_steps": (1, 1_440),
    "relearning_steps": (1, 1_440),
    "desired_retention": (0.7, 0.99),
    "fsrs_weights": (-100, 100),
}
"""The least and the greatest of a number, or of each number of a list."""
CHOICES = {
    "scheduler": ("sm2", "anki", "fsrs"),
    "late_credit": ("none", "half", "full"),
    "letters": ("styled", "plain", "ascii"),
    "review_order": ("due", "risk"),
}
"""The words that a setting may be."""
_LENGTHS = {"fsrs_weights": 21}
_PURE: dict[str, Any] = {
    "repeat_below": 4,
    "longest_interval": 36_500,
    "scheduler": "sm2",
    "learning_steps": (),
    "relearning_steps": (),
    "fuzz": False,
    "late_credit": "none",
}
"""What `pure` stands for, whatever the file says beside it."""


def read_settings(path: Path) -> Settings:
    """The settings in the file at `path`; the defaults where there is no file.

    Raises ConfigError naming the file and the key.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}). Make it readable.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not UTF-8. Save it as UTF-8.") from error
    return parse_settings(text, path)


def parse_settings(text: str, path: Path) -> Settings:
    """The settings in `text`, which is to stand at `path`. Raises ConfigError naming the file and the key."""
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{path}: is not valid TOML: {error}. Mend that line or remove the file."
        ) from error
    except RecursionError:
        raise ConfigError(f"{path}: nests lists too deeply. Mend it or remove the file.") from None
    chosen: dict[str, Any] = {key: _checked(key, value, path) for key, value in table.items()}
    settings = Settings(**chosen)
    return Settings(**{**_as_dict(settings), **_PURE}) if settings.pure else settings


def held_by_pure(settings: Settings, key: str) -> bool:
    """Whether a setting is as `pure` wants it, whatever the file says."""
    return settings.pure and key in _PURE


def _as_dict(settings: Settings) -> dict[str, Any]:
    return {field.name: getattr(settings, field.name) for field in fields(settings)}


def _checked(key: str, value: Any, path: Path) -> Any:
    defaults = _as_dict(Settings())
    if key not in defaults:
        raise ConfigError(f"{path}: unknown setting {key!r}. {did_you_mean(key, defaults) or 'Remove it.'}")
    wanted = defaults[key]
    if key == "decks":
        return _checked_decks(value, path)
    if isinstance(wanted, dict):
        return _checked_keys(key, value, path)
    if isinstance(wanted, tuple):
        return _checked_list(key, value, path)
    if isinstance(wanted, float) and type(value) is int:
        value = float(value)
    if type(value) is not type(wanted):
        raise ConfigError(f"{path}: {key} must be {_KINDS[type(wanted)]}, not {value!r}.")
    if key in CHOICES and value not in CHOICES[key]:
        raise ConfigError(f"{path}: {key} must be one of {', '.join(CHOICES[key])}, not {value!r}.")
    if isinstance(value, str) and "\0" in value:
        raise ConfigError(f"{path}: {key} must not hold the character NUL.")
    _check_range(key, value, path)
    return value


def _checked_decks(value: object, path: Path) -> dict[str, DeckLimits]:
    if not isinstance(value, dict) or not all(isinstance(limits, dict) for limits in value.values()):
        raise ConfigError(f'{path}: decks must be tables such as [decks."线性代数"] with new_per_day = 5.')
    for deck, limits in value.items():
        for key, number in limits.items():
            if key not in _DECK_KEYS:
                known = " and ".join(_DECK_KEYS)
                raise ConfigError(f"{path}: unknown setting {key!r} of deck {deck!r}. There are {known}.")
            _checked(key, number, path)
    return {deck: DeckLimits(**limits) for deck, limits in value.items()}


_DECK_KEYS = tuple(field.name for field in fields(DeckLimits))
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text in quotes"}


def _checked_list(key: str, value: object, path: Path) -> tuple[float, ...]:
    wanted = (int, float) if key == "fsrs_weights" else (int,)
    if not isinstance(value, list) or not all(type(number) in wanted for number in value):
        raise ConfigError(f"{path}: {key} must be a list of numbers such as [1, 10], not {value!r}.")
    if value and len(value) != _LENGTHS.get(key, len(value)):
        raise ConfigError(f"{path}: {key} must hold {_LENGTHS[key]} numbers, not {len(value)}.")
    for number in value:
        _check_range(key, number, path)
    return tuple(value)


def _checked_keys(key: str, value: object, path: Path) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(keys, str) for keys in value.values()):
        raise ConfigError(f'{path}: {key} must be a table of texts such as undo = "u, backspace".')
    return value


def _check_range(key: str, value: object, path: Path) -> None:
    if key in RANGES and isinstance(value, int | float):
        low, high = RANGES[key]
        if not low <= value <= high:
            raise ConfigError(f"{path}: {key} must be from {low} to {high}, not {value}.")
