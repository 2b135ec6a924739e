"""Write decks for other programs; the file's ending says which.

.apkg is a package for Anki: File > Import there. Tick "Import any learning progress" to take the schedule over. Anki
takes the progress of a card once; a card that it already has keeps its schedule there.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from flashnotes.anki import ExportCard, Mark
    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser
    from flashnotes.library import Library
    from flashnotes.models import CardId, Moment, Review, StudyCard


def add_arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE.apkg", type=Path)
    parser.add_argument("decks", metavar="DECK", nargs="*", help="only these decks and those below them")
    parser.add_argument("--no-schedule", action="store_true", help="every card as new, without its reviews")


def run(options: argparse.Namespace, context: Context) -> int:
    if options.file.suffix.lower() != ".apkg":
        raise UsageError(f"{options.file}: name a file that ends in .apkg.")
    from flashnotes.anki import export_apkg
    from flashnotes.wording import counted

    library = context.library()
    studied = library.store.cards(library.selection(options.decks))
    at = context.now()
    marks = _marks(library, studied, at)
    exported = export_apkg(
        options.file,
        _export_cards(library, studied, marks),
        at=at,
        day=library.day(at),
        with_schedule=not options.no_schedule,
    )
    library.store.remember_exported((card_id, mark.digest, mark.modified) for card_id, mark in marks.items())
    amounts = (exported.notes, "note"), (exported.cards, "card"), (exported.reviews, "review")
    print(f"{', '.join(counted(*amount) for amount in amounts)} in {options.file}")
    if exported.retired:
        print(
            f"{len(exported.retired)} of them are retired: suspended in Anki and tagged, for you to delete there."
        )
    return 0


def _marks(library: Library, studied: Sequence[StudyCard], at: Moment) -> dict[CardId, Mark]:
    """When each card's content last changed, for Anki takes only what is newer."""
    from flashnotes.anki import Mark, digest_of, next_mark

    known = {card_id: Mark(*mark) for card_id, mark in library.store.exported().items()}
    return {
        one.card.id: next_mark(known.get(one.card.id), digest_of(one.card), now=at.ms // 1000)
        for one in studied
    }


def _export_cards(
    library: Library, studied: Sequence[StudyCard], marks: dict[CardId, Mark]
) -> Iterator[ExportCard]:
    from flashnotes.anki import ExportCard

    reviews: dict[CardId, list[Review]] = defaultdict(list)
    for review in library.store.reviews():
        reviews[review.card_id].append(review)
    for one in studied:
        yield ExportCard(
            one.card,
            one.deck,
            one.state,
            tuple(reviews[one.card.id]),
            modified=marks[one.card.id].modified,
        )
