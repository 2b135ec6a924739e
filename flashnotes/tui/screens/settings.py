"""Every setting with what it means, changed in `flashnotes.toml` without touching anything else there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from flashnotes.config import Settings, held_by_pure, read_settings
from flashnotes.config_file import write_settings
from flashnotes.deckfile.files import replace_file
from flashnotes.errors import FlashnotesError
from flashnotes.screen_text import one_line
from flashnotes.settings_guide import (
    FROM_NEXT_START,
    GUIDE,
    ONLY_IN_FILE,
    allowed_text,
    choices_of,
    typed_value,
    value_text,
)
from flashnotes.text import fold
from flashnotes.tui.render import wrapped
from flashnotes.tui.screens.ask import AskText, Choose
from flashnotes.tui.screens.list_page import ListPage
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine
from flashnotes.tui.widgets.pick_list import PickList
from flashnotes.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult


class SettingsScreen(ListPage[None]):
    """The settings under their groups, each with its value; below, what the one of the cursor means."""

    BINDINGS: ClassVar = [
        Binding("enter,space", "change", "change", id="change", tooltip="Change the setting"),
        Binding("delete,d", "to_default", "default", id="to_default", tooltip="As it is without the file"),
        Binding("u,ctrl+z", "undo", "undo", id="undo", tooltip="Take the last change back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._changes: list[tuple[str, bytes, bytes]] = []
        """Settings changed here, each with the file before and after."""

    def compose(self) -> ComposeResult:
        with Vertical(id="desk"):
            yield EndsLine(id="top")
            yield PickList(id="settings")
            yield TextView(id="meaning")
            yield Input(id="find", compact=True, placeholder="part of a setting's name or meaning")
            yield EndsLine(id="status")
            yield HintLine()

    def on_mount(self) -> None:
        self.add_class("-settings")
        where = one_line(str(self._path))
        self.query_one("#top", EndsLine).show(
            Content.styled("settings", "bold"), Content.styled(where, "dim"), is_path=True
        )
        self._list()

    @property
    def _path(self) -> Path:
        return self.desk.library.home.settings

    @property
    def _settings(self) -> Settings:
        return self.desk.library.settings

    def _list(self) -> None:
        wanted = fold(self._field.value)
        self._names = [
            name
            for group in GUIDE.values()
            for name, means in group.items()
            if wanted in fold(f"{name} {name.replace('_', ' ')} {means}")
        ]
        self.rows.show(len(self._names), self._row)
        self._show_meaning()

    @property
    def _current(self) -> str | None:
        return self._names[self.rows.cursor] if self._names else None

    def _row(self, place: int, width: int) -> Content:
        name = self._names[place]
        value = getattr(self._settings, name)
        is_default = value == getattr(Settings(), name)
        shown = Content.styled(one_line(value_text(value)), "dim" if is_default else "$text-success bold")
        room = max(1, width // 2)
        label = Content(name.replace("_", " ")).truncate(room, ellipsis=True)
        shown = shown.truncate(max(1, width - label.cell_length - 2), ellipsis=True)
        return Content.assemble(label, " " * max(1, width - label.cell_length - shown.cell_length), shown)

    def _show_meaning(self) -> None:
        self.query_one("#meaning", TextView).show(self._meaning)

    def _meaning(self, width: int) -> list[Content]:
        name = self._current
        if name is None:
            return [Content.styled("No setting is called so.", "dim")]
        means = next(group[name] for group in GUIDE.values() if name in group)
        default = value_text(getattr(Settings(), name))
        held = " Held by `pure`." if held_by_pure(self._settings, name) else ""
        lines = [Content(means + held), Content.styled(f"{allowed_text(name)}; by default {default}", "dim")]
        return [row for line in lines for row in wrapped(line, width)]

    def on_input_changed(self, _message: Input.Changed) -> None:
        self._list()

    def on_pick_list_moved(self) -> None:
        self._show_meaning()

    def on_pick_list_chosen(self) -> None:
        self.action_change()

    def action_change(self) -> None:
        """Turn what is true or false round; ask for anything else."""
        name = self._current
        if name is None:
            return
        now = value_text(getattr(self._settings, name))
        choices = choices_of(name)
        if name in ONLY_IN_FILE:
            self.say(next(group[name] for group in GUIDE.values() if name in group))
        elif len(choices) == 2:
            self._take(name, choices[now == choices[0]])
        elif choices:
            cursor = choices.index(now) if now in choices else 0
            self.app.push_screen(Choose(name, choices, cursor=cursor), partial(self._take_choice, name))
        else:
            ask = AskText(f"{name}: {allowed_text(name)}", value=now)
            self.app.push_screen(ask, partial(self._take, name))

    def _take_choice(self, name: str, place: int | None) -> None:
        if place is not None:
            self._take(name, choices_of(name)[place])

    def _take(self, name: str, text: str | None) -> None:
        if text is None:
            return
        try:
            value = typed_value(name, text)
        except FlashnotesError as error:
            self.say(str(error))
        else:
            self._set(name, value)

    def _set(self, name: str, value: Any) -> None:
        """Change the file, and everything that goes by it."""
        before = _read(self._path)
        try:
            write_settings(self._path, {name: value})
            self._follow()
        except FlashnotesError as error:
            self.say(str(error).removeprefix(f"{self._path}: "))
            return
        self._changes.append((name, before, _read(self._path)))
        self._say_value(name)

    def _follow(self) -> None:
        self.app.follow(read_settings(self._path))
        self._list()

    def _say_value(self, name: str) -> None:
        when = ", from the next start on" if name in FROM_NEXT_START else ""
        self.say(f"{name}: {value_text(getattr(self._settings, name))}{when}", "u undo")

    def action_to_default(self) -> None:
        if self._current is not None and self._current not in ONLY_IN_FILE:
            self._set(self._current, None)

    def action_undo(self) -> None:
        """Put the file back as it was before the last change, unless somebody else has changed it since."""
        if not self._changes:
            self.say("Nothing to undo here.")
            return
        name, before, after = self._changes.pop()
        if _read(self._path) != after:
            self.say("The file was changed since. It stays as it is.")
            return
        try:
            replace_file(self._path, before)
            self._follow()
        except FlashnotesError as error:
            self.say(str(error))
        else:
            self._say_value(name)

    def say(self, text: str, hint: str = "") -> None:
        """One line to the person."""
        told = Content.styled(one_line(text), "$text-warning")
        self.query_one("#status", EndsLine).show(told, Content.styled(hint, "dim"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
