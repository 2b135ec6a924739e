"""Cards that do not stay: told in the session, and a screen of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.models import Moment, Rating
from flashnotes.session import answer_card
from flashnotes.tui.screens.browse import BrowseScreen
from flashnotes.tui.screens.finished import FinishedScreen
from flashnotes.tui.screens.leeches import LeechScreen
from flashnotes.tui.screens.start import StartScreen
from flashnotes.tui.screens.study import StudyScreen
from flashnotes.tui.widgets.hint_line import HintLine
from tests.sittings import NOON
from tests.tui.test_browse import browsing, rows, said
from tests.tui.test_home_screens import at_home, resize
from tests.tui.test_study import SIZES, card_text, shown

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.store import Store

DAY_MS = 86_400_000


def forget(store: Store, card_id: str, times: int) -> None:
    """Learn a card and forget it on so many days before today."""
    for day in range(times + 1):
        at = Moment(NOON.ms - (20 - day) * DAY_MS)
        answer_card(store, card_id, Rating.AGAIN if day else Rating.GOOD, at)


async def test_a_leech_is_told_and_its_screen_is_a_key_away(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        forget(desk.library.store, "tlb", 7)
        await browsing(pilot, "L")
        assert isinstance(pilot.app.screen, LeechScreen)
        assert "No leech: no card was forgotten 8 times." in shown(pilot)
        await pilot.press("escape", "j", "space")
        assert card_text(pilot) == "TLB"
        await pilot.press("space", "1")
        told = [note.message for note in pilot.app._notifications]
        assert told == ["TLB: forgotten 8 times, a leech. L shows it and what can be done."]
        await browsing(pilot, "L")
        for size in SIZES:
            await resize(pilot, size)
            assert "TLB" in rows(pilot)[0]
            assert "leech" in rows(pilot)[0]
            assert "lapses" in shown(pilot) or size == (40, 12)
        await pilot.press("@")
        assert said(pilot).startswith("TLB · suspended")
        await pilot.press("b")
        assert isinstance(pilot.app.screen, FinishedScreen), "what is suspended is asked no more"
        await pilot.press("b")
        assert isinstance(pilot.app.screen, StartScreen)
        assert "1 leech" in pilot.app.screen.query_one(HintLine).plain


async def test_all_cards_from_the_session_and_back(home: Path) -> None:
    async with at_home(home, (80, 24)) as (pilot, desk):
        await pilot.press("space")
        await pilot.press("space")
        first = card_text(pilot).splitlines()[0]
        await browsing(pilot, "slash")
        assert isinstance(pilot.app.screen, BrowseScreen)
        assert rows(pilot)[pilot.app.screen.rows.cursor].startswith(f"> {first}")
        await pilot.press("enter", "Z", "ctrl+s", "b")
        assert isinstance(pilot.app.screen, StudyScreen)
        assert pilot.app.screen.answer_shown, "the same card, on the same side"
        assert card_text(pilot).splitlines()[0] == f"Z{first}"
        await browsing(pilot, "slash", "@", "b")
        assert first not in card_text(pilot)
        assert len(desk.library.store.history("tlb")) == 1
