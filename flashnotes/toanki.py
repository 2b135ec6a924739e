"""Exports to Anki: the home's cards on their way out, one at a time, and what is kept of them for the next time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.anki import Answer, Calendar, ExportCard, Mark, Practice, Side, digest_of, next_mark
from flashnotes.asking import with_other_sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.anki.notes import AnkiNote
    from flashnotes.library import Library
    from flashnotes.models import Card, Moment, StudyCard
    from flashnotes.store import Selection


@dataclass(slots=True)
class Outgoing:
    """The cards of `selection` for one export to Anki."""

    library: Library
    selection: Selection
    at: Moment
    with_schedule: bool = True
    _marks: list[str] = field(default_factory=list)
    """Second, hash and card id, a line each: of a hundred thousand cards a third of the memory of tuples."""
    _retired: list[tuple[str, str]] = field(default_factory=list)
    """Id and front of the retired cards met so far."""

    def calendar(self) -> Calendar:
        """The export's moment and day, and how cards are asked here."""
        settings = self.library.settings
        practice = Practice(
            len(settings.learning_steps), len(settings.relearning_steps), settings.desired_retention
        )
        if settings.fsrs_weights:
            practice = practice._replace(decay=settings.fsrs_weights[-1])
        return Calendar(self.at, self.library.day(self.at), practice)

    def cards(self) -> Iterator[ExportCard]:
        """Each card with what was learnt of it, both sides of one asked both ways."""
        for one, other in with_other_sides(self.library.store.each_card(self.selection)):
            if one.card.retired:
                self._retired.append((one.card.id, one.card.front))
            forward, reverse = self._side(one), self._side(other) if other else None
            yield ExportCard(one.card, one.deck, forward.state, answers=forward.answers, reverse=reverse)

    def _side(self, one: StudyCard) -> Side:
        if not self.with_schedule:
            return Side()
        answers = self.library.store.answers(one.card.id)
        return Side(one.state, answers=tuple(Answer(*answer) for answer in answers))

    def modified_of(self, card: Card, note: AnkiNote) -> int:
        """When what the card's note shows last changed: Anki takes only what is newer."""
        known = self.library.store.exported(card.id)
        mark = next_mark(Mark(*known) if known else None, digest_of(note), now=self.at.ms // 1000)
        if known != (mark.digest, mark.modified):
            self._marks.append(f"{mark.modified} {mark.digest} {card.id}")
        return mark.modified

    def remember(self) -> None:
        """Keep what was exported, once the file stands. Raises StoreError."""
        if self._marks:
            self.library.store.remember_exported(map(_mark_of, self._marks))

    def removals(self) -> list[tuple[str, str]]:
        """Id and front of the notes that Anki may hold and this home no longer asks: deleted or retired cards.

        The retired ones are those among the `cards` that went out.
        """
        decks = self.selection.decks
        gone = [
            (card_id, front)
            for card_id, deck, front in self.library.store.gone_since_export()
            if not decks or any(deck == each or deck.startswith(f"{each}::") for each in decks)
        ]
        return gone + self._retired


def _mark_of(line: str) -> tuple[str, str, int]:
    modified, digest, card_id = line.split(" ", 2)
    return card_id, digest, int(modified)
