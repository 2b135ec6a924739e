from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.command import CommandPalette
from textual.widgets import Input

from flashnotes.models import CardKind
from flashnotes.tui.screens.help import HelpScreen
from flashnotes.tui.widgets.hint_line import HintLine
from tests.sittings import card
from tests.tui.test_study import SIZES, card_text, shown, study_screen, studying

if TYPE_CHECKING:
    from tests.sittings import Sit

TLB = card("TLB 的全称？", "translation lookaside buffer｜快表", kind=CardKind.ABBREVIATION)
NEXT = card("next", "one")
CLOZE = card(
    "TD 误差用 {{c1::下一步的估计::哪个估计}} 减 {{c2::现在的估计}}。", "见讲义", kind=CardKind.CLOZE
)


@pytest.mark.parametrize("size", SIZES)
async def test_a_typed_answer_is_compared_and_grades_nothing(sit: Sit, size: tuple[int, int]) -> None:
    sitting = sit(TLB, NEXT)
    async with studying(sitting, size) as pilot:
        await pilot.press("t", *"tran1234q", "enter")
        assert sitting.ratings == []
        assert study_screen(pilot).answer_shown
        text = card_text(pilot)
        assert text.splitlines()[2].startswith("tran")
        assert "-1234q-" in text.replace("\n", "")
        assert "suggests 1 Again" in text.replace("\n", " ")
        await pilot.press("1")
        assert sitting.ratings == [1]


@pytest.mark.parametrize("typed", ["Translation Lookaside Buffer", "快表", "translation-lookaside-buffer"])
async def test_a_right_answer_suggests_good(sit: Sit, typed: str) -> None:
    sitting = sit(TLB, NEXT)
    async with studying(sitting) as pilot:
        await pilot.press("t")
        field = pilot.app.screen.query_one(Input)
        field.value = typed
        await pilot.press("enter")
        assert "✓ as typed; suggests 3 Good" in card_text(pilot)
        assert sitting.ratings == []
        await pilot.press("enter")
        assert sitting.ratings == [3]


@pytest.mark.parametrize("size", SIZES)
async def test_escape_gives_up_typing_and_an_empty_line_just_shows(sit: Sit, size: tuple[int, int]) -> None:
    async with studying(sit(TLB, NEXT), size) as pilot:
        await pilot.press("t", "q", "?", "escape")
        assert not study_screen(pilot).answer_shown
        await pilot.press("t", "enter")
        assert study_screen(pilot).answer_shown
        assert "suggests" not in card_text(pilot)


async def test_keys_of_the_card_are_letters_in_the_field(sit: Sit) -> None:
    sitting = sit(TLB, NEXT)
    async with studying(sitting) as pilot:
        await pilot.press("space", "3", "t")
        await pilot.press(*"u3 jk?q３", "ctrl+z")
        assert pilot.app.screen.query_one(Input).value == "u3 jk?q３"
        assert sitting.ratings == [3]
        assert not pilot.app._exit
        pilot.app.screen.query_one(Input).post_message(events.Paste(" pasted"))
        await pilot.pause()
        assert pilot.app.screen.query_one(Input).value.endswith(" pasted")
        await pilot.press("ctrl+c")
        assert pilot.app.return_value == 0


async def test_typing_is_for_the_question_only(sit: Sit) -> None:
    async with studying(sit(TLB)) as pilot:
        await pilot.press("space", "t")
        assert not pilot.app.screen.has_class("-typing")
        assert "t type" not in shown(pilot)


async def test_the_comparison_does_not_outlive_its_card(sit: Sit) -> None:
    async with studying(sit(TLB, NEXT)) as pilot:
        await pilot.press("t", "x", "enter", "1", "space")
        assert "suggests" not in card_text(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_cloze_card_hides_and_fills_in(sit: Sit, size: tuple[int, int]) -> None:
    async with studying(sit(CLOZE, NEXT, deck="讲义::下一步的估计"), size) as pilot:
        assert "TD 误差用 [哪个估计] 减 […]。" in card_text(pilot).replace("\n", "")
        assert "下一步" not in shown(pilot)
        await pilot.press("space")
        text = card_text(pilot).replace("\n", "")
        assert "TD 误差用 下一步的估计 减 现在的估计。" in text
        assert "见讲义" in text
        await pilot.press("3")
        assert "{{" not in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_palette_holds_every_action(sit: Sit, size: tuple[int, int]) -> None:
    sitting = sit(TLB, NEXT)
    async with studying(sitting, size) as pilot:
        titles = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
        assert {"show answer", "type", "undo", "Again", "Easy", "help", "quit", "theme"} <= titles
        await pilot.press("ctrl+p")
        assert isinstance(pilot.app.screen, CommandPalette)
        await pilot.press(*"help")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_the_hints_are_those_of_the_field_while_one_types(sit: Sit) -> None:
    async with studying(sit(TLB)) as pilot:
        await pilot.press("t")
        assert pilot.app.screen.query_one(HintLine).plain == "esc stop typing"
        await pilot.press("escape")
        assert pilot.app.screen.query_one(HintLine).plain.startswith("space show  t type")
