"""From a collection that Anki made, through the commands of flashnotes, into a fresh collection of Anki."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.anki.conftest import AskAnki
    from tests.conftest import Runner

FIXTURES = Path(__file__).parents[3] / "shared" / "anki" / "fixture"
pytestmark = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason="the packages made by Anki are not beside the project"
)


def test_same_cards_due_days_and_review_log(run: Runner, ask_anki: AskAnki, tmp_path: Path) -> None:
    truth: dict[str, Any] = json.loads((FIXTURES / "fixture-expected.json").read_text(encoding="utf-8"))
    assert run("import", "--yes", str(FIXTURES / "fixture-colpkg-latest.colpkg")).status == 0
    assert run("export", str(tmp_path / "out.apkg")).status == 0
    arrived = ask_anki(tmp_path / "out.apkg")
    expected = {f"{card['note_guid']}/{card['ord']}": card for card in truth["cards"]}
    assert arrived["cards"].keys() == expected.keys()
    for key, card in arrived["cards"].items():
        was = expected[key]
        if was["type_n"] == 2:
            assert (card["due_on"], card["ivl"], card["factor"]) == (was["due_on"], was["ivl"], was["factor"])
        assert (card["flag"], card["deck"]) == (was["flags"], was.get("home_deck", was["deck"]))
    given = [(row["id"], row["ease"]) for row in truth["revlog"] if row["ease"]]
    assert [(answer["at"], answer["ease"]) for answer in arrived["answers"]] == given
