"""Reads the notes of an import: which there are, which changed, what the rules find in them, where it goes."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.errors import NoteError
from flashnotes.extract import RECOMMENDED_SCORE
from flashnotes.extraction import Extracted, extract_files
from flashnotes.importing import NoteCards, Refused, Scan, Status
from flashnotes.notefiles import find_notes
from flashnotes.notes import without_export_id
from flashnotes.notestamps import NoteStamp, NoteStamps, Refusal, read_stamps, stamp_of
from flashnotes.pictures import bring_pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from flashnotes.home import Home
    from flashnotes.importing import Entry, Plan
    from flashnotes.models import Deck, Moment

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
    _notes: dict[str, NoteCards] = field(default_factory=dict)
    _same: dict[str, NoteStamp] = field(default_factory=dict)
    _cards: Counter[str] = field(default_factory=Counter)
    """Cards in the decks by the note they follow."""
    _rejected: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._stamps = NoteStamps(Path()) if self.choices.reread else read_stamps(self.home)
        for deck in self.decks:
            self._rejected.update(entry.id for entry in deck.rejected)
            self._cards.update(
                card.source.path for card in deck.cards if card.source and card.extracted and not card.retired
            )

    def scan(self, paths: Iterable[Path]) -> Scan:
        """What the notes among and under `paths` hold; what cannot be read is told in the problems."""
        folders: list[str] = []
        files: dict[str, tuple[Path, str]] = {}
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
                files.setdefault(relative(file, self.home.path), (file, deck_by_folder(file, path)))
        self._read(files)
        refused = [
            Refused(place, *_values(each)) for place, stamp in self._same.items() for each in stamp.refused
        ]
        return Scan(
            tuple(self._notes.values()),
            tuple(folders),
            self._missing(),
            frozenset(self._same),
            tuple(refused),
        )

    def _read(self, files: dict[str, tuple[Path, str]]) -> None:
        changed: dict[str, tuple[Path, str]] = {}
        for place, (file, deck) in files.items():
            stamp = self._stamps.unchanged(place, file)
            if stamp and self._is_settled(place, stamp):
                self._same[place] = stamp
            else:
                changed[place] = (file, deck)
                if fresh := stamp_of(file, self.at):
                    self._fresh[place] = fresh
        read = extract_files(
            [file for file, _ in changed.values()],
            min_score=self.choices.min_score,
            encoding=self.choices.encoding,
        )
        shown = self.progress(read, len(changed))
        for (place, (_, deck)), extracted in zip(changed.items(), shown, strict=True):
            self._add(place, deck, extracted)

    def _is_settled(self, place: str, stamp: NoteStamp) -> bool:
        """The cards of the note are in the decks as they were, and what was refused is refused."""
        return self._cards[place] == stamp.cards and all(each.id in self._rejected for each in stamp.refused)

    def _add(self, place: str, deck: str, extracted: Extracted) -> None:
        if extracted.problem:
            self.problems.append(extracted.problem)
            return
        candidates, pictures = bring_pictures(extracted.candidates, extracted.path)
        self.pictures.update(pictures)
        chosen = self.choices.deck or extracted.deck or deck
        self._notes[place] = NoteCards(
            place, chosen, candidates, extracted.tags, by_heading=self.choices.by_heading
        )

    def _missing(self) -> frozenset[str]:
        """Sources of cards at which no file is any more."""
        known = self._notes.keys() | self._same.keys()
        sources = {card.source.path for deck in self.decks for card in deck.cards if card.source} - known
        return frozenset(path for path in sources if not (self.home.path / path).exists())

    def settle(self, plan: Plan, taken: Collection[Entry]) -> None:
        """Remember the notes of which nothing is left to decide, so that they are read again only when they change."""
        ids = {entry.card.id for entry in taken}
        cards: dict[str, set[str]] = defaultdict(set)
        decided: dict[str, set[str]] = defaultdict(set)
        refused: dict[str, list[Refusal]] = defaultdict(list)
        pending: set[str] = set()
        for entry in plan.entries:
            source, candidate = entry.card.source, entry.candidate
            if source is None:
                continue
            if entry.status is Status.RETIRED and entry.card.id not in ids:
                pending.add(source.path)
            elif entry.status is Status.REJECTED and candidate:
                refused[source.path].append(
                    Refusal(entry.card.id, entry.card.kind.value, entry.card.front, candidate.line)
                )
            elif _is_decided(entry) and candidate and entry.card.id in ids:
                cards[source.path].add(entry.card.id)
                if candidate.score >= RECOMMENDED_SCORE:
                    decided[source.path].add(entry.card.id)
        fresh = {place: stamp for place, stamp in self._fresh.items() if place in self._notes}
        settled = {
            place: replace(stamp, cards=len(cards[place]), refused=tuple(refused[place]))
            for place, stamp in fresh.items()
            if place not in pending
            and len(decided[place]) + len(refused[place]) == _offered(self._notes[place])
        }
        if not self.choices.reread:
            self._stamps.settle(settled.items(), self._fresh.keys() - settled.keys())


def _values(refusal: Refusal) -> tuple[str, str, str, int]:
    return refusal.id, refusal.kind, refusal.front, refusal.line


def _is_decided(entry: Entry) -> bool:
    return entry.status in (Status.NEW, Status.CHANGED, Status.MOVED, Status.SAME) or (
        entry.status is Status.KEPT and entry.instead is None and entry.card.extracted is not None
    )


def _offered(note: NoteCards) -> int:
    return sum(candidate.score >= RECOMMENDED_SCORE for candidate in note.candidates)


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
