"""Which card a candidate belongs to: sure ones first, never two candidates to one card.

In order of trust: the same term and kind in the same note; an alias; the same term in a note that is read now or is
gone (moved, split, merged); the same text as another kind; a typo mended, a term renamed over the same text. The cards
are looked up by folded term, by text and by the deletions of a term, so that time grows with the number of cards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, is_as_extracted, is_typo_of, text_hash, typo_keys
from flashnotes.importing.similar import likeness
from flashnotes.models import CardId, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.models import Candidate, Card, CardKind, Deck

_REWORDED = 0.6
"""Likeness of two backs from which a mended term is taken for the same card without asking."""
_RELATED = 0.3
"""Likeness from which it is asked."""
_RENAMED = 0.8
"""Likeness of backs from which a new term over it is asked to be the same card."""
_TELLING = 8
"""Characters (folded) a back needs before being the same means anything."""
_MOST_PAIRS = 4000
"""Pairs of a note that are compared for a renamed term; more is no edit, it is another note."""


class Sure(Enum):
    """How a match is to be taken."""

    YES = "it is this card"
    ASK = "it may be this card"
    TWIN = "a second card of the same term: ask"
    DOUBLE = "the same card stands in another place too"


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate and the note it is from."""

    candidate: Candidate
    path: str
    deck: str
    tags: tuple[str, ...] = ()

    @property
    def source(self) -> Source:
        return Source(self.path, self.candidate.line)

    @property
    def term(self) -> str:
        return fold_term(self.candidate.front)

    @property
    def hash(self) -> str:
        return text_hash(self.candidate.front, self.candidate.back)


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate and its card; `card` is None for a card that is not there yet."""

    found: Found
    card: Card | None = None
    deck: str = ""
    sure: Sure = Sure.YES
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    card: Card
    deck: str
    place: int

    @property
    def path(self) -> str:
        return self.card.source.path if self.card.source else ""

    @property
    def line(self) -> int:
        return (self.card.source.line if self.card.source else None) or 0

    @property
    def follows(self) -> bool:
        """The text is as it was extracted, so that it follows its note."""
        return is_as_extracted(self.card)

    def has_text(self, found: Found) -> bool:
        return found.hash in (self.card.extracted, text_hash(self.card.front, self.card.back))


Verdict = tuple[_Placed, Sure, str]
_Finder = Callable[[Found, Collection[CardId]], "Verdict | None"]
_Accepts = Callable[[_Placed, Found], bool]


def match(decks: Sequence[Deck], found: Sequence[Found], gone: Collection[str]) -> list[Match]:
    """A match for each of `found`, in its order; those that say what another says are left out.

    `gone` are the paths of notes that were read now or are no more: their unmatched cards may be elsewhere.
    """
    matcher = _Matcher(decks, gone)
    matcher.run(found, _same_text_and_note, _own_key)
    matcher.leave_out_doubles(found)
    for accepts, keys_of in _SURE_PASSES:
        matcher.run(found, accepts, keys_of)
    matcher.ask_twins(found)
    matcher.run_near(found)
    return matcher.matches(found)


@dataclass(slots=True)
class _Matcher:
    decks: Sequence[Deck]
    gone: Collection[str]
    made: dict[int, Match | None] = field(default_factory=dict)
    """By the place of the candidate in the list; None for one that says what another says."""
    used: dict[CardId, Found] = field(default_factory=dict)
    """The cards that have their candidate."""
    by_key: dict[tuple[str, str], list[_Placed]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        place = 0
        for deck in self.decks:
            for card in deck.cards:
                placed = _Placed(card, deck.name, place)
                place += 1
                for key in _keys_of_card(card):
                    self.by_key[key].append(placed)

    def run(
        self, found: Sequence[Found], accepts: _Accepts, keys_of: Callable[[Found], Iterable[tuple[str, str]]]
    ) -> None:
        """Give each candidate without a card the nearest free card under its keys that `accepts` it."""
        for index, each in enumerate(found):
            if index in self.made:
                continue
            free = [
                placed
                for key in keys_of(each)
                for placed in self.by_key.get(key, ())
                if placed.card.id not in self.used
            ]
            fit = [placed for placed in free if accepts(placed, each) and self._may_leave(placed, each)]
            if fit:
                best = min(fit, key=lambda placed: _distance(placed, each))
                self._take(index, each, best, _sureness(best, each))

    def leave_out_doubles(self, found: Sequence[Found]) -> None:
        """Of candidates that say the same, those that have their card or else the first: one passage is one card."""
        chosen: dict[tuple[str, str, str], int] = {}
        for index, each in enumerate(found):
            if index in self.made:
                chosen.setdefault((*_key(each), each.hash), index)
        for index, each in enumerate(found):
            first = chosen.setdefault((*_key(each), each.hash), index)
            if first != index and index not in self.made:
                taken = self.made.get(first)
                self.made[index] = Match(each, taken.card, taken.deck, Sure.DOUBLE) if taken else None

    def _may_leave(self, placed: _Placed, each: Found) -> bool:
        return (
            placed.path == each.path
            or placed.path in self.gone
            or (not placed.path and placed.deck == each.deck)
        )

    def _take(self, index: int, each: Found, placed: _Placed, verdict: tuple[Sure, str]) -> None:
        sure, reason = verdict
        self.made[index] = Match(each, placed.card, placed.deck, sure, reason)
        self.used[placed.card.id] = each

    def ask_twins(self, found: Sequence[Found]) -> None:
        """A term that another card of the deck has already: the same text is no second card, another text is asked."""
        settled = self._terms_of(Sure.YES)
        for index, each in enumerate(found):
            if index in self.made:
                continue
            twins = [placed for placed in self.by_key.get(_key(each), ()) if self._keeps_term(placed, each)]
            double = next((placed for placed in twins if self._keeps_text(placed, each)), None)
            if double:
                self.made[index] = Match(each, double.card, double.deck, Sure.DOUBLE)
                continue
            of_deck = (placed for placed in twins if placed.deck == each.deck and self._is_settled(placed))
            twin = next((placed.card.id for placed in of_deck), settled.get((each.deck, *_key(each))))
            if twin:
                self.made[index] = Match(each, None, each.deck, Sure.TWIN, f"{twin} asks for the same term")

    def _terms_of(self, *sure: Sure) -> dict[tuple[str, str, str], CardId]:
        """The terms that matched cards will have, by deck and kind."""
        made = [each for each in self.made.values() if each and each.card and each.sure in sure]
        return {(each.deck, *_key(each.found)): each.card.id for each in made if each.card}

    def _keeps_term(self, placed: _Placed, each: Found) -> bool:
        """The card still asks for the term of `each` once it has followed its own candidate."""
        own = self.used.get(placed.card.id)
        return own is None or not placed.follows or _key(own) == _key(each)

    def _keeps_text(self, placed: _Placed, each: Found) -> bool:
        own = self.used.get(placed.card.id)
        return placed.has_text(each) and (own is None or not placed.follows or own.hash == each.hash)

    def _is_settled(self, placed: _Placed) -> bool:
        return placed.card.id in self.used or placed.path not in self.gone

    def run_near(self, found: Sequence[Found]) -> None:
        """Typos mended and terms renamed, among the cards whose passage would otherwise be gone."""
        left = _Left(
            [placed for placed in self._all() if placed.card.id not in self.used and placed.path in self.gone]
        )
        for sure in (Sure.YES, Sure.ASK):
            for finder in (left.by_typo, left.by_back, left.by_likeness):
                self._take_near(found, finder, sure)
            self.ask_twins(found)

    def _take_near(self, found: Sequence[Found], finder: _Finder, sure: Sure) -> None:
        for index, each in enumerate(found):
            if index not in self.made:
                best = finder(each, self.used)
                if best and best[1] is sure:
                    self._take(index, each, best[0], best[1:])

    def _all(self) -> Iterable[_Placed]:
        unique = {placed.card.id: placed for group in self.by_key.values() for placed in group}
        return sorted(unique.values(), key=lambda placed: placed.place)

    def matches(self, found: Sequence[Found]) -> list[Match]:
        """All matches; what has no card is new, or a second one of the same new term."""
        matches: list[Match] = []
        terms: dict[tuple[str, str, str], str] = dict(self._terms_of(Sure.YES, Sure.ASK))
        for index, each in enumerate(found):
            if index in self.made:
                made = self.made[index]
                matches += [made] if made else []
                continue
            term = (each.deck, *_key(each))
            if term in terms:
                matches.append(
                    Match(each, None, each.deck, Sure.TWIN, f"{terms[term]} asks for the same term")
                )
            else:
                matches.append(Match(each, None, each.deck))
                terms[term] = str(each.source)
        return matches


def _key(each: Found) -> tuple[str, str]:
    return each.candidate.kind.value, each.term


def _own_key(each: Found) -> Iterable[tuple[str, str]]:
    return (_key(each),)


def _alias_keys(each: Found) -> Iterable[tuple[str, str]]:
    kind = each.candidate.kind.value
    yield "~" + kind, each.term
    for alias in each.candidate.aliases:
        yield kind, fold_term(alias)


def _text_key(each: Found) -> Iterable[tuple[str, str]]:
    return (("=", each.hash),)


def _keys_of_card(card: Card) -> Iterable[tuple[str, str]]:
    """Its kind and term; its kind, marked, and each alias; the text it was extracted as."""
    yield card.kind.value, fold_term(card.front)
    for alias in card.aliases:
        yield "~" + card.kind.value, fold_term(alias)
    if card.extracted:
        yield "=", card.extracted


def _distance(placed: _Placed, each: Found) -> tuple[bool, bool, int, bool, int]:
    """How far a card is from a candidate: by text, by note, in its own note by line, by deck, by age."""
    elsewhere = placed.path != each.path
    lines = 0 if elsewhere else abs(placed.line - each.candidate.line)
    return (not placed.has_text(each), elsewhere, lines, placed.deck != each.deck, placed.place)


def _sureness(placed: _Placed, each: Found) -> tuple[Sure, str]:
    if placed.deck != each.deck and placed.path != each.path and not placed.has_text(each):
        return Sure.ASK, f"the term was in {placed.card.source}, with another text"
    return Sure.YES, ""


def _same_note(placed: _Placed, each: Found) -> bool:
    return placed.path == each.path


def _same_text_and_note(placed: _Placed, each: Found) -> bool:
    return _same_note(placed, each) and placed.has_text(each)


_SURE_PASSES: tuple[tuple[_Accepts, Callable[[Found], Iterable[tuple[str, str]]]], ...] = (
    (_same_note, _own_key),
    (_same_note, _alias_keys),
    (lambda placed, each: placed.has_text(each), _own_key),
    (lambda placed, each: True, _own_key),
    (_same_note, _text_key),
)


class _Left:
    """Cards that no candidate has claimed, found by nearly the same term or by the same text."""

    def __init__(self, placed: Sequence[_Placed]) -> None:
        self._by_typo: dict[tuple[CardKind, str], list[_Placed]] = defaultdict(list)
        self._by_back: dict[tuple[CardKind, str], list[_Placed]] = defaultdict(list)
        self._by_note: dict[tuple[CardKind, str], list[_Placed]] = defaultdict(list)
        self._compared = 0
        for each in placed:
            kind = each.card.kind
            for key in typo_keys(fold_term(each.card.front)):
                self._by_typo[kind, key].append(each)
            self._by_back[kind, fold_term(each.card.back)].append(each)
            self._by_note[kind, each.path].append(each)

    def by_typo(self, each: Found, used: Collection[CardId]) -> Verdict | None:
        """The term but for one letter: sure in the same note over much the same text."""
        kind, term = each.candidate.kind, each.term
        near = {
            placed.card.id: placed for key in typo_keys(term) for placed in self._by_typo.get((kind, key), ())
        }
        fit = [
            placed
            for placed in near.values()
            if placed.card.id not in used and is_typo_of(fold_term(placed.card.front), term)
        ]
        if not fit:
            return None
        likes, _, best = max(
            (likeness(placed.card.back, each.candidate.back), -placed.place, placed) for placed in fit
        )
        if likes < _RELATED:
            return None
        sure = likes >= _REWORDED and (best.path == each.path or likes == 1.0)
        return best, Sure.YES if sure else Sure.ASK, f"{best.card.front!r} may be this term with a typo"

    def by_back(self, each: Found, used: Collection[CardId]) -> Verdict | None:
        """The same text under another term: sure in the same note."""
        text = fold_term(each.candidate.back)
        if len(text) < _TELLING:
            return None
        fit = [
            placed
            for placed in self._by_back.get((each.candidate.kind, text), ())
            if placed.card.id not in used
        ]
        if not fit:
            return None
        best = min(fit, key=lambda placed: _distance(placed, each))
        sure = best.path == each.path and len(fit) == 1
        return best, Sure.YES if sure else Sure.ASK, f"{best.card.front!r} had the same text"

    def by_likeness(self, each: Found, used: Collection[CardId]) -> Verdict | None:
        """Much the same text under another term of the same note: always asked."""
        same_note = self._by_note.get((each.candidate.kind, each.path), ())
        fit = [placed for placed in same_note if placed.card.id not in used]
        self._compared += len(fit)
        if not fit or self._compared > _MOST_PAIRS:
            return None
        likes, _, best = max(
            (likeness(placed.card.back, each.candidate.back), -placed.place, placed) for placed in fit
        )
        return (best, Sure.ASK, f"{best.card.front!r} had much the same text") if likes >= _RENAMED else None
