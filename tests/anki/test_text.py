"""The text export as Anki itself reads it, and the plain formats as anything would."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from flashnotes.anki import (
    Calendar,
    ExportCard,
    Side,
    export_apkg,
    export_csv,
    export_json,
    export_txt,
    read_text,
    returned,
    text_digest,
)
from flashnotes.anki.media import Media
from flashnotes.anki.notes import guid_of, make_note
from flashnotes.errors import AnkiError
from flashnotes.models import AnkiRef, Card, CardId, CardKind, DueDay, Phase
from tests.anki.samples import studied_deck

if TYPE_CHECKING:
    from pathlib import Path

    from flashnotes.models import Day, Moment
    from tests.anki.conftest import AskAnki


@pytest.fixture(scope="module")
def deck(today: Day) -> list[ExportCard]:
    return studied_deck(today, 30)


def item(name: str, deck: str = "D", **more: Any) -> ExportCard:
    card = Card(CardId(name), CardKind.BASIC, f"front {name}", f"back {name}", **more)
    return ExportCard(card, deck)


class TestAnkiText:
    def test_every_card_becomes_a_note_of_a_stock_type(
        self, deck: list[ExportCard], tmp_path: Path, ask_anki: AskAnki
    ) -> None:
        told = export_txt(tmp_path / "deck.txt", deck)
        dump = ask_anki(tmp_path / "deck.txt")
        assert dump["logs"] == [{"new": 30, "updated": 0, "duplicate": 0, "conflicting": 0}]
        assert (told.notes, told.reviews) == (30, 0)
        for each in deck:
            note = dump["notes"][guid_of(each.card)]
            assert note["type"] == ("Cloze" if each.card.kind is CardKind.CLOZE else "Basic")
            assert sorted(note["tags"]) == sorted(tag.replace(" ", "_") for tag in each.card.tags)
        assert {card["deck"] for card in dump["cards"].values()} == {each.deck for each in deck}
        assert r"\(a&lt;b\)" in dump["notes"][guid_of(deck[3].card)]["fields"]["Front"]
        assert "print(x &lt; y)<" in dump["notes"][guid_of(deck[5].card)]["fields"]["Back"]
        assert "TD error, 时序差分误差" in dump["notes"][guid_of(deck[0].card)]["fields"]["Back"]

    def test_again_changes_nothing_and_an_edit_lands(self, tmp_path: Path, ask_anki: AskAnki) -> None:
        first, second = tmp_path / "1.txt", tmp_path / "2.txt"
        items = [item("a"), item("b")]
        export_txt(first, items)
        export_txt(second, [items[0], replace(items[1], card=replace(items[1].card, back="edited"))])
        dump = ask_anki(first, first, second)
        assert [log["duplicate"] for log in dump["logs"]] == [0, 2, 1]
        assert dump["logs"][2]["updated"] == 1
        assert dump["notes"][guid_of(items[1].card)]["fields"]["Back"] == "edited"

    @pytest.mark.parametrize(
        "front", ["#hash", '"quoted"', "tab\there", "```\na\n\tb\n```", "html: <b>", "a,b;c|d", " ", "$a<b$"]
    )
    def test_any_front_survives_the_columns(self, front: str, tmp_path: Path, ask_anki: AskAnki) -> None:
        ref = AnkiRef("#guid")
        items = [ExportCard(Card(CardId("x"), CardKind.BASIC, front, "back", anki=ref), "D"), item("y")]
        export_txt(tmp_path / "d.txt", items)
        dump = ask_anki(tmp_path / "d.txt")
        assert dump["logs"][0]["new"] == 2
        assert dump["notes"]["#guid"]["fields"]["Back"] == "back"

    def test_a_deck_of_digits_is_not_taken_for_a_number(self, tmp_path: Path, ask_anki: AskAnki) -> None:
        export_txt(tmp_path / "d.txt", [item("x", "2024"), item("y", "数学 :: 2024")])
        decks = [card["deck"] for card in ask_anki(tmp_path / "d.txt")["cards"].values()]
        assert sorted(decks) == ["flashnotes::2024", "数学::2024"]

    def test_notes_that_anki_exports_as_text_are_the_cards_they_were(
        self, deck: list[ExportCard], at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki
    ) -> None:
        two_way = replace(deck[0], card=replace(deck[0].card, id=CardId("two ways")), reverse=Side())
        cards = [*deck, two_way]
        export_apkg(tmp_path / "d.apkg", cards, calendar=Calendar(at, today))
        ask_anki(tmp_path / "d.apkg", notes_to=tmp_path / "d.txt")
        read = read_text(tmp_path / "d.txt")
        by_id = {card.card_id: card for card in reversed(read.cards)}
        assert by_id.keys() == {each.card.id for each in cards}
        assert not read.left_out
        assert sum(card.card_id == "two ways" for card in read.cards) == 2
        for each in cards:
            card, note = by_id[each.card.id], make_note(each, Media(None))
            assert (card.kind, card.deck, card.aliases) == (each.card.kind, each.deck, each.card.aliases)
            assert (card.front, card.back) == returned(each.card)[0]
            assert card.text == text_digest(note.fields)

    def test_two_sides_and_two_deletions_are_one_note(self, tmp_path: Path, ask_anki: AskAnki) -> None:
        two_way = replace(item("x"), reverse=Side())
        text = "{{c1::Paris}} on the {{c2::Seine}}"
        clozes = [
            ExportCard(Card(CardId(f"c{n}"), CardKind.CLOZE, text, "", anki=AnkiRef("g", n)), "D")
            for n in range(2)
        ]
        told = export_txt(tmp_path / "d.txt", [two_way, *clozes])
        dump = ask_anki(tmp_path / "d.txt")
        assert told.notes == len(dump["notes"]) == 2
        assert sorted(dump["cards"]) == sorted(
            [f"{guid_of(two_way.card)}/{n}" for n in range(2)] + ["g/0", "g/1"]
        )

    def test_retired_cards_are_told(self, tmp_path: Path) -> None:
        assert export_txt(tmp_path / "d.txt", [item("x"), item("y", retired=True)]).retired == ("y",)


class TestPlain:
    def test_csv_holds_the_texts_as_they_are(self, deck: list[ExportCard], tmp_path: Path) -> None:
        assert export_csv(tmp_path / "d.csv", deck).cards == 30
        with (tmp_path / "d.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row, each in zip(rows, deck, strict=True):
            assert (row["id"], row["front"], row["back"]) == (each.card.id, each.card.front, each.card.back)
            assert (row["phase"], int(row["interval_days"])) == (each.state.phase.value, each.state.interval)

    def test_json_holds_everything(self, deck: list[ExportCard], tmp_path: Path, at: Moment) -> None:
        told = export_json(tmp_path / "d.json", deck, at=at)
        whole = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
        assert (whole["format"], whole["version"]) == ("flashnotes", 1)
        assert told.reviews == sum(len(card["sides"]["forward"]["reviews"]) for card in whole["cards"])
        for card, each in zip(whole["cards"], deck, strict=True):
            assert (card["id"], card["front"], card["back"]) == (
                each.card.id,
                each.card.front,
                each.card.back,
            )
            assert (card["source"]["line"], tuple(card["aliases"])) == (
                each.card.source and each.card.source.line, each.card.aliases
            )  # fmt: skip
            state = card["sides"]["forward"]["state"]
            assert (state["phase"], state["flag"]) == (each.state.phase.value, each.state.flag)
            if each.state.phase is Phase.REVIEW:
                assert isinstance(each.state.due, DueDay)
                assert state["due"] == date.fromordinal(each.state.due.day).isoformat()
            ratings = [review["rating"] for review in card["sides"]["forward"]["reviews"]]
            assert ratings == [int(review.rating) for review in each.reviews]

    def test_an_empty_deck_is_still_json(self, tmp_path: Path, at: Moment) -> None:
        export_json(tmp_path / "d.json", [], at=at)
        assert json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))["cards"] == []

    def test_a_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(AnkiError, match="is a folder"):
            export_csv(tmp_path, [])
