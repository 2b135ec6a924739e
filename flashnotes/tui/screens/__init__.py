"""The screens, each with the keys that work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen


def bindings_of_screens(app: type[App[Any]], *first: type[Screen[Any]]) -> list[list[Binding]]:
    """The keys that work together, screen by screen; loads every screen, so only where keys were changed."""
    from flashnotes.tui.screens.ask import AskText, Choose, Confirm
    from flashnotes.tui.screens.browse import BrowseScreen
    from flashnotes.tui.screens.edit import EditScreen
    from flashnotes.tui.screens.finished import FinishedScreen, MissedScreen, NothingDueScreen
    from flashnotes.tui.screens.help import HelpScreen
    from flashnotes.tui.screens.info import InfoScreen
    from flashnotes.tui.screens.leeches import LeechScreen
    from flashnotes.tui.screens.settings import SettingsScreen
    from flashnotes.tui.screens.start import StartScreen
    from flashnotes.tui.screens.statistics import StatisticsScreen

    others: tuple[type[Screen[Any]], ...] = (
        StartScreen,
        FinishedScreen,
        MissedScreen,
        NothingDueScreen,
        BrowseScreen,
        LeechScreen,
        StatisticsScreen,
        SettingsScreen,
        InfoScreen,
        HelpScreen,
        EditScreen,
        Confirm,
        AskText,
        Choose,
    )
    return [
        _bindings(screen) + ([] if issubclass(screen, ModalScreen) else _bindings(app))
        for screen in (*first, *others)
    ]


def _bindings(node: type[Screen[Any]] | type[App[Any]]) -> list[Binding]:
    """Those written down in our classes; a class that inherits a binding by its id may write it anew."""
    ours = [cls for cls in node.__mro__ if cls.__module__.startswith("flashnotes.")]
    found: dict[str, Binding] = {}
    for cls in ours if getattr(node, "_inherit_bindings", True) else ours[:1]:
        for binding in cls.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id:
                found.setdefault(binding.id, binding)
    return list(found.values())
