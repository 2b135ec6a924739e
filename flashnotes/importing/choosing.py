"""What a person decides of a plan: which cards are taken, changed first, joined, or refused for good.

Nothing is written here; `Choosing.taken()` and `Choosing.refused()` say what is to be done once it is accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, passage_hash, text_hash
from flashnotes.importing.terms import Entry, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flashnotes.importing.terms import Plan
    from flashnotes.models import Card


class Pick(StrEnum):
    """What becomes of an offer."""

    LEAVE = "leave"
    TAKE = "take"
    OTHER = "other"
    """The other way to take it: as a card of its own, or with the note's text over one's own."""
    NEVER = "never"
    """Refused: not offered again while its passage stays the same."""
    JOINED = "joined"
    """Its text went into another offer."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice kept until it is accepted."""

    pick: Pick
    front: str | None = None
    """The text as the person changed it; None as offered."""
    back: str | None = None
    into: str = ""
    """The key of the offer that it was joined with."""


@dataclass(slots=True)
class Offer:
    """An entry that the person decides on, and the decision so far."""

    entry: Entry
    pick: Pick
    card: Card
    """As it will be if it is taken."""
    into: Offer | None = None

    @property
    def key(self) -> str:
        """What finds the offer again in a later import: its place and text, else its card."""
        candidate = self.entry.candidate
        if candidate is None or self.entry.before:
            return f"{self.entry.status} {self.entry.card.id} {self._said}"
        place = self.entry.card.source.path if self.entry.card.source else self.entry.deck
        return f"{candidate.kind} {place} {self._said}"

    @property
    def _said(self) -> str:
        candidate = self.entry.candidate
        return passage_hash(candidate.front, candidate.back) if candidate else ""

    @property
    def is_edited(self) -> bool:
        """The person changed the text that was offered."""
        offered = self._offered
        return (self.card.front, self.card.back) != (offered.front, offered.back)

    @property
    def is_new(self) -> bool:
        """It can become a card of its own, so that it can be joined or refused."""
        return self.entry.status is Status.NEW or (
            self.entry.status is Status.UNCERTAIN
            and (self.entry.before is None or self.entry.instead is not None)
        )

    @property
    def is_chosen(self) -> bool:
        return self.pick in (Pick.TAKE, Pick.OTHER)

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The ways to decide, in the order that a key goes through them."""
        if self.entry.status is Status.KEPT:
            return Pick.LEAVE, Pick.OTHER
        if self.entry.status is Status.UNCERTAIN and self.entry.instead is not None:
            return Pick.LEAVE, Pick.OTHER, Pick.TAKE
        return Pick.LEAVE, Pick.TAKE

    @property
    def _offered(self) -> Card:
        return self.entry.instead if self.pick is Pick.OTHER and self.entry.instead else self.entry.card

    def decide(self, pick: Pick) -> None:
        """Take `pick`; an edit of the person's stays."""
        edited = (self.card.front, self.card.back) if self.is_edited else None
        self.pick = pick
        self.card = self._offered
        if edited:
            self.card = replace(self.card, front=edited[0], back=edited[1])

    def entry_to_take(self) -> Entry:
        """The entry with what the person made of it."""
        if self.pick is Pick.OTHER and self.entry.status is Status.KEPT:
            return replace(self.entry, status=Status.CHANGED, card=self.card)
        if self.pick is Pick.OTHER or (self.entry.status is Status.UNCERTAIN and self.entry.before is None):
            return replace(self.entry.as_new(), card=self.card)
        return replace(self.entry, card=self.card)

    def decision(self) -> Decision:
        """What is to be kept of it."""
        front, back = (self.card.front, self.card.back) if self.is_edited else (None, None)
        return Decision(self.pick, front, back, self.into.key if self.into else "")


@dataclass(frozen=True, slots=True)
class Like:
    """Another card, or another offer, that asks for the same term."""

    where: str
    """The deck of the card, or where the other offer stands."""
    front: str
    back: str


@dataclass(slots=True)
class Choosing:
    """A plan on its way to being accepted."""

    plan: Plan
    alike: Callable[[str], Iterable[tuple[str, Card]]]
    """Finds the cards that ask for a term, each with its deck."""
    threshold: float
    """New cards scored under it begin unselected."""
    kept: Mapping[str, Decision] = field(default_factory=dict)
    """Decisions of an earlier sitting, by key."""
    offers: list[Offer] = field(init=False)
    _begun: dict[str, Pick] = field(init=False)

    def __post_init__(self) -> None:
        self.offers = [self._offer(entry) for entry in self.plan.entries if is_offered(entry)]
        self._begun = {offer.key: offer.pick for offer in self.offers}
        self._decide_as_before()

    def _offer(self, entry: Entry) -> Offer:
        return Offer(entry, Pick.TAKE if self._begins_chosen(entry) else Pick.LEAVE, entry.card)

    def _begins_chosen(self, entry: Entry) -> bool:
        if entry.status is Status.NEW:
            return entry.score >= self.threshold
        if entry.status is Status.RETIRED:
            return not self.plan.must_ask
        return entry.status in (Status.CHANGED, Status.MOVED)

    def _decide_as_before(self) -> None:
        by_key = {offer.key: offer for offer in self.offers}
        for key, offer in by_key.items():
            decision = self.kept.get(key)
            if decision is None:
                continue
            if decision.pick in offer.picks or (decision.pick is Pick.NEVER and offer.is_new):
                offer.decide(decision.pick)
            if decision.front is not None and decision.back is not None:
                self.edit(offer, decision.front, decision.back)
        for key, offer in by_key.items():
            into = by_key.get(self.kept[key].into) if key in self.kept else None
            if into is not None:
                self.join(into, offer)

    def set_all(self, offers: Iterable[Offer], *, chosen: bool) -> None:
        """Choose all of `offers`, or none; the uncertain ones and those kept by hand are chosen one by one."""
        for offer in offers:
            if offer.pick in (Pick.NEVER, Pick.JOINED):
                continue
            if not chosen:
                offer.decide(Pick.LEAVE)
            elif offer.picks == (Pick.LEAVE, Pick.TAKE) and offer.entry.status is not Status.UNCERTAIN:
                offer.decide(Pick.TAKE)

    def toggle(self, offer: Offer) -> None:
        """The next way to decide."""
        self.part(offer)
        picks = offer.picks
        offer.decide(picks[(picks.index(offer.pick) + 1) % len(picks)] if offer.pick in picks else picks[1])

    def refuse(self, offer: Offer) -> bool:
        """Never offer it again, or take that back; whether it can be refused."""
        if not offer.is_new:
            return False
        self.part(offer)
        offer.decide(Pick.LEAVE if offer.pick is Pick.NEVER else Pick.NEVER)
        return True

    def edit(self, offer: Offer, front: str, back: str) -> None:
        """Give it another text; its place and the text of the note are remembered, so that it is kept by hand."""
        offer.card = replace(offer.card, front=front, back=back)

    def join(self, offer: Offer, other: Offer) -> bool:
        """Make one card of two: `other`'s text goes below that of `offer`; whether they can be joined."""
        if offer is other or not (offer.is_new and other.is_new) or offer.into or other.into:
            return False
        if not offer.is_chosen:
            offer.decide(offer.picks[1])
        mine, theirs = offer.card, other.card
        names = [theirs.front, *theirs.aliases] if fold_term(mine.front) != fold_term(theirs.front) else []
        text = mine.back if theirs.back in mine.back else f"{mine.back}\n\n{theirs.back}"
        offer.card = replace(mine, back=text, aliases=tuple(dict.fromkeys((*mine.aliases, *names))))
        other.into = offer
        other.pick = Pick.JOINED
        return True

    def part(self, other: Offer) -> None:
        """Take `other` out of the offer it was joined with."""
        into, other.into = other.into, None
        if into is not None:
            shorter = into.card.back.removesuffix(f"\n\n{other.card.back}")
            names = (other.card.front, *other.card.aliases)
            aliases = tuple(name for name in into.card.aliases if name not in names)
            into.card = replace(into.card, back=shorter, aliases=aliases)

    def likes(self, offer: Offer) -> list[Like]:
        """Cards and other offers that ask for the same term, the card it may be first."""
        found = []
        before, term = offer.entry.before, fold_term(offer.card.front)
        if before is not None:
            found.append(Like(offer.entry.deck, before.front, before.back))
        if offer.entry.status is Status.KEPT and offer.entry.instead is not None:
            found.append(Like("the note", offer.entry.instead.front, offer.entry.instead.back))
        known = (each for each in self.alike(offer.card.front) if before is None or each[1].id != before.id)
        found += [Like(deck, card.front, card.back) for deck, card in known]
        for other in self.offers:
            if other is not offer and other.is_new and fold_term(other.card.front) == term:
                found.append(
                    Like(str(other.card.source or other.entry.deck), other.card.front, other.card.back)
                )
        mine = text_hash(offer.card.front, offer.card.back)
        return [like for like in found if text_hash(like.front, like.back) != mine]

    def taken(self) -> list[Entry]:
        """What is to be written: what was chosen, and what is told to nobody, such as a line that shifted."""
        silent = [
            entry
            for entry in self.plan.entries
            if not is_offered(entry) and entry.status in (Status.SAME, Status.KEPT)
        ]
        shown = [offer.entry for offer in self.offers if offer.entry.status is Status.KEPT]
        chosen = [offer.entry_to_take() for offer in self.offers if offer.is_chosen]
        return [*silent, *shown, *chosen]

    def refused(self) -> list[Entry]:
        """What is never to be offered again; what was joined is now part of another card."""
        gone = [offer.entry for offer in self.offers if offer.pick in (Pick.NEVER, Pick.JOINED)]
        return [entry.as_new() if entry.before else entry for entry in gone]

    def undecided(self) -> list[Offer]:
        """New cards and questions that accepting would leave as they are."""
        return [offer for offer in self.offers if offer.pick is Pick.LEAVE and offer.is_new]

    def decisions(self, *, accepted: bool) -> dict[str, Decision]:
        """What is to be remembered: all that differs from the beginning; of an accepted plan what was left out."""
        kept = {}
        for offer in self.offers:
            decision = offer.decision()
            is_default = decision == Decision(self._begun[offer.key])
            if not is_default and not (accepted and offer.pick is not Pick.LEAVE):
                kept[offer.key] = decision
        return kept


def is_offered(entry: Entry) -> bool:
    """Whether a person has something to say to it."""
    if entry.status is Status.KEPT:
        return entry.instead is not None
    return entry.status not in (Status.SAME, Status.REJECTED)
