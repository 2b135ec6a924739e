"""The choosing screen as a program of its own: what `import` opens in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.markdown import Maths, MathsForm
from flashnotes.tui.screens.choose import ChooseScreen
from flashnotes.tui.terminal_app import TerminalApp

if TYPE_CHECKING:
    from flashnotes.formula import Letters
    from flashnotes.importing import Choosing
    from flashnotes.passages import Passages
    from flashnotes.tui.screens.choose import Cost


class ChooseApp(TerminalApp):
    """One choosing; `accepted` says how it ended."""

    def __init__(
        self, choosing: Choosing, passages: Passages, *, cost: Cost, letters: Letters = "styled"
    ) -> None:
        super().__init__()
        self.accepted = False
        self._first = ChooseScreen(choosing, passages, maths=Maths(MathsForm.DRAWN, letters), cost=cost)

    def on_mount(self) -> None:
        self.push_screen(self._first, self._chosen)

    def _chosen(self, accepted: bool | None) -> None:
        self.accepted = bool(accepted)
        self.exit(0)


def run_choosing(choosing: Choosing, passages: Passages, *, cost: Cost, letters: Letters = "styled") -> bool:
    """Let the person choose; whether the choice was accepted."""
    app = ChooseApp(choosing, passages, cost=cost, letters=letters)
    app.run()
    return app.accepted
