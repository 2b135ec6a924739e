"""The life of a set of notes, step by step, with real deck files: ids and reviews are never lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from flashnotes.cards import passage_hash
from flashnotes.deckfile.files import DeckFile, change_deck, place_deck, read_decks, write_deck
from flashnotes.importing import NoteCards, Plan, Scan, plan_notes, reject, revised
from flashnotes.models import Candidate, Card, CardId, CardKind, Deck, Rejected

LIFE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "life.yaml").read_text(encoding="utf-8"))


@dataclass
class Life:
    """The notes as they are now, and a folder of decks."""

    decks: Path
    notes: dict[str, list[list[Any]]] = field(default_factory=dict)
    below: int = 0
    deleted: list[Rejected] = field(default_factory=list)
    ever: set[CardId] = field(default_factory=set)
    """Every card that was ever in a deck: all of them may have reviews."""

    def files(self) -> list[DeckFile]:
        files, problems = read_decks(self.decks)
        assert problems == []
        return files

    def cards(self) -> list[Card]:
        return [card for file in self.files() for card in file.deck.cards]

    def edit(self, backs: dict[str, str]) -> None:
        for file in self.files():
            cards = (replace(card, back=backs.get(card.front, card.back)) for card in file.deck.cards)
            change_deck(file, replace(file.deck, cards=tuple(cards)))

    def drop(self, fronts: list[str], *, remember: bool) -> None:
        for file in self.files():
            gone = [card for card in file.deck.cards if card.front in fronts]
            entries = [
                Rejected(card.id, card.extracted or passage_hash(card.front, card.back)) for card in gone
            ]
            if remember:
                change_deck(file, reject(file.deck, entries))
            else:
                self.deleted += entries
                cards = tuple(card for card in file.deck.cards if card not in gone)
                change_deck(file, replace(file.deck, cards=cards))

    def plan(self, unread: list[str]) -> tuple[list[Deck], Plan]:
        notes = tuple(
            NoteCards(
                path, "学习", tuple(_candidate(place, row, self.below) for place, row in enumerate(rows))
            )
            for path, rows in sorted(self.notes.items())
            if path not in unread
        )
        decks = [reject(file.deck, self.deleted) for file in self.files()]
        sources = {card.source.path for card in self.cards() if card.source}
        return decks, plan_notes(decks, Scan(notes, ("notes",), frozenset(sources - self.notes.keys())))

    def take(self, decks: list[Deck], plan: Plan, uncertain: str | None) -> None:
        entries = plan.taken()
        if uncertain == "new":
            entries += [entry.as_new() for entry in plan.entries if entry.status == "uncertain"]
        files = {file.deck.name: file for file in self.files()}
        for deck in revised(decks, entries):
            if deck.name in files:
                change_deck(files[deck.name], deck)
            else:
                write_deck(place_deck(self.decks, deck.name), deck)


def _candidate(place: int, row: list[Any], below: int) -> Candidate:
    kind, term, text, *aliases = row
    return Candidate(
        CardKind(kind), term, text, place * 2 + 1 + below, aliases=tuple(aliases[0]) if aliases else ()
    )


def test_the_life_of_a_set_of_notes(tmp_path: Path) -> None:
    decks = tmp_path / "decks"
    decks.mkdir()
    life = Life(decks)
    assert len(LIFE) >= 30
    for step in LIFE:
        live(life, step)


def live(life: Life, step: dict[str, Any]) -> None:
    name = step["step"]
    change(life, step)
    ids = [card.id for card in life.cards()]
    known, plan = life.plan(step.get("unread", []))
    counts = {status: count for status, count in plan.counts().items() if count and status != "same"}
    assert counts == {status: count for status, count in step["plan"].items() if count}, name
    assert bool(plan.must_ask) == step.get("asks", False), name
    before = {card.id: card for card in life.cards()}
    if step.get("take", True):
        life.take(known, plan, step.get("take uncertain"))
    check(life, step, before)
    if step.get("same ids"):
        assert [card.id for card in life.cards()] == ids, name
    twice(life, step)


def change(life: Life, step: dict[str, Any]) -> None:
    for path, rows in step.get("notes", {}).items():
        if rows is None:
            del life.notes[path]
        else:
            life.notes[path] = rows
    life.below += step.get("shift", 0)
    life.edit(step.get("edit", {}))
    life.drop(step.get("reject", []), remember=True)
    life.drop(step.get("delete", []), remember=False)
    if step.get("crlf"):
        for path in life.decks.iterdir():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def check(life: Life, step: dict[str, Any], before: dict[CardId, Card]) -> None:
    """No card with reviews is lost: each is in a deck, or in what the person rejected."""
    now = {card.id: card for card in life.cards()}
    assert before.keys() <= now.keys(), step["step"]
    life.ever |= now.keys()
    refused = {entry.id for file in life.files() for entry in file.deck.rejected} | {
        entry.id for entry in life.deleted
    }
    assert life.ever <= now.keys() | refused, step["step"]
    if "retired" in step:
        assert sorted(card.front for card in now.values() if card.retired) == sorted(step["retired"]), step[
            "step"
        ]
    for front, back in step.get("backs", {}).items():
        assert back in [card.back for card in now.values() if card.front == front], step["step"]


def twice(life: Life, step: dict[str, Any]) -> None:
    """The same import again changes no byte."""
    if not step.get("take", True):
        return
    data = {path: path.read_bytes() for path in life.decks.iterdir()}
    known, plan = life.plan(step.get("unread", []))
    life.take(known, plan, None)
    assert {path: path.read_bytes() for path in life.decks.iterdir()} == data, step["step"]
