"""Deck files: whole or not at all, one for each deck, never outside their folder."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.deckfile.files import (
    change_deck,
    place_deck,
    read_deck,
    read_decks,
    replace_file,
    tidy_deck,
    write_deck,
)
from flashnotes.deckfile.names import deck_path
from flashnotes.errors import DeckError
from flashnotes.models import Card, CardId, CardKind, Deck

CARD = Card(CardId("one-000000"), CardKind.BASIC, "one", "eins")
TEXT = "# mine\r\ndeck: D\r\ncards:\r\n  - id: one\r\n    front: one\r\n    back: eins\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "decks"
    made.mkdir()
    return made


def test_a_new_deck_is_written_and_read(folder: Path) -> None:
    deck = Deck("强化学习::时序差分", (CARD,))
    path = place_deck(folder, deck.name)
    write_deck(path, deck)
    assert path.name == "强化学习--时序差分.yaml"
    assert read_deck(path).deck == deck
    assert [entry.name for entry in folder.iterdir()] == [path.name]


def test_a_deck_never_replaces_a_file_that_is_there(folder: Path) -> None:
    (folder / "D.yaml").write_text("anything", encoding="utf-8")
    with pytest.raises(DeckError, match="is there already"):
        write_deck(folder / "D.yaml", Deck("D", (CARD,)))
    with pytest.raises(DeckError, match="cannot be read"):
        place_deck(folder, "D")
    assert (folder / "D.yaml").read_text(encoding="utf-8") == "anything"


def test_bytes_that_do_not_change_stay(folder: Path) -> None:
    path = folder / "d.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    path.chmod(0o640)
    file = read_deck(path)
    assert not change_deck(file, file.deck)
    wanted = replace(file.deck, cards=(*file.deck.cards, CARD))
    assert change_deck(file, wanted)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf" + TEXT.encode())
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert read_deck(path).deck == wanted
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_that_changed_meanwhile_is_left_alone(folder: Path) -> None:
    path = folder / "d.yaml"
    path.write_text(TEXT, encoding="utf-8")
    file = read_deck(path)
    path.write_text(TEXT + "# more\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DeckError, match="changed while"):
        change_deck(file, replace(file.deck, cards=()))
    assert path.read_bytes() == before


def test_one_broken_deck_hides_no_other(folder: Path) -> None:
    (folder / "a.yaml").write_text("deck: A\ncards: [{id: x, front: a, back: b}]\n", encoding="utf-8")
    (folder / "b.yaml").write_text("deck: B\ncards:\n  - front: a\n", encoding="utf-8")
    (folder / "c.yml").write_text("deck: A\ncards: []\n", encoding="utf-8")
    (folder / "d.yaml").write_text("deck: D\ncards: [{id: x, front: a, back: b}]\n", encoding="utf-8")
    (folder / "e.yaml").mkdir()
    (folder / ".hidden.yaml").write_text("?", encoding="utf-8")
    (folder / "f.yaml").symlink_to(folder / "nowhere")
    loaded, problems = read_decks(folder)
    assert [file.path.name for file in loaded] == ["a.yaml", "c.yml"], "one deck may stand in two files"
    told = sorted(str(problem) for problem in problems)
    assert [line.split(str(folder))[1][:7] for line in told] == [
        "/b.yaml",
        "/d.yaml",
        "/e.yaml",
        "/f.yaml",
    ]
    assert "is already in a.yaml" in told[1]
    assert read_decks(folder / "none") == ([], [])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("deck: 首都".encode("gbk"), r"d.yaml:1: is not UTF-8 \(byte 6, 0xca\)"),
        (b"deck: D\n# \xff\n", r"d.yaml:2: is not UTF-8 \(byte 10, 0xff\)"),
        ("deck: D".encode("utf-16"), "is UTF-16"),
    ],
)
def test_other_encodings_are_refused_with_their_byte(folder: Path, data: bytes, says: str) -> None:
    (folder / "d.yaml").write_bytes(data)
    with pytest.raises(DeckError, match=says):
        read_deck(folder / "d.yaml")


def test_a_write_that_fails_leaves_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "d.yaml"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DeckError, match="No space left on device"):
        replace_file(path, b"new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in folder.iterdir()] == ["d.yaml"]


def test_a_place_where_nothing_can_be_written_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(DeckError, match=r"D\.yaml: cannot be written"):
        replace_file(file / "D.yaml", b"")


def test_a_link_stays_a_link(folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text(TEXT, encoding="utf-8")
    (folder / "d.yaml").symlink_to(real)
    file = read_deck(folder / "d.yaml")
    change_deck(file, replace(file.deck, cards=(*file.deck.cards, CARD)))
    assert (folder / "d.yaml").is_symlink()
    assert "one-000000" in real.read_text(encoding="utf-8")


def test_tidying_a_file_writes_it_once(folder: Path) -> None:
    path = folder / "d.yaml"
    path.write_text("deck: D\ncards:\n  - back: b\n    front: a\n", encoding="utf-8")
    assert tidy_deck(path)
    assert not tidy_deck(path)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("强化学习::时序差分", "强化学习--时序差分.yaml"),
        ("C++ (basics)", "C++ (basics).yaml"),
        ("../../etc/passwd", "etc-passwd.yaml"),
        ("a/b\\c:d", "a-b-c-d.yaml"),
        ("\x1b[31mred\x1b[0m", "31mred-0m.yaml"),
        (".hidden", "hidden.yaml"),
        ("-rf", "rf.yaml"),
    ],
)
def test_the_file_of_a_name(name: str, file: str) -> None:
    assert deck_path(Path("decks"), name) == Path("decks") / file


@pytest.mark.parametrize("name", ["CON", "nul.txt", "...", "///", "\ud800"])
def test_names_that_are_no_file_names_get_a_hash(name: str) -> None:
    stem = deck_path(Path("decks"), name).stem
    assert stem.count("-") == 1
    assert len(stem.split("-")[1]) == 6


@given(st.text(st.characters(), min_size=1, max_size=300))
def test_no_name_leads_outside(name: str) -> None:
    path = deck_path(Path("/decks"), name)
    assert path.parent == Path("/decks")
    assert len(os.fsencode(path.name)) <= 160
    assert not path.name.startswith((".", "-"))
    assert path.name.isprintable()
    assert not set(path.name) & set('/\\:*?"<>|')


@given(st.lists(st.text("aAéÉ .:/-_ⅣⅳKk你", min_size=1, max_size=4), unique=True, max_size=12))
def test_no_two_names_share_a_file_on_any_disk(names: list[str]) -> None:
    taken: list[Path] = []
    for name in names:
        taken.append(deck_path(Path("decks"), name, taken))
    seen = {unicodedata.normalize("NFD", path.name).casefold() for path in taken}
    assert len(seen) == len(names)
