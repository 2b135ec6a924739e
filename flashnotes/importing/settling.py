"""What became of each note's candidates: what is decided on, and what is left to look at again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, is_as_extracted, passage_hash, text_hash
from flashnotes.importing.terms import Mention, Status, follows

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from flashnotes.importing.terms import Entry, NoteCards, Plan
    from flashnotes.models import Candidate, Card

_DIGEST_BYTES = 5
"""So few that the sum over millions of cards is still a whole number of SQLite's."""


@dataclass(slots=True)
class Outcome:
    """Of the candidates of one note."""

    scores: dict[str, float] = field(default_factory=dict)
    """Of those that are cards, by id."""
    doubles: list[tuple[Mention, Candidate]] = field(default_factory=list)
    """Those that say what a card from elsewhere says."""
    refused: list[Mention] = field(default_factory=list)
    open: list[Candidate] = field(default_factory=list)
    """Those that the next import has to look at again."""

    def add(self, said: Candidate, entry: Entry | None, taken: Entry | None, note: str) -> None:
        """Take note of what was planned for `said` of `note`, and of what of it was taken."""
        if entry is not None and entry.status is Status.REJECTED:
            self.refused.append(
                Mention(
                    entry.card.id,
                    said.line,
                    said.score,
                    passage_hash(said.front, said.back),
                    entry.card.kind.value,
                    entry.card.front,
                )
            )
        elif entry is not None and entry.stands_at is not None and taken is not None:
            self.doubles.append((Mention(entry.card.id, said.line, said.score), said))
        elif taken is not None and _is_exactly(taken.card, said, note):
            self.scores[taken.card.id] = said.score
        else:
            self.open.append(said)


def outcomes_by_note(
    notes: Iterable[NoteCards], plan: Plan, taken: Sequence[Entry], known: Container[str]
) -> dict[str, Outcome]:
    """What taking `taken` of `plan` makes of the candidates of each of `notes`, by its path.

    `known` are the ids of the cards that there were before.
    """
    planned = _by_candidate(plan.entries)
    chosen = _by_candidate(taken)
    ids = {entry.card.id for entry in taken if entry.stands_at is None}
    for number, entry in planned.items():
        # What says the same as a card is told with it; where that card was not taken, it is not there either.
        if entry.stands_at is not None and not (entry.card.id in ids or entry.card.id in known):
            chosen.pop(number, None)
        elif entry.stands_at is not None:
            chosen[number] = entry
    outcomes: dict[str, Outcome] = {}
    for note in notes:
        outcome = outcomes[note.path] = Outcome()
        for said in note.candidates:
            outcome.add(said, planned.get(id(said)), chosen.get(id(said)), note.path)
    return outcomes


def _by_candidate(entries: Iterable[Entry]) -> dict[int, Entry]:
    """Two candidates may be equal, so that only which object it is tells them apart."""
    return {id(entry.candidate): entry for entry in entries if entry.candidate is not None}


def _is_exactly(card: Card, said: Candidate, note: str) -> bool:
    """The card is found by its passage before anything else, whatever other notes come to say."""
    return (
        card.source is not None
        and card.source.path == note
        and follows(card)
        and card.kind is said.kind
        and card.extracted == text_hash(said.front, said.back)
        and fold_term(card.front) == fold_term(said.front)
    )


def card_digest(card: Card) -> int:
    """A number that changes whenever the card is edited, moved or retired: the sum over a note's cards is its mark."""
    row = f"{card.id}\n{card.kind}\n{card.extracted}\n{is_as_extracted(card)}\n{card.source}"
    return int.from_bytes(blake2b(row.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest())


def shifts(taken: Iterable[Entry]) -> Mapping[str, int]:
    """By how much taking `taken` changes the mark of each note."""
    by_note: Counter[str] = Counter()
    for entry in taken:
        if entry.card == entry.before:
            continue
        for card, sign in ((entry.before, -1), (entry.card, 1)):
            if card is not None and card.source is not None and follows(card):
                by_note[card.source.path] += sign * card_digest(card)
    return by_note
