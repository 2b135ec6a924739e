"""Write decks for other programs; the file's ending says which.

.apkg is a package for Anki: File > Import there. Tick "Import any learning progress" to take the schedule over. Anki
takes the progress of a card once; a card that it already has keeps its schedule there. .txt is Anki's text form,
without schedule or pictures; .csv is a table; .json holds everything, every review included: `flashnotes sync` of
another home of yours takes it in.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.cli.context import warn
from flashnotes.errors import StoreError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from flashnotes.anki import ExportCard, Exported, Log, Mark
    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.library import Library
    from flashnotes.models import CardId, Moment, Review, StudyCard

_FOR_ANKI = (".apkg", ".txt")
_SUFFIXES = (*_FOR_ANKI, ".csv", ".json")


def add_arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=f"ends in {', '.join(_SUFFIXES)}")
    parser.add_argument("decks", metavar="DECK", nargs="*", help="only these decks and those below them")
    parser.add_argument("--no-schedule", action="store_true", help="every card as new, without its reviews")


def run(options: argparse.Namespace, context: Context) -> int:
    suffix = options.file.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(f"{options.file}: name a file that ends in {', '.join(_SUFFIXES)}.")
    library = context.library()
    studied = library.store.cards(library.selection(options.decks))
    at = context.now()
    marks = _marks(library, studied, at)
    cards = _export_cards(library, studied, marks, with_schedule=not options.no_schedule)
    log = None
    if suffix == ".json" and not options.no_schedule:
        log = _log(library, studied, others=not options.decks)
    exported = _write(options.file, cards, library, at, log)
    if suffix in _FOR_ANKI:
        _remember(library, marks)
    _tell(exported, options.file, is_package=suffix == ".apkg")
    return 0


def _log(library: Library, studied: Sequence[StudyCard], *, others: bool) -> Log:
    """What another home needs beside the cards; of all cards unless only some decks are exported."""
    from flashnotes.anki import Log

    home = library.store.home
    events = library.store.exported_log({one.card.id for one in studied}, others=others)
    return Log(home.uuid, home.number, events)


def _write(
    path: Path, cards: Iterator[ExportCard], library: Library, at: Moment, log: Log | None
) -> Exported:
    from flashnotes.anki import export_apkg, export_csv, export_json, export_txt
    from flashnotes.pictures import picture_finder

    match path.suffix.lower():
        case ".txt":
            return export_txt(path, cards)
        case ".csv":
            return export_csv(path, cards)
        case ".json":
            return export_json(path, cards, at=at, log=log)
        case _:
            find = picture_finder(library.home)
            return export_apkg(path, cards, at=at, day=library.day(at), find_picture=find)


def _tell(exported: Exported, path: Path, *, is_package: bool) -> None:
    from flashnotes.wording import counted

    amounts = [(exported.cards, "card")]
    if is_package:
        amounts = [(exported.notes, "note"), *amounts, (exported.reviews, "review")]
    elif exported.reviews:
        amounts.append((exported.reviews, "review"))
    print(f"{', '.join(counted(*amount) for amount in amounts)} in {path}")
    if exported.retired:
        how = "suspended in Anki and tagged" if is_package else "tagged"
        print(f"{len(exported.retired)} of them are retired: {how}, for you to delete there.")


def _marks(library: Library, studied: Sequence[StudyCard], at: Moment) -> dict[CardId, Mark]:
    """When each card's content last changed, for Anki takes only what is newer."""
    from flashnotes.anki import Mark, digest_of, next_mark
    from flashnotes.pictures import picture_finder

    known = {card_id: Mark(*mark) for card_id, mark in library.store.exported().items()}
    find = picture_finder(library.home)
    return {
        one.card.id: next_mark(known.get(one.card.id), digest_of(one.card, find), now=at.ms // 1000)
        for one in studied
    }


def _remember(library: Library, marks: dict[CardId, Mark]) -> None:
    """The package stands: marks that cannot be kept are told, and only let the next one update more notes."""
    try:
        library.store.remember_exported((card, mark.digest, mark.modified) for card, mark in marks.items())
    except StoreError as error:
        warn(f"the package is written, but the home does not know of it. {error}")


def _export_cards(
    library: Library, studied: Sequence[StudyCard], marks: dict[CardId, Mark], *, with_schedule: bool
) -> Iterator[ExportCard]:
    from flashnotes.anki import ExportCard

    reviews: dict[CardId, list[Review]] = defaultdict(list)
    for review in library.store.reviews() if with_schedule else ():
        reviews[review.card_id].append(review)
    for one in studied:
        modified = marks[one.card.id].modified
        if with_schedule:
            yield ExportCard(one.card, one.deck, one.state, tuple(reviews[one.card.id]), modified)
        else:
            yield ExportCard(one.card, one.deck, modified=modified)
