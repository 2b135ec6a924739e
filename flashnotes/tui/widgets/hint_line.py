"""The keys of a screen, from the bindings themselves: what is not bound is not advertised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual.binding import Binding
from textual.content import Content
from textual.keys import format_key

from flashnotes.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual import events
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.strip import Strip


_GAP = 2


class Hint(NamedTuple):
    """A binding that works now."""

    binding: Binding
    node: DOMNode
    """What its action belongs to."""
    keys: list[str]
    """As a person names them."""


_Drawn = tuple[Hint, Content]


def hints(screen: Screen[Any]) -> dict[str, Hint]:
    """The active bindings of `screen` and its app by action, in the order they are written down."""
    order = _order(screen)
    found: dict[str, Hint] = {}
    for key, active in sorted(screen.active_bindings.items(), key=lambda item: order(item[1].binding)):
        if active.enabled and not active.binding.system:
            hint = found.setdefault(active.binding.action, Hint(active.binding, active.node, []))
            hint.keys.append(key_name(key))
    return found


def _order(screen: Screen[Any]) -> Callable[[Binding], tuple[int, bool]]:
    """Places of bindings: the screen's own, those it inherits, the app's; changed keys change no place."""
    places: dict[str | None, int] = {}
    for node in (screen, screen.app):
        for cls in type(node).__mro__:
            for binding in cls.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id:
                    places.setdefault(binding.id, len(places))
    return lambda binding: (places.get(binding.id, len(places)), not binding.show)


def key_name(key: str) -> str:
    """A key as it is named on the screen."""
    return {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "backspace": "ctrl+h"}.get(
        key
    ) or format_key(key)


class HintLine(Rows):
    """As many of the screen's shown bindings as fit."""

    DEFAULT_CSS = "HintLine { height: 1; }"

    def __init__(self, *, of_few_states: bool = False) -> None:
        """With `of_few_states` the labels tell all that may differ: what was made for them once is made no more."""
        super().__init__()
        self._labels: Mapping[str, str] = {}
        self._made: dict[tuple[object, ...], list[Strip]] | None = {} if of_few_states else None

    def show(self, labels: Mapping[str, str]) -> None:
        """Call actions otherwise than their bindings do, as it is fitting now; an empty label hides one."""
        if labels != self._labels:
            self._labels = labels
            self.changed()

    def forget(self) -> None:
        """Make the hints anew: keys have changed."""
        if self._made is not None:
            self._made = {}
        self.changed()

    def notify_style_update(self) -> None:
        if self._made is not None:
            self._made = {}
        super().notify_style_update()

    def drawn(self) -> list[Strip]:
        if self._made is None:
            return super().drawn()
        state = (self.size, *self._labels.items())
        if state not in self._made:
            self._made[state] = super().drawn()
        return self._made[state]

    def render(self) -> Content:
        return Content(" " * _GAP).join([content for _, content in self._shown()])

    async def on_click(self, event: events.Click) -> None:
        """A click on a hint does what its key does."""
        end = 0
        for hint, content in self._shown():
            if end <= event.x < end + content.cell_length:
                await self.app.run_action(hint.binding.action, hint.node)
                return
            end += content.cell_length + _GAP

    def _shown(self) -> list[_Drawn]:
        """What always fits: how to get help and how to leave stand last, the rest before them as there is room."""
        drawn = [
            (hint, Content.assemble((hint.keys[0], "bold"), " ", (label, "dim")))
            for action, hint in hints(self.screen).items()
            if hint.binding.show and (label := self._labels.get(action, hint.binding.description))
        ]
        last = _fitting([each for each in drawn if each[0].node is self.app], self.size.width)
        taken = sum(content.cell_length + _GAP for _, content in last)
        first = _fitting([each for each in drawn if each[0].node is not self.app], self.size.width - taken)
        return [*first, *last]


def _fitting(drawn: list[_Drawn], room: int) -> list[_Drawn]:
    """As many of `drawn` as have room beside each other, first things first."""
    fitting: list[_Drawn] = []
    for hint, content in drawn:
        if content.cell_length <= room:
            fitting.append((hint, content))
            room -= content.cell_length + _GAP
    return fitting
