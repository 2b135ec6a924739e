"""The mirror of the deck files: cards by id, refreshed only for files that changed.

A card gone from every deck stays, inactive, with its history. An id belongs to one file: where two claim it,
the file that had it keeps it, and the other is looked at again each time until a person has put it right.

Where definitions are asked both ways, the other side of each stands in the mirror beside it, as a card of its own that
no deck file knows. Its history, too, stays when it is asked no more.
"""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.models import OTHER_SIDE, CardKind
from flashnotes.store.rows import CONTENT, card_of, card_row, marks, names

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flashnotes.models import Card, CardId, Deck

_UPSERT = (
    f"INSERT INTO card ({names(CONTENT)}) VALUES ({marks(CONTENT)}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{column} = excluded.{column}" for column in CONTENT[1:])
)
_OF_ONE_TERM = (CardKind.DEFINITION, CardKind.FORMULA, CardKind.ABBREVIATION)
_IS_OTHER_SIDE = f"substr(id, -{len(OTHER_SIDE)}) = '{OTHER_SIDE}'"
IS_WRITTEN = f"NOT {_IS_OTHER_SIDE}"
"""A card as its deck has it, not the other side of one: as SQL."""
_TAKE_AWAY = (
    "UPDATE card SET path = '', active = 0,"
    f" front = iif({_IS_OTHER_SIDE}, '', front), back = iif({_IS_OTHER_SIDE}, '', back) WHERE "
)
"""Of another side no text stays: it is no deleted card that could be brought back."""
_BOTH_WAYS = OTHER_SIDE
"""Ends the hash kept for a file whose other sides are mirrored."""
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
    return {path: Stamp(size, mtime_ns, sha.removesuffix(_BOTH_WAYS)) for path, size, mtime_ns, sha in rows}


def mirror(
    connection: sqlite3.Connection, changed: Sequence[DeckFile], gone: Iterable[str], *, both_ways: bool
) -> tuple[Claimed, ...]:
    """Make the mirror say what `changed` files say, and forget those `gone`; inside a transaction."""
    owners = _owners(connection)
    moving = {file.path for file in changed} | set(gone)
    kept = {id: path for id, path in owners.items() if path and path not in moving}
    claimed = [claim for file in _current_owners_first(changed, owners) for claim in _claim(file, kept)]
    for path in sorted(moving):
        connection.execute(f"{_TAKE_AWAY} path = ?", (path,))
        connection.execute("DELETE FROM deckfile WHERE path = ?", (path,))
    refused = {claim.refused_to for claim in claimed}
    for file in changed:
        connection.executemany(_UPSERT, _rows(file, kept, both_ways=both_ways))
        _remember(connection, file, settled=file.path not in refused, both_ways=both_ways)
    return tuple(claimed)


def is_mirrored(connection: sqlite3.Connection, *, both_ways: bool) -> bool:
    """Whether the other sides of all files are mirrored, or those of none, as is wanted."""
    row = connection.execute(
        f"SELECT 1 FROM deckfile WHERE sha <> '{_UNSETTLED}'"
        f" AND (substr(sha, -{len(_BOTH_WAYS)}) = '{_BOTH_WAYS}') <> ? LIMIT 1",
        (both_ways,),
    ).fetchone()
    return row is None


def mirror_other_sides(connection: sqlite3.Connection, *, both_ways: bool) -> None:
    """Put the other sides beside the cards mirrored, or take them away; inside a transaction."""
    from flashnotes.asking import other_side

    connection.execute(f"{_TAKE_AWAY} path <> '' AND {_IS_OTHER_SIDE}")
    end = _BOTH_WAYS if both_ways else ""
    connection.execute(
        f"UPDATE deckfile SET sha = replace(sha, '{_BOTH_WAYS}', '') || ? WHERE sha <> '{_UNSETTLED}'", (end,)
    )
    if not both_ways:
        return
    rows = connection.execute(f"SELECT {names(CONTENT)} FROM card WHERE path <> ''").fetchall()
    sides = ((row, other_side(card_of(row))) for row in rows)
    # A side stands where its card does, and the two are not asked on one day.
    connection.executemany(
        _UPSERT, (card_row(side, row[3], row[1], row[4], row[5]) for row, side in sides if side)
    )


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


def _rows(file: DeckFile, kept: Mapping[str, str], *, both_ways: bool) -> Iterator[tuple[object, ...]]:
    from flashnotes.asking import other_side

    for place, card in enumerate(file.deck.cards):
        if kept[card.id] == file.path:
            sides = (card, other_side(card) if both_ways else None)
            for side in filter(None, sides):
                yield card_row(side, file.deck.name, file.path, place, sibling_key(card))


def _remember(connection: sqlite3.Connection, file: DeckFile, *, settled: bool, both_ways: bool) -> None:
    stamp = file.stamp
    sha = stamp.sha + (_BOTH_WAYS if both_ways else "")
    connection.execute(
        "INSERT OR REPLACE INTO deckfile (path, size, mtime_ns, sha, deck) VALUES (?, ?, ?, ?, ?)",
        (
            file.path,
            stamp.size if settled else -1,
            stamp.mtime_ns,
            sha if settled else _UNSETTLED,
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
