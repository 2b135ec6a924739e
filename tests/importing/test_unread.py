"""Notes that did not change are not read again, and nobody can tell the difference."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import flashnotes.deckfile.files as deckfiles
import flashnotes.importcache as importcache
import flashnotes.importer as importer
import flashnotes.shelf as shelf
from flashnotes.config import Settings
from flashnotes.deckfile.files import change_deck, place_deck, read_deck, read_decks, write_deck
from flashnotes.errors import DeckError
from flashnotes.extract import RECOMMENDED_SCORE
from flashnotes.home import Home
from flashnotes.importer import Import, plan_import
from flashnotes.importing import Status, reject
from flashnotes.library import Library
from flashnotes.models import Card, CardId, CardKind, Deck, Moment, Rejected
from flashnotes.scanning import Choices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flashnotes.deckfile.files import DeckFile

LINES = (
    "**Momentum**: a running mean of past gradients that is added to the step.",
    "**Momentum**: the product of the mass and the velocity of a body.",
    "**Momentun**: a running mean of past gradients that is added to the step.",
    "**Epoch**: one pass over all examples of the training set.",
    "**自举**：用已有的估计值去更新另一个估计值的做法。",
    "自举是指用已有的估计值去更新另一个估计值的做法。",
    "Dropout is a regularization technique that switches off units at random during training.",
    "We used stochastic gradient descent (SGD) in all runs.",
    "- Attention is how our model reads.",
    "Just a remark on the weather.",
    "**Kernel**: the weights that slide over a picture. ![a kernel](kernel.png)",
    "**Back propagation**: the chain rule applied to a network from its end to its beginning.",
)
_LATER = Moment(4_000_000_000_000)


@cache
def _empty_home() -> Path:
    """Made once: a database is slow to begin."""
    home = Path(mkdtemp()) / "home"
    atexit.register(shutil.rmtree, home.parent)
    Library.open(Home(home), Settings(), at=_LATER).store.close()
    return home


class Notes:
    """A folder of notes beside a home; every change gets a time of its own."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "notes"
        self.folder.mkdir()
        self.home = Home(root / "home")
        shutil.copytree(_empty_home(), self.home.path)
        self.library = Library.open(self.home, Settings(), at=_LATER)
        self.clock = 1_700_000_000

    def write(self, name: str, lines: list[int]) -> None:
        path = self.folder / f"{name}.md"
        path.write_text("# Nets\n\n" + "\n\n".join(LINES[line] for line in lines) + "\n", encoding="utf-8")
        self.touch(name)

    def touch(self, name: str) -> None:
        self.clock += 10
        if (self.folder / f"{name}.md").exists():
            os.utime(self.folder / f"{name}.md", (self.clock, self.clock))

    def remove(self, name: str) -> None:
        (self.folder / f"{name}.md").unlink(missing_ok=True)

    def rename(self, name: str, other: str) -> None:
        if (self.folder / f"{name}.md").exists():
            (self.folder / f"{name}.md").replace(self.folder / f"{other}.md")

    def change_card(self, number: int, what: str) -> None:
        """What a person does to a card in the deck file."""
        files, _ = read_decks(self.home.decks)
        places = [(file, place) for file in files for place in range(len(file.deck.cards))]
        if not places:
            return
        file, place = places[number % len(places)]
        card = file.deck.cards[place]
        cards = list(file.deck.cards)
        deck = file.deck
        if what == "delete":
            del cards[place]
        elif what == "reject":
            deck = reject(deck, [Rejected(card.id, card.extracted or "")])
            cards = list(deck.cards)
        else:
            changes: dict[str, Any] = {
                "front": {"front": "My own term"},
                "back": {"back": "my own words"},
                "retire": {"retired": not card.retired},
                "tag": {"tags": ("mine",)},
            }
            cards[place] = replace(card, **changes[what])
        change_deck(file, replace(deck, cards=tuple(cards)))
        self.library.refresh()

    def change_deck_file(self, number: int, what: str) -> None:
        """What a person does to a deck file."""
        paths = sorted(self.home.decks.glob("*.yaml"))
        if not paths:
            return
        path = paths[number % len(paths)]
        if what == "delete":
            path.unlink()
        elif what == "move":
            path.replace(self.home.decks / f"{'ab'[number % 2]}-moved.yaml")
        elif what == "break":
            path.write_text(path.read_text() + "\t: [")
        elif what == "write":
            by_hand = f"deck: mine\ncards:\n- front: {('Epoch', 'Momentum')[number % 2]}\n  back: by hand\n"
            (self.home.decks / "mine.yaml").write_text(by_hand)
        else:
            self._change_deck(path, number, what)
        self.library.refresh()

    def _change_deck(self, path: Path, number: int, what: str) -> None:
        try:
            file = read_deck(path)
        except DeckError:
            path.unlink()
            return
        deck = file.deck
        if what == "rename":
            change_deck(file, replace(deck, name="Mine"))
        elif what == "split" and len(deck.cards) > 1:
            half = len(deck.cards) // 2
            other = Deck(deck.name if number % 2 else "Other", deck.cards[half:])
            change_deck(file, replace(deck, cards=deck.cards[:half]))
            write_deck(place_deck(self.home.decks, f"part {self.clock}"), other)
            self.clock += 1

    def draw(self, what: int) -> None:
        """Put a picture beside the notes, another one, or none."""
        picture = self.folder / "kernel.png"
        picture.unlink(missing_ok=True)
        if what:
            picture.write_bytes(b"a picture" * what)
            self.clock += 10
            os.utime(picture, (self.clock, self.clock))

    def forgive(self) -> None:
        """Take the list of rejected cards out of the decks."""
        for file in read_decks(self.home.decks)[0]:
            change_deck(file, replace(file.deck, rejected=()))
        self.library.refresh()

    def plan(self, choices: Choices | None = None, name: str | None = None) -> Import:
        note = self.folder / f"{name}.md"
        path = note if name and note.exists() else self.folder
        return plan_import(self.library, [path], at=_LATER, choices=choices)


def told(done: Import) -> list[tuple[str, ...]]:
    """All that a plan says, in an order of its own; what scored little and was left is not offered again."""
    entries = (
        (
            str(entry.status),
            entry.deck,
            entry.card.id,
            entry.card.front,
            str(entry.place),
            f"{entry.score:.4f}",
            entry.reason,
            str(entry.card.retired),
        )
        for entry in done.plan.every_entry()
        if entry.score >= RECOMMENDED_SCORE
        or (entry.card.id in done.shelf and entry.status is not Status.UNCERTAIN)
    )
    return [
        *sorted(entries),
        *((reason,) for reason in done.plan.must_ask),
        (str(done.plan.counts()["same"]),),
    ]


_names = st.sampled_from("abcd")
_steps = st.one_of(
    st.tuples(st.just("write"), _names, st.lists(st.integers(0, len(LINES) - 1), max_size=5)),
    st.tuples(st.just("touch"), _names),
    st.tuples(st.just("remove"), _names),
    st.tuples(st.just("rename"), _names, _names),
    st.tuples(
        st.just("change_card"),
        st.integers(0, 9),
        st.sampled_from(["delete", "reject", "front", "back", "retire", "tag"]),
    ),
    st.tuples(
        st.just("change_deck_file"),
        st.integers(0, 9),
        st.sampled_from(["delete", "move", "break", "write", "rename", "split", "split"]),
    ),
    st.tuples(st.just("draw"), st.integers(0, 2)),
    st.tuples(st.just("forgive")),
)
_choices = st.builds(
    Choices,
    deck=st.sampled_from([None, None, None, "Other"]),
    by_heading=st.booleans(),
    min_score=st.sampled_from([None, None, 0.3]),
)
_takes = st.sampled_from(["all", "all", "all", "some", "none", "uncertain as new"])
_paths = st.sampled_from([None, None, None, "a", "b"])
_lives = st.lists(st.tuples(_steps, _choices, _paths, _takes), min_size=2, max_size=8)


@contextmanager
def fresh_notes() -> Iterator[Notes]:
    with TemporaryDirectory() as root:
        notes = Notes(Path(root))
        try:
            yield notes
        finally:
            notes.library.store.close()


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(_lives)
def test_a_plan_is_the_same_with_unchanged_notes_and_decks_read_and_unread(
    life: list[tuple[tuple[Any, ...], Choices, str | None, str]],
) -> None:
    with fresh_notes() as notes:
        for name, lines in {"a": [0, 3, 7, 10], "b": [3, 4, 6, 8], "c": [9, 10]}.items():
            notes.write(name, lines)
        first = notes.plan()
        first.take(first.plan.taken())
        for (what, *how), choices, path, takes in life:
            getattr(notes, what)(*how)
            done = notes.plan(choices, path)
            assert told(done) == told(notes.plan(replace(choices, reread=True), path))
            take(done, takes)


def take(done: Import, which: str) -> None:
    taken = done.plan.taken(threshold=RECOMMENDED_SCORE)
    if which == "some":
        taken = taken[::2]
    elif which == "uncertain as new":
        taken += [entry.as_new() for entry in done.plan.entries if entry.status is Status.UNCERTAIN]
    if which != "none":
        # A deck that cannot be read is in the way of its cards.
        with contextlib.suppress(DeckError):
            done.take(taken)


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Notes]:
    made = Notes(tmp_path)
    for name, lines in {"a": [0, 3], "b": [4, 3], "c": [9]}.items():
        made.write(name, lines)
    first = made.plan()
    first.take(first.plan.taken())
    yield made
    made.library.store.close()


def read_now(notes: Notes, choices: Choices | None = None) -> set[str]:
    scanner = notes.plan(choices).scanner
    assert scanner is not None
    return {Path(place).stem for place in scanner.read}


def test_what_did_not_change_is_not_read(notes: Notes) -> None:
    assert read_now(notes) == set()
    notes.touch("a")
    assert read_now(notes) == set(), "the same content at another time"
    notes.write("c", [6])
    assert read_now(notes) == {"c"}
    notes.write("a", [0])
    assert read_now(notes) == {"a", "c"}
    statuses = {entry.card.front: str(entry.status) for entry in notes.plan().plan.entries}
    assert statuses["Epoch"] == "moved", "the passage that stood in both is now only in b"
    assert read_now(notes, Choices(reread=True)) == {"a", "b", "c"}


@pytest.mark.parametrize(
    "choices", [Choices(encoding="big5"), Choices(min_score=0.3)], ids=["encoding", "score"]
)
def test_another_way_of_reading_reads_again(notes: Notes, choices: Choices) -> None:
    assert read_now(notes, choices) == {"a", "b", "c"}


def test_another_extractor_reads_all_again(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = notes.home.path / "weights.py"

    def change(text: str) -> None:
        copy.write_text(text)
        importcache._mark_of.cache_clear()

    change("BIAS = 1\n")
    monkeypatch.setattr(importcache, "_OURS", (*importcache._OURS, str(notes.home.path)))
    assert read_now(notes) == {"a", "b", "c"}
    second = notes.plan()
    second.take(second.plan.taken())
    assert read_now(notes) == set()
    change("BIAS = 2.5\n")
    assert read_now(notes) == {"a", "b", "c"}


def edited(file: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_text("nonsense" * 1000),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: edited(file, "UPDATE readers SET mark = 1"),
        lambda file: edited(file, "DROP TABLE note"),
        lambda file: edited(file, "UPDATE note SET said = 'nonsense'"),
        lambda file: edited(file, "UPDATE note SET size = 1"),
        lambda file: edited(file, "DROP TABLE readers", "CREATE TABLE readers (other TEXT)"),
    ],
)
def test_what_is_remembered_and_cannot_be_read_is_read_again(
    notes: Notes, damage: Callable[[Path], object]
) -> None:
    damage(notes.home.path / "cache" / "import.db")
    before = told(notes.plan(Choices(reread=True)))
    assert read_now(notes) == {"a", "b", "c"}
    again = notes.plan()
    assert told(again) == before
    again.take(again.plan.taken())
    assert told(notes.plan()) == before


def test_a_home_that_keeps_no_cache_is_imported_all_the_same(notes: Notes) -> None:
    shutil.rmtree(notes.home.path / "cache")
    (notes.home.path / "cache").write_text("in the way")
    again = notes.plan()
    assert again.scanner is not None
    assert len(again.scanner.read) == 3
    assert again.plan.counts()["same"] == 3
    again.take(again.plan.taken())
    assert told(notes.plan()) == told(notes.plan(Choices(reread=True)))


def decks_read(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The deck files that an import of all notes reads."""
    read: list[str] = []
    real = deckfiles.read_deck

    def watched(path: Path) -> DeckFile:
        read.append(path.name)
        return real(path)

    for module in (deckfiles, shelf, importer):
        monkeypatch.setattr(module, "read_deck", watched)
    done = notes.plan()
    done.take(done.plan.taken())
    return read


def test_a_deck_that_did_not_change_is_not_read(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        write_deck(
            notes.home.decks / f"far-{number}.yaml",
            Deck(f"far {number}", (Card(CardId(f"x-{number}"), CardKind.BASIC, "f", "b"),)),
        )
    notes.plan()
    assert decks_read(notes, monkeypatch) == []
    notes.write("c", [6])
    assert set(decks_read(notes, monkeypatch)) == {"notes.yaml"}


def test_a_deck_that_changes_while_the_plan_is_looked_at_is_not_written(notes: Notes) -> None:
    notes.write("c", [6])
    done = notes.plan()
    deck = notes.home.decks / "notes.yaml"
    deck.write_text(deck.read_text() + "# mine\n")
    before = deck.read_bytes()
    with pytest.raises(DeckError, match="changed while it was being worked on"):
        done.take(done.plan.taken())
    assert deck.read_bytes() == before
    again = notes.plan()
    again.take(again.plan.taken())
    assert b"# mine" in deck.read_bytes()
    assert b"Dropout" in deck.read_bytes()


def test_a_card_of_a_weak_passage_stays_while_the_passage_does(notes: Notes) -> None:
    """A card that was chosen on the screen although it scored little, then the note is imported without the screen."""
    notes.write("c", [8, 9])
    on_screen = notes.plan(Choices(min_score=0.0))
    weak = [entry for entry in on_screen.plan.entries if entry.status is Status.NEW and entry.score < 0.6]
    assert weak, "the corpus needs a weak passage"
    on_screen.take(on_screen.plan.taken())
    statuses = {entry.card.id: entry.status for entry in notes.plan(Choices(reread=True)).plan.entries}
    assert {statuses[entry.card.id] for entry in weak} == {Status.SAME}
    notes.rename("c", "d")
    statuses = {entry.card.id: entry.status for entry in notes.plan().plan.entries}
    assert {statuses[entry.card.id] for entry in weak} == {Status.MOVED}
    notes.write("d", [9])
    statuses = {entry.card.id: entry.status for entry in notes.plan().plan.entries}
    assert {statuses[entry.card.id] for entry in weak} == {Status.RETIRED}


def test_what_was_left_on_the_screen_for_its_score_is_offered_once(notes: Notes) -> None:
    """Also where it stands in two notes."""
    notes.write("c", [8, 9])
    notes.write("d", [8])
    on_screen = Choices(min_score=0.0)
    first = notes.plan(on_screen)
    assert [entry.card.front for entry in first.plan.entries if entry.status is Status.NEW] == ["Attention"]
    first.take(first.plan.taken(threshold=RECOMMENDED_SCORE))
    assert "new" not in {str(entry.status) for entry in notes.plan(on_screen).plan.entries}
