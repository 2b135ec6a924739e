"""Every key that works, from the bindings themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content

from flashnotes.tui.render import wrapped
from flashnotes.tui.screens.page import Page
from flashnotes.tui.widgets.hint_line import hints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen


class HelpScreen(Page[None]):
    """The keys of the screen it was called from."""

    heading = "keys"
    BINDINGS: ClassVar = [Binding("escape,b,enter,space", "back", "back", id="back", tooltip="Go back")]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        keys = [
            (" ".join(keys), binding.tooltip)
            for binding, _, keys in hints(screen).values()
            if binding.tooltip
        ]
        more: Sequence[tuple[str, str]] = getattr(screen, "help_rows", ())
        self._keys = [*keys, *([("", "")] if more else []), *more]

    def rows(self, width: int) -> list[Content]:
        column = max((cell_len(keys) for keys, _ in self._keys), default=0) + 2
        rows: list[Content] = []
        for keys, text in self._keys:
            name = Content.styled(keys, "bold").pad_right(column - cell_len(keys))
            for number, row in enumerate(wrapped(Content(text), max(8, width - column))):
                rows.append((name if number == 0 else Content(" " * column)) + row)
        return rows

    def action_back(self) -> None:
        self.dismiss()
