"""Browsing as a program of its own: the start lies below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.tui.app import StudyApp
from flashnotes.tui.screens.browse import BrowseScreen

if TYPE_CHECKING:
    from flashnotes.desk import Desk
    from flashnotes.tui.app import StudyOptions


class BrowseApp(StudyApp):
    """The cards of a home, searched at once."""

    def __init__(self, desk: Desk, query: str, options: StudyOptions) -> None:
        super().__init__(desk=desk, options=options)
        self._first = BrowseScreen(desk, query)

    def on_mount(self) -> None:
        self.push_screen(self._first)
