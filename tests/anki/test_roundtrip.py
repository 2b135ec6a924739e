"""From a collection that Anki made, through flashnotes, into a fresh collection of Anki."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flashnotes.anki import Calendar, ExportCard, export_apkg, read_package
from flashnotes.models import Card, CardId, Moment, Review
from flashnotes.scheduling.days import logical_day

if TYPE_CHECKING:
    from flashnotes.anki import ImportedCard
    from flashnotes.models import Day
    from tests.anki.conftest import AskAnki

FIXTURES = Path(__file__).parents[3] / "shared" / "anki" / "fixture"
pytestmark = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason="the packages made by Anki are not beside the project"
)

Dump = dict[str, Any]


@pytest.fixture(scope="module")
def truth() -> Dump:
    loaded: Dump = json.loads((FIXTURES / "fixture-expected.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module", params=["colpkg-latest.colpkg", "apkg-legacy-sched.apkg"])
def arrived(
    request: pytest.FixtureRequest,
    at: Moment,
    today: Day,
    tmp_path_factory: pytest.TempPathFactory,
    ask_anki: AskAnki,
) -> Dump:
    home = tmp_path_factory.mktemp("home")
    (home / "media").mkdir()
    package = read_package(
        FIXTURES / f"fixture-{request.param}",
        local_offset=0,
        keep_media=lambda name, content: (home / "media" / name).write_bytes(content),
    )
    items = [as_export(card, f"card-{number}") for number, card in enumerate(package.cards)]

    def find(_: Card, address: str) -> Path | None:
        return home / address if address.startswith("media/") else None

    export_apkg(home / "out.apkg", items, calendar=Calendar(at, today), find_picture=find)
    return ask_anki(home / "out.apkg")


def as_export(imported: ImportedCard, name: str) -> ExportCard:
    card = Card(
        CardId(name), imported.kind, imported.front, imported.back, tags=imported.tags, anki=imported.anki
    )
    reviews = tuple(
        Review(
            answer.ms,
            card.id,
            answer.rating,
            answer.rating + 1,
            Moment(answer.ms),
            logical_day(Moment(answer.ms), 4),
            answer.kind,
            answer.duration_ms,
            "anki",
            imported.state,
        )
        for answer in imported.answers
    )
    return ExportCard(card, imported.deck, imported.state, reviews, modified=imported.modified)


def test_every_card_with_its_schedule(arrived: Dump, truth: Dump) -> None:
    expected = {f"{card['note_guid']}/{card['ord']}": card for card in truth["cards"]}
    assert arrived["cards"].keys() == expected.keys()
    for key, card in arrived["cards"].items():
        was = expected[key]
        # A learning step is due at a moment: its day is not compared.
        assert card["due_on"] in {None, was["due_on"]}
        assert (card["ivl"], card["factor"], card["lapses"]) == (was["ivl"], was["factor"], was["lapses"])
        assert (card["type"], card["flag"]) == (was["type_n"], was["flags"])
        assert card["deck"] == was.get("home_deck", was["deck"])


def test_every_answer(arrived: Dump, truth: Dump) -> None:
    answers = [(row["id"], row["ease"]) for row in truth["revlog"] if row["ease"]]
    assert [(answer["at"], answer["ease"]) for answer in arrived["answers"]] == answers


def test_fields_and_tags(arrived: Dump, truth: Dump) -> None:
    for note in truth["notes"]:
        fields = arrived["notes"][note["guid"]]["fields"]
        assert sorted(arrived["notes"][note["guid"]]["tags"]) == sorted(note["tags"])
        if "media" in note["tags"] or "rtl" in note["tags"]:
            # Pictures get the name of their content; a direction of writing has no Markdown.
            continue
        read = [fields.get("Front", fields.get("Text")), fields.get("Back", fields.get("Extra"))]
        assert [field.replace(r" \)", r"\)") for field in note["fields"].values()] == read
