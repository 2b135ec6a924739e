"""Write decks for other programs; the file's ending says which.

.apkg is a package for Anki: File > Import there. Tick "Import any learning progress" to take the schedule over. Anki
takes the progress of a card once; a card that it already has keeps its schedule there. .txt is Anki's text form,
without schedule or pictures; .csv is a table; .json holds everything, every review included: `flashnotes sync` of
another home of yours takes it in.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from flashnotes.asking import with_other_sides
from flashnotes.cli.context import warn
from flashnotes.errors import StoreError, UsageError
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from flashnotes.anki import ExportCard, Exported, Log
    from flashnotes.anki.media import FindPicture
    from flashnotes.anki.packing import ModifiedOf
    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.library import Library
    from flashnotes.models import CardId, Moment, Review, StudyCard
    from flashnotes.store import Selection
    from flashnotes.toanki import Outgoing

_FOR_ANKI = (".apkg", ".txt")
_SUFFIXES = (*_FOR_ANKI, ".csv", ".json")


class _HowForAnki(TypedDict):
    find_picture: FindPicture
    modified_of: ModifiedOf


def add_arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=f"ends in {', '.join(_SUFFIXES)}")
    parser.add_argument("decks", metavar="DECK", nargs="*", help="only these decks and those below them")
    parser.add_argument("--no-schedule", action="store_true", help="every card as new, without its reviews")


def run(options: argparse.Namespace, context: Context) -> int:
    suffix = options.file.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(f"{options.file}: name a file that ends in {', '.join(_SUFFIXES)}.")
    library = context.library()
    selection = library.selection(options.decks)
    at = context.now()
    if suffix in _FOR_ANKI:
        from flashnotes.toanki import Outgoing

        outgoing = Outgoing(library, selection, at, with_schedule=not options.no_schedule)
        _tell(_write_for_anki(options.file, outgoing), options.file, is_package=suffix == ".apkg")
        _tell_removals(outgoing)
    else:
        _tell(_write(options, library, selection, at), options.file)
    return 0


def _write_for_anki(path: Path, outgoing: Outgoing) -> Exported:
    from flashnotes.anki import export_apkg, export_txt
    from flashnotes.cli.progress import progress
    from flashnotes.pictures import picture_finder

    library = outgoing.library
    total = library.store.number_of_cards(outgoing.selection)
    cards = progress(outgoing.cards(), total, "writing cards")
    find = picture_finder(library.home)
    how: _HowForAnki = {"find_picture": find, "modified_of": outgoing.modified_of}
    if path.suffix.lower() == ".txt":
        exported = export_txt(path, cards, **how)
    else:
        exported = export_apkg(path, cards, calendar=outgoing.calendar(), **how)
    try:
        outgoing.remember()
    except StoreError as error:
        # The package stands: marks that are not kept only let the next one update more notes.
        warn(f"the package is written, but the home does not know of it. {error}")
    return exported


def _write(options: argparse.Namespace, library: Library, selection: Selection, at: Moment) -> Exported:
    from flashnotes.anki import export_csv, export_json

    studied = library.store.cards(selection)
    with_schedule = not options.no_schedule
    if options.file.suffix.lower() == ".csv":
        sides = ((one, None) for one in studied)
        return export_csv(options.file, _export_cards(library, sides, with_schedule=with_schedule))
    cards = _export_cards(library, with_other_sides(studied), with_schedule=with_schedule)
    log = None if options.no_schedule else _log(library, studied, others=not options.decks)
    return export_json(options.file, cards, at=at, log=log)


def _log(library: Library, studied: Sequence[StudyCard], *, others: bool) -> Log:
    """What another home needs beside the cards; of all cards unless only some decks are exported."""
    from flashnotes.anki import Log

    home = library.store.home
    events = library.store.exported_log({one.card.id for one in studied}, others=others)
    return Log(home.uuid, home.number, events)


def _tell(exported: Exported, path: Path, *, is_package: bool = False) -> None:
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


def _tell_removals(outgoing: Outgoing) -> None:
    """The list of notes to remove in Anki, which no package can do, and how to find them there."""
    removals = outgoing.removals()
    if not removals:
        return
    print("To be removed in Anki by hand, if it has them; its browser finds each by its Ref:")
    for card_id, front in removals:
        print(f"  Ref:{one_line(card_id)}  {one_line(front)}")


def _export_cards(
    library: Library, studied: Iterable[tuple[StudyCard, StudyCard | None]], *, with_schedule: bool
) -> Iterator[ExportCard]:
    """Each card, with its other side where one comes with it."""
    from flashnotes.anki import ExportCard, Side

    reviews: dict[CardId, list[Review]] = defaultdict(list)
    for review in library.store.reviews() if with_schedule else ():
        reviews[review.card_id].append(review)

    def side(one: StudyCard) -> Side:
        return Side(one.state, tuple(reviews[one.card.id])) if with_schedule else Side()

    for one, other in studied:
        known = library.store.exported(one.card.id)
        forward, reverse = side(one), side(other) if other else None
        modified = known[1] if known else None
        yield ExportCard(one.card, one.deck, forward.state, forward.reviews, modified, reverse)
