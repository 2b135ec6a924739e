"""The keys of a screen, from the bindings themselves: what is not bound is not advertised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual.content import Content
from textual.keys import format_key
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import Binding
    from textual.dom import DOMNode
    from textual.screen import Screen


class Hint(NamedTuple):
    """A binding that works now."""

    binding: Binding
    node: DOMNode
    """What its action belongs to."""
    keys: list[str]
    """As a person names them."""


def hints(screen: Screen[Any]) -> dict[str, Hint]:
    """The active bindings of `screen` and its app by action, those first that the hint line shows."""
    found: dict[str, Hint] = {}
    for key, active in sorted(screen.active_bindings.items(), key=lambda item: not item[1].binding.show):
        if active.enabled and not active.binding.system:
            hint = found.setdefault(active.binding.action, Hint(active.binding, active.node, []))
            hint.keys.append(key_name(key))
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
        for action, (binding, _, keys) in hints(self.screen).items():
            label = self._labels.get(action, binding.description) if binding.show else ""
            hint = Content.assemble((keys[0], "bold"), " ", (label, "dim"))
            if label and hint.cell_length <= room:
                shown.append(hint)
                room -= hint.cell_length + 2
        return Content("  ").join(shown)
