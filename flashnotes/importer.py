"""Imports, from files to files: reads notes and decks, asks `importing` for the plan, writes what was taken."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term
from flashnotes.deckfile.files import change_deck, place_deck, read_deck, read_decks, write_deck
from flashnotes.deckfile.listing import deck_files
from flashnotes.deckfile.sharing import joined, shared_out
from flashnotes.errors import AnkiError, DeckError
from flashnotes.importcache import Cache
from flashnotes.importing import Entry, Plan, Status, plan_deck, plan_notes, revised, term_name
from flashnotes.importing.choosing import is_offered
from flashnotes.models import written_id
from flashnotes.notefiles import SUFFIXES
from flashnotes.scanning import Choices, Scanner
from flashnotes.shelf import WholeShelf, indexed, remember_decks, without_deleted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from flashnotes.deckfile.files import DeckFile
    from flashnotes.fromanki import FromAnki
    from flashnotes.library import Library
    from flashnotes.models import Card, CardId, Deck, Moment, Rejected
    from flashnotes.scanning import Progress
    from flashnotes.shelf import Shelf

DECK_SUFFIXES = (".yaml", ".yml")
_PACKAGE_SUFFIXES = (".apkg", ".colpkg")
_TEXT_SUFFIXES = (".txt", ".csv")
_HEAD = 64 * 2**10
"""Bytes of a YAML file in which a deck begins to list its cards."""
_CARDS = re.compile(rb"^cards:\s", re.MULTILINE)
_ASKED = frozenset({Status.NEW, Status.CHANGED, Status.MOVED, Status.RETIRED})


@dataclass(slots=True)
class Import:
    """An import on its way: what there is, what would change, what was refused."""

    library: Library
    at: Moment
    shelf: Shelf
    """The decks as they were when the plan was made."""
    deleted: Mapping[str, Sequence[Rejected]]
    """By deck, the cards whose lines the person removed."""
    cache: Cache
    plan: Plan = field(default_factory=Plan)
    problems: list[str] = field(default_factory=list)
    """What was refused, a line each: the rest is done."""
    remarks: list[str] = field(default_factory=list)
    """What was passed over."""
    from_anki: list[FromAnki] = field(default_factory=list)
    reviews: int = 0
    """Reviews made in Anki that are not here yet."""
    scanner: Scanner | None = None
    """What read the notes."""
    _pace: tuple[float, float] | None = None

    @property
    def writes(self) -> bool:
        """Whether taking the plan would change anything worth asking about."""
        return self.reviews > 0 or any(entry.status in _ASKED for entry in self.plan.entries)

    @property
    def open_entries(self) -> int:
        """How many cards there are to decide on."""
        return sum(is_offered(entry) for entry in self.plan.entries)

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

    def take(self, entries: Iterable[Entry], *, never: Iterable[Entry] = ()) -> None:
        """Write what `entries` change and what is `never` to be offered again, and bring the library up to date.

        Raises DeckError; decks written before it stay written, each whole.
        """
        entries, never = list(entries), list(never)
        take_back = self._take_media()
        try:
            self._copy_pictures(entries)
            self._write_decks(entries, never)
        except DeckError:
            take_back()
            raise
        changed = self.library.refresh()
        self._take_reviews({entry.card.id for entry in entries})
        with self.cache:
            remember_decks(self.cache, self.library, changed)
            if self.scanner is not None:
                self.scanner.settle(self.plan, entries)

    def alike(self, term: str) -> list[tuple[str, Card]]:
        """The cards that ask for `term`, each with its deck."""
        found = self.shelf.named({term_name(term)})
        return [(deck, card) for deck, card in found if fold_term(card.front) == fold_term(term)]

    def cost(self, new: int) -> str:
        """What `new` cards will cost, in words; by the person's own answers where there are enough."""
        from flashnotes.scheduling import cost

        settings = self.library.settings
        if self._pace is None:
            self._pace = _pace(self.library)
        right, seconds = self._pace
        minutes = cost.minutes_a_day(
            new, settings.new_per_day, self.library.store.rules.scheduler, right=right, seconds=seconds
        )
        return cost.cost_text(new, minutes)

    def _copy_pictures(self, entries: Iterable[Entry]) -> None:
        if self.scanner is None or not self.scanner.pictures:
            return
        from flashnotes.pictures import copy_pictures

        texts = "\n".join(f"{entry.card.front}\n{entry.card.back}" for entry in entries)
        scanner = self.scanner
        copy_pictures(scanner.pictures, texts, self.library.home.media, scanner.choices.encoding)

    def _take_media(self) -> Callable[[], None]:
        if not self.from_anki:
            return _nothing
        from flashnotes.fromanki import take_media

        return take_media(self.from_anki, self.library.home.media)

    def _take_reviews(self, card_ids: Collection[CardId]) -> None:
        """One transaction, after a backup, for what all files say of the cards that were taken."""
        known = [
            each for file in self.from_anki for each in file.histories if written_id(each.card_id) in card_ids
        ]
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

    def _write_decks(self, entries: Sequence[Entry], never: Sequence[Entry]) -> None:
        changing = [entry for entry in entries if entry.card != entry.before]
        files = self.shelf.files_for([*changing, *never])
        known = [without_deleted(deck, self.deleted) for deck in joined(files)]
        by_name: dict[str, list[DeckFile]] = defaultdict(list)
        for file in files:
            by_name[file.deck.name].append(file)
        for deck in revised(known, changing, never=never):
            self._write(by_name[deck.name], deck)

    def _write(self, files: Sequence[DeckFile], deck: Deck) -> None:
        if files:
            for file, part in shared_out(deck, files):
                if part != file.deck:
                    change_deck(file, part)
        else:
            self.library.home.make()
            write_deck(place_deck(self.library.home.decks, deck.name), deck)


def _nothing() -> None:
    pass


def _pace(library: Library) -> tuple[float, float]:
    """The share of right answers and the seconds of one, as the person's own answers have them."""
    from flashnotes.scheduling import cost

    store = library.store
    right = store.right_share()
    return cost.RIGHT if right is None else right, store.pace() or cost.SECONDS


def plan_import(
    library: Library,
    paths: Sequence[Path],
    *,
    at: Moment,
    choices: Choices | None = None,
    progress: Progress | None = None,
) -> Import:
    """The import of what is at `paths`: notes, deck files, Anki's exports."""
    choices = choices or Choices()
    cache = Cache(library.home)
    paths = [*paths, *_decks_in(paths, library.home.decks)]
    with cache:
        changed = library.refresh()
        deleted = library.all_deleted()
        problems: list[str] = []
        notes = [path for path in paths if not _is_other(path, problems)]
        decks_alone = len(notes) < len(paths) or choices.reread
        shelf = None if decks_alone else indexed(library, cache, deleted, changed)
        if shelf is not None:
            return _plan(
                Import(library, at, shelf, deleted, cache, problems=problems), notes, choices, progress
            )
        files, unreadable = read_decks(library.home.decks)
        whole = WholeShelf(files, deleted)
        done = Import(library, at, whole, deleted, cache, problems=[*map(str, unreadable), *problems])
        done = _plan(done, notes, choices, progress)
        return _with_others(done, whole.decks, paths, choices.deck)


def _plan(done: Import, notes: Sequence[Path], choices: Choices, progress: Progress | None) -> Import:
    """`done` with the plan of importing `notes`."""
    done.scanner = scanner = Scanner(done.library.home, done.shelf, done.at, choices, done.cache)
    if progress is not None:
        scanner.progress = progress
    scan = scanner.scan(notes)
    decks, rest = done.shelf.decks_for(scan)
    done.plan = plan_notes(decks, scan, rest)
    done.problems += scanner.problems
    done.remarks += scanner.remarks
    return done


def _with_others(done: Import, decks: Sequence[Deck], paths: Sequence[Path], deck: str | None) -> Import:
    """`done` with the plans of the deck files and of Anki's files among `paths`."""
    plans = [done.plan, *(plan_deck(decks, foreign) for foreign in _foreign_decks(paths, deck, done))]
    plans += _plan_anki([path for path in paths if _is_from_anki(path)], deck, decks, done)
    done.plan = Plan(
        tuple(entry for plan in plans for entry in plan.entries),
        tuple(reason for plan in plans for reason in plan.must_ask),
        done.plan.untouched,
    )
    return done


def _decks_in(paths: Sequence[Path], own: Path) -> list[Path]:
    """The deck files that stand right inside the folders among `paths`; one's own are imported already."""
    folders = [path for path in paths if path.is_dir() and path.resolve() != own.resolve()]
    found = [file for folder in folders for file in deck_files(folder) if _looks_like_deck(file)]
    return [file for file in found if file not in paths]


def _looks_like_deck(file: Path) -> bool:
    """Whether the YAML in `file` lists cards; other programs keep YAML beside notes, too."""
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:
        return False
    return _CARDS.search(head) is not None


def _is_other(path: Path, problems: list[str]) -> bool:
    """Whether `path` is no note; what cannot be imported at all is told."""
    suffix = path.suffix.lower()
    if path.is_dir() or not path.exists():
        return False
    if _is_from_anki(path):
        return True
    if suffix not in (*SUFFIXES, *DECK_SUFFIXES):
        problems.append(
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


def _plan_anki(
    paths: Sequence[Path], deck: str | None, known: Sequence[Deck], done: Import
) -> Iterator[Plan]:
    """The plans of Anki's files, each on top of those before it."""
    if not paths:
        return
    from flashnotes.fromanki import plan_file

    decks = {each.name: each for each in known}
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
