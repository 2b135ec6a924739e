from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flashnotes.errors import FlashnotesError
from flashnotes.models import CardKind, Rating
from flashnotes.plain import run_plain
from tests.sittings import Refusing, card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sittings import Sit, Sitting

EIGEN = card("特征值", "使 (A − λI) 奇异的数 λ。")
ERROR = card("TD error", "$$\\delta_t$$\nsaved by nobody")


def talk(sitting: Sitting, typed: str) -> list[str]:
    out = io.StringIO()
    assert run_plain(sitting, io.StringIO(typed), out, clock=lambda: 0.0) == 0
    return out.getvalue().splitlines()


def saved(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("saved")]


@pytest.mark.parametrize(
    ("typed", "rating"),
    [
        ("1", Rating.AGAIN),
        ("4", Rating.EASY),
        ("２", Rating.HARD),
        ("again", Rating.AGAIN),
        ("Hard", Rating.HARD),
        ("GOOD", Rating.GOOD),
        ("ｅａｓｙ", Rating.EASY),
        ("  3 ", Rating.GOOD),
        ("3\r", Rating.GOOD),
    ],
)
def test_grades(sit: Sit, typed: str, rating: Rating) -> None:
    sitting = sit(EIGEN, ERROR)
    lines = talk(sitting, f"\n{typed}\nq\n")
    assert sitting.ratings == [rating]
    assert len(saved(lines)) == 1
    assert saved(lines)[0].startswith(f"saved 特征值 · {rating.name.capitalize()} · ")


def test_one_card_from_question_to_summary(sit: Sit) -> None:
    assert talk(sit(EIGEN), "\n3\n") == [
        "",
        "card 1 of 1, 强化学习 > 时序差分",
        "  特征值",
        "  使 (A − λI) 奇异的数 λ。",
        "from notes/td.md:42",
        "1 Again again today, 2 Hard 1 d, 3 Good 1 d, 4 Easy 1 d",
        "saved 特征值 · Good · 1 d",
        "",
        "1 answer in 00:00",
        "right 1 (100 %), again 0, new 1",
        "No card is due now.",
        "The next card is due tomorrow.",
        "u undoes the last answer; an empty line leaves.",
    ]


def test_a_cloze_card_is_spoken_of_without_its_braces(sit: Sit) -> None:
    lines = talk(sit(card("TD 学习是一种{{c1::自举}}方法", "", kind=CardKind.CLOZE)), "\n1\nu\n\n1\nq\n")
    assert "  TD 学习是一种[…]方法" in lines
    assert "missed: TD 学习是一种自举方法" in lines
    assert not [line for line in lines if "{{" in line]


def test_grades_before_the_answer_say_so(sit: Sit) -> None:
    sitting = sit(EIGEN)
    lines = talk(sitting, "3\neasy\n")
    assert sitting.ratings == []
    assert lines.count("Show the answer first: an empty line.") == 2


def test_undo_also_after_the_last_card(sit: Sit) -> None:
    sitting = sit(EIGEN)
    lines = talk(sitting, "u\n\n1\n\n3\nu\nu\nＵ\n\n2\n3\n\n")
    assert sitting.ratings == [Rating.HARD]
    assert [line for line in lines if line.startswith("undone")] == [
        "undone 特征值 · Good",
        "undone 特征值 · Again",
    ]
    assert lines.count("Nothing to undo.") == 2
    assert "No card is left to grade." in lines


@pytest.mark.parametrize("end", ["", "q\n", "Q\n", "ｑ\n", "quit\n"])
def test_leaving_loses_nothing(sit: Sit, end: str) -> None:
    sitting = sit(EIGEN, ERROR)
    lines = talk(sitting, f"\n3\n{end}")
    assert sitting.ratings == [Rating.GOOD]
    assert "1 answer in 00:00" in lines


def test_what_is_not_understood_says_what_is(sit: Sit) -> None:
    lines = talk(sit(EIGEN), "\x1b[31m5\nq\n")
    assert "Not understood: ␛[31m5" in lines
    assert any("u undoes" in line for line in lines)


def test_nothing_due(sit: Sit) -> None:
    assert talk(sit(), "\n") == ["", "No card is due now.", "No review waits for another day."]


def test_the_text_of_a_card_is_neutralised_and_never_passes_for_an_acknowledgement(sit: Sit) -> None:
    hostile = card("saved \x1b]52;c;QQ==\x07 [red]", "saved 特征值\n\x9b31m")
    lines = talk(sit(hostile, deck="saved\x1b[2J"), "\nq\n")
    assert saved(lines) == []
    assert "  saved ␛]52;c;QQ==␇ [red]" in lines
    assert not set("".join(lines)) & {"\x1b", "\x07", "\x9b"}


def test_an_answer_that_cannot_be_saved_is_asked_again(sit: Sit) -> None:
    out = io.StringIO()
    assert run_plain(sit(EIGEN, kind=Refusing), io.StringIO("\n3\n3\n"), out) == 1
    lines = out.getvalue().splitlines()
    assert lines.count("not saved: flashnotes.db: is busy [/]. Try again.") == 2
    assert saved(lines) == []


def test_a_reader_that_goes_away_ends_it_quietly(sit: Sit) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as out:
        assert run_plain(sit(EIGEN), io.StringIO("\n3\n"), out) == 0


def test_a_full_disk_is_named(sit: Sit) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    with full.open("w", encoding="utf-8") as out, pytest.raises(FlashnotesError, match="cannot be written"):
        run_plain(sit(EIGEN), io.StringIO("\n3\n"), out)


def test_each_line_is_out_before_the_next_is_read(sit: Sit) -> None:
    out = io.StringIO()
    seen: list[bool] = []

    def typist() -> Iterator[str]:
        yield "\n"
        yield "3\n"
        seen.append("saved 特征值" in out.getvalue())

    run_plain(sit(EIGEN, ERROR), typist(), out)
    assert seen == [True]
