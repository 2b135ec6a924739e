"""Merge the reviews of another home of yours, both ways: afterwards both hold all of them.

PATH is the other home's folder or its database. Doing it again changes nothing. The decks themselves travel by git or
a synced folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("path", metavar="PATH", type=Path)
    parser.add_argument(
        "--first",
        dest="strangers",
        action="store_true",
        help="merge a home that has no card or review in common with this one",
    )


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.store import Store

    database = options.path / "flashnotes.db" if options.path.is_dir() else options.path
    if not database.is_file():
        raise FlashnotesError(f"{database}: there is no database. Name the folder of the other home.")
    library = context.library()
    if database.samefile(library.home.database):
        raise FlashnotesError(f"{database}: is this home's own database. Name another home.")
    at = context.now()
    library.store.back_up_if_changed(at)
    with Store.open(database, library.store.rules, at=at) as other:
        here = library.store.merge(other, strangers=options.strangers)
        there = other.merge(library.store, strangers=True)
    for name, merged in (("here", here), ("there", there)):
        print(
            f"{name}: {merged.reviews} reviews, {merged.actions} actions, {merged.undone} undone; {merged.cards} cards changed"
        )
    return 0
