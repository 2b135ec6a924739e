"""Whether the terminal can draw a screen; imports nothing that draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashnotes.config import Settings
    from flashnotes.formula import Letters


def letters_for(settings: Settings, encoding: str | None) -> Letters:
    """In which letters formulas are drawn: a terminal of another `encoding` than Unicode gets ASCII."""
    return settings.letters if "utf" in (encoding or "").casefold() else "ascii"


def terminal_problem(
    environ: Mapping[str, str],
    stdin_isatty: bool,
    stdout_isatty: bool,
    *,
    instead: str = "flashnotes study --plain",
) -> str | None:
    """Why no screen can be drawn here and what to use `instead`, in one line; None when it can."""
    if environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):
        return None  # the screen is a page, reached through pipes
    if not (stdin_isatty and stdout_isatty):
        return f"This is no terminal. Use `{instead}`."
    kind = environ.get("TERM", "")
    if kind in ("dumb", "unknown", ""):
        named = f"The terminal calls itself {kind!r}" if kind else "TERM is not set"
        return f"{named}: it cannot draw a screen. Use `{instead}` or set TERM."
    return None
