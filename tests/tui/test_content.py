from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flashnotes.models import Deck
from flashnotes.tui.screens.finished import FinishedScreen
from flashnotes.tui.terminal import terminal_problem
from flashnotes.tui.widgets.ends_line import EndsLine
from tests.sittings import Sitting, card
from tests.tui.test_study import SIZES, card_text, shown, studying

if TYPE_CHECKING:
    from flashnotes.models import Card
    from tests.sittings import Sit

HOSTILE = [
    "[0]",
    "[1, 2]",
    "[a, b)",
    "[/",
    "[/]",
    "[red]red[/red]",
    "[@click=app.quit]quit[/]",
    "[link=https://example.org]x[/link]",
    "$text-error",
    "\\[b]",
    "%s {0} {x}",
    "<script>alert(1)</script>",
]
ESCAPES = [
    ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
    ("\x1b]52;c;QQ==\x07", "␛]52;c;QQ==␇"),
    ("\x1b]0;HACKED\x07title", "␛]0;HACKED␇title"),
    ("\x9b31m", "�31m"),
    ("user\u202etxt.exe", "usertxt.exe"),
]


class InManyDecks(Sitting):
    def decks(self, cards: tuple[Card, ...], deck: str) -> list[Deck]:
        """Each card in a deck that is called as its front is."""
        return [Deck(each.front.removeprefix("front "), (each,)) for each in cards]


@pytest.mark.parametrize("size", SIZES)
async def test_markup_is_drawn_letter_for_letter(sit: Sit, size: tuple[int, int]) -> None:
    sitting = sit(*(card(f"front {text}", f"back {text}") for text in HOSTILE), kind=InManyDecks)
    async with studying(sitting, size) as pilot:
        for again in (True, False):
            for _ in HOSTILE:
                assert sitting.current is not None
                text = sitting.current.card.front.removeprefix("front ")
                await pilot.press("space")
                for side in ("front", "back"):
                    assert f"{side} {text}" in card_text(pilot).replace("\n", " ")
                assert text[:8] in pilot.app.screen.query_one("#top", EndsLine).plain
                assert text[:8] in shown(pilot)
                await pilot.press("1", *(("u", "space", "1") if again else ("u", "space", "3")))
                assert sitting.current is None or f"front {text[0]}" in shown(pilot)
        assert len(sitting.ratings) == 2 * len(HOSTILE)
        assert isinstance(pilot.app.screen, FinishedScreen)
        assert not pilot.app._exit


@pytest.mark.parametrize(("text", "drawn"), ESCAPES)
async def test_escapes_never_reach_the_terminal(sit: Sit, text: str, drawn: str) -> None:
    sitting = sit(card(text, f"```\n{text}\n```\n{text}"), card("next", "one"), deck=text)
    async with studying(sitting, (200, 60)) as pilot:
        await pilot.press("space")
        assert card_text(pilot).count(drawn) == 3
        everything = shown(pilot)
        await pilot.press("1")
        everything += shown(pilot)
        assert drawn in everything
        assert not set(everything) & {"\x1b", "\x07", "\x9b", "\u202e"}


@pytest.mark.parametrize(
    ("environ", "stdin", "stdout", "expected"),
    [
        ({"TERM": "xterm-256color"}, True, True, None),
        ({"TERM": "dumb"}, True, True, "'dumb'"),
        ({}, True, True, "TERM is not set"),
        ({"TERM": "xterm"}, False, True, "no terminal"),
        ({"TERM": "xterm"}, True, False, "no terminal"),
    ],
)
def test_a_terminal_that_cannot_draw_is_told_what_to_do(
    environ: dict[str, str], stdin: bool, stdout: bool, expected: str | None
) -> None:
    problem = terminal_problem(environ, stdin, stdout)
    if expected is None:
        assert problem is None
    else:
        assert problem is not None
        assert expected in problem
        assert "--plain" in problem
        assert "\n" not in problem
