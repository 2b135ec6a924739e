"""What is remembered of the decks: which card is found by which name, and what the cards of each note add up to."""

# ruff: noqa: S608 (SQL is put together from our own numbers; what a person wrote is a parameter)

from __future__ import annotations

import json
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING

from flashnotes.cards import is_as_extracted
from flashnotes.deckfile.files import read_deck
from flashnotes.importing import follows, names_of_card
from flashnotes.importing.settling import card_digest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

    from flashnotes.library import Library
    from flashnotes.models import Card, Deck
    from flashnotes.store import DeckFile as Mirrored

SAME, EDITED, LOOSE = 1, 2, 3
"""A card that follows its note; one that the person edited; one that is retired or was written by hand."""
_NOWHERE = 0
"""A card of no note."""
AMONG = "IN (SELECT value FROM json_each(?))"
"""Of a list that `listed` makes a parameter of."""


def follow(connection: sqlite3.Connection, library: Library, changed: Iterable[Mirrored]) -> bool:
    """Remember the decks as the library has them now; whether they could be."""
    there = {file: stamp.sha for file, stamp in library.store.known_files().items()}
    known = dict(connection.execute("SELECT file, sha FROM deck"))
    new = {file for file, sha in there.items() if known.get(file) != sha}
    gone = known.keys() - there.keys()
    if not new and not gone:
        return True
    read = {each.path: (each.stamp.sha, each.deck) for each in changed}
    decks = {}
    for file in new:
        sha, deck = read[file] if file in read else _read(library, file)
        if sha != there[file]:
            return False
        decks[file] = (sha, deck)
    with _writing(connection):
        touched = _remove(connection, new | gone)
        for file, (sha, deck) in decks.items():
            touched |= _add(connection, file, sha, deck)
        _mark_anew(connection, touched)
    return True


def _read(library: Library, file: str) -> tuple[str, Deck]:
    found = read_deck(library.home.decks / file)
    return found.digest, found.deck


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _remove(connection: sqlite3.Connection, files: Collection[str]) -> set[str]:
    """Forget the cards of `files`; the notes that they follow."""
    wanted = listed(files)
    of_files = f"FROM card WHERE file {AMONG}"
    touched = {row[0] for row in connection.execute(f"SELECT DISTINCT source {of_files}", (wanted,))}
    connection.execute(f"DELETE FROM name WHERE n IN (SELECT n {of_files})", (wanted,))
    connection.execute(f"DELETE {of_files}", (wanted,))
    connection.execute(f"DELETE FROM deck WHERE file {AMONG}", (wanted,))
    return touched - {None}


def _add(connection: sqlite3.Connection, file: str, sha: str, deck: Deck) -> set[str]:
    (first,) = connection.execute("SELECT ifnull(max(n), 0) + 1 FROM card").fetchone()
    numbered = list(enumerate(deck.cards, start=first))
    connection.executemany(
        "INSERT INTO card VALUES (?, ?, ?, ?, ?, ?)",
        (
            (n, card.id, file, card.source.path if card.source else None, _state(card), card_digest(card))
            for n, card in numbered
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO name VALUES (?, ?)",
        ((name_hash(name), n) for n, card in numbered for name in names_of_card(card)),
    )
    active = sum(not card.retired for card in deck.cards)
    rejected = json.dumps([(entry.id, entry.passage) for entry in deck.rejected])
    connection.execute("INSERT INTO deck VALUES (?, ?, ?, ?, ?)", (file, sha, deck.name, active, rejected))
    return {card.source.path for card in deck.cards if card.source}


def _mark_anew(connection: sqlite3.Connection, paths: Collection[str]) -> None:
    wanted = listed(paths)
    connection.execute(f"DELETE FROM source WHERE path {AMONG}", (wanted,))
    connection.execute(
        "INSERT INTO source SELECT source, count(*) FILTER (WHERE state < ?),"
        " ifnull(sum(digest) FILTER (WHERE state < ?), 0)"
        f" FROM card WHERE source {AMONG} GROUP BY source",
        (LOOSE, LOOSE, wanted),
    )


def _state(card: Card) -> int:
    if card.source is None:
        return _NOWHERE
    if not follows(card):
        return LOOSE
    return SAME if is_as_extracted(card) else EDITED


def name_hash(name: str) -> int:
    """A whole number of SQLite's for a name; two names may have the same, rarely."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def listed(texts: Iterable[str]) -> str:
    return json.dumps(list(texts))
