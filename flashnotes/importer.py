"""Imports, from files to files: reads notes and decks, asks `importing` for the plan, writes what was taken."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.deckfile.files import change_deck, place_deck, read_deck, read_decks, write_deck
from flashnotes.errors import DeckError, NoteError
from flashnotes.extract import extract
from flashnotes.importing import Entry, NoteCards, Plan, Scan, Status, plan_deck, plan_notes, reject, revised
from flashnotes.notefiles import SUFFIXES, find_notes, read_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashnotes.deckfile.files import DeckFile
    from flashnotes.library import Library
    from flashnotes.models import Deck

DECK_SUFFIXES = (".yaml", ".yml")
PACKAGE_SUFFIXES = (".apkg", ".colpkg")
_ASKED = frozenset({Status.NEW, Status.CHANGED, Status.MOVED, Status.RETIRED})
_ANKI_HEADERS = (
    "#separator:",
    "#html:",
    "#columns:",
    "#notetype:",
    "#deck:",
    "#tags:",
    "#guid column:",
    "#if matches:",
)


@dataclass(slots=True)
class Import:
    """An import on its way: what there is, what would change, what was refused."""

    library: Library
    files: list[DeckFile]
    known: list[Deck]
    """The decks of `files`, with the cards that the person deleted among the rejected."""
    plan: Plan = field(default_factory=Plan)
    problems: list[str] = field(default_factory=list)
    """What was refused, a line each: the rest is done."""
    remarks: list[str] = field(default_factory=list)
    """What was passed over."""

    @property
    def writes(self) -> bool:
        """Whether taking the plan would change anything worth asking about."""
        return any(entry.status in _ASKED for entry in self.plan.entries)

    def take(self, entries: Iterable[Entry]) -> None:
        """Write what `entries` change, deck by deck, and bring the library up to date.

        Raises DeckError; decks written before it stay written, each whole.
        """
        by_name = {file.deck.name: file for file in self.files}
        for deck in revised(self.known, entries):
            self._write(by_name.get(deck.name), deck)
        self.library.refresh()

    def _write(self, file: DeckFile | None, deck: Deck) -> None:
        if file is not None:
            change_deck(file, deck)
        else:
            self.library.home.make()
            write_deck(place_deck(self.library.home.decks, deck.name), deck)


def plan_import(library: Library, paths: Sequence[Path], *, deck: str | None = None) -> Import:
    """The import of the notes and deck files at `paths`; cards without a deck of their own go to `deck`."""
    files, unreadable = read_decks(library.home.decks)
    known = [reject(file.deck, library.deleted(file.deck)) for file in files]
    done = Import(library, files, known, problems=[str(error) for error in unreadable])
    notes = [path for path in paths if not _is_other(path, done)]
    scan = _Scanner(library.home.path, deck, done).scan(notes)
    plans = [plan_notes(known, _with_missing(scan, known, library.home.path))]
    plans += [plan_deck(known, foreign) for foreign in _foreign_decks(paths, deck, done)]
    done.plan = Plan(
        tuple(entry for plan in plans for entry in plan.entries),
        tuple(reason for plan in plans for reason in plan.must_ask),
    )
    return done


def _is_other(path: Path, done: Import) -> bool:
    """Whether `path` is no note; what cannot be imported at all is told."""
    suffix = path.suffix.lower()
    if path.is_dir() or not path.exists():
        return False
    if suffix in PACKAGE_SUFFIXES or (suffix in (".txt", ".csv") and _has_anki_header(path)):
        done.problems.append(
            f"{path}: is an Anki export, and importing those is not built yet. Nothing of it was taken."
        )
        return True
    if suffix not in (*SUFFIXES, *DECK_SUFFIXES):
        done.problems.append(
            f"{path}: is no note ({' '.join(SUFFIXES)}) and no deck (.yaml). Give it one of these endings."
        )
        return True
    return suffix in DECK_SUFFIXES


def _has_anki_header(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(64).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").lower()
    except OSError:
        return False
    return start.startswith(_ANKI_HEADERS)


@dataclass(slots=True)
class _Scanner:
    """Reads notes for one import."""

    home: Path
    deck: str | None
    done: Import

    def scan(self, paths: Iterable[Path]) -> Scan:
        notes: dict[str, NoteCards] = {}
        folders: list[str] = []
        for path in paths:
            try:
                found = find_notes([path])
            except NoteError as error:
                self.done.problems.append(str(error))
                continue
            self.done.remarks.extend(found.skipped)
            if path.is_dir():
                folders.append(relative(path, self.home))
            for file in found.notes:
                self._read(file, notes)
        return Scan(tuple(notes.values()), tuple(folders))

    def _read(self, file: Path, notes: dict[str, NoteCards]) -> None:
        place = relative(file, self.home)
        if place in notes:
            return
        try:
            note = read_note(file)
        except NoteError as error:
            self.done.problems.append(str(error))
            return
        deck = self.deck or note.deck or file.absolute().parent.name or "notes"
        notes[place] = NoteCards(place, deck, tuple(extract(note)), note.tags)


def _with_missing(scan: Scan, decks: Iterable[Deck], home: Path) -> Scan:
    """`scan` with the sources of cards at which no file is any more."""
    sources = {card.source.path for deck in decks for card in deck.cards if card.source}
    missing = frozenset(path for path in sources if not (home / path).exists())
    return Scan(scan.notes, scan.folders, missing)


def _foreign_decks(paths: Iterable[Path], name: str | None, done: Import) -> Iterable[Deck]:
    from dataclasses import replace

    for path in paths:
        if path.suffix.lower() in DECK_SUFFIXES and path.is_file():
            try:
                deck = read_deck(path).deck
            except DeckError as error:
                done.problems.append(str(error))
                continue
            yield replace(deck, name=name) if name else deck


def relative(path: Path, home: Path) -> str:
    """`path` as seen from the home, with forward slashes and `..` where needed."""
    try:
        return Path(os.path.relpath(path.absolute(), home)).as_posix()
    except ValueError:
        # Another drive on Windows: no way there from the home.
        return path.absolute().as_posix()
