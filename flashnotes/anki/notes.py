"""Cards as Anki's notes: which note type, which fields, which cards of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flashnotes.anki.html import tidy, to_cloze_html, to_html, to_text
from flashnotes.anki.literal import told_apart
from flashnotes.anki.tex import as_words
from flashnotes.models import CardKind

if TYPE_CHECKING:
    from flashnotes.anki.media import Media
    from flashnotes.anki.model import ExportCard
    from flashnotes.models import Card, CardId

RETIRED_TAG = "flashnotes::retired"
_NO_TAG = re.compile(r"[\s\u3000\x00-\x1f\x7f]+")
_EMPTY_FRONT = "…"
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NO_WORDS = re.compile(r"<[^>]*>|\\\(.*?\\\)|\\\[.*?\\\]|\{\{c[\d,]+::|&\w+;", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note as Anki stores it, with the ordinals of the cards it has."""

    guid: str
    kind: CardKind
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]


def guid_of(card: Card) -> str:
    """The identity of a card's note in Anki: the one it came with, or made from the card's id alone."""
    is_shared = card.anki and (card.anki.ord == 0 or card.kind is CardKind.CLOZE)
    return card.anki.guid if card.anki and is_shared else guid_from_id(card.id)


def guid_from_id(card_id: CardId) -> str:
    """Text of `[a-z0-9-]` for any id, whatever script it is in."""
    composed = unicodedata.normalize("NFC", card_id).encode("utf-8", "replace")
    return f"fn-{hashlib.blake2b(composed, digest_size=12).hexdigest()}"


def make_note(item: ExportCard, media: Media) -> AnkiNote:
    """The note that a card becomes.

    A cloze card without a deletion becomes a basic one: Anki would show nothing for it.
    """
    card = item.card
    picture = partial(media.name_of, card)
    if card.kind is CardKind.CLOZE:
        text, numbers = to_cloze_html(card.front, picture)
        if numbers:
            extra = map(told_apart, (to_html(card.back, picture), *_foot(card), "", ""))
            fields = tuple(map(_directed, (told_apart(text, is_cloze=True), *extra)))
            return AnkiNote(guid_of(card), card.kind, fields, _tags(card), _ordinals(card, numbers))
    kind = CardKind.BASIC if card.kind is CardKind.CLOZE else card.kind
    aliases, source, ref = _foot(card)
    reverse = "y" if item.reverse is not None else ""
    front = to_html(card.front, picture)
    if not to_text(front) and "<img" not in front:
        front = as_words(tidy(card.front)).strip() or _EMPTY_FRONT
    sides = (front, to_html(card.back, picture), aliases, source, reverse, ref, "", "")
    fields = tuple(_directed(told_apart(side)) for side in sides)
    return AnkiNote(guid_of(card), kind, fields, _tags(card), (0, 1) if reverse else (0,))


def _directed(html: str) -> str:
    """A field of which most is written from right to left, set so."""
    if html.isascii() or not _FROM_RIGHT.search(html):
        return html
    letters = [char for char in _NO_WORDS.sub("", html) if char.isalpha()]
    from_right = sum(_FROM_RIGHT.match(char) is not None for char in letters)
    return f'<div dir="rtl">{html}</div>' if 2 * from_right > len(letters) else html


def _foot(card: Card) -> tuple[str, str, str]:
    # The line of the source is left out: it moves with every edit above it, and each move would be an update.
    source = _literally(_told(card.source.path)) if card.source else ""
    return ", ".join(to_html(alias) for alias in card.aliases), source, _literally(card.id)


def _told(path: str) -> str:
    """The note's path; only its name if it lies outside the home, whose folders are nobody else's business."""
    return path.rsplit("/", 1)[-1] if path.startswith(("..", "/")) or path[1:2] == ":" else path


def _literally(text: str) -> str:
    return as_words(tidy(text))


def _ordinals(card: Card, numbers: frozenset[int]) -> tuple[int, ...]:
    if card.anki and card.anki.ord + 1 in numbers:
        return (card.anki.ord,)
    return tuple(number - 1 for number in sorted(numbers))


def _tags(card: Card) -> tuple[str, ...]:
    """Tags as Anki keeps them: without spaces, sorted, once each whatever their case."""
    if not card.tags and not card.retired:
        return ()
    named = [_NO_TAG.sub("_", tidy(tag).strip()) for tag in card.tags]
    named += [RETIRED_TAG] if card.retired else []
    once = {tag.casefold(): tag for tag in reversed(named) if tag}
    return tuple(sorted(once.values()))
