"""Reads the notes of an import: which there are, which changed, what the rules find in them, where it goes."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, text_hash
from flashnotes.errors import NoteError
from flashnotes.extract import RECOMMENDED_SCORE
from flashnotes.extraction import Extracted, extract_files
from flashnotes.importing import NoteCards, Outcome, Scan, outcomes_by_note
from flashnotes.models import Card
from flashnotes.notefiles import find_notes, read_lines
from flashnotes.notes import without_export_id
from flashnotes.notestamps import NoteStamp, NoteStamps, Remembered, cards_mark, read_stamps, stamp_of
from flashnotes.pictures import bring_pictures, names_pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from flashnotes.home import Home
    from flashnotes.importing import Entry, Mention, Plan
    from flashnotes.models import Candidate, Deck, Moment

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
    decks: Sequence[Deck]
    at: Moment
    choices: Choices
    progress: Progress = lambda notes, _: notes
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    pictures: dict[str, Path] = field(default_factory=dict)
    """The pictures that cards name, by the name they get in `media/`."""
    _stamps: NoteStamps = field(init=False)
    _fresh: dict[str, NoteStamp] = field(default_factory=dict)
    """Notes as they were when they were read now."""
    read: dict[str, tuple[Path, str]] = field(default_factory=dict)
    """The notes that were read now, each with the deck that its folders give it."""
    _files: dict[str, tuple[Path, str]] = field(default_factory=dict)
    """All that were looked at."""
    _found: dict[str, Extracted] = field(default_factory=dict)
    _notes: dict[str, NoteCards] = field(default_factory=dict)
    _same: dict[str, NoteStamp] = field(default_factory=dict)
    _cards: dict[str, list[Card]] = field(default_factory=lambda: defaultdict(list))
    """Cards in the decks by the note they follow."""
    _paths: dict[str, str] = field(default_factory=dict)
    """Those notes by the id of the card."""
    _rejected: set[tuple[str, str]] = field(default_factory=set)
    """Ids and passages."""

    def __post_init__(self) -> None:
        self._stamps = NoteStamps(Path()) if self.choices.reread else read_stamps(self.home)
        for deck in self.decks:
            self._rejected.update((entry.id, entry.passage) for entry in deck.rejected)
            for card in deck.cards:
                if card.source and card.extracted and not card.retired:
                    self._cards[card.source.path].append(card)
                    self._paths[card.id] = card.source.path

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
            if path.is_dir():
                folders.append(relative(path, self.home.path))
            for file in found.notes:
                self._files.setdefault(relative(file, self.home.path), (file, deck_by_folder(file, path)))
        self._sort_out()
        self._read()
        missing = self._missing()
        self._look_closer(missing)
        unchanged = {place: stamp.unread for place, stamp in self._same.items()}
        return Scan(tuple(self._notes.values()), tuple(folders), missing, unchanged, self._least)

    def _sort_out(self) -> None:
        """Which notes are to be read, which are as they were, and of which it is remembered what they say."""
        for place, (file, _) in self._files.items():
            stamp = self._stamps.unchanged(place, file, self.at)
            if stamp is None or not stamp.fits(self.choices.encoding, self._least):
                continue
            if stamp.is_settled and self._is_settled(place, stamp):
                self._same[place] = stamp
            elif stamp.found is not None:
                self._fresh[place] = stamp
        # A passage that stands in two notes has its card in one of them: when that is read, so is the other.
        while leaning := {place for place, stamp in self._same.items() if self._leans(stamp)}:
            for place in leaning:
                stamp = self._same.pop(place)
                if stamp.found is not None:
                    self._fresh[place] = stamp
        known = self._same.keys() | self._fresh.keys()
        self.read = {place: each for place, each in self._files.items() if place not in known}

    def _is_settled(self, place: str, stamp: NoteStamp) -> bool:
        """The cards of the note are in the decks as they were, and what was refused is refused."""
        cards = self._cards.get(place, ())
        return cards_mark(cards) == stamp.cards and all(map(self._is_refused, stamp.unread.refused))

    def _is_refused(self, each: Mention) -> bool:
        passages = (each.passage, "")
        return any((each.id, passage) in self._rejected for passage in passages)

    def _leans(self, stamp: NoteStamp) -> bool:
        return any(self._paths.get(each.id) not in self._same for each in stamp.unread.doubles)

    def _read(self) -> None:
        remembered = dict(self._fresh)
        for place, (file, _) in self.read.items():
            fresh = stamp_of(file, self.at, encoding=self.choices.encoding, least=self._least)
            if fresh is not None:
                self._fresh[place] = fresh
        read = extract_files(
            [file for file, _ in self.read.values()],
            min_score=self.choices.min_score,
            encoding=self.choices.encoding,
        )
        now = dict(zip(self.read, self.progress(read, len(self.read)), strict=True))
        for place, (file, deck) in self._files.items():
            if place in now:
                self._add(place, deck, now[place])
            elif place in remembered:
                self._add(place, deck, self._as_remembered(file, remembered[place]))

    def _as_remembered(self, file: Path, stamp: NoteStamp) -> Extracted:
        found = stamp.found
        if found is None:
            return Extracted(file)
        candidates = tuple(each for each in found.candidates if each.score >= self._least)
        return Extracted(file, candidates, found.deck, found.tags)

    def _add(self, place: str, deck: str, extracted: Extracted) -> None:
        if extracted.problem:
            self.problems.append(extracted.problem)
            return
        self._found[place] = extracted
        candidates = self._with_pictures(extracted.candidates, extracted.path)
        chosen = self.choices.deck or extracted.deck or deck
        self._notes[place] = NoteCards(
            place, chosen, candidates, extracted.tags, by_heading=self.choices.by_heading
        )

    def _with_pictures(self, candidates: Sequence[Candidate], path: Path) -> tuple[Candidate, ...]:
        try:
            rows = read_lines(path, self.choices.encoding) if candidates and names_pictures(path) else []
        except NoteError:
            rows = []
        brought, pictures = bring_pictures(candidates, path, rows)
        self.pictures.update(pictures)
        return brought

    def _look_closer(self, missing: Collection[str]) -> None:
        """Find the passages of cards that were taken although they scored little, or score little by now."""
        lost = self._lost(missing)
        wanted = {name for card in lost for name in _names(card)}
        suspected = {card.source.path for card in lost if card.source}
        if not suspected <= self._notes.keys():
            # The note of a card is gone: it may be any of the new ones.
            suspected |= {place for place in self._notes if place not in self._cards}
        places = [place for place in self._notes if place in suspected]
        files = [self._files[place][0] for place in places]
        read = extract_files(files, min_score=0.0, encoding=self.choices.encoding)
        for place, extracted in zip(places, read, strict=True):
            found = (each for each in extracted.candidates if each.score < self._least)
            weak = [each for each in found if not wanted.isdisjoint(_names(each))]
            candidates = self._with_pictures(weak, extracted.path)
            note = self._notes[place]
            self._notes[place] = replace(note, candidates=(*note.candidates, *candidates))

    def _lost(self, missing: Collection[str]) -> list[Card]:
        """The cards whose text was found nowhere in what was read."""
        gone = [path for path in self._cards if path in self._notes or path in missing]
        if not gone:
            return []
        texts = {
            text_hash(each.front, each.back) for note in self._notes.values() for each in note.candidates
        }
        return [card for path in gone for card in self._cards[path] if card.extracted not in texts]

    def _missing(self) -> frozenset[str]:
        """Sources of cards at which no file is any more."""
        known = self._notes.keys() | self._same.keys()
        sources = {card.source.path for deck in self.decks for card in deck.cards if card.source} - known
        return frozenset(path for path in sources if not (self.home.path / path).exists())

    def settle(self, plan: Plan, taken: Collection[Entry]) -> None:
        """Remember the notes of which nothing is left to decide, so that they are read again only when they change."""
        if self.choices.reread:
            return
        outcomes = outcomes_by_note(plan, taken, self._paths, RECOMMENDED_SCORE)
        stamps = dict(self._same)
        for place, stamp in self._fresh.items():
            if place not in self._notes:
                continue
            note, outcome = self._notes[place], outcomes.get(place, Outcome(RECOMMENDED_SCORE))
            if outcome.is_all_of(note.candidates) and not _has_pictures(note):
                mark = cards_mark(outcome.cards)
                kept = self._to_remember(place, stamp) if outcome.doubles else None
                stamps[place] = replace(stamp, is_settled=True, cards=mark, unread=outcome.unread, found=kept)
            else:
                stamps[place] = replace(stamp, is_settled=False, found=self._to_remember(place, stamp))
        self._stamps.settle(stamps, self._fresh.keys() - stamps.keys())

    def _to_remember(self, place: str, stamp: NoteStamp) -> Remembered:
        found = self._found[place]
        return stamp.found or Remembered(found.candidates, found.deck, found.tags)


def _has_pictures(note: NoteCards) -> bool:
    """A picture is part of its card, and may change while the note does not."""
    return any("![" in text for each in note.candidates for text in (each.front, each.back))


def _names(card: Card | Candidate) -> Iterator[tuple[str, str]]:
    """What a passage and its card have in common: the text, or the term."""
    if isinstance(card, Card):
        yield "=", card.extracted or ""
    else:
        yield "=", text_hash(card.front, card.back)
    for name in (card.front, *card.aliases):
        yield card.kind.value, fold_term(name)


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
