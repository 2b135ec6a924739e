"""The screens beside the session: the start, the statistics, the form of a card."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual.widgets import TextArea

from flashnotes.config import Settings
from flashnotes.desk import Desk
from flashnotes.home import Home
from flashnotes.library import Library
from flashnotes.models import Moment, Rating
from flashnotes.session import answer_card
from flashnotes.tui.app import StudyApp, StudyOptions
from flashnotes.tui.panels import PANELS
from flashnotes.tui.screens.ask import Confirm
from flashnotes.tui.screens.edit import EditScreen
from flashnotes.tui.screens.help import HelpScreen
from flashnotes.tui.screens.start import StartScreen
from flashnotes.tui.screens.statistics import StatisticsScreen
from flashnotes.tui.screens.study import StudyScreen
from flashnotes.tui.widgets.pick_list import PickList
from tests.sittings import NOON
from tests.tui.test_study import SIZES, card_text, shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

DECKS = {
    "rl": "deck: 强化学习::时序差分\ncards:\n  - {id: td, front: TD 误差, back: b1}\n",
    "pg": "deck: 强化学习::策略梯度\ncards:\n  - {id: pg, front: '[/] REINFORCE', back: b2}\n",
    "os": "# mine\ndeck: OS\ncards:\n  - {id: tlb, front: TLB, back: a cache}\n",
}


@asynccontextmanager
async def at_home(home: Path, size: tuple[int, int]) -> AsyncIterator[tuple[Pilot[int], Desk]]:
    (home / "decks").mkdir(parents=True, exist_ok=True)
    for name, text in DECKS.items():
        (home / "decks" / f"{name}.yaml").write_text(text, encoding="utf-8")
    library = Library.open(Home(home), Settings(), at=NOON)
    desk = Desk(library, lambda: NOON, candidates=lambda: 6)
    app = StudyApp(desk=desk, options=StudyOptions(key_guard_ms=0), clock=lambda: 0.0)
    with library.store:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot, desk


async def resize(pilot: Pilot[int], size: tuple[int, int]) -> None:
    """Give the terminal another size, and wait until the screen is drawn for it."""
    await pilot.resize_terminal(*size)
    while pilot.app.screen.size != size or pilot.app.screen._layout_required:
        await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_start(home: Path, size: tuple[int, int]) -> None:
    async with at_home(home, size) as (pilot, desk):
        decks = pilot.app.screen.query_one(PickList)
        text = shown(pilot)
        assert "everything due" in text
        assert "3 cards, about 1 min" in text
        assert decks.plain.splitlines()[0].startswith("> everything due")
        assert "时序差分" in decks.plain
        await pilot.press("j", "j", "l", "h", "up", "left")
        await pilot.press("right", "end", "home", "pagedown", "pageup", "slash", *"td q", "escape")
        assert isinstance(pilot.app.screen, StartScreen)
        await pilot.press("slash", "o", "s", "enter")
        assert [line.split()[:2] for line in decks.plain.splitlines()] == [[">", "OS"]]
        await pilot.press("c", "u")
        told = [note.message for note in pilot.app._notifications]
        assert told == ["6 candidates waiting. `flashnotes import` opens them.", "Nothing to undo."]
        await pilot.press("space")
        assert isinstance(pilot.app.screen, StudyScreen)
        assert card_text(pilot) == "TLB"
        await pilot.press("space", "3", "b")
        assert isinstance(pilot.app.screen, StartScreen)
        assert "1 card done today" in shown(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, StartScreen)
        await pilot.press("u")
        assert list(desk.library.store.reviews()) == []
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape", "enter", "escape", "ｑ")
        assert pilot.app.return_value == 0


async def test_the_statistics(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        await pilot.press("s")
        assert isinstance(pilot.app.screen, StatisticsScreen)
        assert card_text(pilot).splitlines()[1].startswith("No answer yet. What you answer is counted here")
        assert card_text(pilot).rstrip().endswith("cards: 3 new")
        await pilot.press("b")
        for day in range(9):
            at = Moment(NOON.ms - (8 - day) * 86_400_000)
            answer_card(desk.library.store, "td", Rating.AGAIN if day else Rating.GOOD, at, duration_ms=9000)
        await pilot.press("s", "right", "n", "left", "p", "j", "k", "pagedown", "pageup", "h", "l", "r")
        assert "the last 3 months" in shown(pilot)
        for size in SIZES:
            await resize(pilot, size)
            text = card_text(pilot)
            for told in (
                *(panel.title for panel in PANELS),
                *(
                    "today: 1 answer, 0 % recalled, 9 s",
                    "9 days in a row",
                    "0 % of 8",
                    "Jan 2026",
                    "8 lapses",
                ),
                *("recalled 0 % of 8 answers", "in 30 days 1", "busiest: ", "2.40-2.59", "12-18 h 0 %"),
            ):
                assert told in text or told in " ".join(text.split()), (size, told)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, StartScreen)
        await pilot.press("s", "q")
        assert pilot.app.return_value == 0


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_card_is_written_in_a_form(home: Path, size: tuple[int, int]) -> None:
    async with at_home(home, size) as (pilot, desk):
        await pilot.press("end", "a")
        form = pilot.app.screen
        assert isinstance(form, EditScreen)
        await pilot.press("q", "b", "ctrl+s")
        assert "The back is empty" in shown(pilot)
        for leave in ("escape", "ctrl+c"):
            await pilot.press(leave)
            assert isinstance(pilot.app.screen, Confirm)
            await pilot.press("n")
        assert form.query_one("#front", TextArea).text == "qb"
        await pilot.press("tab", *"$x$", "tab", *"a b", "shift+tab", "ctrl+s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, StartScreen)
        made = next(each for each in desk.library.store.cards() if each.card.front == "qb")
        assert (made.card.back, made.card.tags) == ("$x$", ("a", "b"))
        await pilot.press("a", "x", "escape", "y")
        assert isinstance(pilot.app.screen, StartScreen)
        pilot.app.push_screen(EditScreen(desk.library, desk.library.store.card("tlb")))
        await pilot.pause()
        await pilot.press("Z", "ctrl+s")
        await pilot.pause()
        text = (home / "decks" / "os.yaml").read_text(encoding="utf-8")
        assert "front: ZTLB" in text
        assert text.startswith(DECKS["os"].replace("front: TLB", "front: ZTLB"))
        pilot.app.push_screen(EditScreen(desk.library, desk.library.store.card("tlb")))
        await pilot.pause()
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, StartScreen)
