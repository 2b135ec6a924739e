"""The plan of importing notes.

Each candidate is matched to its card, then merged by the base that `extracted` holds: a note that changed is
followed, a card that the person edited is left alone. Importing twice is importing once; nothing is ever deleted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flashnotes.cards import is_as_extracted, mint_id, passage_hash, slug, storable, text_hash
from flashnotes.importing.found import Found, Match, Sure
from flashnotes.importing.matching import match
from flashnotes.importing.terms import Entry, Plan, Scan, Status, Untouched, follows, is_decided
from flashnotes.models import Candidate, Card, CardId, CardKind, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Sequence

    from flashnotes.importing.terms import NoteCards
    from flashnotes.models import Deck

_MANY_OF_A_DECK = 5
"""Retiring more than one card in this many stops and asks."""
_FEW = 3
"""Retiring no more than this many of a deck or a note never asks."""

_BY_HAND = "edited by hand; the note is as it was"
_REJECTED = "rejected before, and its passage is the same"


def plan_notes(decks: Sequence[Deck], scan: Scan, rest: Rest | None = None) -> Plan:
    """The plan of importing `scan` into `decks`.

    Where `decks` hold only the cards that matter to what was read, `rest` tells of the others.
    """
    found = [
        Found(cleaned(each), note.path, note.deck_of(each), note.tags, is_weak=each.score < scan.least)
        for note in scan.notes
        for each in note.candidates
    ]
    found.sort(key=lambda each: each.is_weak)
    rest = rest or whole(decks, scan)
    gone = _gone_paths(decks, scan)
    planner = _Planner(decks, rest.ids)
    settled = {card.id for deck in decks for card in deck.cards if is_decided(card, scan.unchanged)}
    matches = match(decks, found, gone, settled, planner.is_refused)
    entries = [entry for each in matches if (entry := planner.entry_of(each))]
    matched = settled | {each.card.id for each in matches if each.card}
    retired = _retirements(decks, scan, matched, gone)
    unread = _unread_entries(decks, scan)
    why = _why_ask(decks, scan, retired, rest.active)
    return Plan((*unread, *entries, *retired), why, rest.untouched)


@dataclass(frozen=True, slots=True)
class Rest:
    """What is to be known of the cards that no candidate can touch."""

    ids: Container[str]
    """Of all cards."""
    active: Callable[[str], int]
    """How many cards of a deck are not retired."""
    untouched: Untouched


def whole(decks: Sequence[Deck], scan: Scan) -> Rest:
    """The same of decks that are there whole."""
    active: Counter[str] = Counter()
    for deck in decks:
        active[deck.name] += sum(not card.retired for card in deck.cards)
    cards = {card.id: (card, deck.name) for deck in decks for card in deck.cards}
    decided = [(card, deck) for card, deck in cards.values() if is_decided(card, scan.unchanged)]
    same = tuple(unread_entry(card, deck, scan) for card, deck in decided if is_as_extracted(card))
    return Rest(cards, active.__getitem__, Untouched(len(same), scan.unchanged, lambda: same))


def unread_entry(card: Card, deck: str, scan: Scan) -> Entry:
    """What reading the unchanged note of `card` again would have given."""
    status, reason = (Status.SAME, "as it is") if is_as_extracted(card) else (Status.KEPT, _BY_HAND)
    source = card.source or Source("")
    said = _said(card, source.line or 0, scan.unchanged[source.path].scores[card.id])
    return Entry(status, deck, card, reason, card, said)


def _unread_entries(decks: Sequence[Deck], scan: Scan) -> list[Entry]:
    """What there is to tell of the unchanged notes."""
    if not scan.unchanged:
        return []
    cards = {card.id: (card, deck.name) for deck in decks for card in deck.cards}
    entries = [
        unread_entry(card, deck, scan)
        for card, deck in cards.values()
        if is_decided(card, scan.unchanged) and not is_as_extracted(card)
    ]
    home_of = {str(each.id): deck.name for deck in decks for each in deck.rejected}
    for path, unread in scan.unchanged.items():
        for double in unread.doubles:
            if double.score >= scan.least:
                card, deck = cards[CardId(double.id)]
                said = _said(card, double.line, double.score)
                entries.append(_double(card, deck, said, Source(path, double.line)))
        for each in unread.refused:
            if each.score >= scan.least:
                source = Source(path, each.line)
                card = Card(CardId(each.id), CardKind(each.kind), each.front, "", source=source)
                said = _said(card, each.line, each.score)
                entries.append(Entry(Status.REJECTED, home_of.get(each.id, ""), card, _REJECTED, None, said))
    return entries


def _said(card: Card, line: int, score: float) -> Candidate:
    """What an unchanged note says, as its card has it."""
    return Candidate(card.kind, card.front, card.back, line, card.aliases, score=score)


def _double(card: Card, deck: str, said: Candidate, source: Source) -> Entry:
    """`source` says what `card` says already."""
    return Entry(Status.SAME, deck, card, f"stands at {source} too", card, said, stands_at=source)


@dataclass(slots=True)
class _Taken:
    """The ids of cards that there are, and of those that a plan makes."""

    there: Container[str]
    made: set[str] = field(default_factory=set)

    def __contains__(self, card_id: object) -> bool:
        return card_id in self.made or card_id in self.there


@dataclass(slots=True)
class _Planner:
    """Turns matches into entries, minting ids as it goes."""

    decks: Sequence[Deck]
    ids: Container[str]
    """Of all cards that there are."""
    taken: _Taken = field(init=False)
    rejected: dict[tuple[str, str], tuple[CardId, str]] = field(init=False)
    """Ids and their decks by the slug of the term and the passage."""
    made: dict[Found | None, tuple[Card, str]] = field(default_factory=dict)
    """The card and the deck of each candidate so far."""

    def __post_init__(self) -> None:
        self.taken = _Taken(self.ids)
        self.rejected = {
            (entry.id.rpartition("-")[0], entry.passage): (entry.id, deck.name)
            for deck in self.decks
            for entry in deck.rejected
            if entry.id not in self.taken
        }

    def entry_of(self, each: Match) -> Entry | None:
        """What is planned for a candidate; nothing where it says what another one says that is still to be decided."""
        if each.sure is Sure.DOUBLE:
            card, deck = (each.card, each.deck) if each.card else self.made.get(each.first, (None, ""))
            return _double(card, deck, each.found.candidate, each.found.source) if card else None
        entry = self._entry_of_its_own(each)
        if entry.status not in (Status.UNCERTAIN, Status.REJECTED):
            self.made[each.found] = (entry.card, entry.deck)
        return entry

    def _entry_of_its_own(self, each: Match) -> Entry:
        if each.card and each.sure is Sure.YES:
            return _merged(each.card, each.found, each.deck)
        rejected = self._rejection_of(each.found)
        if rejected:
            card_id, deck = rejected
            card = replace(self._make(each.found), id=card_id)
            return Entry(Status.REJECTED, deck, card, _REJECTED, None, each.found.candidate)
        return self._offer(each)

    def _offer(self, each: Match) -> Entry:
        """A new card, or one that the person has to decide on."""
        candidate, card = each.found.candidate, self._make(each.found)
        self.taken.made.add(card.id)
        if each.card:
            merged = _follow(each.card, each.found) if is_as_extracted(each.card) else each.card
            return Entry(
                Status.UNCERTAIN, each.deck, merged, each.reason, each.card, candidate, card, each.found.deck
            )
        if each.sure is Sure.TWIN:
            return Entry(Status.UNCERTAIN, each.deck, card, each.reason, None, candidate)
        return Entry(
            Status.NEW,
            each.deck,
            card,
            f"rule {candidate.rule}" if candidate.rule else "new",
            None,
            candidate,
        )

    def is_refused(self, found: Found) -> bool:
        """The person refused what this passage says."""
        return self._rejection_of(found) is not None

    def _rejection_of(self, found: Found) -> tuple[CardId, str] | None:
        if not self.rejected:
            return None
        name = slug(found.candidate.front)
        passage = passage_hash(found.candidate.front, found.candidate.back)
        return self.rejected.get((name, passage)) or self.rejected.get((name, ""))

    def _make(self, found: Found) -> Card:
        candidate = found.candidate
        return Card(
            id=mint_id(found.deck, candidate.kind, candidate.front, self.taken),
            kind=candidate.kind,
            front=candidate.front,
            back=candidate.back,
            aliases=candidate.aliases,
            tags=tuple(dict.fromkeys((*found.tags, *candidate.tags))),
            source=found.source,
            extracted=text_hash(candidate.front, candidate.back),
        )


def cleaned(candidate: Candidate) -> Candidate:
    """`candidate` as a deck file can hold it."""
    front, back = storable(candidate.front).strip(), storable(candidate.back).strip()
    aliases = tuple(storable(alias) for alias in candidate.aliases if alias)
    tags = tuple(storable(tag) for tag in candidate.tags if tag)
    if (front, back, aliases, tags) == (candidate.front, candidate.back, candidate.aliases, candidate.tags):
        return candidate
    return replace(candidate, front=front, back=back, aliases=aliases, tags=tags)


def _merged(card: Card, found: Found, deck: str) -> Entry:
    """The three-way merge: base is `extracted`, theirs the note's text, mine the card's."""
    theirs, mine = found.hash, text_hash(card.front, card.back)
    status, after, reason = Status.KEPT, replace(card, source=found.source, retired=False), ""
    if card.extracted is None:
        status, after, reason = (Status.SAME if theirs == mine else Status.KEPT), card, "written by hand"
    elif theirs == mine:
        status, reason = _place_status(card, found)
        after = replace(after, kind=found.candidate.kind, extracted=theirs)
    elif mine == card.extracted:
        status, after = Status.CHANGED, _follow(card, found)
        reason = "the note changed" + (f"; it was in {card.source}" if _has_moved(card, found) else "")
    elif theirs == card.extracted:
        reason = _BY_HAND
    else:
        reason = "edited by hand, and the note changed too"
        return Entry(status, deck, after, reason, card, found.candidate, _follow(card, found), deck)
    return Entry(status, deck, after, reason, card, found.candidate)


def _place_status(card: Card, found: Found) -> tuple[Status, str]:
    """The text is the same: only its place may differ."""
    if card.retired:
        return Status.CHANGED, "its passage is back"
    if card.kind is not found.candidate.kind:
        return Status.CHANGED, f"now a card of kind {found.candidate.kind.value}"
    if _has_moved(card, found):
        return Status.MOVED, f"it was in {card.source}"
    return Status.SAME, "as it is"


def _has_moved(card: Card, found: Found) -> bool:
    return card.source is not None and card.source.path != found.path


def _follow(card: Card, found: Found) -> Card:
    """`card` with the note's text; its id and tags stay, and with the id its reviews."""
    candidate = found.candidate
    return replace(
        card,
        kind=candidate.kind,
        front=candidate.front,
        back=candidate.back,
        aliases=tuple(dict.fromkeys((*card.aliases, *candidate.aliases))),
        source=found.source,
        extracted=found.hash,
        retired=False,
    )


def _is_empty(note: NoteCards, scan: Scan) -> bool:
    unread = scan.unchanged.get(note.path)
    return not note.candidates and not (unread and unread.says_something(scan.least))


def _gone_paths(decks: Sequence[Deck], scan: Scan) -> frozenset[str]:
    """Notes whose cards may be elsewhere now: those that were read, and those that are no more."""
    paths = {card.source.path for deck in decks for card in deck.cards if card.source}
    return frozenset(paths & {*(note.path for note in scan.notes), *scan.unchanged, *scan.missing})


def _retirements(
    decks: Sequence[Deck], scan: Scan, matched: Collection[CardId], gone: Collection[str]
) -> list[Entry]:
    read = {note.path for note in scan.notes}
    retired = {path for path in gone if path in read or any(_is_in(path, folder) for folder in scan.folders)}
    entries = []
    for deck in decks:
        for card in deck.cards:
            if card.source and card.source.path in retired and follows(card) and card.id not in matched:
                where = (
                    "its passage is gone from" if card.source.path in read else "there is no longer a note"
                )
                entries.append(
                    Entry(
                        Status.RETIRED,
                        deck.name,
                        replace(card, retired=True),
                        f"{where} {card.source.path}",
                        card,
                    )
                )
    return entries


def _is_in(path: str, folder: str) -> bool:
    if folder in ("", "."):
        return not path.startswith("../")
    return path.startswith(folder.rstrip("/") + "/")


def _why_ask(
    decks: Sequence[Deck], scan: Scan, retired: Sequence[Entry], active_in: Callable[[str], int]
) -> tuple[str, ...]:
    """Mass retirement is more often a wrong folder or an emptied file than a person's wish."""
    of_deck = Counter(entry.deck for entry in retired)
    of_note = Counter(entry.card.source.path for entry in retired if entry.card.source)
    reasons = []
    for deck in decks:
        if of_deck[deck.name] <= _FEW:
            continue
        active = active_in(deck.name)
        if of_deck[deck.name] * _MANY_OF_A_DECK > active:
            reasons.append(f"{of_deck[deck.name]} of the {active} cards of {deck.name} would be retired")
    reasons += [
        f"{note.path} came back empty and gave {of_note[note.path]} cards before"
        for note in scan.notes
        if of_note[note.path] > _FEW and _is_empty(note, scan)
    ]
    for folder in scan.folders:
        lost = sum(count for path, count in of_note.items() if _is_in(path, folder))
        read = (*(note.path for note in scan.notes), *scan.unchanged)
        if lost and not any(_is_in(path, folder) for path in read):
            reasons.append(f"{folder} came back without notes and gave {lost} cards before")
    return tuple(reasons)
