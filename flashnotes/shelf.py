"""The cards of the decks as an import of notes asks for them: those that what was read may touch, and no others.

Which cards those are is remembered by the names that a card may be found by, so that of decks that did not change no
file is read. Where nothing can be remembered, all decks are read: the plan is the same.
"""

# ruff: noqa: S608 (SQL is put together from our own numbers; what a person wrote is a parameter)

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from flashnotes.deckfile.files import read_deck
from flashnotes.deckfile.sharing import joined
from flashnotes.deckindex import AMONG, EDITED, LOOSE, SAME, follow, listed, name_hash
from flashnotes.errors import DeckError
from flashnotes.importing import (
    Rest,
    Untouched,
    follows,
    is_decided,
    names_of_candidate,
    names_of_card,
    reject,
    unread_entry,
    whole,
)
from flashnotes.importing.settling import card_digest
from flashnotes.models import CardId, Deck, Rejected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from flashnotes.deckfile.files import DeckFile
    from flashnotes.importcache import Cache
    from flashnotes.importing import Entry, Scan
    from flashnotes.library import Library
    from flashnotes.models import Card
    from flashnotes.store import DeckFile as Mirrored


class CacheError(DeckError):
    """What was remembered of the decks cannot be read any more: they have to be read."""


class Sourced(NamedTuple):
    """The cards in the decks that follow one note."""

    cards: int = 0
    mark: int = 0
    """Changes whenever one of them does."""


class Shelf(Protocol):
    """What an import asks of the decks."""

    @property
    def sources(self) -> Mapping[str, Sourced]:
        """By the path of the note."""

    def refused(self) -> Iterable[Rejected]:
        """What is not to be offered again, in all decks."""

    def homes(self, card_ids: Collection[str]) -> Mapping[str, str]:
        """Which notes the cards among `card_ids` follow."""

    def of_notes(self, paths: Collection[str]) -> list[Card]:
        """The cards that follow the notes at `paths`."""

    def of_texts(self, hashes: Collection[str]) -> list[Card]:
        """The cards that were extracted as one of these texts."""

    def named(self, names: Collection[str]) -> list[tuple[str, Card]]:
        """The cards found by any of `names`, each with its deck; perhaps others too."""

    def decks_for(self, scan: Scan) -> tuple[list[Deck], Rest]:
        """The decks with the cards that `scan` may touch, and what is to be known of the rest."""

    def files_for(self, entries: Iterable[Entry]) -> list[DeckFile]:
        """The whole decks that taking `entries` changes. Raises DeckError where one is no longer as it was."""

    def __contains__(self, card_id: object) -> bool: ...


def without_deleted(deck: Deck, deleted: Mapping[str, Sequence[Rejected]]) -> Deck:
    """`deck` with the cards whose lines the person removed among the rejected."""
    written = {entry.id for entry in deck.rejected}
    return reject(deck, [gone for gone in deleted.get(deck.name, ()) if gone.id not in written])


@dataclass(slots=True)
class WholeShelf:
    """All decks, read."""

    files: list[DeckFile]
    deleted: Mapping[str, Sequence[Rejected]]
    decks: list[Deck] = field(init=False)
    sources: dict[str, Sourced] = field(init=False)
    _cards: dict[str, tuple[Card, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.decks = [without_deleted(deck, self.deleted) for deck in joined(self.files)]
        self._cards = {card.id: (card, deck.name) for deck in self.decks for card in deck.cards}
        marks: defaultdict[str, list[int]] = defaultdict(list)
        for card, _ in self._cards.values():
            if card.source and follows(card):
                marks[card.source.path].append(card_digest(card))
        self.sources = {path: Sourced(len(digests), sum(digests)) for path, digests in marks.items()}
        for card, _ in self._cards.values():
            if card.source:
                self.sources.setdefault(card.source.path, Sourced())

    def __contains__(self, card_id: object) -> bool:
        return card_id in self._cards

    def refused(self) -> Iterable[Rejected]:
        return (entry for deck in self.decks for entry in deck.rejected)

    def homes(self, card_ids: Collection[str]) -> Mapping[str, str]:
        found = (self._cards[card_id][0] for card_id in card_ids if card_id in self._cards)
        return {card.id: card.source.path for card in found if card.source and follows(card)}

    def of_notes(self, paths: Collection[str]) -> list[Card]:
        there = (card for card, _ in self._cards.values())
        return [card for card in there if card.source and card.source.path in paths and follows(card)]

    def of_texts(self, hashes: Collection[str]) -> list[Card]:
        return [card for card, _ in self._cards.values() if card.extracted in hashes]

    def named(self, names: Collection[str]) -> list[tuple[str, Card]]:
        found = ((deck, card) for card, deck in self._cards.values())
        return [(deck, card) for deck, card in found if not set(names).isdisjoint(names_of_card(card))]

    def decks_for(self, scan: Scan) -> tuple[list[Deck], Rest]:
        return self.decks, whole(self.decks, scan)

    def files_for(self, entries: Iterable[Entry]) -> list[DeckFile]:
        return self.files


class IndexedShelf:
    """The decks by what is remembered of them; what their cards say is in the mirror."""

    def __init__(self, library: Library, cache: Cache, deleted: Mapping[str, Sequence[Rejected]]) -> None:
        self._library = library
        self._cache = cache
        self._deleted = deleted
        rows = self._rows("SELECT file, sha, name, rejected FROM deck ORDER BY file")
        self._shas = {file: sha for file, sha, _, _ in rows}
        self._names = {file: name for file, _, name, _ in rows}
        self._rejected: defaultdict[str, list[Rejected]] = defaultdict(list)
        for _, _, name, rejected in rows:
            self._rejected[name] += [
                Rejected(CardId(each), passage) for each, passage in json.loads(rejected)
            ]
        self._known: set[str] | None = None
        found = self._rows("SELECT path, cards, mark FROM source")
        self.sources: Mapping[str, Sourced] = {path: Sourced(cards, mark) for path, cards, mark in found}

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._cache:
            try:
                if self._cache.connection is not None:
                    return self._cache.connection.execute(sql, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise CacheError(f"{self._cache.file}: cannot be read ({error}). Remove it.") from error
            raise CacheError(f"{self._cache.file}: cannot be read any more. Run the command again.")

    def _ids(self, sql: str, *values: object) -> set[str]:
        return {row[0] for row in self._rows(sql, *values)}

    def __contains__(self, card_id: object) -> bool:
        if self._known is None:
            self._known = self._ids("SELECT id FROM card")
        return card_id in self._known

    def refused(self) -> Iterable[Rejected]:
        return (entry for deck in self._decks({}) for entry in deck.rejected)

    def homes(self, card_ids: Collection[str]) -> Mapping[str, str]:
        rows = self._rows(
            f"SELECT id, source FROM card WHERE id {AMONG} AND state IN ({SAME}, {EDITED})",
            listed(card_ids),
        )
        return {row[0]: row[1] for row in rows}

    def of_notes(self, paths: Collection[str]) -> list[Card]:
        ids = self._ids(
            f"SELECT id FROM card WHERE source {AMONG} AND state IN ({SAME}, {EDITED})",
            listed(paths),
        )
        return [card for _, _, card in self._library.store.written(ids)]

    def of_texts(self, hashes: Collection[str]) -> list[Card]:
        return [card for _, card in self.named({"=" + text for text in hashes}) if card.extracted in hashes]

    def named(self, names: Collection[str]) -> list[tuple[str, Card]]:
        ids = self._ids_named(names)
        return [(deck, card) for _, deck, card in self._library.store.written(ids)]

    def _ids_named(self, names: Iterable[str]) -> set[str]:
        return self._ids(
            f"SELECT id FROM card WHERE n IN (SELECT n FROM name WHERE hash {AMONG})",
            json.dumps([name_hash(name) for name in names]),
        )

    def decks_for(self, scan: Scan) -> tuple[list[Deck], Rest]:
        whole_notes = {note.path for note in scan.notes if not self._is_decided(note.path, scan)}
        ids = self._ids(f"SELECT id FROM card WHERE source {AMONG}", listed(scan.missing | whole_notes))
        ids |= self._ids_named(
            {name for note in scan.notes for each in note.candidates for name in names_of_candidate(each)}
        )
        ids |= {double.id for unread in scan.unchanged.values() for double in unread.doubles}
        edited = self._ids(f"SELECT id FROM card WHERE state = {EDITED}")
        ids |= edited | self._ids(f"SELECT id FROM card WHERE state = {LOOSE}")
        decided = {card_id for unread in scan.unchanged.values() for card_id in unread.scores}
        same = decided - edited
        rest = Rest(self, self._active, Untouched(len(same), scan.unchanged, lambda: self._same(same, scan)))
        return self._decks_of(ids), rest

    def _is_decided(self, path: str, scan: Scan) -> bool:
        """All cards of an unchanged note have their candidates."""
        unread = scan.unchanged.get(path)
        return unread is not None and len(unread.scores) == self.sources.get(path, Sourced()).cards

    def _active(self, name: str) -> int:
        return sum(int(row[0]) for row in self._rows("SELECT active FROM deck WHERE name = ?", name))

    def _same(self, ids: Collection[str], scan: Scan) -> Iterator[Entry]:
        for _, deck, card in self._library.store.written(ids):
            if is_decided(card, scan.unchanged):
                yield unread_entry(card, deck, scan)

    def _decks_of(self, ids: Collection[str]) -> list[Deck]:
        """The decks in the order of their files, with those of their cards; those without any too."""
        cards: defaultdict[str, list[Card]] = defaultdict(list)
        for file, _, card in self._library.store.written(ids):
            cards[file].append(card)
        return self._decks(cards)

    def _decks(self, cards: Mapping[str, Sequence[Card]]) -> list[Deck]:
        by_name: defaultdict[str, list[Card]] = defaultdict(list)
        for file, name in self._names.items():
            by_name[name] += cards.get(file, ())
        decks = (
            Deck(name, tuple(there), tuple(self._rejected.get(name, ()))) for name, there in by_name.items()
        )
        return [without_deleted(deck, self._deleted) for deck in decks]

    def files_for(self, entries: Iterable[Entry]) -> list[DeckFile]:
        entries = list(entries)
        homes: dict[str, str] = dict(
            self._rows(
                f"SELECT id, name FROM card JOIN deck USING (file) WHERE id {AMONG}",
                listed({entry.card.id for entry in entries}),
            )
        )
        wanted = {homes.get(entry.card.id, entry.deck) for entry in entries}
        found = []
        for file, name in self._names.items():
            if name in wanted:
                deck = read_deck(self._library.home.decks / file)
                if deck.digest != self._shas[file]:
                    self._library.store.forget(file)
                    raise DeckError(
                        f"{deck.path}: changed while it was being worked on. Nothing was written; run the command again."
                    )
                found.append(deck)
        return found


def indexed(
    library: Library,
    cache: Cache,
    deleted: Mapping[str, Sequence[Rejected]],
    changed: Iterable[Mirrored] = (),
) -> IndexedShelf | None:
    """The shelf of a library whose decks are all mirrored as they are; None where all have to be read.

    `changed` are deck files that were read just now.
    """
    if not library.is_in_step:
        return None
    with cache:
        try:
            if cache.connection is None or not follow(cache.connection, library, changed):
                return None
            return IndexedShelf(library, cache, deleted)
        except (sqlite3.DatabaseError, DeckError, ValueError):
            return None


def remember_decks(cache: Cache, library: Library, changed: Iterable[Mirrored]) -> None:
    """The same after an import, so that the next one finds its decks known."""
    if library.is_in_step and cache.connection is not None:
        with suppress(sqlite3.DatabaseError, DeckError, ValueError):
            follow(cache.connection, library, changed)
