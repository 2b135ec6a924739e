"""Imports, from files to files: reads notes and decks, asks `importing` for the plan, writes what was taken."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.deckfile.files import change_deck, place_deck, read_deck, read_decks, write_deck
from flashnotes.errors import AnkiError, DeckError, NoteError
from flashnotes.extraction import Extracted, extract_files
from flashnotes.importing import Entry, NoteCards, Plan, Scan, Status, plan_deck, plan_notes, reject, revised
from flashnotes.notefiles import SUFFIXES, find_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from flashnotes.deckfile.files import DeckFile
    from flashnotes.fromanki import FromAnki
    from flashnotes.library import Library
    from flashnotes.models import CardId, Deck, Moment

DECK_SUFFIXES = (".yaml", ".yml")
_PACKAGE_SUFFIXES = (".apkg", ".colpkg")
_TEXT_SUFFIXES = (".txt", ".csv")
_ASKED = frozenset({Status.NEW, Status.CHANGED, Status.MOVED, Status.RETIRED})


@dataclass(slots=True)
class Import:
    """An import on its way: what there is, what would change, what was refused."""

    library: Library
    at: Moment
    files: list[DeckFile]
    known: list[Deck]
    """The decks of `files`, with the cards that the person deleted among the rejected."""
    plan: Plan = field(default_factory=Plan)
    problems: list[str] = field(default_factory=list)
    """What was refused, a line each: the rest is done."""
    remarks: list[str] = field(default_factory=list)
    """What was passed over."""
    from_anki: list[FromAnki] = field(default_factory=list)
    reviews: int = 0
    """Reviews made in Anki that are not here yet."""

    @property
    def writes(self) -> bool:
        """Whether taking the plan would change anything worth asking about."""
        return self.reviews > 0 or any(entry.status in _ASKED for entry in self.plan.entries)

    def findings(self) -> list[str]:
        """What would make the new and changed cards hard to learn, a line each, naming the rule broken."""
        from flashnotes.lint import check_deck
        from flashnotes.models import Deck

        written = [entry.card for entry in self.plan.entries if entry.status in (Status.NEW, Status.CHANGED)]
        fronts = {card.id: card.front for card in written}
        return [
            f"{finding.rule}: {fronts[finding.card_id]}: {finding.message}"
            for finding in check_deck(Deck("", tuple(written)))
        ]

    def take(self, entries: Iterable[Entry]) -> None:
        """Write what `entries` change, deck by deck, and bring the library up to date.

        Raises DeckError; decks written before it stay written, each whole.
        """
        entries = list(entries)
        take_back = self._take_media()
        try:
            self._write_decks(revised(self.known, entries))
        except DeckError:
            take_back()
            raise
        self.library.refresh()
        self._take_reviews({entry.card.id for entry in entries})

    def _take_media(self) -> Callable[[], None]:
        if not self.from_anki:
            return _nothing
        from flashnotes.fromanki import take_media

        return take_media(self.from_anki, self.library.home.media)

    def _take_reviews(self, card_ids: Collection[CardId]) -> None:
        """One transaction, after a backup, for what all files say of the cards that were taken."""
        known = [each for file in self.from_anki for each in file.histories if each.card_id in card_ids]
        if known:
            from flashnotes.wording import counted

            store = self.library.store
            store.back_up_if_changed(self.at)
            taken = store.take_foreign(known, at=self.at)
            self.reviews = taken.reviews
            if taken.future:
                told = counted(taken.future, "review")
                self.remarks.append(
                    f"left out {told} made at a time that is still to come: look at the clocks."
                )

    def _write_decks(self, decks: Iterable[Deck]) -> None:
        by_name = {file.deck.name: file for file in self.files}
        for deck in decks:
            self._write(by_name.get(deck.name), deck)

    def _write(self, file: DeckFile | None, deck: Deck) -> None:
        if file is not None:
            change_deck(file, deck)
        else:
            self.library.home.make()
            write_deck(place_deck(self.library.home.decks, deck.name), deck)


def _nothing() -> None:
    pass


def plan_import(library: Library, paths: Sequence[Path], *, at: Moment, deck: str | None = None) -> Import:
    """The import of what is at `paths`: notes, deck files, Anki's exports; new cards of notes go to `deck`."""
    files, unreadable = read_decks(library.home.decks)
    known = [reject(file.deck, library.deleted(file.deck)) for file in files]
    done = Import(library, at, files, known, problems=[str(error) for error in unreadable])
    notes = [path for path in paths if not _is_other(path, done)]
    scan = _Scanner(library.home.path, deck, done).scan(notes)
    plans = [plan_notes(known, _with_missing(scan, known, library.home.path))]
    plans += [plan_deck(known, foreign) for foreign in _foreign_decks(paths, deck, done)]
    plans += _plan_anki([path for path in paths if _is_from_anki(path)], deck, done)
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
    if _is_from_anki(path):
        return True
    if suffix not in (*SUFFIXES, *DECK_SUFFIXES):
        done.problems.append(
            f"{path}: is no note ({' '.join(SUFFIXES)}), no deck (.yaml) and no export of Anki's (.apkg .colpkg, "
            "or .txt and .csv with its header). Give it one of these endings."
        )
        return True
    return suffix in DECK_SUFFIXES


def _is_from_anki(path: Path) -> bool:
    suffix = path.suffix.lower()
    if not path.is_file():
        return False
    return suffix in _PACKAGE_SUFFIXES or (suffix in _TEXT_SUFFIXES and _has_anki_header(path))


def _has_anki_header(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            first = file.readline(200).decode("utf-8-sig", "replace")
    except OSError:
        return False
    if not first.startswith("#"):
        return False
    from flashnotes.anki import is_anki_text

    return is_anki_text(first)


def _plan_anki(paths: Sequence[Path], deck: str | None, done: Import) -> Iterator[Plan]:
    """The plans of Anki's files, each on top of those before it."""
    if not paths:
        return
    from flashnotes.fromanki import plan_file

    decks = {each.name: each for each in done.known}
    for path in paths:
        try:
            file = plan_file(path, done.library, list(decks.values()), done.at, deck=deck)
        except AnkiError as error:
            done.problems.append(str(error))
            continue
        decks.update((each.name, each) for each in revised(list(decks.values()), file.plan.taken()))
        done.from_anki.append(file)
        done.remarks.extend(file.remarks)
        yield file.plan
    histories = [each for file in done.from_anki for each in file.histories]
    done.reviews = done.library.store.take_foreign(histories, at=done.at, dry_run=True).reviews


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
            new = {place: file for file in found.notes if (place := relative(file, self.home)) not in notes}
            for place, extracted in zip(new, extract_files(list(new.values())), strict=True):
                self._add(place, extracted, notes)
        return Scan(tuple(notes.values()), tuple(folders))

    def _add(self, place: str, extracted: Extracted, notes: dict[str, NoteCards]) -> None:
        if extracted.problem:
            self.done.problems.append(extracted.problem)
            return
        deck = self.deck or extracted.deck or extracted.path.absolute().parent.name or "notes"
        notes[place] = NoteCards(place, deck, extracted.candidates, extracted.tags)


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
