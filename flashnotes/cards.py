"""What makes a card the same card: its id, the hash of its text, its siblings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from flashnotes.cloze import filled
from flashnotes.models import CardId, CardKind
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from flashnotes.models import Card

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is read as a digit."""
_HASH_LENGTH = 6
_LONGEST_SLUG = 40
_LONG_TERM = 40
"""Characters from which a term is looked up by its beginning and its end."""
_SHORTEST_TYPO = 4
"""Letters a term must have before one of them may be a typo: TD and MD are two things."""
_NUMBER = re.compile(r"\d+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ONE_TERM = frozenset({CardKind.DEFINITION, CardKind.FORMULA, CardKind.ABBREVIATION})
# What terms differ in without being different: spaces, hyphens and dashes, quotes, brackets, and the marks that end
# or join. Not in it: # * + / % & @ ! because C#, C++, A* and n! are other terms than C, A and n.
_IDLE = re.compile(
    "["
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff"
    r"\-_‐-―−~"
    r"'\"`´‘-‟‹›«»"
    r"()\[\]{}〈-】〔-〟"
    r":;?¿、。·・•…"
    r"]+|(?<!\d)[.,]+|[.,]+(?!\d)"
)


def mint_id(deck: str, kind: CardKind, term: str, taken: Container[str]) -> CardId:
    """A new id for a card of `kind` about `term`: the term's slug and six characters of a hash.

    The same arguments give the same id on every machine; an id in `taken` is passed over for the next hash.
    """
    name = slug(term)
    attempt = 0
    while (made := CardId(f"{name}-{_id_hash(deck, kind, term, attempt)}")) in taken:
        attempt += 1
    return made


def slug(term: str) -> str:
    """`term` as the readable part of an id: letters and digits of any script, lower case, at most 40 characters."""
    plain = unicodedata.normalize("NFKC", filled(term)).lower()
    words = "".join(
        letter if letter.isalnum() or unicodedata.combining(letter) else " " for letter in plain
    ).split()
    return "-".join(words)[:_LONGEST_SLUG].rstrip("-") or "card"


@lru_cache(maxsize=65_536)
def text_hash(front: str, back: str) -> str:
    """Six hex digits of a card's text: what `extracted` holds. Line breaks, runs of spaces and NFC or NFD do not count."""
    return blake2b(_bytes(_settled(front), _settled(back)), digest_size=3).hexdigest()


passage_hash = text_hash
"""What `rejected` holds: the hash of the text that the passage yields, so that an offered card can be rejected too."""


@lru_cache(maxsize=65_536)
def fold_term(term: str) -> str:
    """`term` as terms are compared: NFKC, case folded, without spaces, hyphens, brackets and end marks.

    A term of nothing else (`...`) folds to itself, so that it never matches every other such term.
    """
    plain = unicodedata.normalize("NFKC", term).casefold()
    return _IDLE.sub("", plain) or plain


def typo_keys(term: str) -> Iterator[str]:
    """Keys of a folded term, one of which it shares with every term that is one edit or one swap away.

    The term and its deletions of one letter (Garbe's symmetric deletions), so that finding is one look-up; of a
    long term its beginning and its end, one of which an edit leaves alone. At the border both: an edit may cross it.
    """
    yield term
    if len(term) >= _LONG_TERM:
        yield "<" + term[: _LONG_TERM // 2]
        yield ">" + term[-(_LONG_TERM // 2) :]
    if _SHORTEST_TYPO <= len(term) <= _LONG_TERM:
        for place in range(len(term)):
            yield term[:place] + term[place + 1 :]


def is_typo_of(one: str, other: str) -> bool:
    """Two folded terms are one edit or one swap of neighbours apart, and no number in them differs."""
    if min(len(one), len(other)) < _SHORTEST_TYPO or abs(len(one) - len(other)) > 1 or one == other:
        return False
    if _NUMBER.findall(one) != _NUMBER.findall(other):
        return False
    start = _shared_start(one, other)
    mine, theirs = one[start:], other[start:]
    edited = mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]
    return edited or (mine[:2] == theirs[:2][::-1] and mine[2:] == theirs[2:])


def _shared_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def in_other_language(card: Card) -> Card:
    """`card` asked by its first name in the other language, Chinese or not; as it is where it has none."""
    if card.kind not in _ONE_TERM:
        return card
    for name in card.aliases:
        if "$" not in name and has_cjk(name) != has_cjk(card.front):
            others = (alias for alias in card.aliases if alias != name)
            return replace(card, front=name, aliases=(card.front, *others))
    return card


def storable(text: str) -> str:
    """`text` with what no deck file can hold replaced: NUL and lone surrogates (bytes of a name that are no UTF-8)."""
    return _UNSTORABLE.sub("\ufffd", text)


def is_as_extracted(card: Card) -> bool:
    """The text is as it was extracted; false for a card that the person edited or wrote by hand."""
    return card.extracted == text_hash(card.front, card.back)


def siblings(cards: Iterable[Card]) -> dict[CardId, frozenset[CardId]]:
    """The other cards that give a card away: the definition, formula and abbreviation of one term, the clozes of one text.

    Only cards that have siblings are in the answer.
    """
    groups: dict[str, set[CardId]] = defaultdict(set)
    for card in cards:
        for key in set(_sibling_keys(card)):
            groups[key].add(card.id)
    others: dict[CardId, frozenset[CardId]] = {}
    for members in groups.values():
        if len(members) > 1:
            for member in members:
                others[member] = others.get(member, frozenset()) | (members - {member})
    return others


def _sibling_keys(card: Card) -> Iterator[str]:
    if card.kind in _ONE_TERM:
        yield from ("term:" + fold_term(term) for term in (card.front, *card.aliases))
    elif card.kind is CardKind.CLOZE:
        yield "cloze:" + fold_term(filled(card.front))


def _settled(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _bytes(*parts: str) -> bytes:
    return "\x1f".join(parts).encode("utf-8", "surrogatepass")


def _id_hash(deck: str, kind: CardKind, term: str, attempt: int) -> str:
    counted = (str(attempt),) if attempt else ()
    digest = blake2b(_bytes(_settled(deck), kind.value, _settled(term), *counted), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    return "".join(_DIGITS[number >> 5 * place & 31] for place in range(_HASH_LENGTH))
