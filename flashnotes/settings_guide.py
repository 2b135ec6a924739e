"""The settings as a person reads and types them: what each means, what it may be, what was typed for it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from flashnotes.config import CHOICES, RANGES, Settings
from flashnotes.errors import ConfigError
from flashnotes.models import DeckLimits

if TYPE_CHECKING:
    from flashnotes.config_file import Key

GUIDE: Final[dict[str, dict[str, str]]] = {
    "the day": {
        "new_per_day": "New cards a day.",
        "reviews_per_day": "Reviews a day.",
        "day_starts_at": "Hour of local time at which a new day begins.",
        "review_order": "Reviews by due day, or first those of whose memory most is gone (risk).",
        "suspend_leeches": "Suspend a card at its eighth lapse, and then at every fourth.",
        "decks": "Limits of single decks: n at the start sets them.",
    },
    "the schedule": {
        "scheduler": "SM-2 as published, as Anki varies it, or FSRS-6. All answers are replayed under it.",
        "pure": "SM-2 exactly as published: repeat_below 4 and no options.",
        "repeat_below": "Grades below this are asked again on the same day (published SM-2: 4).",
        "six_grades": "Grade 0 to 5 as SM-2 was published, rather than by four buttons.",
        "learning_steps": "Minutes between the first answers to a new card; none: it is drilled until right.",
        "relearning_steps": "Minutes between the first answers after a lapse.",
        "fuzz": "Move due days a little, so that cards learned together do not stay together.",
        "late_credit": "How much of a delay a right answer is credited with under SM-2.",
        "longest_interval": "The longest interval, in days.",
        "desired_retention": "The chance of recall at which FSRS asks again.",
        "fsrs_weights": "The weights of FSRS-6: `flashnotes optimize` fits them to your answers.",
    },
    "the screen": {
        "theme": "Colours: dark, light, ansi (your terminal's own), or auto.",
        "letters": "Letters of formulas: as Unicode has them, plain, or ascii.",
        "other_language": "Ask fronts by their name in the other language, where a card has one.",
        "reverse": "Ask definitions by their meaning too, as cards of their own: the answer is the term.",
        "formula_parts": "Ask formulas with a part left out: the right side, or one term of it, another each time.",
        "keys": "Other keys, by the names that the README lists: [keys] in flashnotes.toml.",
    },
    "files": {
        "database": "Where the database is, if not in the home. Move the file there first.",
    },
}
"""Every setting under the group it belongs to."""
ONLY_IN_FILE: Final = frozenset(["decks", "fsrs_weights", "keys"])
"""Settings that are no single value."""
FROM_NEXT_START: Final = frozenset(["database"])
_LIMITS: Final = ("new_per_day", "reviews_per_day")
_THEMES: Final = ("auto", "dark", "light", "ansi")


def choices_of(name: str) -> tuple[str, ...]:
    """The words that a setting may be, first the usual one; nothing for a number or a free text."""
    if name == "theme":
        return _THEMES
    if isinstance(getattr(Settings(), name), bool):
        return ("false", "true")
    return CHOICES.get(name, ())


def allowed_text(name: str) -> str:
    """What a setting may be, in words."""
    if choices := choices_of(name):
        return ", ".join(choices)
    if name not in RANGES:
        return "a path" if name == "database" else "a table"
    low, high = RANGES[name]
    numbers = "numbers, such as 1 10, each " if isinstance(getattr(Settings(), name), tuple) else ""
    return f"{numbers}{low} to {high}"


def value_text(value: object) -> str:
    """A value as it is shown and typed."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return " ".join(map(str, value)) or "none"
        case dict():
            return f"{len(value)} set" if value else "none"
    return str(value) or "none"


def typed_value(name: str, text: str) -> Any:
    """The value that a person typed for a setting. Raises ConfigError for what is none at all."""
    default = getattr(Settings(), name)
    text = text.strip()
    try:
        match default:
            case bool():
                return {"true": True, "false": False}[text]
            case int():
                return int(text)
            case float():
                return float(text)
            case tuple():
                return [
                    int(word) for word in text.replace(",", " ").replace("，", " ").split() if word != "none"
                ]
    except (ValueError, KeyError):
        raise ConfigError(f"{name} must be {allowed_text(name)}, not {text[:20]!r}.") from None
    return "" if text == "none" else text


def limits_of(settings: Settings, deck: str) -> DeckLimits:
    """A day's limits of a deck, or of all decks together where none is named."""
    if not deck:
        return DeckLimits(settings.new_per_day, settings.reviews_per_day)
    return settings.decks.get(deck, DeckLimits())


def limits_text(limits: DeckLimits) -> str:
    """Limits as they are typed: new cards and reviews, `-` where there is no limit."""
    numbers = (limits.new_per_day, limits.reviews_per_day)
    return " ".join("-" if number is None else str(number) for number in numbers)


def limit_changes(deck: str, text: str) -> dict[Key, int | None]:
    """What to write for the limits that a person typed. Raises ConfigError for anything but two numbers or `-`."""
    words = unicodedata.normalize("NFKC", text).replace(",", " ").split()
    if len(words) != len(_LIMITS) or not all(word == "-" or word.isdecimal() for word in words):
        raise ConfigError(f"{text[:20]!r} is not two numbers of cards. Write them like 5 50, or - 50.")
    numbers = [None if word == "-" else int(word) for word in words]
    keys: list[Key] = [("decks", deck, name) if deck else name for name in _LIMITS]
    return dict(zip(keys, numbers, strict=True))
