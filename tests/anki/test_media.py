"""Pictures and sounds on their way out and back."""

from __future__ import annotations

import base64
import zipfile
from typing import TYPE_CHECKING

import pytest

from flashnotes.anki import ExportCard, export_apkg, read_package
from flashnotes.anki.notes import guid_of
from flashnotes.anki.schedule import Calendar
from flashnotes.models import AnkiRef, Card, CardId, CardKind, ScheduleState

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.models import Day, Moment
    from tests.anki.conftest import AskAnki

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in {"图 1.png": PIXEL, "same.png": PIXEL, "a.mp3": b"sound", "run.js": b"x"}.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def item(name: str, front: str, kind: CardKind = CardKind.BASIC) -> ExportCard:
    return ExportCard(Card(CardId(name), kind, front, "back"), "D")


class TestPictures:
    def test_go_along_under_the_name_of_their_content(
        self, folder: Path, at: Moment, today: Day, ask_anki: AskAnki
    ) -> None:
        def find(_: Card, address: str) -> Path | None:
            return folder / address if (folder / address).is_file() else None

        items = [
            item("a", "![loss *curve*](<图 1.png>) and ![](same.png)"),
            item("b", "[sound:a.mp3] [sound:none.mp3]"),
            item("c", "![](none.png) ![](run.js)"),
            item("d", "{{c1::![](same.png)}} x", CardKind.CLOZE),
        ]
        package = folder / "out.apkg"
        export_apkg(package, items, calendar=Calendar(at, today), find_picture=find)
        with zipfile.ZipFile(package) as archive:
            assert len(archive.namelist()) == 2 + 2
        dump = ask_anki(package)
        fronts = [dump["notes"][guid_of(each.card)]["fields"] for each in items]
        assert fronts[0]["Front"].count("fn-") == 2
        assert 'alt="loss curve"' in fronts[0]["Front"]
        assert fronts[1]["Front"].startswith("[sound:fn-")
        assert fronts[1]["Front"].endswith("&#91;sound:none.mp3]")
        assert fronts[2]["Front"] == "[none.png] [run.js]"
        assert '{{c1::<img src="fn-' in fronts[3]["Text"]
        kept: dict[str, bytes] = {}
        back = read_package(package, local_offset=0, keep_media=kept.__setitem__)
        assert sorted(kept.values()) == sorted([PIXEL, b"sound"])
        assert back.cards[0].front.startswith("![loss curve](<media/fn-")

    def test_are_described_where_nobody_finds_them(
        self, folder: Path, at: Moment, today: Day, ask_anki: AskAnki
    ) -> None:
        one = item("a", "![curve](<图 1.png>)")
        export_apkg(folder / "out.apkg", [one], calendar=Calendar(at, today))
        assert ask_anki(folder / "out.apkg")["notes"][guid_of(one.card)]["fields"]["Front"] == "curve"


def test_two_sides_of_one_note_of_anki_stay_one_note(
    tmp_path: Path, at: Moment, today: Day, ask_anki: AskAnki
) -> None:
    def side(ordinal: int, front: str, back: str) -> ExportCard:
        card = Card(CardId(f"s{ordinal}"), CardKind.BASIC, front, back, anki=AnkiRef("shared", ordinal))
        return ExportCard(card, "D", ScheduleState(flag=ordinal + 1))

    path = tmp_path / "out.apkg"
    export_apkg(path, [side(0, "NLP", "language"), side(1, "language", "NLP")], calendar=Calendar(at, today))
    dump = ask_anki(path)
    assert {key: card["flag"] for key, card in dump["cards"].items()} == {"shared/0": 1, "shared/1": 2}
    assert dump["notes"]["shared"]["fields"]["Reverse"] == "y"
    assert "language" in dump["cards"]["shared/1"]["front"]


def test_a_second_card_that_is_no_mirror_image_becomes_a_note_of_its_own(
    tmp_path: Path, at: Moment, today: Day, ask_anki: AskAnki
) -> None:
    cards = [
        Card(CardId(f"s{n}"), CardKind.BASIC, f"front {n}", "back", anki=AnkiRef("shared", n))
        for n in range(2)
    ]
    path = tmp_path / "out.apkg"
    export_apkg(path, [ExportCard(card, "D") for card in cards], calendar=Calendar(at, today))
    assert sorted(ask_anki(path)["cards"]) == sorted(["shared/0", f"{guid_of(cards[1])}/0"])
