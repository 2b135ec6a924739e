from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from flashnotes.models import Day, DueDay, Ease, Phase, Rating, ScheduleState, Strength, StudyCard
from flashnotes.tui.facts import card_facts
from flashnotes.tui.screens.info import InfoScreen
from tests.sittings import card
from tests.tui.test_study import EIGEN, ERROR, SIZES, card_text, study_screen, studying

if TYPE_CHECKING:
    from tests.sittings import Sit


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_card_has_no_history(sit: Sit, size: tuple[int, int]) -> None:
    async with studying(sit(EIGEN), size) as pilot:
        await pilot.press("i")
        assert isinstance(pilot.app.screen, InfoScreen)
        text = card_text(pilot)
        assert "什么是特征值" in text
        assert "非零解" not in text
        assert "强化学习 > 时序差分" in text
        assert "notes/td.md:142" in text
        assert "no answers yet" in text
        assert "c-什么" not in text


@pytest.mark.parametrize(
    ("size", "back"),
    [(SIZES[0], "escape"), (SIZES[0], "b"), (SIZES[1], "i"), (SIZES[1], "space"), (SIZES[2], "ｉ")],
)
async def test_every_answer_is_listed_and_the_card_comes_back(
    sit: Sit, size: tuple[int, int], back: str
) -> None:
    sitting = sit(EIGEN)
    async with studying(sitting, size) as pilot:
        await pilot.press("space", "1", "space", "i")
        text = card_text(pilot)
        assert "2026-01-05 12:00  Again (learn)" in text
        assert "lapses" in text
        assert "ease 2.50" in text
        await pilot.press(back)
        assert study_screen(pilot).answer_shown
        assert sitting.ratings == [Rating.AGAIN]


async def test_leaving_from_there_leaves(sit: Sit) -> None:
    async with studying(sit(EIGEN, ERROR)) as pilot:
        await pilot.press("i", "j", "k", "q")
        assert pilot.app.return_value == 0


def test_facts_that_say_nothing_are_left_out() -> None:
    facts = dict(
        card_facts(StudyCard(replace(card("f", "b"), source=None), "D", ScheduleState()), answer_shown=True)
    )
    assert facts == {"deck": "D", "kind": "basic", "id": "c-f", "state": "new"}


@pytest.mark.parametrize(
    ("memory", "expected"),
    [(Ease(236), "ease 2.36"), (Strength(12.34, 5.0), "stability 12.3 d, difficulty 5.0")],
)
def test_the_memory_of_either_scheduler(memory: Ease | Strength, expected: str) -> None:
    state = ScheduleState(
        phase=Phase.REVIEW, due=DueDay(Day(739_621)), interval=45, memory=memory, suspended=True, flag=2
    )
    facts = dict(card_facts(StudyCard(card("f\x1b[0m", "b"), "D::\x9bE", state), answer_shown=False))
    assert facts["memory"] == expected
    assert facts["interval"] == "1.5 mo"
    assert facts["due"] == "2026-01-05"
    assert facts["state"] == "review, suspended, flag 2"
    assert not set("".join(facts.values())) & {"\x1b", "\x9b"}
