"""The mirror of the deck files: cards by id, refreshed only for files that changed.

A card gone from every deck stays, inactive, with its history. An id belongs to one file: where two claim it,
the file that had it keeps it, and the other is looked at again each time until a person has put it right.
"""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.store.rows import CONTENT, card_row, marks, names

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flashnotes.models import Card, CardId, Deck

_UPSERT = (
    f"INSERT INTO card ({names(CONTENT)}) VALUES ({marks(CONTENT)}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{column} = excluded.{column}" for column in CONTENT[1:])
)
_OF_ONE_TERM = (CardKind.DEFINITION, CardKind.FORMULA, CardKind.ABBREVIATION)
_UNSETTLED = ""
"""The hash kept for a file with a claimed id: no file has it, so the file counts as changed."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a deck file was when it was read: if nothing of it changed, it need not be read again."""

    size: int
    mtime_ns: int
    sha: str
    """Hash of its bytes, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck file that was read, to be mirrored."""

    path: str
    """Relative to the home's decks, forward slashes."""
    stamp: Stamp
    deck: Deck


@dataclass(frozen=True, slots=True)
class Claimed:
    """An id that two files have, and which of them keeps it."""

    id: CardId
    kept_by: str
    refused_to: str


def known_files(connection: sqlite3.Connection) -> dict[str, Stamp]:
    """The mirrored deck files."""
    rows = connection.execute("SELECT path, size, mtime_ns, sha FROM deckfile")
    return {path: Stamp(size, mtime_ns, sha) for path, size, mtime_ns, sha in rows}


def mirror(
    connection: sqlite3.Connection, changed: Sequence[DeckFile], gone: Iterable[str]
) -> tuple[Claimed, ...]:
    """Make the mirror say what `changed` files say, and forget those `gone`; inside a transaction."""
    owners = _owners(connection)
    moving = {file.path for file in changed} | set(gone)
    kept = {id: path for id, path in owners.items() if path and path not in moving}
    claimed = [claim for file in _current_owners_first(changed, owners) for claim in _claim(file, kept)]
    for path in sorted(moving):
        connection.execute("UPDATE card SET path = '', active = 0 WHERE path = ?", (path,))
        connection.execute("DELETE FROM deckfile WHERE path = ?", (path,))
    refused = {claim.refused_to for claim in claimed}
    for file in changed:
        connection.executemany(_UPSERT, _rows(file, kept))
        _remember(connection, file, settled=file.path not in refused)
    return tuple(claimed)


def _owners(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT id, path FROM card"))


def _current_owners_first(changed: Sequence[DeckFile], owners: Mapping[str, str]) -> Iterator[DeckFile]:
    """Each file twice: with the cards it already has, then with all, so that a newcomer takes none away."""
    for file in changed:
        own = tuple(card for card in file.deck.cards if owners.get(card.id) == file.path)
        yield DeckFile(file.path, file.stamp, type(file.deck)(file.deck.name, own))
    yield from changed


def _claim(file: DeckFile, kept: dict[str, str]) -> Iterator[Claimed]:
    """Give the file's ids to it where they are free; yields those that are not."""
    for card in file.deck.cards:
        owner = kept.setdefault(card.id, file.path)
        if owner != file.path:
            yield Claimed(card.id, owner, file.path)


def _rows(file: DeckFile, kept: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    for place, card in enumerate(file.deck.cards):
        if kept[card.id] == file.path:
            yield card_row(card, file.deck.name, file.path, place, sibling_key(card))


def _remember(connection: sqlite3.Connection, file: DeckFile, *, settled: bool) -> None:
    stamp = file.stamp
    connection.execute(
        "INSERT OR REPLACE INTO deckfile (path, size, mtime_ns, sha, deck) VALUES (?, ?, ?, ?, ?)",
        (
            file.path,
            stamp.size if settled else -1,
            stamp.mtime_ns,
            stamp.sha if settled else _UNSETTLED,
            file.deck.name,
        ),
    )


def sibling_key(card: Card) -> str:
    """What cards have in common that are not to be asked on one day; empty for a card without siblings."""
    from flashnotes.cards import fold_term
    from flashnotes.cloze import filled

    if card.kind in _OF_ONE_TERM:
        return "term:" + fold_term(card.front)
    return "text:" + fold_term(filled(card.front)) if card.kind is CardKind.CLOZE else ""
