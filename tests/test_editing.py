from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from flashnotes.config import Settings
from flashnotes.editing import Draft, add_card, bring_back, delete_cards, draft_of, edit_card, move_cards
from flashnotes.errors import DeckError
from flashnotes.home import Home
from flashnotes.library import Library
from flashnotes.models import CardKind, Rating
from flashnotes.session import answer_card
from tests.sittings import NOON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flashnotes.models import StudyCard

DECK = """\
# 我的笔记 my own words
deck: 强化学习
cards:
  - id: td-1   # the first
    front: TD 误差
    back: |-
      $$\\delta_t$$
    tags: [rl]
    source: notes/td.md:4
    extracted: 3f9a1c

  # written on a train
  - front: by hand
    back: von Hand
"""


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "rl.yaml").write_text(DECK, encoding="utf-8")
    opened = Library.open(Home(home), Settings(), at=NOON)
    with opened.store:
        yield opened


def text(library: Library, name: str = "rl.yaml") -> str:
    return (library.home.decks / name).read_text(encoding="utf-8")


def card(library: Library, front: str) -> StudyCard:
    return next(each for each in library.store.cards() if each.card.front == front)


def test_an_edit_touches_only_its_own_lines(library: Library) -> None:
    answer_card(library.store, "td-1", Rating.GOOD, NOON)
    edited = edit_card(library, card(library, "TD 误差"), Draft("TD 误差", "δ 是 $a: b$ # c", ("rl", "二")))
    assert edited.card.back == "δ 是 $a: b$ # c"
    assert edited.state.repetitions == 1
    assert edited.card.extracted == "3f9a1c"
    expected = DECK.replace("|-\n      $$\\delta_t$$", "'δ 是 $a: b$ # c'").replace("[rl]", "[rl, 二]")
    assert text(library) == expected


def test_a_card_without_a_written_id_keeps_its_own(library: Library) -> None:
    before = card(library, "by hand")
    edited = edit_card(library, before, Draft("manual\n\nline", "von Hand"))
    assert edited.card.id == before.card.id
    assert "# written on a train" in text(library)
    library.refresh()
    assert card(library, "manual\n\nline").card.id == before.card.id


def test_what_changed_meanwhile_is_not_overwritten(library: Library) -> None:
    seen = card(library, "TD 误差")
    changed = DECK.replace("front: TD 误差", "front: TD error")
    (library.home.decks / "rl.yaml").write_text(changed, encoding="utf-8")
    with pytest.raises(DeckError, match="changed there meanwhile"):
        edit_card(library, seen, Draft("mine", "mine"))
    assert text(library) == changed


def test_what_is_no_card_is_refused(library: Library) -> None:
    for draft, problem in ((Draft(" \n", "b"), "front is empty"), (Draft("f", "\t"), "back is empty")):
        with pytest.raises(DeckError, match=problem):
            add_card(library, "强化学习", draft)
        with pytest.raises(DeckError, match=problem):
            edit_card(library, card(library, "by hand"), draft)
    assert text(library) == DECK
    hiding = Draft("{{c1::hidden}} text", "")
    assert add_card(library, "强化学习", hiding).card.kind is CardKind.CLOZE


def test_adds_to_a_deck_and_to_a_new_one(library: Library) -> None:
    added = add_card(library, "强化学习", Draft("自举\r\n", "bootstrapping \n", ("a", "a", "")))
    assert (added.card.front, added.card.back, added.card.tags) == ("自举", "bootstrapping", ("a",))
    assert text(library).startswith(DECK)
    elsewhere = add_card(library, "新::课", Draft("自举", "again"))
    assert elsewhere.deck == "新::课"
    assert elsewhere.card.id != added.card.id
    assert text(library, "新--课.yaml").startswith("deck: 新::课\n")


def test_names_that_are_no_decks(library: Library) -> None:
    for name in ("", "a::", "::b", "two\nlines", "x" * 201, "\x1b[0m"):
        with pytest.raises(DeckError, match=r"deck"):
            add_card(library, name, Draft("f", "b"))
        with pytest.raises(DeckError, match=r"deck"):
            move_cards(library, ["td-1"], name)
    assert text(library) == DECK


def test_a_move_keeps_id_and_reviews(library: Library) -> None:
    answer_card(library.store, "td-1", Rating.GOOD, NOON)
    [moved] = move_cards(library, ["td-1"], "别处")
    assert (moved.deck, moved.card.id, moved.state.repetitions) == ("别处", "td-1", 1)
    assert "td-1" not in text(library)
    assert "# written on a train" in text(library)
    [back] = move_cards(library, ["td-1"], "强化学习")
    assert replace(back, deck="") == replace(moved, deck="")
    assert library.problems == []


def test_a_move_that_cannot_leave_does_not_arrive(library: Library) -> None:
    add_card(library, "别处", Draft("there", "dort"))
    kept = text(library, "别处.yaml")
    # What stands where the new text would be written first makes the disk refuse it.
    in_the_way = library.home.decks / f".rl.yaml.{os.getpid()}.tmp"
    in_the_way.mkdir()
    for deck in ("别处", "ganz neu"):
        with pytest.raises(DeckError, match="cannot be written"):
            move_cards(library, ["td-1"], deck)
    assert text(library) == DECK
    assert text(library, "别处.yaml") == kept
    assert sorted(path.name for path in library.home.decks.glob("*.yaml")) == ["rl.yaml", "别处.yaml"]


def test_deleted_is_rejected_until_it_is_brought_back(library: Library) -> None:
    answer_card(library.store, "td-1", Rating.GOOD, NOON)
    before = card(library, "TD 误差")
    delete_cards(library, ["td-1"])
    assert library.store.card("td-1") is None
    assert "rejected:\n  - {id: td-1, passage: 3f9a1c}\n" in text(library)
    [again] = bring_back(library, ["td-1"])
    assert again.card == before.card
    assert again.state.repetitions == 1
    assert "td-1, passage" not in text(library)
    assert draft_of(again.card) == draft_of(before.card)


def test_several_cards_at_once(library: Library) -> None:
    other = add_card(library, "别处", Draft("there", "dort")).card.id
    ids = ["td-1", other, card(library, "by hand").card.id]
    delete_cards(library, ids)
    assert library.store.cards() == []
    assert [each.deck for each in bring_back(library, ids)] == ["强化学习", "别处", "强化学习"]
    assert {each.deck for each in move_cards(library, ids, "drittens")} == {"drittens"}
    with pytest.raises(DeckError, match="ghost"):
        delete_cards(library, [*ids, "ghost"])
    assert len(library.store.cards()) == 3


def test_a_card_that_nobody_has(library: Library) -> None:
    changes: list[Callable[[Library, list[str]], object]] = [
        delete_cards,
        bring_back,
        lambda library, card_ids: move_cards(library, card_ids, "A"),
    ]
    for change in changes:
        with pytest.raises(DeckError, match="ghost"):
            change(library, ["ghost"])
