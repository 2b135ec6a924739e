"""Merge the reviews of another home of yours, both ways: afterwards both hold all of them.

PATH is the other home's folder, its database, or a .json that `flashnotes export` wrote there; from such a file reviews
only come here. Doing it again changes nothing. The decks themselves travel by git or a synced folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.library import Library
    from flashnotes.store import Rules
    from flashnotes.store.merge import Merged


def add_arguments(parser: Parser) -> None:
    parser.add_argument("path", metavar="PATH", type=Path)
    parser.add_argument(
        "--first",
        dest="strangers",
        action="store_true",
        help="merge a home that has no card or review in common with this one",
    )


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.store.exchange import is_log

    library = context.library()
    database, rules = _database(options.path, library.store.rules)
    if not database.is_file():
        raise FlashnotesError(
            f"{database}: there is no database. Name the folder of the other home, or its exported .json."
        )
    if is_log(database):
        _take_log(database, library, context, strangers=options.strangers)
    else:
        _both_ways(database, rules, library, context, strangers=options.strangers)
    return 0


def _database(path: Path, rules: Rules) -> tuple[Path, Rules]:
    """The file that PATH means: of a home, its database where its own settings put it, with its own rules."""
    from flashnotes.config import read_settings
    from flashnotes.home import Home
    from flashnotes.library import rules_of

    if not path.is_dir():
        return path, rules
    settings = read_settings(Home(path).settings)
    home = Home(path).with_database(settings.database)
    home.check_database()
    return home.database, rules_of(settings)


def _take_log(file: Path, library: Library, context: Context, *, strangers: bool) -> None:
    from flashnotes.store.exchange import read_log

    log = read_log(file)
    library.store.back_up_if_changed(context.now())
    _tell("here", library.store.merge_exported(log, strangers=strangers))
    print(f"{file} stays as it is: export here too, and sync that file there")


def _both_ways(database: Path, rules: Rules, library: Library, context: Context, *, strangers: bool) -> None:
    from flashnotes.store import Store

    if database.samefile(library.home.database):
        raise FlashnotesError(f"{database}: is this home's own database. Name another home.")
    at = context.now()
    library.store.back_up_if_changed(at)
    with Store.open(database, rules, at=at) as other:
        here = library.store.merge(other, strangers=strangers)
        there = other.merge(library.store, strangers=True)
    _tell("here", here)
    _tell("there", there)


def _tell(where: str, merged: Merged) -> None:
    print(
        f"{where}: {merged.reviews} reviews, {merged.actions} actions, {merged.undone} undone;"
        f" {merged.cards} cards changed"
    )
    if merged.doubled:
        print(f"{where}: {merged.doubled} answers had come from Anki as well, and count once")
