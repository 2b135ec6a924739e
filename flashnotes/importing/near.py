"""Cards that no candidate has claimed, found by nearly the same term or by nearly the same text."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from flashnotes.cards import fold_term, is_typo_of, typo_keys
from flashnotes.importing.found import Found, Placed, Sure, distance
from flashnotes.importing.similar import likeness

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from flashnotes.models import CardId, CardKind

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

Verdict = tuple[Placed, Sure, str]
"""A card, how sure it is, and why."""


class Left:
    """Cards that no candidate has claimed, found by nearly the same term or by the same text."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._by_typo: dict[tuple[CardKind, str], list[Placed]] = defaultdict(list)
        self._by_back: dict[tuple[CardKind, str], list[Placed]] = defaultdict(list)
        self._by_note: dict[tuple[CardKind, str], list[Placed]] = defaultdict(list)
        self._compared: Counter[tuple[CardKind, str]] = Counter()
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
        best = min(fit, key=lambda placed: distance(placed, each))
        sure = best.path == each.path and len(fit) == 1
        return best, Sure.YES if sure else Sure.ASK, f"{best.card.front!r} had the same text"

    def by_likeness(self, each: Found, used: Collection[CardId]) -> Verdict | None:
        """Much the same text under another term of the same note: always asked."""
        note = (each.candidate.kind, each.path)
        fit = [placed for placed in self._by_note.get(note, ()) if placed.card.id not in used]
        self._compared[note] += len(fit)
        if not fit or self._compared[note] > _MOST_PAIRS:
            return None
        likes, _, best = max(
            (likeness(placed.card.back, each.candidate.back), -placed.place, placed) for placed in fit
        )
        return (best, Sure.ASK, f"{best.card.front!r} had much the same text") if likes >= _RENAMED else None
