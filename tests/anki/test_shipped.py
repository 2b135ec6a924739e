"""The decks that travel with the program, studied for 90 days, and a deck of nothing but hostile text, in Anki."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from flashnotes.anki import ExportCard, export_apkg
from flashnotes.anki.notes import guid_of
from flashnotes.anki.schedule import Calendar
from flashnotes.deckfile.files import read_deck
from flashnotes.models import Card, CardId, CardKind
from tests.anki.judged import faults
from tests.anki.samples import answer_for_days, hostile_deck

if TYPE_CHECKING:
    from flashnotes.models import Day, Moment
    from tests.anki.conftest import AskAnki

Dump = dict[str, Any]
SHIPPED = sorted((Path(__file__).parents[2] / "decks").glob("*.yaml"))


@pytest.fixture(scope="module")
def deck(at: Moment, today: Day) -> list[ExportCard]:
    random = Random(90)
    placed = [(card, deck.name) for deck in (read_deck(path).deck for path in SHIPPED) for card in deck.cards]
    return [
        ExportCard(
            card, name, *answer_for_days(card, range(today - 90, today), random),
            modified=at.ms // 1000 - 86_400,
        )
        for card, name in placed
    ]  # fmt: skip


@pytest.fixture(scope="module")
def package(deck: list[ExportCard], at: Moment, today: Day, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shipped") / "v1.apkg"
    told = export_apkg(path, deck, calendar=Calendar(at, today))
    assert told.notes == len(deck) > 200
    assert told.reviews > 5 * len(deck)
    return path


def faults_of(dump: Dump) -> Counter[str]:
    return Counter(
        fault for card in dump["cards"].values() for side in ("front", "back") for fault in faults(card[side])
    )


def is_sound(dump: Dump) -> bool:
    """Check Database finds nothing to mend, not even a missing time of the last review."""
    return all("rebuilt and optimized" in line for line in dump["problems"])


def schedule(card: Dump) -> list[int]:
    return [card["type"], card["ivl"], card["factor"], card["reps"], card["lapses"]]


def test_every_card_renders_and_the_database_is_clean(
    package: Path, ask_anki: AskAnki, deck: list[ExportCard]
) -> None:
    dump = ask_anki(package)
    assert len(dump["cards"]) == len(deck)
    assert is_sound(dump)
    assert faults_of(dump) == {}


def test_due_dates_do_not_depend_on_the_age_of_the_collection(package: Path, ask_anki: AskAnki) -> None:
    young, old = ask_anki(package), ask_anki(package, age=300)
    assert is_sound(old)
    for key, card in old["cards"].items():
        assert (card["due_on"], schedule(card)) == (
            young["cards"][key]["due_on"],
            schedule(young["cards"][key]),
        )


def test_an_update_lands_beside_what_was_answered_in_anki(
    deck: list[ExportCard], package: Path, at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki
) -> None:
    edited = [
        replace(item, card=replace(item.card, back=item.card.back + " 改"), modified=at.ms // 1000)
        if number < 5
        else item
        for number, item in enumerate(deck)
    ]
    new = ExportCard(
        Card(CardId("new"), CardKind.DEFINITION, "新", "brand new"), deck[0].deck, modified=at.ms // 1000
    )
    export_apkg(tmp_path / "v2.apkg", [*edited, new], calendar=Calendar(at, today))
    dump = ask_anki(package, package, tmp_path / "v2.apkg", tmp_path / "v2.apkg", answer=12)
    nothing = {"new": 0, "updated": 0, "conflicting": 0}
    assert dump["logs"][1] == {**nothing, "duplicate": len(deck)}
    assert dump["logs"][2] == {**nothing, "new": 1, "updated": 5, "duplicate": len(deck) - 5}
    assert dump["logs"][3] == {**nothing, "duplicate": len(deck) + 1}
    assert len(dump["answered"]) > 5
    assert {key: schedule(dump["cards"][key]) for key in dump["answered"]} == dump["answered"]
    assert len(dump["answers"]) == sum(len(item.reviews) for item in deck) + 12
    assert is_sound(dump)


def test_hostile_text_is_shown_as_words(at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki) -> None:
    items = hostile_deck(Random(1), 1000)
    told = export_apkg(tmp_path / "x.apkg", items, calendar=Calendar(at, today))
    dump = ask_anki(tmp_path / "x.apkg")
    assert len(dump["notes"]) == told.notes == 1000
    assert is_sound(dump)
    assert dump["notes"].keys() == {guid_of(item.card) for item in items}
    assert faults_of(dump) == {}
