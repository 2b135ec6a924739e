"""Turns cards into notes: those that share a note in Anki into one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flashnotes.anki.html import to_text
from flashnotes.anki.model import NEW
from flashnotes.anki.notes import guid_from_id, make_note
from flashnotes.anki.notetypes import NOTE_TYPES
from flashnotes.errors import AnkiError
from flashnotes.models import CardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.anki.media import Media
    from flashnotes.anki.model import ExportCard, Side
    from flashnotes.anki.notes import AnkiNote
    from flashnotes.anki.ready import Ready
    from flashnotes.models import Card, CardId

ModifiedOf = Callable[["Card", "AnkiNote"], int]
"""When what a card's note shows last changed: second since 1970."""


@dataclass(slots=True)
class Packing:
    """The cards on their way into `ready`."""

    ready: Ready
    media: Media
    modified_of: ModifiedOf
    """Asked for cards that do not say themselves when they changed."""
    retired: list[CardId] = field(default_factory=list)
    """Cards whose passage is gone."""
    _deletions: dict[str, set[int]] = field(default_factory=dict)
    """Of notes that came from Anki, the deletions that are cards already."""
    _reverses: list[ExportCard] = field(default_factory=list)
    """Cards that may be the other way round of a note still to come."""

    def add(self, item: ExportCard) -> None:
        """Take a card in: its note, unless it shares that with a card before it, its sides and their answers."""
        if item.card.retired:
            self.retired.append(item.card.id)
        if not _may_be_reverse(item):
            self._add_note(item)
        elif self.ready.number_of(_guid(item)) is None:
            self._reverses.append(item)
        else:
            self._add_reverse(item)

    def finish(self) -> None:
        """Take in what waited for a note to come."""
        for item in self._reverses:
            self._add_reverse(item)
        self.ready.finish()

    def _add_note(self, item: ExportCard) -> None:
        note = make_note(item, self.media)
        if item.card.anki and note.kind is CardKind.CLOZE:
            known = self._deletions.setdefault(note.guid, set())
            if known.isdisjoint(note.ordinals):
                known.update(note.ordinals)
            else:
                note = replace(note, guid=guid_from_id(item.card.id))
        self._write(item, note)

    def _write(self, item: ExportCard, note: AnkiNote) -> None:
        number = self.ready.number_of(note.guid)
        if number is None:
            modified = self.modified_of(item.card, note) if item.modified is None else item.modified
            note_type = NOTE_TYPES[note.kind].id
            number = self.ready.add_note(note.guid, note_type, note.fields, note.tags, modified)
        elif note.guid not in self._deletions:
            # Two notes of one guid would stay two notes in Anki for ever.
            front = to_text(note.fields[0])
            raise AnkiError(f"two cards have the id of {front!r}. Give one of them another id.")
        for ordinal, side in _sides(item, note):
            self.ready.add_side(number, ordinal, item.deck, side)

    def _add_reverse(self, item: ExportCard) -> None:
        """Take a card in as the other way round of a note, if it still is that; else as a note of its own."""
        note = make_note(item, self.media)
        number = self.ready.number_of(_guid(item))
        if number is None or self.ready.fields_of(number)[1::-1] != list(note.fields[:2]):
            self._write(item, note)
            return
        self.ready.ask_reverse(number)
        self.ready.add_side(number, 1, item.deck, _asked(item))


def _sides(item: ExportCard, note: AnkiNote) -> Iterator[tuple[int, Side]]:
    """The cards of a note with what was learnt of each.

    All deletions of a text are asked together here: each takes its schedule, the first its answers.
    """
    first, *others = note.ordinals
    forward = _asked(item)
    yield first, forward
    for ordinal in others:
        if note.kind is CardKind.CLOZE:
            yield ordinal, replace(forward, reviews=(), answers=())
        else:
            yield ordinal, _asked(item, item.reverse or NEW)


def _asked(item: ExportCard, side: Side | None = None) -> Side:
    """The card, or a side of it, as it is asked: not at all once its passage is gone."""
    side = side or item.forward
    return replace(side, state=replace(side.state, suspended=True)) if item.card.retired else side


def _guid(item: ExportCard) -> str:
    return item.card.anki.guid if item.card.anki else ""


def _may_be_reverse(item: ExportCard) -> bool:
    return item.card.anki is not None and item.card.anki.ord == 1 and item.card.kind is not CardKind.CLOZE
