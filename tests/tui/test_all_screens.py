"""What holds on every screen: a way back and out, keys that the hints and the palette name, pastes that do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events

from flashnotes.tui.app import StudyApp
from flashnotes.tui.keys import keymap_problems
from flashnotes.tui.screens import bindings_of_screens
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
from flashnotes.tui.screens.study import SixGradeScreen, StudyScreen
from flashnotes.tui.widgets.hint_line import HintLine, hints
from flashnotes.upkeep import Upkeep
from tests.sittings import NOON
from tests.tui.test_home_screens import DECKS, at_home

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

WAYS: list[tuple[list[str], type[Screen[Any]]]] = [
    (["f"], BrowseScreen),
    (["f", "i"], InfoScreen),
    (["f", "d"], Confirm),
    (["L"], LeechScreen),
    (["s"], StatisticsScreen),
    (["o"], SettingsScreen),
    (["o", *"jjjjjj", "enter"], Choose),
    (["question_mark"], HelpScreen),
    (["space"], StudyScreen),
    (["space", "i"], InfoScreen),
    (["space", "space", "3", "space", "3", "space", "3"], FinishedScreen),
    (["space", "space", "1", *["space", "3"] * 3, "r"], MissedScreen),
    (["space", "@", "@", "@"], NothingDueScreen),
]
"""Keys from the start to each screen without a text field."""


def no_text_is_lost(home: Path) -> bool:
    return all(
        (home / "decks" / f"{name}.yaml").read_text(encoding="utf-8") == text for name, text in DECKS.items()
    )


def checked_keys(pilot: Pilot[int], screen: type[Screen[Any]]) -> None:
    """Each key can be changed, is in the palette, and only keys that work are hinted at."""
    now = pilot.app.screen
    found = hints(now)
    named = [hint.binding for hint in found.values() if hint.binding.tooltip]
    assert all(binding.id for binding in named), screen
    assert isinstance(pilot.app, StudyApp)
    commands = {command.title for command in pilot.app.get_system_commands(now)}
    assert commands >= {each.description for each in named if "palette" not in each.action}
    shown = now.query_one(HintLine).plain
    assert shown
    keys = {key for hint in found.values() for key in hint.keys}
    assert {part.split(" ")[0] for part in shown.split("  ")} <= keys, screen


async def keys_do_what_they_say(pilot: Pilot[int], screen: type[Screen[Any]]) -> None:
    """Each key of the screen, pressed, comes to the action that it is bound to; nothing is done here."""
    came: list[str] = []

    async def note(action: object, *_: object, **__: object) -> bool:
        came.append(str(action))
        return False  # so that a key with several meanings comes to each of them

    app = pilot.app
    app.run_action = note  # type: ignore[method-assign]
    for key, active in sorted(app.screen.active_bindings.items()):
        if active.enabled:
            came.clear()
            await pilot.press(key)
            assert active.binding.action in came, (screen, key)
    del app.run_action


async def test_every_key_of_every_screen(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        await keys_do_what_they_say(pilot, StartScreen)
        for keys, screen in WAYS:
            await pilot.press(*keys)
            await keys_do_what_they_say(pilot, screen)
            while not isinstance(pilot.app.screen, StartScreen):
                await pilot.press("escape")
            while Upkeep(desk.library).undo(NOON):
                pass
        assert no_text_is_lost(home)


async def test_every_screen_has_a_way_back_and_out(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        for number, (keys, screen) in enumerate(WAYS):
            await pilot.press(*keys)
            assert isinstance(pilot.app.screen, screen), keys
            pilot.app.screen.post_message(events.Paste("qbudy@d\ny3"))
            await pilot.pause()
            assert isinstance(pilot.app.screen, screen), "a paste acts on nothing"
            active = pilot.app.screen.active_bindings
            assert active["q"].binding.action == "leave"
            assert active["b"].binding.action == active["escape"].binding.action
            checked_keys(pilot, screen)
            for _ in range(4):
                if not isinstance(pilot.app.screen, StartScreen):
                    await pilot.press(("b", "escape")[number % 2])
            assert isinstance(pilot.app.screen, StartScreen), keys
            while Upkeep(desk.library).undo(NOON):
                pass
        assert no_text_is_lost(home)
        await pilot.press("f", "d", "q")
        assert pilot.app.return_value == 0


async def test_a_click_on_a_hint_does_what_its_key_does(home: Path) -> None:
    async def click(name: str) -> None:
        line = pilot.app.screen.query_one(HintLine)
        await pilot.click(line, offset=(line.plain.index(f" {name}"), 0))

    async with at_home(home, (80, 24)) as (pilot, _):
        screens = {"cards": BrowseScreen, "delete": Confirm, "no": BrowseScreen, "back": StartScreen}
        screens |= {"statistics": StatisticsScreen, "help": HelpScreen}
        for name, screen in screens.items():
            await click(name)
            assert isinstance(pilot.app.screen, screen), name
        assert no_text_is_lost(home)
        await click("quit")
        assert pilot.app.return_value == 0


async def test_text_fields_take_every_letter(home: Path) -> None:
    async with at_home(home, (40, 12)) as (pilot, _):
        for keys, screen in [(["a"], EditScreen), (["f", "m"], AskText), (["slash"], StartScreen)]:
            await pilot.press(*keys, *"qb?")
            assert isinstance(pilot.app.screen, screen)
            checked_keys(pilot, screen)
            await pilot.press("escape")
            if isinstance(pilot.app.screen, Confirm):
                await pilot.press("q")
                assert isinstance(pilot.app.screen, EditScreen), "what is typed is not lost"
                await pilot.press("escape", "y")
            if not isinstance(pilot.app.screen, StartScreen):
                await pilot.press("b")
            assert isinstance(pilot.app.screen, StartScreen)
        assert no_text_is_lost(home)


def test_no_two_keys_of_a_screen_are_one() -> None:
    assert keymap_problems({}, bindings_of_screens(StudyApp, StudyScreen, SixGradeScreen)) == []
    clash = keymap_problems({"settings": "s", "move_to": "u"}, bindings_of_screens(StudyApp, StudyScreen))
    assert [problem.partition(";")[0] for problem in clash] == [
        "flashnotes.toml: the key s is given to statistics and settings",
        "flashnotes.toml: the key u is given to move_to and undo",
    ]
