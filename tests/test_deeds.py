from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flashnotes.config import Settings
from flashnotes.deeds import Deeds
from flashnotes.editing import Draft, draft_of
from flashnotes.errors import DeckError
from flashnotes.home import Home
from flashnotes.library import Library
from flashnotes.models import ActionKind, Rating
from flashnotes.session import answer_card
from tests.sittings import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DECKS = {
    "rl.yaml": "# mine\ndeck: 强化学习\ncards:\n  - {id: td, front: TD, back: b}  # here\n  - {id: pg, front: P, back: b}\n",
    "os.yaml": "deck: OS\ncards:\n  - {id: tlb, front: TLB, back: a cache}\n",
}


@pytest.fixture
def deeds(home: Path) -> Iterator[Deeds]:
    (home / "decks").mkdir(parents=True)
    for name, text in DECKS.items():
        (home / "decks" / name).write_text(text, encoding="utf-8")
    library = Library.open(Home(home), Settings(), at=NOON)
    with library.store:
        yield Deeds(library)


def texts(deeds: Deeds) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in deeds.library.home.decks.glob("*.yaml")}


def test_every_deed_is_taken_back_in_turn(deeds: Deeds) -> None:
    store = deeds.library.store
    td = store.card("td")
    assert td is not None
    deeds.edit(td, Draft("TD error", "b"))
    deeds.add("新::课", Draft("n", "b"))
    deeds.add("OS", Draft("page", "b"))
    deeds.move(["td", "tlb"], "新::课")
    deeds.perform(["td", "pg"], ActionKind.SUSPEND, at=NOON)
    deeds.delete(["td", "pg"])
    answer_card(store, "tlb", Rating.GOOD, NOON)
    deeds.bring_back(["td"])
    assert [deeds.undo(NOON) for _ in range(9)] == [
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
    assert texts(deeds) == DECKS
    assert {each.card.id for each in store.cards()} == {"td", "pg", "tlb"}
    assert not any(state.suspended for state in store.all_states().values())


def test_a_file_changed_since_stays_as_it_is(deeds: Deeds) -> None:
    deeds.delete(["tlb"])
    path = deeds.library.home.decks / "os.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
    with pytest.raises(DeckError, match="was changed since"):
        deeds.undo(NOON)
    assert "# later" in texts(deeds)["os.yaml"]
    assert deeds.undo(NOON) is None


def test_what_was_refused_is_no_deed(deeds: Deeds) -> None:
    with pytest.raises(DeckError, match="ghost"):
        deeds.delete(["tlb", "ghost"])
    card = deeds.library.store.card("tlb")
    assert card is not None
    deeds.edit(card, draft_of(card.card))
    assert deeds.undo(NOON) is None
    assert texts(deeds) == DECKS
