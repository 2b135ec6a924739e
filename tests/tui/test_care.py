"""The screen takes care: of a clock that has jumped, of what other programs write, of a backlog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from flashnotes.models import ActionKind, CardId, Day, Moment
from flashnotes.scheduling.days import logical_day
from flashnotes.session import Session
from flashnotes.store import Answer
from flashnotes.tui.app import StudyApp, StudyOptions
from flashnotes.tui.screens.ask import Choose, Confirm
from flashnotes.tui.screens.start import StartScreen
from flashnotes.tui.screens.study import StudyScreen
from tests.sittings import NOON, card, open_store
from tests.tui.test_browse import browsing, said
from tests.tui.test_home_screens import at_home
from tests.tui.test_study import card_text, shown

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sittings import Sit

SIZE = (80, 24)
UNSAVED = "Nothing was saved. Set the clock right, then go on."
YEAR_MS = 365 * 86_400_000


async def test_it_asks_before_it_writes_by_a_clock_that_has_jumped(sit: Sit) -> None:
    store = sit(card("TD", "b1"), card("TLB", "b2"), card("GAE", "b3")).store
    store.record(Answer(CardId("c-GAE"), 4, NOON))
    now = Moment(NOON.ms - YEAR_MS)
    app = StudyApp(Session(store, lambda: now), options=StudyOptions(key_guard_ms=0), clock=lambda: 0.0)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("space", "3")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        assert "The clock shows 2025-01-05 12:00, before the last review" in " ".join(
            shown(pilot).replace("│", "").split()
        )
        await pilot.press("n")
        assert isinstance(app.screen, StudyScreen)
        assert len(list(store.reviews())) == 1
        assert [note.message for note in app._notifications] == [UNSAVED]
        for deed in "-u":
            await pilot.press(deed)
            assert isinstance(app.screen, Confirm), deed
            await pilot.press("escape")
        await pilot.press("3", "y")
        assert [review.card_id for review in store.reviews()] == ["c-GAE", "c-TD"]
        assert card_text(pilot) == "TLB"
        await pilot.press("f", "2", "space", "4")
        assert len(list(store.reviews())) == 3, "said once is enough"


async def test_it_asks_on_the_screens_beside_the_session_too(home: Path) -> None:
    async with at_home(home, SIZE) as (pilot, desk):
        store = desk.library.store
        store.record(Answer(CardId("td"), 4, NOON))
        desk.now = lambda: Moment(NOON.ms - YEAR_MS)
        await browsing(pilot, "f")
        for deed in ("@", "-", "r", "f3", "u"):
            await pilot.press(*deed)
            assert isinstance(pilot.app.screen, Confirm), deed
            await pilot.press("n")
        assert [note.message for note in pilot.app._notifications] == [UNSAVED] * 5
        assert not store.history("tlb")
        await pilot.press("space", "space", "@", "y")
        assert said(pilot).startswith("2 cards · suspended"), "those that were chosen before the question"
        await pilot.press("home", *"@-")
        assert len(store.history("tlb")) == 3, "said once is enough"
        await browsing(pilot, "b", "L")
        store.record(Answer(CardId("pg"), 4, Moment(NOON.ms + YEAR_MS)))
        desk.now = lambda: Moment(NOON.ms + 3 * YEAR_MS)
        await pilot.press("r")
        assert "No card is found." in said(pilot), "nothing to write, nothing to ask"


async def test_a_flag_typed_fast_is_set(home: Path) -> None:
    async with at_home(home, SIZE) as (pilot, desk):
        await browsing(pilot, "f")
        for key in "f3jf2":
            pilot.app.post_message(events.Key(key, key))
        await pilot.pause()
        assert [desk.library.store.state(card_id).flag for card_id in ("tlb", "td")] == [3, 2]
        for key in ("slash", "f", "5"):
            pilot.app.post_message(events.Key(key, "/" if key == "slash" else key))
        await browsing(pilot)
        assert pilot.app.screen.query_one(Input).value == "f5", "text, while one types"


async def test_a_flag_typed_fast_after_an_answer_is_the_next_card_s(sit: Sit) -> None:
    sitting = sit(card("TD", "b1"), card("TLB", "b2"))
    app = StudyApp(sitting, clock=lambda: 0.0)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("space")
        for key in "3f3":
            app.post_message(events.Key(key, key))
        await pilot.pause()
        assert [sitting.store.state(card_id).flag for card_id in ("c-TD", "c-TLB")] == [0, 3]
        assert len(list(sitting.store.reviews())) == 1


async def test_what_another_program_writes_shows_while_a_card_stands(sit: Sit, tmp_path: Path) -> None:
    sitting = sit(card("TD", "b1"), card("TLB", "b2"))
    app = StudyApp(sitting, options=StudyOptions(key_guard_ms=0), clock=lambda: 0.0)
    async with app.run_test(size=SIZE) as pilot:
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        await pilot.press("space")
        with open_store(tmp_path / "flashnotes.db") as other:
            other.perform("c-TD", ActionKind.FLAG, 3, at=NOON)
            screen._look_round()
            assert "flag 3" in shown(pilot)
            assert "b1" in shown(pilot), "the side that is shown stays"
            other.record(Answer(CardId("c-TD"), 4, NOON))
            screen._look_round()
            await pilot.pause()
            assert card_text(pilot) == "TLB"
            assert "Another program" in shown(pilot)
            screen._look_round()
        await pilot.press("space", "3")
        assert [review.card_id for review in sitting.store.reviews()] == ["c-TD", "c-TLB"]


async def test_the_start_offers_to_spread_a_backlog(home: Path) -> None:
    async with at_home(home, SIZE) as (pilot, desk):
        await pilot.press("p")
        assert isinstance(pilot.app.screen, StartScreen), "nothing is overdue"
        store, today = desk.library.store, logical_day(NOON)
        for card_id in ("td", "pg", "tlb"):
            store.perform(card_id, ActionKind.SET_DUE, Day(today - 3), at=NOON)
        desk.sitting = type(desk.sitting)(reviews_per_day=2)
        await pilot.press("s", "escape")
        assert "3 cards overdue, more than a day's reviews" in shown(pilot)
        await pilot.press("p")
        assert isinstance(pilot.app.screen, Choose)
        await pilot.press("1")
        catch_up = store.plans(today).catch_up
        assert catch_up is not None
        assert catch_up.days == 3
        assert "spread until 2026-01-07" in shown(pilot)
        await pilot.press("u")
        assert store.plans(today).catch_up is None
        await pilot.press("p", "2", "p", "escape", "p")
        screen = pilot.app.screen
        assert isinstance(screen, Choose)
        await pilot.press(str(len(screen._choices)))
        assert store.plans(today).catch_up is None, "taken back"
