"""All cards on the screen: searching them, looking at them, putting them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from flashnotes.tui.screens.ask import AskText, Confirm
from flashnotes.tui.screens.browse import BrowseScreen
from flashnotes.tui.screens.edit import EditScreen
from flashnotes.tui.screens.help import HelpScreen
from flashnotes.tui.screens.info import InfoScreen
from flashnotes.tui.screens.start import StartScreen
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine
from flashnotes.tui.widgets.pick_list import PickList
from flashnotes.tui.widgets.text_view import TextView
from tests.tui.test_home_screens import DECKS, at_home, resize
from tests.tui.test_study import SIZES, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


async def settled(pilot: Pilot[int]) -> None:
    """Every search that was begun is on the screen."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def browsing(pilot: Pilot[int], *keys: str) -> None:
    """Press keys and wait for what they find."""
    await pilot.press(*keys)
    await settled(pilot)


def rows(pilot: Pilot[int]) -> list[str]:
    """The fronts listed, with the mark of the cursor."""
    return pilot.app.screen.query_one(PickList).plain.splitlines()


def said(pilot: Pilot[int]) -> str:
    return pilot.app.screen.query_one("#status", EndsLine).plain.rstrip()


async def test_cards_are_found_while_one_types(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, _):
        await browsing(pilot, "f")
        assert isinstance(pilot.app.screen, BrowseScreen)
        for size in SIZES:
            await resize(pilot, size)
            assert "3 cards" in shown(pilot)
            assert "TD 误差" in shown(pilot)
            assert "a cache" in shown(pilot)
        assert [row.split()[:2] for row in rows(pilot)] == [
            [">", "TLB"],
            ["TD", "误差"],
            ["[/]", "REINFORCE"],
        ]
        await browsing(pilot, "j", "down", "k", "up", "end", "home", "pagedown")
        assert rows(pilot)[-1].startswith("> [/]")
        assert "b2" in shown(pilot)
        await browsing(pilot, "slash", *"is:", "q")
        assert said(pilot).startswith("search: is:q is not known.")
        assert "No card is found." in shown(pilot), "as for the words typed before"
        await browsing(pilot, *["backspace"] * 4, *"deck:强化学习 td")
        assert [row.split()[:3] for row in rows(pilot)] == [[">", "TD", "误差"]]
        await browsing(pilot, "backspace", "backspace", "down", "up", "down")
        assert rows(pilot)[1].startswith("> [/]"), "the arrows move while one types"
        pilot.app.screen.post_message(events.Paste("误差\x1b[0m\nd"))
        await browsing(pilot, "enter")
        assert pilot.app.screen.focused is None
        await browsing(pilot, "escape")
        assert (len(rows(pilot)), pilot.app.screen.query_one(Input).value) == (3, "")
        await browsing(pilot, "／", "ｑ", "escape", "ｂ")
        assert isinstance(pilot.app.screen, StartScreen)


async def test_the_search_begins_with_the_deck_and_is_explained(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, _):
        await browsing(pilot, "end", "f")
        assert pilot.app.screen.query_one(Input).value == 'deck:"强化学习::策略梯度" '
        assert len(rows(pilot)) == 1
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "learning review due suspended" in " ".join(pilot.app.screen.query_one(TextView).plain.split())
        await pilot.press("escape", "escape")
        for key, character in [("slash", "/"), ("d", "d"), ("　", "　"), ("enter", "\r"), ("end", None)]:
            pilot.app.post_message(events.Key("ideographic_space" if key == "　" else key, character))
        await settled(pilot)
        field = pilot.app.screen.query_one(Input)
        assert (field.value, pilot.app.screen.focused) == ("d ", None), (
            "keys in a burst are none of the list's"
        )
        await pilot.press("escape", "escape", "ctrl+f", "q")
        assert pilot.app.return_value == 0


async def test_what_is_done_to_cards_and_taken_back(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        store = desk.library.store
        await browsing(pilot, "f")
        for keys, told, standing in [
            ("@", "TLB · suspended", "suspended"),
            ("@", "TLB · asked again", "new"),
            ("-", "TLB · kept for tomorrow", "buried"),
            ("-", "TLB · asked today", "new"),
            ("f３", "TLB · flagged", "f3 new"),
            ("f0", "TLB · flagged", "new"),
            ("ｒ", "TLB · new again", "new"),
        ]:
            await pilot.press(*keys)
            assert said(pilot).startswith(told)
            assert rows(pilot)[0].split(maxsplit=3)[3] == standing
        for _ in range(7):
            await pilot.press("u")
        assert said(pilot) == "undone: TLB · suspend"
        await pilot.press("u")
        assert said(pilot) == "Nothing to undo."
        await pilot.press("space", "space", "f", "escape", "f", "f8")
        assert said(pilot).startswith("2 cards · kept for tomorrow")
        await pilot.press("ctrl+z")
        assert said(pilot) == "undone: TLB · bury of 2 cards"
        assert not list(store.history("tlb"))


async def test_cards_are_deleted_moved_and_brought_back(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        store = desk.library.store
        await browsing(pilot, "f")
        await pilot.press("home", "d")
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("n", "delete", "y")
        assert "deleted" in rows(pilot)[0]
        assert store.card("tlb") is None
        assert "bring back" in pilot.app.screen.query_one(HintLine).plain
        for refused in ("@", "m", "e"):
            await pilot.press(refused)
            assert said(pilot) == "A deleted card is brought back first."
        await pilot.press("d")
        assert said(pilot).startswith("TLB · brought back")
        await pilot.press("u", "u")
        assert (home / "decks" / "os.yaml").read_text(encoding="utf-8") == DECKS["os"]

        await pilot.press("m")
        assert isinstance(pilot.app.screen, AskText)
        await pilot.press("escape", "f6", *["backspace"] * 2, *"::x", "enter")
        assert "is no name of a deck" in "".join(note.message for note in pilot.app._notifications)
        await pilot.press("m", *"OS::课", "enter")
        assert store.path_of("tlb") == "OS--课.yaml"
        await pilot.press("b", "u")
        assert isinstance(pilot.app.screen, StartScreen)
        assert store.path_of("tlb") == "os.yaml", "the start takes it back, too"


async def test_cards_are_written_looked_at_and_marked(home: Path) -> None:
    async with at_home(home, (40, 12)) as (pilot, desk):
        await browsing(pilot, "f")
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, EditScreen)
        await pilot.press("Z", "ctrl+s")
        await settled(pilot)
        assert said(pilot).startswith("ZTLB · saved")
        assert rows(pilot)[0].split()[:2] == [">", "ZTLB"]
        await pilot.press("ctrl+e", "escape", "a", *"new", "tab", *"back", "ctrl+s")
        await settled(pilot)
        assert rows(pilot)[1].split()[:2] == [">", "new"]
        assert desk.library.store.path_of(
            next(c.card.id for c in desk.library.store.cards() if c.card.front == "new")
        )
        await pilot.press("u", "u")
        assert said(pilot) == "undone: TLB · edit"
        assert (home / "decks" / "os.yaml").read_text(encoding="utf-8") == DECKS["os"]
        await pilot.press("i")
        assert isinstance(pilot.app.screen, InfoScreen)
        await pilot.press("b", "v", "J", "K", "j")
        assert not pilot.app.screen.query_one("#cards").display
        assert "b1" in shown(pilot)
        await pilot.press("tab", "home")
        await pilot.click(PickList, offset=(4, 2))
        assert rows(pilot)[2].startswith("> TD")
        await pilot.click(PickList, offset=(4, 2))
        assert pilot.app.screen.has_class("-looking")
        await pilot.press("q")
        assert pilot.app.return_value == 0
