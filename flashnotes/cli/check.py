"""Find what makes a deck or a card bad: files that cannot be read, and cards that are hard to learn.

Without PATH the decks of your home are looked at. --fix writes the ids that are missing and puts keys in order; it
changes nothing else. Exit status: 1 for errors, 0 for warnings alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.errors import DeckError
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="deck files or folders of decks")
    parser.add_argument("--fix", action="store_true", help="write missing ids, put keys in order")


def run(options: argparse.Namespace, context: Context) -> int:
    paths = options.paths or [context.home.decks]
    failed = False
    for path in _deck_files(paths):
        try:
            for line in _findings(path, fix=options.fix):
                print(one_line(line))
        except DeckError as error:
            failed = True
            print(one_line(f"error: {error}"))
    return int(failed)


def _deck_files(paths: Iterable[Path]) -> Iterator[Path]:
    from flashnotes.deckfile.listing import deck_files

    for path in paths:
        if path.is_dir():
            yield from deck_files(path)
        else:
            yield path


def _findings(path: Path, *, fix: bool) -> Iterator[str]:
    from flashnotes.deckfile.files import locate_file, tidy_deck
    from flashnotes.lint import check_deck

    if fix and tidy_deck(path):
        yield f"{path}: mended"
    parsed = locate_file(path)
    yield from (f"{path}: warning: {warning}" for warning in parsed.warnings)
    for finding in check_deck(parsed.deck, parsed.lines()):
        where = f"{path}:{finding.line}" if finding.line else str(path)
        yield f"{where}: {finding.severity}: {finding.rule}: {finding.card_id}: {finding.message}"
