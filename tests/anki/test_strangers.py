"""A package of everything that strangers' decks are made of, exported by Anki itself."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from flashnotes.anki import read_package
from flashnotes.models import CardKind, DueDay, Ease, Phase

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.anki import ImportedCard, ImportedPackage
    from flashnotes.models import Day
    from tests.anki.conftest import AskAnki

DETAILS = {
    "a script, a hint, a typed answer": ("Script", "What is **x**?", "An answer\n*no extra*"),
    "a field that is filled": ("Script", "Second", "ans\n\nmore"),
    "several fields": (
        "Word",
        "食べる",
        "食(た)べる\nto eat\n[sound:SOUND]![a b.png](<PICTURE>)",
    ),
    "another template": ("Word", "to eat", "食べる\nたべる"),
    "only sound": ("Word", "Listen [sound:SOUND]", "食べる"),
    "the front said again without a rule": ("No rule", "Quest", "Answ\nSrc"),
    "one field": ("One field", "alone", "alone"),
    "what Anki knows of the card": ("Told", "One::Two x Told Card 1\nq", "a"),
    "LaTeX of old": ("Basic", r"$$\begin{align*}a&=b\\c&=d\end{align*}$$", r"$\frac{a}{b}$ $$x < y$$"),
    "MathJax and a price": ("Basic", "$a<b$ costs $5", r"$\alpha$"),
    "pictures": (
        "Basic",
        "![a%20b.png](<PICTURE>)![it's.png](<PICTURE>)[gone]",
        "![noend](<PICTURE>)",
    ),
    "elements that play": ("Basic", "[sound:FILM][sound:SOUND]", "t\nd"),
    "an empty back": ("Basic", "empty back", "…"),
    "letters in parts": ("Basic", "café", "한글"),
    "a picture in the text": ("Basic", "inline ![](<PICTURE>)", "…"),
    "clozes in clozes": (
        "Cloze",
        "{{c1::outer {{c2::inner::h}} rest}} and {{c3::std&#58;&#58;vec::type}}",
        "extra",
    ),
    "clozes and formulas": ("Cloze", r"${{c1::a^{2} }}+b$ {{c2::$\frac{a}{b}$}} {{c1,3::multi}}", ""),
    "a typed cloze": ("Typed cloze", "P: The {{c1::capital}} of {{c2::France}}", "post"),
    "two fields with clozes": ("Two clozes", "{{c1::one}} x\n{{c2::two}} y", "e"),
    "a reversed card": ("Basic (and reversed card)", "back", "front"),
    "an optional one": ("Basic (optional reversed card)", "f", "b"),
    "a typed answer": ("Basic (type in the answer)", "type q", "type a"),
    "a covered picture": ("Image Occlusion", "The **head**\n\n![](<COVERED>)", "![](<PICTURE>)\n\nfoot"),
}


@pytest.fixture(scope="module")
def media() -> dict[str, bytes]:
    return {}


@pytest.fixture(scope="module")
def path(ask_anki: AskAnki, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("strangers") / "all.apkg"
    ask_anki(strangers=made)
    return made


@pytest.fixture(scope="module")
def package(path: Path, media: dict[str, bytes]) -> ImportedPackage:
    return read_package(path, local_offset=480, keep_media=media.__setitem__)


def shown(text: str, media: dict[str, bytes]) -> str:
    """The text with each file called by what is in it."""
    for name, content in media.items():
        what = {b"<svg": "COVERED", b"\x89PNG": "PICTURE", b"ID3 ": "SOUND", b"film": "FILM"}[content[:4]]
        text = text.replace(f"media/{name}", what)
    return text


@pytest.mark.parametrize(("note_type", "front", "back"), DETAILS.values(), ids=DETAILS)
def test_cards_are_readable(
    note_type: str, front: str, back: str, package: ImportedPackage, media: dict[str, bytes]
) -> None:
    sides = {
        (shown(card.front, media), shown(card.back, media))
        for card in package.cards
        if card.note_type == note_type
    }
    assert (front, back) in sides


def test_what_is_left_out_is_counted(package: ImportedPackage, media: dict[str, bytes]) -> None:
    assert package.left_out == {
        "cards whose deletion is gone": 1,
        "pictures and sounds that are not in it, or of no known kind": 1,
        "pictures that stand in the text itself": 1,
    }
    assert package.warnings == ()
    assert package.rendered == 11
    assert sorted(media) == sorted(package.media)
    assert {name for name, content in media.items() if content.startswith(b"<svg")} < package.made.keys()


def test_each_cover_is_a_picture_of_its_own(package: ImportedPackage, media: dict[str, bytes]) -> None:
    drawn = sorted(
        (content.decode() for content in media.values() if content.startswith(b"<svg")), key=len, reverse=True
    )
    assert len(drawn) == 3
    assert all('width="200" height="100"><image width="200" height="100" href="data:image/png;base64,' in each for each in drawn)  # fmt: skip
    polygon, ellipse, rectangle = (
        next(each for each in drawn if f'{end} fill="#ff8e8e"' in each)
        for end in ('<polygon points="20,60 60,60 40,90"', 'rx="20" ry="20"', 'x="20" y="20" width="60" height="40"')
    )  # fmt: skip
    # One that asks for a part hides the others too where the note says so.
    assert '<rect x="20" y="20" width="60" height="40" fill="#ffeba2"/>' in polygon
    assert (
        '<ellipse cx="120" cy="40" rx="20" ry="20" fill="#ff8e8e" transform="rotate(45 100 20)"/>' in ellipse
    )
    assert "polygon" not in rectangle


def find(package: ImportedPackage, words: str) -> ImportedCard:
    return next(card for card in package.cards if words in card.front)


def test_schedules(package: ImportedPackage, today: Day) -> None:
    overdue = find(package, "empty back").state
    assert isinstance(overdue.due, DueDay)
    assert (overdue.phase, today - overdue.due.day, overdue.interval, overdue.memory) == (
        Phase.REVIEW,
        500,
        3,
        Ease(230),
    )
    assert (find(package, "costs").state.suspended, find(package, "costs").state.flag) == (True, 5)
    studied = find(package, "What is")
    assert studied.strength is not None
    assert (studied.state.phase, len(studied.answers)) == (Phase.REVIEW, 1)
    assert {card.deck for card in package.cards if card.note_type.startswith("Basic (")} == {"Rev"}


def test_decks_and_tags(package: ImportedPackage) -> None:
    assert find(package, "café").deck == "Français::Leçon"
    assert len(find(package, "many tags").tags) == 2000
    assert sum(card.kind is CardKind.CLOZE for card in package.cards) == 10


OLD = {
    "of Anki 2.0": "UPDATE col SET conf = '{\"nextPos\": 1}'",
    "without settings": "UPDATE col SET conf = 'null'",
    "days that are no whole numbers": "UPDATE cards SET due = due + 0.5, ivl = ivl * 1.0",
    "a damaged note type": "UPDATE col SET models = json_set(models, '$.5', json('{\"name\": null}'))",
    "a damaged deck": "UPDATE col SET decks = json_set(decks, '$.x', 1)",
    "decks that are not there": "UPDATE cards SET did = 7 WHERE odid = 0",
    "a creation that is no whole number": "UPDATE col SET crt = crt + 0.5",
}


@pytest.mark.parametrize("statement", OLD.values(), ids=OLD)
def test_what_other_programs_left_behind_costs_no_card(
    statement: str, package: ImportedPackage, path: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(path) as archive, closing(sqlite3.connect(":memory:")) as collection:
        collection.deserialize(archive.read("collection.anki21"))
        collection.execute(statement)
        collection.commit()
        with zipfile.ZipFile(tmp_path / "old.apkg", "w") as old:
            old.writestr("collection.anki2", collection.serialize())
            for name in archive.namelist():
                if not name.startswith(("collection", "meta")):
                    old.writestr(name, archive.read(name))
    read = read_package(tmp_path / "old.apkg", local_offset=480)
    assert [(card.anki, card.back, card.state.phase) for card in read.cards] == [
        (card.anki, card.back, card.state.phase) for card in package.cards
    ]
