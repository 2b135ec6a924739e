from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flashnotes.config import Settings
from flashnotes.editing import Draft, draft_of
from flashnotes.errors import DeckError
from flashnotes.home import Home
from flashnotes.library import Library
from flashnotes.models import ActionKind, Rating
from flashnotes.session import answer_card
from flashnotes.upkeep import Upkeep
from tests.sittings import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DECKS = {
    "rl.yaml": "# mine\ndeck: 强化学习\ncards:\n  - {id: td, front: TD, back: b}  # here\n  - {id: pg, front: P, back: b}\n",
    "os.yaml": "deck: OS\ncards:\n  - {id: tlb, front: TLB, back: a cache}\n",
}


@pytest.fixture
def upkeep(home: Path) -> Iterator[Upkeep]:
    (home / "decks").mkdir(parents=True)
    for name, text in DECKS.items():
        (home / "decks" / name).write_text(text, encoding="utf-8")
    library = Library.open(Home(home), Settings(), at=NOON)
    with library.store:
        yield Upkeep(library)


def texts(upkeep: Upkeep) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in upkeep.library.home.decks.glob("*.yaml")}


def test_every_change_is_taken_back_in_turn(upkeep: Upkeep) -> None:
    store = upkeep.library.store
    td = store.card("td")
    assert td is not None
    upkeep.edit(td, Draft("TD error", "b"))
    upkeep.add("新::课", Draft("n", "b"))
    upkeep.add("OS", Draft("page", "b"))
    upkeep.move(["td", "tlb"], "新::课")
    upkeep.perform(["td", "pg"], ActionKind.SUSPEND, at=NOON)
    upkeep.delete(["td", "pg"])
    answer_card(store, "tlb", Rating.GOOD, NOON)
    upkeep.bring_back(["td"])
    assert [upkeep.undo(NOON) for _ in range(9)] == [
        "TD error · bring back",
        "TLB · Good",
        "delete · 2 cards",
        "TD error · suspend of 2 cards",
        "move · 2 cards",
        "a new card",
        "a new card",
        "TD · edit",
        None,
    ]
    assert texts(upkeep) == DECKS
    assert {each.card.id for each in store.cards()} == {"td", "pg", "tlb"}
    assert not any(state.suspended for state in store.all_states().values())


def test_a_file_changed_since_stays_as_it_is(upkeep: Upkeep) -> None:
    upkeep.delete(["tlb"])
    path = upkeep.library.home.decks / "os.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
    with pytest.raises(DeckError, match="was changed since"):
        upkeep.undo(NOON)
    assert "# later" in texts(upkeep)["os.yaml"]
    assert upkeep.undo(NOON) is None


def test_what_was_refused_is_no_deed(upkeep: Upkeep) -> None:
    with pytest.raises(DeckError, match="ghost"):
        upkeep.delete(["tlb", "ghost"])
    card = upkeep.library.store.card("tlb")
    assert card is not None
    upkeep.edit(card, draft_of(card.card))
    assert upkeep.undo(NOON) is None
    assert texts(upkeep) == DECKS


def test_both_sides_of_a_card_are_one_card_of_its_deck(upkeep: Upkeep) -> None:
    library = upkeep.library
    path = library.home.decks / "rl.yaml"
    path.write_text(DECKS["rl.yaml"].replace("{id: td,", "{id: td, kind: definition,"), encoding="utf-8")
    library.follow(Settings(reverse=True))
    library.refresh()
    before = texts(upkeep)
    upkeep.move(["td~r", "td"], "OS")
    assert library.store.path_of("td~r") == library.store.path_of("td") == "os.yaml"
    upkeep.delete(["td~r"])
    assert library.store.card("td") is library.store.card("td~r") is None
    assert [upkeep.undo(NOON), upkeep.undo(NOON)] == ["TD · delete", "TD · move"]
    assert texts(upkeep) == before
    assert library.store.path_of("td~r") == "rl.yaml"
