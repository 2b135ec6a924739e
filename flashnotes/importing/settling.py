"""What became of each note's candidates: whether anything of it is left to decide."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, passage_hash
from flashnotes.importing.terms import Mention, Status, Unread

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from flashnotes.importing.terms import Entry, Plan
    from flashnotes.models import Candidate, Card


@dataclass(slots=True)
class Outcome:
    """Of one note."""

    recommended: float
    """A candidate scored under it need not be decided on."""
    cards: list[Card] = field(default_factory=list)
    """Its cards, as they are once the plan is taken."""
    scores: dict[str, float] = field(default_factory=dict)
    doubles: list[Mention] = field(default_factory=list)
    refused: list[Mention] = field(default_factory=list)
    is_open: bool = False
    """A card of it is still to be retired, or may be another's."""

    @property
    def unread(self) -> Unread:
        return Unread(self.scores, tuple(self.doubles), tuple(self.refused))

    def is_all_of(self, candidates: Sequence[Candidate]) -> bool:
        """Each of `candidates` that scores enough is a card, stands for one elsewhere, or was refused."""
        scores = [*self.scores.values(), *(each.score for each in (*self.doubles, *self.refused))]
        offered = {(each.kind, each.front, each.back) for each in candidates if self.counts(each.score)}
        return not self.is_open and sum(map(self.counts, scores)) >= len(offered)

    def counts(self, score: float) -> bool:
        return score >= self.recommended

    def add(self, entry: Entry, *, is_taken: bool) -> None:
        """Take note of `entry`, whose passage is in this note."""
        card, said = entry.card, entry.candidate
        if said is None:
            self.is_open |= entry.status is not Status.RETIRED or not is_taken
        elif entry.status is Status.REJECTED:
            passage = passage_hash(said.front, said.back)
            self.refused.append(Mention(card.id, said.line, said.score, passage, card.kind.value, card.front))
        elif entry.stands_at and is_taken:
            self.doubles.append(Mention(card.id, said.line, said.score))
        elif is_taken and _is_decided(entry):
            self.cards.append(card)
            self.scores[card.id] = said.score
        elif self.counts(said.score):
            self.is_open = True


def outcomes_by_note(
    plan: Plan, taken: Collection[Entry], known: Collection[str], recommended: float
) -> dict[str, Outcome]:
    """What taking `taken` of `plan` makes of each note, by its path; `known` are the ids of cards already there."""
    ids = {entry.card.id for entry in taken if not entry.stands_at}
    outcomes: defaultdict[str, Outcome] = defaultdict(lambda: Outcome(recommended))
    for entry in plan.entries:
        if entry.place is not None:
            is_taken = entry.card.id in ids or (entry.stands_at is not None and entry.card.id in known)
            outcomes[entry.place.path].add(entry, is_taken=is_taken)
    return dict(outcomes)


def _is_decided(entry: Entry) -> bool:
    """Nothing is to be asked of it, and its card tells which passage it is."""
    said = entry.candidate
    if entry.status is not Status.KEPT:
        return entry.status is not Status.UNCERTAIN and entry.card.extracted is not None
    return (
        said is not None
        and entry.instead is None
        and entry.card.extracted is not None
        and entry.card.kind is said.kind
        and fold_term(entry.card.front) == fold_term(said.front)
    )
