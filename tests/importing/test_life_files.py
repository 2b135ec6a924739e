"""The life of a set of notes by commands alone: files, decks and reviews, after each of thirty steps."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from flashnotes.deckfile.files import change_deck, read_decks
from flashnotes.models import Card, Deck

if TYPE_CHECKING:
    from tests.conftest import Runner

LIFE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("life_files.yaml").read_text(encoding="utf-8"))


@dataclass
class Life:
    run: Runner
    home: Path
    notes: Path
    heading: str = "Nets"
    answered: list[str] = field(default_factory=list)
    clock: int = 1_700_000_000

    def cards(self) -> dict[str, Card]:
        files, problems = read_decks(self.home / "decks")
        assert problems == []
        return {card.front: card for file in files for card in file.deck.cards}

    def write(self, name: str, passages: list[str] | None) -> None:
        stem, _, form = name.partition(" ")
        path = self.notes / f"{stem}.md"
        if passages is None:
            path.unlink()
            return
        rows = [f"# {self.heading}", *(LIFE["passages"][each] for each in passages)] if passages else []
        text = "\n\n".join(rows) + "\n"
        if form == "crlf":
            text, form = text.replace("\n", "\r\n"), ""
        path.write_bytes(text.encode(form or "utf-8"))
        self.clock += 10
        os.utime(path, (self.clock, self.clock))

    def change_deck(self, edit: dict[str, str], delete: str | None) -> None:
        for file in read_decks(self.home / "decks")[0]:
            cards = tuple(
                Card(
                    **{name: getattr(card, name) for name in card.__slots__}
                    | {"back": edit.get(card.front, card.back)}
                )
                for card in file.deck.cards
                if card.front != delete
            )
            change_deck(file, Deck(file.deck.name, cards, file.deck.rejected))

    def live(self, step: dict[str, Any]) -> None:
        self.heading = step.get("heading", self.heading)
        for name, passages in step.get("write", {}).items():
            self.write(name, passages)
        if step.get("gone"):
            self.notes.rename(self.notes.with_name("elsewhere"))
        if "edit" in step or "delete" in step:
            self.change_deck(step.get("edit", {}), step.get("delete"))
        for front in step.get("answer", ()):
            card_id = self.cards()[front].id
            assert self.run("answer", card_id, "good").status == 0
            self.answered.append(card_id)
        self.import_and_check(step)

    def import_and_check(self, step: dict[str, Any]) -> None:
        name, before = step["step"], {card.front: card.id for card in self.cards().values()}
        ran = self.run("import", "--yes", "--json", *step.get("options", ()), str(self.notes))
        assert ran.status == step.get("status", 0), name
        assert "Traceback" not in ran.err
        if step.get("gone"):
            return
        counts = {
            key: ran_count for key, ran_count in json.loads(ran.out).items() if key in STATUSES and ran_count
        }
        assert counts == step["plan"], name
        cards = self.cards()
        assert {card.front for card in cards.values() if card.retired} == set(step.get("retired", ())), name
        assert {
            front: card.id for front, card in cards.items() if front in before
        }.items() <= before.items(), name

        assert set(self.answered[:3]) <= {card.id for card in cards.values()}, name


STATUSES = ("new", "changed", "moved", "kept", "retired", "rejected", "uncertain")


def test_the_life_of_notes_as_files(run: Runner, home: Path, tmp_path: Path) -> None:
    life = Life(run, home, tmp_path / "notes")
    life.notes.mkdir()
    assert len(LIFE["steps"]) >= 30
    for step in LIFE["steps"]:
        life.live(step)
    with closing(sqlite3.connect(home / "flashnotes.db")) as database:
        reviews = database.execute("SELECT card_id FROM review ORDER BY id").fetchall()
    assert [card_id for (card_id,) in reviews] == life.answered
    said = run("doctor").out
    assert "ok database" in said
    assert "ok states" in said
