"""The plan of importing cards that come from Anki: strangers', and one's own that were edited there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, mint_id, storable, text_hash
from flashnotes.importing.terms import Entry, Plan, Status
from flashnotes.models import OTHER_SIDE, AnkiRef, Card, CardId, CardKind, other_side_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from flashnotes.models import Deck

_RETIRED_TAG = "flashnotes::retired"
_LONGEST_NAME, _LONGEST_ID = 500, 200


@dataclass(frozen=True, slots=True)
class Arrival:
    """A card as it came."""

    card: Card
    """Its id is the one it was exported from, or empty; `anki` is its note and place there."""
    deck: str
    modified: int = 0
    """Second at which its note was last changed; 0 if the file does not say."""
    text: str = ""
    """Hash of the note's text there; empty if the file does not hold it as it was exported."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What is known of the way of one of our cards to Anki."""

    texts: frozenset[str]
    """Hashes of its text as it comes back when nobody touched it there."""
    is_edited: bool | None = None
    """Its text has changed here since it was exported; None if it never was."""
    modified: int | None = None
    """Second at which the exported content last changed."""
    text: str = ""
    """Hash of the text last exported, the base of the merge; empty if it is not known."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the world knows of a card; asked only of cards that are matched."""

    guid_of: Callable[[Card], str]
    """The guid that the card's note has in Anki."""
    sent: Callable[[Card], Sent]
    is_asked_both_ways: Callable[[Card], bool] = lambda card: False
    """Whether the other side of the card is asked here, or ever was."""


@dataclass(frozen=True, slots=True)
class PackagePlan:
    """The plan, and for each arrival the card that it belongs to."""

    plan: Plan
    card_ids: tuple[CardId | None, ...]
    """In the order of the arrivals; None for one that the person has to decide on, or has deleted here."""


def plan_package(decks: Sequence[Deck], arrivals: Iterable[Arrival], knowledge: Knowledge) -> PackagePlan:
    """The plan of importing `arrivals`: matched by the id they were exported from, by guid and ordinal, by term.

    Text that was edited only in Anki is followed; text that was edited here is left alone.
    """
    planner = _Planner(decks, knowledge)
    card_ids = tuple(planner.take(arrival) for arrival in arrivals)
    planner.finish()
    return PackagePlan(Plan(tuple(planner.entries)), card_ids)


@dataclass(slots=True)
class _Planner:
    decks: Sequence[Deck]
    knowledge: Knowledge
    entries: list[Entry] = field(default_factory=list)
    _mine: dict[str, tuple[str, Card]] = field(init=False)
    _by_guid: dict[str, CardId] = field(init=False)
    """Cards that are a note of their own in Anki."""
    _by_ref: dict[AnkiRef, CardId] = field(init=False)
    _by_term: dict[tuple[str, str, str], CardId] = field(init=False)
    _taken: set[str] = field(init=False)
    _rejected: dict[str, str] = field(init=False)
    """Deck and id of the cards that were deleted here."""
    _met: dict[str, CardId | None] = field(default_factory=dict)
    """Cards that an arrival has claimed already: the other deletions of its text follow it."""
    _sided: dict[CardId, None] = field(default_factory=dict)
    """Cards of which the other side arrived."""

    def __post_init__(self) -> None:
        placed = [(deck.name, card) for deck in self.decks for card in deck.cards]
        self._mine = {card.id: (name, card) for name, card in placed}
        self._by_guid = {self.knowledge.guid_of(card): card.id for _, card in placed if not card.anki}
        self._by_ref = {card.anki: card.id for _, card in placed if card.anki}
        self._by_term = {_term(name, card): card.id for name, card in reversed(placed) if not card.anki}
        self._rejected = {
            entry.id: deck.name
            for deck in self.decks
            for entry in deck.rejected
            if entry.id not in self._mine
        }
        self._taken = {*self._mine, *self._rejected}

    def take(self, arrival: Arrival) -> CardId | None:
        arrival = _clean(arrival)
        if two_sided := self._two_sided(arrival.card):
            self._sided[two_sided] = None
            return other_side_id(two_sided)
        own = self._own(arrival)
        key = own or self._note_key(arrival)
        if key and key in self._met:
            return self._met[key]
        entry, is_ours = self._entry(arrival, own)
        self.entries.append(entry)
        self._taken.add(entry.card.id)
        settled = entry.card.id if is_ours else None
        if key:
            self._met[key] = settled
        return settled

    def finish(self) -> None:
        """Name the cards of which the other side alone arrived: reviews come only to cards of the plan."""
        there = {entry.card.id for entry in self.entries}
        for card_id in self._sided:
            if card_id not in there:
                deck, card = self._mine[card_id]
                self.entries.append(Entry(Status.SAME, deck, card, "as it is", card))

    def _two_sided(self, card: Card) -> CardId | None:
        """The card asked both ways of which the other side arrives: that has no text of its own, only reviews."""
        if card.anki is None or _is_first(card) or card.anki in self._by_ref:
            return None
        there = self._by_guid.get(card.anki.guid)
        if there is None and self._is_own(card) and card.id in self._taken - self._rejected.keys():
            there = card.id
        if there is None:
            return None
        written = self._mine[there][1] if there in self._mine else replace(card, anki=None)
        return there if self.knowledge.is_asked_both_ways(written) else None

    def _own(self, arrival: Arrival) -> CardId | None:
        """The card in our decks that arrives; the second side of a stranger's note is a card of its own."""
        ref, card = arrival.card.anki, arrival.card
        if ref and ref in self._by_ref:
            return self._by_ref[ref]
        if ref and _is_first(card) and ref.guid in self._by_guid:
            return self._by_guid[ref.guid]
        if card.id and _is_first(card) and card.id in self._mine and not self._mine[card.id][1].anki:
            return card.id
        return None

    def _note_key(self, arrival: Arrival) -> str:
        """What the deletions of one text of ours share, that we ask together; empty for other cards."""
        return arrival.card.id if arrival.card.kind is CardKind.CLOZE and self._is_own(arrival.card) else ""

    def _is_own(self, card: Card) -> bool:
        """Its note is one that an export made of the card of that id."""
        return bool(
            card.id and card.anki and self.knowledge.guid_of(replace(card, anki=None)) == card.anki.guid
        )

    def _entry(self, arrival: Arrival, own: CardId | None) -> tuple[Entry, bool]:
        """What is planned, and whether the card's reviews are to be taken with it."""
        if own:
            deck, card = self._mine[own]
            entry = _merged(card, arrival, self.knowledge, deck)
            return entry, entry.status is not Status.UNCERTAIN
        card_id = arrival.card.id
        if card_id in self._rejected:
            reason = "deleted here"
            return Entry(Status.REJECTED, self._rejected[card_id], arrival.card, reason), False
        return self._offer(arrival)

    def _offer(self, arrival: Arrival) -> tuple[Entry, bool]:
        made = self._make(arrival)
        twin_id = self._by_term.get(_term(arrival.deck, made))
        twin = self._mine[twin_id][1] if twin_id and twin_id not in self._met else None
        if twin is None:
            return Entry(Status.NEW, arrival.deck, made, "new"), True
        if text_hash(twin.front, twin.back) == made.extracted:
            linked = replace(twin, anki=made.anki, extracted=twin.extracted or made.extracted)
            self._met[twin.id] = twin.id
            return Entry(Status.SAME, arrival.deck, linked, "the same card", twin), True
        reason = f"{twin.id} asks for the same with another answer"
        return Entry(Status.UNCERTAIN, arrival.deck, made, reason), False

    def _make(self, arrival: Arrival) -> Card:
        """The new card; one that was exported by another home keeps its id, and with it its identity in Anki."""
        card = replace(arrival.card, extracted=text_hash(arrival.card.front, arrival.card.back))
        if card.id and _is_first(card) and card.id not in self._taken:
            return replace(card, anki=None) if self._is_own(card) else card
        return replace(card, id=mint_id(arrival.deck, card.kind, card.front, self._taken))


def _term(deck: str, card: Card) -> tuple[str, str, str]:
    return deck, card.kind.value, fold_term(card.front)


def _is_first(card: Card) -> bool:
    """It stands for its note: its first side, or a deletion of its text."""
    return card.anki is None or card.anki.ord == 0 or card.kind is CardKind.CLOZE


def _clean(arrival: Arrival) -> Arrival:
    """`arrival` as a deck file can hold it."""
    card = arrival.card
    tags = tuple(storable(tag) for tag in card.tags if tag and tag != _RETIRED_TAG)
    cleaned = replace(
        card,
        id=card.id if _is_id(card.id) else CardId(""),
        front=storable(card.front).strip(),
        back=storable(card.back).strip(),
        aliases=tuple(storable(alias) for alias in card.aliases if alias),
        tags=tags,
        retired=_RETIRED_TAG in card.tags,
        anki=replace(card.anki, guid=storable(card.anki.guid)) if card.anki else None,
    )
    return replace(arrival, card=cleaned, deck=storable(arrival.deck)[:_LONGEST_NAME].strip(": "))


def _is_id(text: str) -> bool:
    """Whether a deck file takes it for an id."""
    return len(text) <= _LONGEST_ID and text.isprintable() and not text.endswith(OTHER_SIDE)


def _merged(own: Card, arrival: Arrival, knowledge: Knowledge, deck: str) -> Entry:
    """The three-way merge of our text and Anki's."""
    theirs = text_hash(arrival.card.front, arrival.card.back)
    mine = text_hash(own.front, own.back)
    same = Entry(Status.SAME, deck, own, "as it is", own)
    if theirs == mine:
        return same
    sent = knowledge.sent(own)
    if theirs in sent.texts:
        return same
    there = _is_edited_there(own, arrival, sent, theirs)
    here = sent.is_edited if sent.is_edited is not None else _is_edited_here(own, mine)
    if there is False:
        reason = "edited here; Anki has it as it was" if here else "Anki has an older text"
        return Entry(Status.KEPT, deck, own, reason, own)
    if here is None:
        reason = "here and in Anki it differs, and which came first is not known"
        return Entry(Status.UNCERTAIN, deck, _follow(own, arrival, theirs), reason, own)
    if here:
        return Entry(Status.KEPT, deck, own, "edited here, and in Anki too", own)
    return Entry(Status.CHANGED, deck, _follow(own, arrival, theirs), "edited in Anki", own)


def _is_edited_here(own: Card, mine: str) -> bool | None:
    return None if own.extracted is None else mine != own.extracted


def _is_edited_there(own: Card, arrival: Arrival, sent: Sent, theirs: str) -> bool | None:
    """Whether the text was changed in Anki; None if nothing tells."""
    if theirs == own.extracted:
        return False
    if arrival.text and sent.text:
        return arrival.text != sent.text
    if arrival.modified and sent.modified is not None:
        return arrival.modified > sent.modified
    return None


def _follow(own: Card, arrival: Arrival, theirs: str) -> Card:
    """Our card with Anki's text. `extracted` stays what a note said, so that the note does not undo the edit."""
    card = arrival.card
    return replace(
        own,
        front=card.front,
        back=card.back,
        aliases=tuple(dict.fromkeys((*own.aliases, *card.aliases))),
        tags=tuple(dict.fromkeys((*own.tags, *card.tags))),
        extracted=theirs if own.anki and own.source is None else own.extracted,
    )
