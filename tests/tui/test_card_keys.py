"""What can be done to a card beside answering it, and taking it back."""

from __future__ import annotations

import asyncio
import stat
import sys
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from flashnotes.config import Settings
from flashnotes.home import Home
from flashnotes.library import Library
from flashnotes.models import ActionKind, CardId, Day, Moment
from flashnotes.session import Session, Sitting
from flashnotes.tui.app import StudyApp, StudyOptions
from flashnotes.tui.screens.study import StudyScreen
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.rating_bar import RatingBar
from tests.sittings import NOON
from tests.tui.test_study import card_text, shown, study_screen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

DECK = """\
deck: 强化学习
cards:
  - {id: td, kind: definition, front: TD 误差, back: 相邻两步估计之差, source: notes/td.md:7}
  - {id: td-formula, kind: formula, front: TD 误差, back: $$\\delta = r + \\gamma v' - v$$}
  - {id: pic, front: 哪张图？, back: "![网络](net.png) ![](../../etc/passwd)", source: notes/td.md:9}
  - {id: last, front: last, back: end}
"""
TODAY = Day(NOON.ms // 86_400_000 + 719_163)


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    (home / "decks").mkdir(parents=True)
    (home / "notes").mkdir()
    (home / "decks" / "rl.yaml").write_text(DECK, encoding="utf-8")
    (home / "notes" / "td.md").write_text("# TD\n", encoding="utf-8")
    (home / "notes" / "net.png").write_bytes(b"\x89PNG")
    library = Library.open(Home(home), Settings(), at=NOON)
    yield library
    library.store.close()


@asynccontextmanager
async def studying(
    library: Library, size: tuple[int, int] = (100, 24), **options: object
) -> AsyncIterator[Pilot[int]]:
    clock = iter(range(NOON.ms, NOON.ms + 10_000_000, 1000))
    session = Session(library.store, lambda: Moment(next(clock)), Sitting())
    chosen = StudyOptions(key_guard_ms=0, **options)  # type: ignore[arg-type]
    app = StudyApp(session, options=chosen, library=library, clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def status(pilot: Pilot[int]) -> str:
    return pilot.app.screen.query_one("#status", EndsLine).plain


def buried(library: Library, *cards: str) -> bool:
    return all(library.store.state(card).buried_until == TODAY + 1 for card in cards)


async def test_cards_are_put_away_and_brought_back_by_one_undo(library: Library) -> None:
    async with studying(library) as pilot:
        assert "TD 误差" in card_text(pilot)
        await pilot.press("-")
        assert buried(library, "td")
        assert "TD 误差 · bury" in status(pilot)
        assert "u undo" in status(pilot)
        assert "哪张图" in card_text(pilot)
        await pilot.press("u")
        assert "undone: TD 误差 · bury" in status(pilot)
        assert not buried(library, "td")
        await pilot.press("=")
        assert buried(library, "td", "td-formula")
        assert "· bury · 2 cards" in status(pilot)
        await pilot.press("u")
        assert "TD 误差 · bury of 2 cards" in status(pilot)
        assert library.store.state("td-formula").buried_until is None
        await pilot.press("！")
        assert all(library.store.state(card).suspended for card in ("td", "td-formula"))
        await pilot.press("u", "@")
        assert library.store.state("td").suspended
        assert not library.store.state("td-formula").suspended
        await pilot.press("space", "3", "u", "u")
        assert not library.store.state("td").suspended
        assert "TD 误差" in card_text(pilot)


async def test_a_card_is_asked_later_without_a_grade(library: Library) -> None:
    async with studying(library) as pilot:
        await pilot.press("n")
        assert "TD 误差 · later" in status(pilot)
        assert "哪张图" in card_text(pilot)
        await pilot.press("u")
        assert "TD 误差" in card_text(pilot)
        await pilot.press("n", "space", "3", "space", "3")
        assert "TD 误差" in card_text(pilot)
        await pilot.press("n")
        assert "TD 误差" in card_text(pilot)
        assert len(list(library.store.reviews())) == 2


async def test_flags_keep_the_card_and_its_side(library: Library) -> None:
    async with studying(library) as pilot:
        await pilot.press("space", "f")
        assert "Flag: 1 to 7" in status(pilot)
        await pilot.press("３")
        assert library.store.state("td").flag == 3
        assert study_screen(pilot).answer_shown
        assert "new · flag 3" in shown(pilot)
        assert "TD 误差 · flag 3" in status(pilot)
        await pilot.press("u")
        assert library.store.state("td").flag == 0
        assert study_screen(pilot).answer_shown
        await pilot.press("f", "escape", "ctrl+7")
        assert library.store.state("td").flag == 7
        await pilot.press("f", "0", "f", "j", "4")
        assert library.store.state("td").flag == 0
        assert [review.grade for review in library.store.reviews()] == [5]


async def test_marking_is_a_tag_in_the_deck_file(library: Library) -> None:
    path = library.home.decks / "rl.yaml"
    async with studying(library) as pilot:
        await pilot.press("space", "*")
        assert "tags: [marked]" in path.read_text(encoding="utf-8")
        assert "new · marked" in shown(pilot)
        assert study_screen(pilot).answer_shown
        await pilot.press("u")
        assert "marked" not in path.read_text(encoding="utf-8")
        assert "undone: TD 误差 · mark" in status(pilot)
        assert library.store.last_event() is None


async def test_hints_show_the_answer_bit_by_bit(library: Library) -> None:
    async with studying(library) as pilot:
        await pilot.press("h")
        assert card_text(pilot).endswith("相 …")
        await pilot.press(*"h" * 8)
        assert card_text(pilot).endswith("相邻两步估计之 …")
        assert "There is no other hint." in status(pilot)
        await pilot.press("space", "h", "3")
        assert "┄" not in card_text(pilot)


async def test_six_grades_have_six_keys(library: Library) -> None:
    for size in ((120, 30), (80, 24), (40, 12)):
        async with studying(library, size, six_grades=True) as pilot:
            await pilot.press("3")
            assert "Show the answer first" in status(pilot)
            await pilot.press("space")
            bar = pilot.app.screen.query_one(RatingBar).plain
            for name in ("0 Blackout", "1 Wrong", "2 Again", "3 Hard", "4 Good", "5 Easy"):
                assert name in bar
            await pilot.press("0", "space", "5", "space", "space")
            grades = [review.grade for review in library.store.reviews()]
            assert grades[-3:] == [0, 5, 4]
            await pilot.press("u", "u", "u")


async def test_the_grades_are_named_by_the_keys_that_give_them(library: Library) -> None:
    keymap = {"again": "a", "good": "ctrl+g, ?", "help": "f1", "palette": "f9"}
    async with studying(library, keymap=keymap) as pilot:
        assert not pilot.app._notifications
        await pilot.press("space")
        assert "a Again" in pilot.app.screen.query_one(RatingBar).plain
        await pilot.press("1", "3", "a", "space", "？")
        assert [review.rating for review in library.store.reviews()] == [1, 3]


PROBLEMS = [
    ({"undoo": "z"}, ["no action is called 'undoo' in [keys]. Did you mean 'undo'?"]),
    ({"undo": "ctlr+z"}, ["there is no key 'ctlr+z' for undo. Write it like u, f5 or ctrl+z."]),
    ({"undo": "q"}, ["the key q is given to undo and quit; only one of them gets it."]),
    (
        {"undo": "backspace, ctrl+h"},
        ["the key backspace is given to undo and hint; only one of them gets it."],
    ),
    ({"undo": "t", "type": "u", "help": "f2", "info": "？, ,"}, []),
]


@pytest.mark.parametrize(("keymap", "problems"), PROBLEMS)
async def test_keys_chosen_wrongly_are_said_at_the_start(
    library: Library, keymap: dict[str, str], problems: list[str]
) -> None:
    async with studying(library, keymap=keymap) as pilot:
        told = [note.message for note in pilot.app._notifications]
        assert told == [f"flashnotes.toml: {problem}" for problem in problems]


def test_every_key_has_a_name_by_which_it_is_changed() -> None:
    always = {"leave", "back"}
    for binding in (*StudyApp.BINDINGS, *StudyScreen.BINDINGS):
        assert isinstance(binding, Binding)
        assert binding.id or binding.action in always


@pytest.mark.parametrize(
    ("theme", "named", "told"),
    [
        ("light", "textual-light", 0),
        ("ansi", "ansi-dark", 0),
        ("nord", "nord", 0),
        ("pink", "textual-dark", 1),
    ],
)
async def test_the_theme_is_chosen_by_name(library: Library, theme: str, named: str, told: int) -> None:
    async with studying(library, theme=theme) as pilot:
        assert pilot.app.theme == named
        assert len(pilot.app._notifications) == told


def script(path: Path, lines: str) -> Path:
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="needs shell scripts")
class TestOtherPrograms:
    async def test_the_note_opens_at_its_line_and_the_card_stays(
        self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        editor = script(tmp_path / "nano", f'echo "$@" > {tmp_path}/seen; echo more >> "$2"')
        monkeypatch.setenv("VISUAL", str(editor))
        async with studying(library) as pilot:
            with suspending(pilot):
                await pilot.press("space", "o")
            assert (tmp_path / "seen").read_text() == f"+7 {library.home.path}/notes/td.md\n"
            assert study_screen(pilot).answer_shown
            assert "The note has changed: `flashnotes import` takes it in." in status(pilot)
            (library.home.path / "notes" / "td.md").unlink()
            await pilot.press("o")
            assert "The note is not there" in status(pilot)
            await pilot.press("3", "space", "3", "o")
            assert "This card was not taken from a note." in status(pilot)

    async def test_a_card_is_edited_in_its_deck_and_comes_back(
        self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        editor = script(tmp_path / "vi", f'echo "$1" > {tmp_path}/seen; sed -i s/相邻两步/前后两步/ "$2"')
        monkeypatch.setenv("VISUAL", str(editor))
        async with studying(library) as pilot:
            with suspending(pilot):
                await pilot.press("space", "E")
                assert (tmp_path / "seen").read_text() == "+3\n"
                assert study_screen(pilot).answer_shown
                assert "前后两步估计之差" in card_text(pilot)
                script(editor, 'echo "deck: [" > "$2"')
                await pilot.press("E")
            assert "前后两步估计之差" in card_text(pilot)
            assert "rl.yaml" in next(iter(pilot.app._notifications)).message
            await pilot.press("3")
            assert len(list(library.store.reviews())) == 1

    async def test_a_card_is_edited_in_a_form_and_comes_back(self, library: Library) -> None:
        async with studying(library) as pilot:
            before = card_text(pilot)
            await pilot.press("space", "e", "Z", "ctrl+s")
            await pilot.pause()
            assert study_screen(pilot).answer_shown
            assert card_text(pilot).startswith(f"Z{before}")
            await pilot.press("e", "Y", "escape", "y")
            await pilot.pause()
            assert card_text(pilot).startswith(f"Z{before}")
            await pilot.press("u", "3")
            assert len(list(library.store.reviews())) == 1
            assert "front: Z" in next(library.home.decks.glob("rl.yaml")).read_text(encoding="utf-8")

    async def test_pictures_open_only_where_they_may(
        self, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        script(tmp_path / "xdg-open", f'echo "$1" > {tmp_path}/seen')
        monkeypatch.setattr("sys.platform", "linux")
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        async with studying(library) as pilot:
            await pilot.press("p")
            assert "No picture is shown." in status(pilot)
            await pilot.press("-", "space")
            assert "[picture: 网络]" in card_text(pilot)
            await pilot.press("p")
            assert "opened net.png" in status(pilot)
            await pilot.press("p")
            assert "No such picture in the home or beside the note: ../../etc/passwd" in status(pilot)
            async with asyncio.timeout(60):
                while not (tmp_path / "seen").exists() or not (tmp_path / "seen").read_text():
                    await asyncio.sleep(0.01)
            assert (tmp_path / "seen").read_text() == f"{library.home.path}/notes/net.png\n"


@contextmanager
def suspending(pilot: Pilot[int]) -> Iterator[None]:
    """The driver of a test can let go of the terminal: there is none."""
    driver = pilot.app._driver
    assert driver is not None
    type(driver).can_suspend = property(lambda _self: True)  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        del type(driver).can_suspend


def test_siblings_are_known(library: Library) -> None:
    assert library.store.siblings(CardId("td")) == ("td-formula",)
    assert library.store.siblings(CardId("last")) == ()


async def test_what_is_written_of_the_other_side_is_written_of_its_card(library: Library) -> None:
    library.follow(Settings(reverse=True))
    for other in ("td", "td-formula", "pic", "last"):
        library.store.perform(other, ActionKind.SUSPEND, at=NOON)
    async with studying(library) as pilot:
        assert "相邻两步估计之差" in card_text(pilot)
        await pilot.press("space", "e", "Z", "ctrl+s", "asterisk")
        await pilot.pause()
        studied = study_screen(pilot).app.session.current
        assert studied
        assert (studied.card.id, studied.card.back, studied.card.tags) == ("td~r", "ZTD 误差", ("marked",))
        written = library.store.card("td")
        assert written
        assert (written.card.front, written.card.back) == ("ZTD 误差", "相邻两步估计之差")
