"""The colours of the screen by the names that `flashnotes.toml` has for them."""

from __future__ import annotations

from typing import Final

_THEMES: Final = {"dark": "textual-dark", "light": "textual-light", "ansi": "ansi-dark"}
_FEW_COLOURS: Final = frozenset(["standard", "windows"])


def theme_named(name: str, color_system: str | None) -> str:
    """Textual's name of a theme; `auto` is dark, or the terminal's own 16 colours where it has no more."""
    if name == "auto":
        name = "ansi" if color_system in _FEW_COLOURS else "dark"
    return _THEMES.get(name, name)
