"""Which offers a person wants to see: by kind, status, score, file and words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.importing.terms import Status
from flashnotes.models import CardKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.importing.choosing import Offer

_SCORE = re.compile(r"([<>])=?(\d*\.?\d+)")
_NAMES = frozenset((*(kind.value for kind in CardKind), *(status.value for status in Status)))


def parse_filter(text: str) -> Callable[[Offer], bool]:
    """The offers that all words of `text` fit: a kind, a status, `>0.8` or `<0.8`, else a part of file or text."""
    tests = [_test(word) for word in text.casefold().split()]
    return lambda offer: all(test(offer) for test in tests)


def _test(word: str) -> Callable[[Offer], bool]:
    if found := _SCORE.fullmatch(word):
        bound = float(found[2])
        if found[1] == "<":
            return lambda offer: offer.entry.score < bound
        return lambda offer: offer.entry.score >= bound
    if word in _NAMES:
        return lambda offer: word in (offer.card.kind.value, offer.entry.status.value)
    return lambda offer: word in _words_of(offer)


def _words_of(offer: Offer) -> str:
    source = offer.card.source.path if offer.card.source else ""
    return f"{source} {offer.entry.deck} {offer.card.front} {offer.card.back}".casefold()
