"""The plan of importing notes.

Each candidate is matched to its card, then merged by the base that `extracted` holds: a note that changed is
followed, a card that the person edited is left alone. Importing twice is importing once; nothing is ever deleted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flashnotes.cards import is_as_extracted, mint_id, passage_hash, slug, storable, text_hash
from flashnotes.importing.matching import Found, Match, Sure, match
from flashnotes.importing.terms import Entry, Plan, Scan, Status
from flashnotes.models import Card, CardId, CardKind, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from flashnotes.models import Candidate, Deck, Rejected

_MANY_OF_A_DECK = 5
"""Retiring more than one card in this many stops and asks."""
_FEW = 3
"""Retiring no more than this many of a deck or a note never asks."""

_BY_HAND = "edited by hand; the note is as it was"
_REJECTED = "rejected before, and its passage is the same"


def plan_notes(decks: Sequence[Deck], scan: Scan) -> Plan:
    """The plan of importing `scan` into `decks`."""
    found = [
        Found(_clean(each), note.path, note.deck_of(each), note.tags)
        for note in scan.notes
        for each in note.candidates
    ]
    gone = _gone_paths(decks, scan)
    matches = match(decks, found, gone)
    planner = _Planner(decks)
    entries = [planner.entry_of(each) for each in matches]
    matched = {each.card.id for each in matches if each.card}
    retired = _retirements(decks, scan, matched, gone)
    unread = _unread_entries(decks, scan)
    return Plan((*unread, *entries, *retired), _why_ask(decks, scan, retired))


def _unread_entries(decks: Sequence[Deck], scan: Scan) -> list[Entry]:
    """What reading the unchanged notes again would have given."""
    if not scan.unchanged:
        return []
    entries = []
    for deck in decks:
        for card in deck.cards:
            if card.source and card.source.path in scan.unchanged and card.extracted and not card.retired:
                if is_as_extracted(card):
                    entries.append(Entry(Status.SAME, deck.name, card, "as it is", card))
                else:
                    entries.append(Entry(Status.KEPT, deck.name, card, _BY_HAND, card))
    home_of = {str(each.id): deck.name for deck in decks for each in deck.rejected}
    for path, card_id, kind, front, line in scan.refused:
        card = Card(CardId(card_id), CardKind(kind), front, "", source=Source(path, line))
        entries.append(Entry(Status.REJECTED, home_of.get(card_id, ""), card, _REJECTED))
    return entries


@dataclass(slots=True)
class _Planner:
    """Turns matches into entries, minting ids as it goes."""

    decks: Sequence[Deck]
    taken: set[str] = field(init=False)
    rejected: dict[tuple[str, str], Rejected] = field(init=False)
    """By the slug of the term and the passage."""

    def __post_init__(self) -> None:
        self.taken = {card.id for deck in self.decks for card in deck.cards}
        self.rejected = {
            (entry.id.rpartition("-")[0], entry.passage): entry
            for deck in self.decks
            for entry in deck.rejected
            if entry.id not in self.taken
        }

    def entry_of(self, each: Match) -> Entry:
        if each.card and each.sure is Sure.YES:
            return _merged(each.card, each.found, each.deck)
        if each.card and each.sure is Sure.DOUBLE:
            return Entry(
                Status.SAME,
                each.deck,
                each.card,
                f"stands at {each.found.source} too",
                each.card,
                each.found.candidate,
            )
        rejected = self._rejection_of(each.found)
        if rejected:
            card = replace(self._make(each.found), id=rejected.id)
            return Entry(Status.REJECTED, each.deck, card, _REJECTED, None, each.found.candidate)
        return self._offer(each)

    def _offer(self, each: Match) -> Entry:
        """A new card, or one that the person has to decide on."""
        candidate, card = each.found.candidate, self._make(each.found)
        self.taken.add(card.id)
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

    def _rejection_of(self, found: Found) -> Rejected | None:
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


def _clean(candidate: Candidate) -> Candidate:
    """`candidate` as a deck file can hold it."""
    return replace(
        candidate,
        front=storable(candidate.front).strip(),
        back=storable(candidate.back).strip(),
        aliases=tuple(storable(alias) for alias in candidate.aliases if alias),
        tags=tuple(storable(tag) for tag in candidate.tags if tag),
    )


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


def _gone_paths(decks: Sequence[Deck], scan: Scan) -> frozenset[str]:
    """Notes whose cards may be elsewhere now: those that were read, and those that are no more."""
    paths = {card.source.path for deck in decks for card in deck.cards if card.source}
    return frozenset(paths & {note.path for note in scan.notes} | paths & scan.missing)


def _retirements(
    decks: Sequence[Deck], scan: Scan, matched: Collection[CardId], gone: Collection[str]
) -> list[Entry]:
    read = {note.path for note in scan.notes}
    retired = {path for path in gone if path in read or any(_is_in(path, folder) for folder in scan.folders)}
    entries = []
    for deck in decks:
        for card in deck.cards:
            if (
                card.source
                and card.source.path in retired
                and card.extracted
                and not card.retired
                and card.id not in matched
            ):
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


def _why_ask(decks: Sequence[Deck], scan: Scan, retired: Sequence[Entry]) -> tuple[str, ...]:
    """Mass retirement is more often a wrong folder or an emptied file than a person's wish."""
    of_deck = Counter(entry.deck for entry in retired)
    of_note = Counter(entry.card.source.path for entry in retired if entry.card.source)
    reasons = []
    for deck in decks:
        active = sum(not card.retired for card in deck.cards)
        if of_deck[deck.name] > _FEW and of_deck[deck.name] * _MANY_OF_A_DECK > active:
            reasons.append(f"{of_deck[deck.name]} of the {active} cards of {deck.name} would be retired")
    reasons += [
        f"{note.path} came back empty and gave {of_note[note.path]} cards before"
        for note in scan.notes
        if not note.candidates and of_note[note.path] > _FEW
    ]
    for folder in scan.folders:
        lost = sum(count for path, count in of_note.items() if _is_in(path, folder))
        read = (*(note.path for note in scan.notes), *scan.unchanged)
        if lost and not any(_is_in(path, folder) for path in read):
            reasons.append(f"{folder} came back without notes and gave {lost} cards before")
    return tuple(reasons)
