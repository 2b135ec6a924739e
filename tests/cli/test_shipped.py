"""The shipped decks are what an import of their notes makes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flashnotes.deckfile.files import read_decks
from flashnotes.home import Home
from flashnotes.shipped_decks import copy_shipped, shipped_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Runner


def texts(decks: Path) -> set[tuple[str, str, str, str]]:
    files, problems = read_decks(decks)
    assert not problems
    return {(file.deck.name, card.kind, card.front, card.back) for file in files for card in file.deck.cards}


def test_the_notes_give_the_shipped_cards(run: Runner, home: Path) -> None:
    assert run("import", "--yes", str(shipped_folder() / "notes")).status == 0
    assert texts(home / "decks") == texts(shipped_folder())


def test_the_notes_of_a_home_with_the_shipped_decks_are_nothing_to_do(run: Runner, home: Path) -> None:
    copy_shipped(Home(home))
    ran = run("import", "--dry-run", "--json", str(home / "decks" / "notes"))
    plan = json.loads(ran.out)
    assert {status: plan[status] for status in ("new", "changed", "moved", "retired", "uncertain")} == {
        "new": 0,
        "changed": 0,
        "moved": 0,
        "retired": 0,
        "uncertain": 0,
    }
    assert plan["same"] == len(texts(home / "decks"))
