from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual import events

from flashnotes.models import Rating
from flashnotes.tui.app import StudyApp, StudyOptions
from flashnotes.tui.screens.finished import FinishedScreen, MissedScreen, NothingDueScreen
from flashnotes.tui.screens.help import HelpScreen
from flashnotes.tui.screens.study import StudyScreen
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine
from flashnotes.tui.widgets.rating_bar import RatingBar
from flashnotes.tui.widgets.text_view import TextView
from tests.sittings import Refusing, card

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from tests.sittings import Sit, Sitting

SIZES = [(80, 24), (40, 12), (200, 60)]
EIGEN = card(
    "什么是特征值（eigenvalue）？", "满足 $\\det(A-\\lambda I)=0$ 的数 λ，它使方程有非零解。", line=142
)
ERROR = card("TD error", "$$\\delta_t = r_{t+1} + \\gamma v(s_{t+1}) - v(s_t)$$")
LONG = card("TLB", "\n".join(f"- line {number}" for number in range(200)))


@asynccontextmanager
async def studying(
    sitting: Sitting, size: tuple[int, int] = (80, 24), options: StudyOptions | None = None
) -> AsyncIterator[Pilot[int]]:
    app = StudyApp(sitting, options=options or StudyOptions(key_guard_ms=0), clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def shown(pilot: Pilot[int]) -> str:
    """Everything the screen draws, row by row."""
    rows = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)


def card_text(pilot: Pilot[int]) -> str:
    return pilot.app.screen.query_one(TextView).plain


def study_screen(pilot: Pilot[int]) -> StudyScreen:
    assert isinstance(pilot.app.screen, StudyScreen)
    return pilot.app.screen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["space", "enter", "\N{IDEOGRAPHIC SPACE}"])
async def test_shows_the_answer_only_when_asked(sit: Sit, size: tuple[int, int], key: str) -> None:
    async with studying(sit(EIGEN, ERROR), size) as pilot:
        assert "特征值" in shown(pilot)
        assert "非零解" not in shown(pilot)
        await pilot.press(key)
        assert "非零解" in shown(pilot)
        assert "什么是特征值" in shown(pilot)


GRADING = [
    *((str(rating.value), rating) for rating in Rating),
    *zip("１２３４", Rating, strict=True),
    *((key, Rating.GOOD) for key in ("space", "enter", "\N{IDEOGRAPHIC SPACE}")),
]


@pytest.mark.parametrize("size", SIZES)
async def test_grades(sit: Sit, size: tuple[int, int]) -> None:
    sitting = sit(*(card(f"TD error {number}", "$x$") for number in range(len(GRADING) + 1)))
    async with studying(sitting, size) as pilot:
        for number, (key, rating) in enumerate(GRADING, 1):
            before = card_text(pilot)
            await pilot.press("space", key)
            assert sitting.ratings == [given for _, given in GRADING[:number]]
            assert card_text(pilot).startswith("TD error")
            assert card_text(pilot) != before
            assert not study_screen(pilot).answer_shown
            assert f"· {rating.name.capitalize()} ·" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_grades_say_so_before_the_answer_is_shown(sit: Sit, size: tuple[int, int]) -> None:
    sitting = sit(EIGEN, ERROR)
    async with studying(sitting, size) as pilot:
        for key in "1234１２３４":
            await pilot.press(key)
            assert sitting.ratings == []
            assert "Show the answer first: space." in shown(pilot)
        await pilot.press("space")
        assert "Show the answer first" not in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_each_grade_names_the_next_interval(sit: Sit, size: tuple[int, int]) -> None:
    async with studying(sit(EIGEN), size) as pilot:
        await pilot.press("space")
        bar = pilot.app.screen.query_one(RatingBar).plain
        for text in ("1 Again", "again today", "2 Hard", "1 d", "3 Good", "4 Easy"):
            assert text in bar


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["u", "ctrl+z", "ｕ"])
async def test_undo_brings_the_card_back(sit: Sit, size: tuple[int, int], key: str) -> None:
    sitting = sit(EIGEN, ERROR)
    async with studying(sitting, size) as pilot:
        await pilot.press("space", "1", key)
        assert sitting.ratings == []
        assert "什么是特征值" in card_text(pilot)
        assert "undone: 什么是特征值" in shown(pilot)
        await pilot.press(key)
        assert [note.message for note in pilot.app._notifications] == ["Nothing to undo."]


@pytest.mark.parametrize("size", SIZES)
async def test_finished_sums_up_and_still_undoes(sit: Sit, size: tuple[int, int]) -> None:
    sitting = sit(EIGEN, ERROR)
    async with studying(sitting, size) as pilot:
        await pilot.press("space", "1", "space", "3", "space", "3")
        assert isinstance(pilot.app.screen, FinishedScreen)
        text = card_text(pilot)
        assert "3 answers in 00:00" in text
        assert "right 2 (67 %), again 1" in text
        assert "The next 2 cards are due tomorrow." in text
        assert "什么是特征值" in text
        assert "next 7 days █       2" in text
        await pilot.press("r")
        assert isinstance(pilot.app.screen, MissedScreen)
        assert "非零解" in card_text(pilot)
        assert "TD error" not in card_text(pilot)
        await pilot.press("r", "m")
        assert "No new card waits here." in [note.message for note in pilot.app._notifications]
        await pilot.press("u")
        assert sitting.ratings == [1, 3]
        assert "什么是特征值" in card_text(pilot)
        await pilot.press("space", "4")
        assert isinstance(pilot.app.screen, FinishedScreen)
        assert sitting.ratings == [1, 3, 4]


async def test_more_new_cards_than_the_day_lets_in(sit: Sit) -> None:
    sitting = sit(*(card(f"front {number}", f"back {number}") for number in range(21)))
    for _ in range(20):
        sitting.answer(Rating.GOOD)
    async with studying(sitting) as pilot:
        assert isinstance(pilot.app.screen, FinishedScreen)
        await pilot.press("m")
        assert "front 20" in card_text(pilot)
        assert "~1 min left" in shown(pilot)
        await pilot.press("space", "1", "space", "3")
        assert isinstance(pilot.app.screen, FinishedScreen)
        assert len(sitting.ratings) == 22


@pytest.mark.parametrize(
    ("size", "key"), [(SIZES[0], "q"), (SIZES[0], "ctrl+c"), (SIZES[1], "ｑ"), (SIZES[2], "ctrl+q")]
)
@pytest.mark.parametrize("before", [(), ("space",), ("space", "1"), ("space", "3", "space", "3"), ("?",)])
async def test_leaves_from_every_screen(
    sit: Sit, size: tuple[int, int], before: tuple[str, ...], key: str
) -> None:
    sitting = sit(EIGEN, ERROR)
    async with studying(sitting, size) as pilot:
        await pilot.press(*before)
        given = list(sitting.ratings)
        await pilot.press(key)
        assert pilot.app._exit
        assert pilot.app.return_value == 0
        assert sitting.ratings == given


@pytest.mark.parametrize(
    ("size", "key", "back"),
    [(SIZES[0], "?", "escape"), (SIZES[0], "?", "enter"), (SIZES[1], "？", "b"), (SIZES[2], "?", "space")],
)
async def test_help_lists_the_keys_and_goes_back(
    sit: Sit, size: tuple[int, int], key: str, back: str
) -> None:
    sitting = sit(EIGEN)
    async with studying(sitting, size) as pilot:
        await pilot.press("space", key)
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "Take the last answer" in card_text(pilot)
        assert "Grade the card Again" in card_text(pilot)
        await pilot.press(back)
        assert study_screen(pilot).answer_shown
        assert sitting.ratings == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("there", "back"), [("j", "k"), ("down", "up"), ("pagedown", "pageup"), ("ｊ", "ｋ")]
)
async def test_long_cards_scroll_and_keep_the_grades(
    sit: Sit, size: tuple[int, int], there: str, back: str
) -> None:
    async with studying(sit(LONG), size) as pilot:
        await pilot.press("space")
        view = pilot.app.screen.query_one(TextView)
        await pilot.press(there, there)
        await pilot.pause()
        assert view.scroll_offset.y > 0
        assert "4 Easy" in shown(pilot)
        assert "TLB" not in shown(pilot).split("learning")[0].splitlines()[2:]
        await pilot.press(back, back)
        await pilot.pause()
        assert view.scroll_offset.y == 0


async def test_wide_lines_scroll_sideways(sit: Sit) -> None:
    wide = card("code", "```\n" + "x = 1; " * 40 + "end\n```")
    async with studying(sit(wide)) as pilot:
        await pilot.press("space")
        view = pilot.app.screen.query_one(TextView)
        await pilot.press(*["right"] * 80)
        assert "end" in shown(pilot)
        await pilot.press(*["left"] * 80)
        assert view.scroll_offset.x == 0


@pytest.mark.parametrize("size", SIZES)
async def test_a_paste_never_grades(sit: Sit, size: tuple[int, int]) -> None:
    sitting = sit(EIGEN, ERROR)
    async with studying(sitting, size) as pilot:
        await pilot.press("space")
        pilot.app.post_message(events.Paste("3 3 1\nq" * 1000))
        await pilot.pause()
        assert sitting.ratings == []
        assert study_screen(pilot).answer_shown


class TestKeyGuard:
    async def test_the_key_that_changed_the_card_is_ignored_for_a_while(self, sit: Sit) -> None:
        sitting = sit(EIGEN, ERROR)
        async with studying(sitting, options=StudyOptions(key_guard_ms=60_000)) as pilot:
            await pilot.press("space", "space", "space")
            assert sitting.ratings == []
            assert study_screen(pilot).answer_shown
            await pilot.press("3", "3")
            assert sitting.ratings == [3]
            assert "TD error" in card_text(pilot)

    async def test_another_key_is_not(self, sit: Sit) -> None:
        sitting = sit(EIGEN, ERROR)
        async with studying(sitting, options=StudyOptions(key_guard_ms=60_000)) as pilot:
            await pilot.press("space", "3", "space", "4", "u", "space", "2")
            assert sitting.ratings == [3, 2]

    async def test_the_guard_ends(self, sit: Sit) -> None:
        sitting = sit(EIGEN, ERROR)
        async with studying(sitting, options=StudyOptions(key_guard_ms=20)) as pilot:
            await pilot.press("space")
            await pilot.pause(0.1)
            await pilot.press("space")
            assert sitting.ratings == [3]


class TestWords:
    @pytest.mark.parametrize("size", SIZES)
    async def test_breadcrumb_progress_and_source(self, sit: Sit, size: tuple[int, int]) -> None:
        sitting = sit(EIGEN, ERROR, deck="线性代数::定义")
        async with studying(sitting, size) as pilot:
            assert "线性代数 > 定义" in shown(pilot)
            assert "1/2 · 00:00" in shown(pilot)
            assert "notes/td.md:142" in shown(pilot)
            await pilot.press("space", "1")
            assert "2/3 · again 1 · 00:00" in shown(pilot)

    async def test_breadcrumb_does_not_give_the_answer_away(self, sit: Sit) -> None:
        abbreviation = card("TLB 的全称是什么？", "translation lookaside buffer")
        sitting = sit(abbreviation, deck="OS::The Translation Lookaside Buffer (TLB)")
        async with studying(sitting) as pilot:
            assert "OS > The … (TLB)" in shown(pilot)

    @pytest.mark.parametrize("size", SIZES)
    async def test_hints_are_the_bindings(self, sit: Sit, size: tuple[int, int]) -> None:
        async with studying(sit(EIGEN), size) as pilot:
            line = pilot.app.screen.query_one(HintLine)
            assert line.plain.startswith("space show  t type")
            assert line.plain.endswith("? help  q quit")
            await pilot.press("space")
            assert line.plain.startswith("space Good  u undo")
            assert line.plain.endswith("? help  q quit")

    async def test_keys_can_be_changed_and_the_hints_follow(self, sit: Sit) -> None:
        sitting = sit(EIGEN, ERROR)
        options = StudyOptions(key_guard_ms=0, keymap={"advance": "s", "undo": "z", "again": "f"})
        async with studying(sitting, options=options) as pilot:
            assert "s  show the answer" in shown(pilot)
            assert pilot.app.screen.query_one(HintLine).plain.startswith("s show  t type  z undo")
            await pilot.press("3")
            assert "Show the answer first: s." in shown(pilot)
            await pilot.press("s", "f", "z", "s", "s")
            assert sitting.ratings == [3]

    async def test_keys_chosen_wrongly_are_reported(self, sit: Sit) -> None:
        options = StudyOptions(key_guard_ms=0, keymap={"undo": "3,z", "[/]": "y"})
        async with studying(sit(EIGEN, ERROR), options=options) as pilot:
            assert [note.message for note in pilot.app._notifications] == [
                "flashnotes.toml: no action is called '[/]' in [keys].",
                "flashnotes.toml: the key 3 is given to good and undo; only one of them gets it.",
            ]

    async def test_every_hint_and_help_line_names_a_key_that_is_bound(self, sit: Sit) -> None:
        async with studying(sit(EIGEN)) as pilot:
            await pilot.press("?")
            for row in card_text(pilot).splitlines():
                assert row.split("  ")[0].strip()


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_due_is_friendly(sit: Sit, size: tuple[int, int]) -> None:
    async with studying(sit(), size) as pilot:
        assert isinstance(pilot.app.screen, NothingDueScreen)
        assert "No card is due now." in shown(pilot)
        assert "No review waits for another day." in shown(pilot).replace("\n ", " ")
        await pilot.press("space", "3", "u", "enter", "?")
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape", "q")
        assert pilot.app.return_value == 0


async def test_an_answer_that_cannot_be_saved_is_asked_again(sit: Sit) -> None:
    async with studying(sit(EIGEN, kind=Refusing)) as pilot:
        await pilot.press("space", "3", "u")
        await pilot.pause()
        assert study_screen(pilot).answer_shown
        assert [note.message for note in pilot.app._notifications] == [
            "flashnotes.db: is busy [/]. Try again."
        ] * 2


async def test_how_long_the_answer_took_is_recorded(sit: Sit) -> None:
    times = iter(range(1000))
    sitting = sit(EIGEN)
    app = StudyApp(sitting, options=StudyOptions(key_guard_ms=0), clock=lambda: float(next(times)))
    async with app.run_test() as pilot:
        await pilot.press("space", "3")
        assert sitting.durations[0] >= 1000


@pytest.mark.parametrize("size", SIZES)
async def test_the_mouse_works_too(sit: Sit, size: tuple[int, int]) -> None:
    sitting = sit(EIGEN, ERROR)
    async with studying(sitting, size) as pilot:
        await pilot.click(RatingBar, offset=(3, 0))
        assert study_screen(pilot).answer_shown
        await pilot.click(RatingBar, offset=(3, 0))
        assert sitting.ratings == [1]


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (2, 50), (300, 100), (39, 7)])
async def test_any_size_is_survived(sit: Sit, size: tuple[int, int]) -> None:
    sitting = sit(EIGEN, LONG)
    async with studying(sitting, size) as pilot:
        await pilot.press("?", "escape", "space", "3", "space")
        for width, height in [(200, 60), (1, 1), (40, 12), (7, 3)]:
            await pilot.resize_terminal(width, height)
            await pilot.press("j", "k")
        await pilot.press("3", "u")
        assert sitting.ratings == [3]


async def test_the_card_is_laid_out_again_when_the_width_changes(sit: Sit) -> None:
    async with studying(sit(EIGEN), (80, 24)) as pilot:
        await pilot.press("space")
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert max(len(row) for row in card_text(pilot).splitlines()) <= 38
        assert pilot.app.screen.query_one("#top", EndsLine).plain.endswith("00:00")


@pytest.mark.parametrize("size", SIZES)
async def test_help_names_every_key_in_order(sit: Sit, size: tuple[int, int]) -> None:
    async with studying(sit(EIGEN), size) as pilot:
        await pilot.press("?")
        keys = [row.split()[0] for row in card_text(pilot).splitlines() if not row.startswith(" ")]
        assert keys == [
            *"space 1 2 3 4 t u h n e E o f - = @ ! * x y p i / L j k pgdn pgup → ← ? q ctrl+p".split()
        ]
