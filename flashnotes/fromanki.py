"""Imports from Anki, from files to files: packages and text exports, their pictures and their reviews."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashnotes.anki import (
    ExportCard,
    Mark,
    copy_media,
    guid_of,
    read_package,
    read_text,
    returned,
    text_digest,
)
from flashnotes.anki.media import Media
from flashnotes.anki.notes import make_note
from flashnotes.asking import other_side
from flashnotes.cards import text_hash
from flashnotes.deckfile.files import replace_file, whole_text
from flashnotes.errors import AnkiError
from flashnotes.importing import Arrival, Knowledge, Sent, plan_package
from flashnotes.models import Card, CardId, Deck, ReviewKind, other_side_id
from flashnotes.pictures import picture_finder
from flashnotes.store.foreign import ForeignAnswer, History
from flashnotes.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from flashnotes.anki import ImportedCard, ImportedPackage
    from flashnotes.importing import Plan
    from flashnotes.library import Library
    from flashnotes.models import Moment

PACKAGE_SUFFIXES = (".apkg", ".colpkg")


@dataclass(frozen=True, slots=True)
class FromAnki:
    """One file of Anki's: what it would change, the reviews and the pictures that come with it."""

    path: Path
    plan: Plan
    histories: tuple[History, ...]
    media: frozenset[str]
    made: Mapping[str, bytes]
    """Those of `media` that are no files of the package."""
    remarks: tuple[str, ...]


def plan_file(
    path: Path, library: Library, decks: Sequence[Deck], at: Moment, *, deck: str | None
) -> FromAnki:
    """The import of the package or text export at `path` into `decks`. Raises AnkiError; nothing is written."""
    is_package = path.suffix.lower() in PACKAGE_SUFFIXES
    package = read_package(path, local_offset=at.offset) if is_package else read_text(path)
    knowledge = _knowledge(library)
    planned = plan_package(decks, (_arrival(card, deck) for card in package.cards), knowledge)
    if unfit := _unstorable(planned.plan):
        package = _without(package, [card_id in unfit for card_id in planned.card_ids])
        planned = plan_package(decks, (_arrival(card, deck) for card in package.cards), knowledge)
        if not package.cards or _unstorable(planned.plan):
            raise AnkiError(f"{path}: a deck file cannot hold some of its text. Nothing of it was taken.")
    histories = tuple(_histories(package, planned.card_ids)) if is_package else ()
    return FromAnki(
        path, planned.plan, histories, frozenset(package.media), package.made, tuple(_remarks(path, package))
    )


def _unstorable(plan: Plan) -> set[CardId]:
    """The cards that could not be read again from a deck: to be known before anything is written."""
    cards: dict[str, list[Card]] = defaultdict(list)
    for entry in plan.taken():
        if entry.card != entry.before:
            cards[entry.deck].append(entry.card)
    unfit: set[CardId] = set()
    for name, changed in cards.items():
        if whole_text(Deck(name, tuple(changed))) is None:
            alone = [card for card in changed if whole_text(Deck(name, (card,))) is None]
            unfit.update(card.id for card in alone or changed)
    return unfit


def _without(package: ImportedPackage, unfit: Sequence[bool]) -> ImportedPackage:
    """The package without some of its cards, which are counted as left out."""
    kept = tuple(card for card, is_unfit in zip(package.cards, unfit, strict=True) if not is_unfit)
    left_out = {**package.left_out, "cards whose text a deck file cannot hold": sum(unfit)}
    return replace(package, cards=kept, left_out=left_out)


def _arrival(card: ImportedCard, deck: str | None) -> Arrival:
    read = Card(
        card.card_id or CardId(""), card.kind, card.front, card.back, card.aliases, card.tags, anki=card.anki
    )
    return Arrival(read, deck or card.deck, card.modified, card.text)


def _knowledge(library: Library) -> Knowledge:
    find = picture_finder(library.home)

    def sent(card: Card) -> Sent:
        texts = frozenset(text_hash(front, back) for front, back in returned(card, find))
        known = library.store.exported(card.id)
        if known is None:
            return Sent(texts)
        mark = Mark(*known)
        now = text_digest(make_note(ExportCard(card, ""), Media(find)).fields)
        return Sent(texts, now != mark.text, mark.modified, mark.text)

    known = library.store.card_ids()

    def is_asked_both_ways(card: Card) -> bool:
        is_asked = library.settings.reverse and other_side(card) is not None
        return is_asked or other_side_id(card.id) in known

    return Knowledge(guid_of, sent, is_asked_both_ways)


def _histories(package: ImportedPackage, card_ids: Sequence[CardId | None]) -> Iterator[History]:
    """What Anki knows of each of our cards: of a text whose deletions we ask together, all of their answers."""
    of_card: dict[CardId, list[ImportedCard]] = defaultdict(list)
    for card, card_id in zip(package.cards, card_ids, strict=True):
        if card_id:
            of_card[card_id].append(card)
    for card_id, cards in of_card.items():
        first = cards[0]
        answers = sorted((answer for card in cards for answer in card.answers), key=lambda answer: answer.ms)
        yield History(
            card_id,
            f"anki:{package.collection}",
            tuple(
                ForeignAnswer(
                    answer.ms, answer.rating, answer.duration_ms, cram=answer.kind is ReviewKind.CRAM
                )
                for answer in answers
            ),
            first.state,
            first.changed * 1000,
            package.offset,
        )


def _remarks(path: Path, package: ImportedPackage) -> Iterator[str]:
    for what, count in package.left_out.items():
        yield f"{path}: left out {count} {what}."
    if package.rendered:
        told = counted(package.rendered, "card")
        yield f"{path}: {told} of note types with more than two fields: taken as the templates show them."
    for warning in package.warnings:
        yield f"{path}: {warning}."


def take_media(files: Collection[FromAnki], folder: Path) -> Callable[[], None]:
    """Write the pictures of `files` that are not there yet into `folder`; what takes them away again.

    Raises AnkiError or DeckError; then none of them is left.
    """
    written: list[Path] = []

    def take_back() -> None:
        for path in written:
            path.unlink(missing_ok=True)

    def keep(name: str, content: bytes) -> None:
        path = folder / name
        if not path.exists():
            replace_file(path, content)
            written.append(path)

    try:
        for file in files:
            for name, content in file.made.items():
                keep(name, content)
            if any(not (folder / name).exists() for name in file.media):
                copy_media(file.path, file.media, keep)
    except BaseException:
        take_back()
        raise
    return take_back
