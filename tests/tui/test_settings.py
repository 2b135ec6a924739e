"""The settings on the screen: read, changed, refused, taken back."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from flashnotes.config import Settings, read_settings
from flashnotes.settings_guide import GUIDE, allowed_text
from flashnotes.tui.app import StudyApp
from flashnotes.tui.screens.ask import AskText, Choose
from flashnotes.tui.screens.settings import SettingsScreen
from flashnotes.tui.screens.start import StartScreen
from flashnotes.tui.screens.study import SixGradeScreen
from flashnotes.tui.widgets.pick_list import PickList
from tests.tui.test_browse import said
from tests.tui.test_home_screens import at_home, resize
from tests.tui.test_study import SIZES, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

FILE = "# mine\nnew_per_day = 7  # few\n"


def test_every_setting_is_explained() -> None:
    named = [name for group in GUIDE.values() for name in group]
    assert sorted(named) == sorted(field.name for field in fields(Settings))
    assert all(allowed_text(name) for name in named)


def row(pilot: Pilot[int], name: str) -> str:
    rows = pilot.app.screen.query_one(PickList).plain.splitlines()
    return next((line for line in rows if name in line), "")


async def at(pilot: Pilot[int], name: str) -> None:
    """Put the cursor on a setting."""
    screen = pilot.app.screen
    assert isinstance(screen, SettingsScreen)
    screen.rows.go_to([each for group in GUIDE.values() for each in group].index(name))
    await pilot.pause()


async def test_settings_are_changed_at_once(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        path = desk.library.home.settings
        path.write_text(FILE, encoding="utf-8")
        desk.follow(read_settings(path))
        await pilot.press("o")
        assert isinstance(pilot.app.screen, SettingsScreen)
        for size in SIZES:
            await resize(pilot, size)
            assert "new per day" in shown(pilot)
            assert "New cards a day." in shown(pilot)
            assert "0 to 1000000; by default 20" in shown(pilot)
        await resize(pilot, (80, 24))
        assert row(pilot, "new per day").split() == ["new", "per", "day", "7"] or row(
            pilot, "> new"
        ).endswith("7")
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, AskText)
        await pilot.press("escape", "space", *"many", "enter")
        assert said(pilot) == "new_per_day must be 0 to 1000000, not 'many'."
        await pilot.press("enter", "-", "1", "enter")
        assert said(pilot) == "new_per_day must be from 0 to 1000000, not -1."
        assert path.read_text(encoding="utf-8") == FILE
        await pilot.press("enter", *"１２", "enter")
        assert path.read_text(encoding="utf-8") == FILE.replace("7", "12")
        assert desk.sitting.new_per_day == 12
        await pilot.press("u")
        assert path.read_text(encoding="utf-8") == FILE
        await pilot.press("d")
        assert (desk.sitting.new_per_day, path.read_text(encoding="utf-8")) == (20, "# mine\n")
        await pilot.press("ctrl+z", "u")
        assert said(pilot) == "Nothing to undo here."
        assert path.read_text(encoding="utf-8") == FILE


async def test_settings_of_other_kinds(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        await pilot.press("，")
        await at(pilot, "scheduler")
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Choose)
        await pilot.press("3")
        assert "Fsrs" in repr(desk.library.store.rules.scheduler)
        await at(pilot, "theme")
        await pilot.press("enter", "j", "j", "enter")
        assert pilot.app.theme == "textual-light"
        await at(pilot, "six_grades")
        settings = pilot.app.screen.query_one(PickList)
        await pilot.click(PickList, offset=(4, settings.cursor - settings.scroll_offset.y))
        assert row(pilot, "six grades").endswith("true")
        await at(pilot, "learning_steps")
        await pilot.press("enter", *"1, 10", "enter")
        assert desk.library.settings.learning_steps == (1, 10)
        await pilot.press("enter", *"none", "enter")
        await at(pilot, "keys")
        await pilot.press("enter", "d")
        assert said(pilot).startswith("Other keys")
    written = read_settings(home / "flashnotes.toml")
    assert (written.scheduler, written.theme, written.six_grades) == ("fsrs", "light", True)


async def test_settings_are_found_and_left(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, _):
        assert isinstance(pilot.app, StudyApp)
        pilot.app.follow(Settings(six_grades=True))
        await pilot.press("o", "slash", *"retention", "enter")
        assert len(pilot.app.screen.query_one(PickList).plain.splitlines()) == 1
        await pilot.press("escape", "slash", *"zzz", "enter", "enter")
        assert "No setting is called so." in shown(pilot)
        await pilot.press("escape", "escape")
        assert isinstance(pilot.app.screen, StartScreen)
        await pilot.press("space")
        assert isinstance(pilot.app.screen, SixGradeScreen)
        await pilot.press("b", "o", "q")
        assert pilot.app.return_value == 0


async def test_limits_of_a_deck_are_set_at_the_start(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        decks = pilot.app.screen.query_one(PickList)
        await pilot.press("end", "ｎ", *"０", "enter")
        assert "is not two numbers of cards" in "".join(note.message for note in pilot.app._notifications)
        await pilot.press("n", *"０　５０", "enter")
        assert decks.plain.splitlines()[-1].split()[2:] == ["·", "·", "·"]
        assert desk.library.settings.decks["强化学习::策略梯度"].reviews_per_day == 50
        await pilot.press("n", *"- -", "enter")
        assert desk.library.settings.decks == {}
        await pilot.press("home", "n", *"1 200", "enter")
        assert decks.plain.splitlines()[0].split()[3] == "1"
        await pilot.press("n", "escape")
    assert (home / "flashnotes.toml").read_text(
        encoding="utf-8"
    ) == "new_per_day = 1\nreviews_per_day = 200\n"
