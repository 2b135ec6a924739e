"""Which card a candidate belongs to: sure ones first, never two candidates to one card.

In order of trust: the same term and kind in the same note; an alias; the same term in a note that is read now or is
gone (moved, split, merged); the same text as another kind; a typo mended, a term renamed over the same text. The cards
are looked up by folded term, by text and by the deletions of a term, so that time grows with the number of cards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, text_hash
from flashnotes.importing.found import Found, Match, Placed, Sure, distance
from flashnotes.importing.near import Left, Verdict
from flashnotes.models import CardId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.models import Candidate, Card, Deck

_Finder = Callable[[Found, Collection[CardId]], Verdict | None]
_Accepts = Callable[[Placed, Found], bool]


def match(
    decks: Sequence[Deck],
    found: Sequence[Found],
    gone: Collection[str],
    settled: Collection[CardId] = (),
    is_refused: Callable[[Found], bool] = lambda _: False,
) -> list[Match]:
    """A match for each of `found`, in its order; those that say what another says are left out.

    `gone` are the paths of notes that were looked at now or are no more: their unmatched cards may be elsewhere.
    `settled` are cards that need no candidate: their notes did not change. What `is_refused` takes no card.
    """
    matcher = _Matcher(decks, gone, settled)
    matcher.run(found, _same_text_and_note, _own_key)
    matcher.leave_out_refused(found, is_refused)
    matcher.leave_out_doubles(found)
    for accepts, keys_of in _SURE_PASSES:
        matcher.run(found, accepts, keys_of)
    matcher.leave_out_weak(found)
    matcher.ask_twins(found)
    matcher.run_near(found)
    return matcher.matches(found)


@dataclass(slots=True)
class _Matcher:
    decks: Sequence[Deck]
    gone: Collection[str]
    settled: Collection[CardId] = ()
    made: dict[int, Match | None] = field(default_factory=dict)
    """By the place of the candidate in the list; None for one that says what another says."""
    used: dict[CardId, Found | None] = field(default_factory=dict)
    """The cards that have their candidate; None for one that is as it was."""
    by_key: dict[tuple[str, str], list[Placed]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.used.update(dict.fromkeys(self.settled))
        place = 0
        for deck in self.decks:
            for card in deck.cards:
                placed = Placed(card, deck.name, place)
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
                best = min(fit, key=lambda placed: distance(placed, each))
                self._take(index, each, best, _sureness(best, each))

    def leave_out_refused(self, found: Sequence[Found], is_refused: Callable[[Found], bool]) -> None:
        """What was refused takes no card and bars no other."""
        for index, each in enumerate(found):
            if index not in self.made and is_refused(each):
                self.made[index] = None if each.is_weak else Match(each, None, each.deck)

    def leave_out_doubles(self, found: Sequence[Found]) -> None:
        """Of candidates that say the same, those that have their card or else the first: one passage is one card."""
        cards = self._texts_of_settled()
        for index, each in enumerate(found):
            if (made := self.made.get(index)) and made.card:
                cards.setdefault((*_key(each), each.hash), (made.card, made.deck))
        first: dict[tuple[str, str, str], Found] = {}
        for index, each in enumerate(found):
            if index in self.made:
                continue
            text = (*_key(each), each.hash)
            if text in cards:
                self._make_double(index, Match(each, *cards[text], Sure.DOUBLE))
            elif text in first:
                self._make_double(index, Match(each, None, each.deck, Sure.DOUBLE, first=first[text]))
            else:
                first[text] = each

    def _make_double(self, index: int, match: Match) -> None:
        self.made[index] = None if match.found.is_weak else match

    def _texts_of_settled(self) -> dict[tuple[str, str, str], tuple[Card, str]]:
        if not self.settled:
            return {}
        return {
            (*key, placed.card.extracted or ""): (placed.card, placed.deck)
            for key, group in self.by_key.items()
            for placed in group
            if placed.card.id in self.settled and key[0] == placed.card.kind.value
        }

    def leave_out_weak(self, found: Sequence[Found]) -> None:
        """Those that have found no card are nothing."""
        for index, each in enumerate(found):
            if each.is_weak:
                self.made.setdefault(index, None)

    def _may_leave(self, placed: Placed, each: Found) -> bool:
        return (
            placed.path == each.path
            or placed.path in self.gone
            or (not placed.path and placed.deck == each.deck)
        )

    def _take(self, index: int, each: Found, placed: Placed, verdict: tuple[Sure, str]) -> None:
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

    def _keeps_term(self, placed: Placed, each: Found) -> bool:
        """The card still asks for the term of `each` once it has followed its own candidate."""
        own = self.used.get(placed.card.id)
        return own is None or not placed.follows or _key(own) == _key(each)

    def _keeps_text(self, placed: Placed, each: Found) -> bool:
        own = self.used.get(placed.card.id)
        return placed.has_text(each) and (own is None or not placed.follows or own.hash == each.hash)

    def _is_settled(self, placed: Placed) -> bool:
        return placed.card.id in self.used or placed.path not in self.gone

    def run_near(self, found: Sequence[Found]) -> None:
        """Typos mended and terms renamed, among the cards whose passage would otherwise be gone."""
        left = Left(
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

    def _all(self) -> Iterable[Placed]:
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


def term_name(term: str) -> str:
    """The name under which the cards that ask for `term` are found."""
    return "t" + fold_term(term)


def names_of_card(card: Card) -> Iterable[str]:
    """What a card may be found by: its term, its aliases, the text it was extracted as."""
    yield term_name(card.front)
    for alias in card.aliases:
        yield "~" + fold_term(alias)
    if card.extracted:
        yield "=" + card.extracted


def names_of_candidate(candidate: Candidate) -> Iterable[str]:
    """The names, one of which a card has that `candidate` may belong to, unless it is found by likeness."""
    term = fold_term(candidate.front)
    yield "t" + term
    yield "~" + term
    for alias in candidate.aliases:
        yield term_name(alias)
    yield "=" + text_hash(candidate.front, candidate.back)


def _sureness(placed: Placed, each: Found) -> tuple[Sure, str]:
    if placed.deck != each.deck and placed.path != each.path and not placed.has_text(each):
        return Sure.ASK, f"the term was in {placed.card.source}, with another text"
    return Sure.YES, ""


def _same_note(placed: Placed, each: Found) -> bool:
    return placed.path == each.path


def _same_text_and_note(placed: Placed, each: Found) -> bool:
    return _same_note(placed, each) and placed.has_text(each)


_SURE_PASSES: tuple[tuple[_Accepts, Callable[[Found], Iterable[tuple[str, str]]]], ...] = (
    (_same_note, _own_key),
    (_same_note, _alias_keys),
    (lambda placed, each: placed.has_text(each), _own_key),
    (lambda placed, each: True, _own_key),
    (_same_note, _text_key),
)
