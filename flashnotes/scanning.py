"""Reads the notes of an import: which there are, which changed, what the rules find in them, where it goes."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, text_hash
from flashnotes.errors import NoteError
from flashnotes.extract import RECOMMENDED_SCORE
from flashnotes.extraction import Extracted, extract_files
from flashnotes.importing import (
    NoteCards,
    Outcome,
    Scan,
    Unread,
    cleaned,
    is_decided,
    outcomes_by_note,
    shifts,
)
from flashnotes.models import Card
from flashnotes.notefiles import find_notes, read_rendered
from flashnotes.notes import without_export_id
from flashnotes.notestamps import NoteStamp, NoteStamps, Remembered, read_stamps, stamp_of
from flashnotes.pictures import bring_pictures, names_pictures, still_shown
from flashnotes.shelf import Sourced

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from flashnotes.home import Home
    from flashnotes.importcache import Cache
    from flashnotes.importing import Entry, Plan
    from flashnotes.models import Candidate, Moment
    from flashnotes.pictures import Inside
    from flashnotes.shelf import Shelf

    Progress = Callable[[Iterable[Extracted], int], Iterable[Extracted]]
    """Shows how far the reading of so many notes is, and passes them on."""

_DEEPEST = 6
"""Names of folders that a deck's name is made of."""
_LONGEST = 80
"""Characters of each."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may say about an import."""

    deck: str | None = None
    """Where new cards go; None for the note's front matter, else its folders."""
    by_heading: bool = False
    """A deck for each heading of the first level, inside the note's."""
    encoding: str | None = None
    """Of notes that are not UTF-8; `auto` for the likeliest."""
    min_score: float | None = None
    """The least score of a card that is offered; None for the recommended one."""
    reread: bool = False
    """Read unchanged notes too."""


@dataclass(slots=True)
class Scanner:
    """Reads notes for one import."""

    home: Home
    shelf: Shelf
    at: Moment
    choices: Choices
    cache: Cache
    progress: Progress = lambda notes, _: notes
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    pictures: dict[str, Path | Inside] = field(default_factory=dict)
    """The pictures that cards name, by the name they get in `media/`."""
    read: dict[str, tuple[Path, str]] = field(default_factory=dict)
    """The notes that were read now, each with the deck that its folders give it."""
    _stamps: NoteStamps = field(init=False)
    _fresh: dict[str, NoteStamp] = field(default_factory=dict)
    """Those notes as they were then."""
    _same: dict[str, NoteStamp] = field(default_factory=dict)
    """The others, which did not change."""
    _unread: dict[str, Unread] = field(default_factory=dict)
    """What of those need not be looked at."""
    _files: dict[str, tuple[Path, str]] = field(default_factory=dict)
    """All that were looked at."""
    _folders: dict[str, list[str]] = field(default_factory=dict)
    """Folders of pictures beside the notes."""
    _said: dict[str, tuple[str | None, tuple[str, ...]]] = field(default_factory=dict)
    """The deck and the tags that notes read now have in their front matter."""
    _notes: dict[str, NoteCards] = field(default_factory=dict)
    """What there is to plan."""

    def __post_init__(self) -> None:
        self._stamps = NoteStamps() if self.choices.reread else read_stamps(self.cache)

    @property
    def _least(self) -> float:
        return RECOMMENDED_SCORE if self.choices.min_score is None else self.choices.min_score

    def scan(self, paths: Iterable[Path]) -> Scan:
        """What the notes among and under `paths` hold; what cannot be read is told in the problems."""
        folders: list[str] = []
        for path in paths:
            try:
                found = find_notes([path])
            except NoteError as error:
                self.problems.append(str(error))
                continue
            self.remarks.extend(found.skipped)
            self.problems.extend(found.refused)
            if path.is_dir():
                folders.append(relative(path, self.home.path))
            places = _Places(path, self.home.path)
            for file in found.notes:
                place, deck = places.of(file)
                self._files.setdefault(place, (file, deck))
        self._sort_out()
        read = self._read()
        for place, (file, deck) in self._files.items():
            if place in read:
                self._add(place, deck, read[place])
            elif place in self._same:
                self._add_open(place, file, deck)
        missing = self._missing()
        self._look_closer(missing)
        return Scan(tuple(self._notes.values()), tuple(folders), missing, self._unread, self._least)

    def _sort_out(self) -> None:
        """Which notes are to be read, and which are as they were."""
        refused = {(entry.id, entry.passage) for entry in self.shelf.refused()}
        for place, (file, deck) in self._files.items():
            stamp = self._stamps.unchanged(place, file, self.at)
            fits = stamp is not None and stamp.fits(self.choices.encoding, self._least)
            if stamp is not None and fits and self._is_in_step(place, stamp, refused):
                self._same[place] = stamp
            else:
                self.read[place] = (file, deck)

    def _is_in_step(self, place: str, stamp: NoteStamp, refused: Collection[tuple[str, str]]) -> bool:
        """The cards of the note are in the decks as they were, what was refused is refused, its pictures are the same."""
        if self.shelf.sources.get(place, Sourced()).mark != stamp.mark:
            return False
        if not all(
            (each.id, each.passage) in refused or (each.id, "") in refused for each in stamp.unread.refused
        ):
            return False
        if not stamp.pictures:
            return True
        pictures = still_shown(self._files[place][0], stamp.pictures, self._folders)
        self.pictures.update(pictures or {})
        return pictures is not None

    def _read(self) -> dict[str, Extracted]:
        for place, (file, _) in self.read.items():
            fresh = stamp_of(file, self.at, encoding=self.choices.encoding, least=self._least)
            if fresh is not None:
                self._fresh[place] = fresh
        doubles = {double.id for stamp in self._same.values() for double in stamp.unread.doubles}
        homes = self.shelf.homes(doubles)
        for place, stamp in self._same.items():
            kept = tuple(each for each in stamp.unread.doubles if self._stands(each.id, homes))
            self._unread[place] = (
                replace(stamp.unread, doubles=kept) if stamp.unread.doubles else stamp.unread
            )
        read = extract_files(
            [file for file, _ in self.read.values()],
            min_score=self.choices.min_score,
            encoding=self.choices.encoding,
        )
        return dict(zip(self.read, self.progress(read, len(self.read)), strict=True))

    def _stands(self, card_id: str, homes: Mapping[str, str]) -> bool:
        """The card is one that is decided on in an unchanged note."""
        home = self._same.get(homes.get(card_id, ""))
        return home is not None and card_id in home.unread.scores

    def _add(self, place: str, deck: str, extracted: Extracted) -> None:
        if extracted.problem:
            self.problems.append(extracted.problem)
            return
        self._said[place] = extracted.deck, extracted.tags
        candidates = tuple(map(cleaned, extracted.candidates))
        if names_pictures(extracted.path):
            candidates = self._with_pictures(place, candidates, extracted.path)
        self._put(place, extracted.deck or deck, candidates, extracted.tags)

    def _add_open(self, place: str, file: Path, deck: str) -> None:
        """What of an unchanged note is still to be decided on, and what leans on a card that may change."""
        stamp, unread = self._same[place], self._unread[place]
        settled = {
            number
            for number, double in zip(stamp.found.doubles, stamp.unread.doubles, strict=True)
            if double in unread.doubles
        }
        candidates = tuple(
            each
            for number, each in enumerate(stamp.found.candidates)
            if number not in settled and each.score >= self._least
        )
        is_lacking = self.shelf.sources.get(place, Sourced()).cards > len(unread.scores)
        if candidates or is_lacking:
            self._put(place, stamp.found.deck or deck, candidates, stamp.found.tags)

    def _put(self, place: str, deck: str, candidates: tuple[Candidate, ...], tags: tuple[str, ...]) -> None:
        chosen = self.choices.deck or deck
        self._notes[place] = NoteCards(place, chosen, candidates, tags, by_heading=self.choices.by_heading)

    def _with_pictures(
        self, place: str, candidates: Sequence[Candidate], path: Path
    ) -> tuple[Candidate, ...]:
        try:
            rendered = read_rendered(path, self.choices.encoding)
        except NoteError:
            return tuple(candidates)
        brought = bring_pictures(candidates, path, rendered)
        self.pictures.update(brought.files)
        if place in self._fresh:
            self._fresh[place] = replace(self._fresh[place], pictures=brought.shown)
        return brought.candidates

    def _look_closer(self, missing: Collection[str]) -> None:
        """Find the passages of cards that were taken although they scored little, or score little by now."""
        lost = self._lost(missing)
        wanted = {name for card in lost for name in _names(card)}
        suspected = {card.source.path for card in lost if card.source}
        if not suspected <= self._notes.keys():
            # The note of a card is gone: it may be any of the new ones.
            suspected |= {
                place for place in self._notes if not self.shelf.sources.get(place, Sourced()).cards
            }
        places = [place for place in self._notes if place in suspected]
        files = [self._files[place][0] for place in places]
        read = extract_files(files, min_score=0.0, encoding=self.choices.encoding)
        for place, extracted in zip(places, read, strict=True):
            found = (cleaned(each) for each in extracted.candidates if each.score < self._least)
            weak = [each for each in found if not wanted.isdisjoint(_names(each))]
            if weak and names_pictures(extracted.path):
                weak = list(self._with_pictures(place, weak, extracted.path))
            note = self._notes[place]
            self._notes[place] = replace(note, candidates=(*note.candidates, *self._undecided(place, weak)))

    def _undecided(self, place: str, weak: Iterable[Candidate]) -> Iterator[Candidate]:
        """Those of `weak` that are not cards of an unchanged note already."""
        unread = self._unread.get(place)
        there = (card for card in self.shelf.of_notes([place]) if unread and card.id in unread.scores)
        texts = {(card.kind, fold_term(card.front), card.extracted) for card in there}
        for each in weak:
            if (each.kind, fold_term(each.front), text_hash(each.front, each.back)) not in texts:
                yield each

    def _lost(self, missing: Collection[str]) -> list[Card]:
        """The cards whose text was found nowhere in what was read."""
        suspected = [
            place
            for place in (*self._notes, *missing)
            if (there := self.shelf.sources.get(place)) and there.cards > self._decided_in(place)
        ]
        if not suspected:
            return []
        texts = {
            text_hash(each.front, each.back) for note in self._notes.values() for each in note.candidates
        }
        lost = [
            card
            for card in self.shelf.of_notes(suspected)
            if card.extracted not in texts and not is_decided(card, self._unread)
        ]
        alike = self.shelf.of_texts({card.extracted for card in lost if card.extracted})
        found = {card.extracted for card in alike if is_decided(card, self._unread)}
        return [card for card in lost if card.extracted not in found]

    def _decided_in(self, place: str) -> int:
        return len(self._unread[place].scores) if place in self._unread else 0

    def _missing(self) -> frozenset[str]:
        """Sources of cards at which no file is any more."""
        known = self._notes.keys() | self._same.keys()
        return frozenset(
            path for path in self.shelf.sources if path not in known and _is_gone(self.home.path / path)
        )

    def settle(self, plan: Plan, taken: Sequence[Entry]) -> None:
        """Remember what is decided on, so that it is looked at again only when its note or its card changes."""
        if self.choices.reread:
            return
        outcomes = outcomes_by_note(self._notes.values(), plan, taken, self.shelf)
        shifted = shifts(taken)
        stamps = dict(self._same)
        for place, outcome in outcomes.items():
            if place in self._fresh or place in self._same:
                mark = self.shelf.sources.get(place, Sourced()).mark + shifted.get(place, 0)
                stamps[place] = self._stamp(place, outcome, mark)
        self._stamps.remember(stamps, self._fresh.keys() - stamps.keys(), self.cache)

    def _stamp(self, place: str, outcome: Outcome, mark: int) -> NoteStamp:
        before, kept = self._fresh.get(place), Unread()
        mentions = {id(said): mention for mention, said in outcome.doubles}
        left = {id(each) for each in outcome.open if each.score >= RECOMMENDED_SCORE}
        if before is not None:
            said, (deck, tags) = self._notes[place].candidates, self._said[place]
        else:
            before, kept = self._same[place], self._unread[place]
            said, numbers, deck, tags = before.found
            doubles = zip(numbers, before.unread.doubles, strict=True)
            mentions |= {id(said[number]): double for number, double in doubles if double in kept.doubles}
            left |= {id(each) for each in said if each.score < self._least}
        found = tuple(each for each in said if id(each) in mentions or id(each) in left)
        numbers = tuple(number for number, each in enumerate(found) if id(each) in mentions)
        unread = Unread(
            {**kept.scores, **outcome.scores},
            tuple(mentions[id(found[number])] for number in numbers),
            (*kept.refused, *outcome.refused),
        )
        remembered = Remembered(found, numbers, deck, tags) if found else Remembered()
        return replace(before, mark=mark, unread=unread, found=remembered)


def _is_gone(path: Path) -> bool:
    """No file is at `path`; one that cannot be looked at may be there still."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return True
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def _names(card: Card | Candidate) -> Iterator[tuple[str, str]]:
    """What a passage and its card have in common: the text, or the term."""
    if isinstance(card, Card):
        yield "=", card.extracted or ""
    else:
        yield "=", text_hash(card.front, card.back)
    for name in (card.front, *card.aliases):
        yield card.kind.value, fold_term(name)


class _Places:
    """What the notes found under one path are called, folder by folder."""

    def __init__(self, root: Path, home: Path) -> None:
        self._root = root
        self._home = home
        self._folders: dict[str, tuple[str, str]] = {}

    def of(self, file: Path) -> tuple[str, str]:
        """The path of the note as seen from the home, and the deck that its folders give it."""
        folder, name = os.path.split(file)
        if folder not in self._folders:
            there = relative(file.parent, self._home)
            self._folders[folder] = ("" if there == "." else there + "/", deck_by_folder(file, self._root))
        before, deck = self._folders[folder]
        return before + name, deck


def deck_by_folder(file: Path, root: Path) -> str:
    """The deck of a note found under `root`: the folders from there on, nested; of a note named itself its folder."""
    folder = file.absolute().parent
    top = root.absolute() if root.is_dir() else folder
    names = [top.name, *folder.relative_to(top).parts] if folder.is_relative_to(top) else [folder.name]
    parts = [part for name in names[:_DEEPEST] if (part := _deck_part(name))]
    return "::".join(parts) or "notes"


def _deck_part(name: str) -> str:
    plain = " ".join(without_export_id(name).replace("::", ":").split())
    return plain.encode("utf-8", "replace").decode()[:_LONGEST].strip(": ")


def relative(path: Path, home: Path) -> str:
    """`path` as seen from the home, with forward slashes and `..` where needed."""
    try:
        return Path(os.path.relpath(path.absolute(), home)).as_posix()
    except ValueError:
        # Another drive on Windows: no way there from the home.
        return path.absolute().as_posix()
