"""The keys of a screen, from the bindings themselves: what is not bound is not advertised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.keys import format_key
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import Binding
    from textual.screen import Screen


def hints(screen: Screen[Any]) -> dict[str, tuple[Binding, list[str]]]:
    """The active bindings of `screen` and its app by action, each with its keys as a person names them."""
    found: dict[str, tuple[Binding, list[str]]] = {}
    for key, active in sorted(screen.active_bindings.items(), key=lambda item: not item[1].binding.show):
        if active.enabled and not active.binding.system:
            found.setdefault(active.binding.action, (active.binding, []))[1].append(key_name(key))
    return found


def key_name(key: str) -> str:
    """A key as it is named on the screen."""
    return {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup"}.get(key) or format_key(key)


class HintLine(Widget):
    """As many of the screen's shown bindings as fit, first things first."""

    DEFAULT_CSS = "HintLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._labels: Mapping[str, str] = {}

    @property
    def plain(self) -> str:
        return self.render().plain

    def show(self, labels: Mapping[str, str]) -> None:
        """Call actions otherwise than their bindings do, as it is fitting now; an empty label hides one."""
        if labels != self._labels:
            self._labels = labels
            self.refresh()

    def render(self) -> Content:
        shown: list[Content] = []
        room = self.size.width
        for action, (binding, keys) in hints(self.screen).items():
            label = self._labels.get(action, binding.description) if binding.show else ""
            hint = Content.assemble((keys[0], "bold"), " ", (label, "dim"))
            if label and hint.cell_length <= room:
                shown.append(hint)
                room -= hint.cell_length + 2
        return Content("  ").join(shown)
