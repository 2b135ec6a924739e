"""Reads Anki packages, `.apkg` and `.colpkg` of all three formats: cards, schedules and answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING

from flashnotes.anki import occlusion
from flashnotes.anki.bitmaps import type_of
from flashnotes.anki.container import open_package
from flashnotes.anki.content import text_digest
from flashnotes.anki.decknames import deck_components
from flashnotes.anki.html import numbers_of_deletions, tidy, to_text
from flashnotes.anki.markdown import to_markdown
from flashnotes.anki.media import ENDINGS, name_by_content
from flashnotes.anki.notetypes import NOTE_TYPES
from flashnotes.anki.past import AnkiAnswer, make_answers, make_state
from flashnotes.anki.render import cloze_fields, render_sides
from flashnotes.anki.rows import read_rows
from flashnotes.datauri import picture_of_address
from flashnotes.errors import AnkiError
from flashnotes.models import AnkiRef, CardId, CardKind, ScheduleState, Strength

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from flashnotes.anki.container import Package
    from flashnotes.anki.rows import CardRow, CollectionRows, NoteRow, NoteTypeRow

_SOUND_IN = re.compile(r"\[sound:([^\]]+)\]")
NO_BACK = "…"
"""The back of a card that has none in Anki: a card of a deck has one."""
_RULE = re.compile(r"\A\s*(?:---\s*)?")
_MOST_MADE = 64 << 20
"""Bytes of pictures that are no files of the package."""
_KINDS = {note_type.id: kind for kind, note_type in NOTE_TYPES.items()}


@dataclass(frozen=True, slots=True)
class ImportedCard:
    """A card of a package, its text turned into Markdown."""

    anki: AnkiRef | None
    """None if the file does not tell its notes apart."""
    kind: CardKind
    front: str
    back: str
    deck: str
    tags: tuple[str, ...]
    state: ScheduleState
    """The schedule as Anki has it; `memory` is SM-2's."""
    answers: tuple[AnkiAnswer, ...]
    note_type: str
    strength: Strength | None = None
    """FSRS's memory, if Anki ran it."""
    card_id: CardId | None = None
    """The card it was exported from, if it came from here."""
    aliases: tuple[str, ...] = ()
    modified: int = 0
    """Second at which the note was last changed in Anki."""
    changed: int = 0
    """Second at which the card's schedule, flag or suspension was last changed in Anki."""
    text: str = ""
    """Hash of its text as Anki has it (`content.text_digest`), if it came from here; else empty."""


@dataclass(frozen=True, slots=True)
class ImportedPackage:
    """What a package held."""

    cards: tuple[ImportedCard, ...]
    media: tuple[str, ...]
    """Pictures and sounds that the cards name, as `media/` holds them: named by their content."""
    left_out: Mapping[str, int]
    """What could not be read, and how many of each."""
    warnings: tuple[str, ...] = ()
    collection: str = ""
    """What tells the collection from others: the second its first day began; empty for a text file."""
    offset: int = 0
    """Minutes east of UTC, where its days are counted."""
    rendered: int = 0
    """Cards of note types with more than two fields: they are what their templates show."""
    made: Mapping[str, bytes] = field(default_factory=dict)
    """Those of `media` that are no files of the package: out of the text itself, or drawn with covers."""


KeepMedia = Callable[[str, bytes], object]
"""Takes a picture or sound: the name it is to be kept under, and its content."""


def read_package(path: Path, *, local_offset: int, keep_media: KeepMedia | None = None) -> ImportedPackage:
    """The cards of the package at `path`; `local_offset` (minutes east) is the zone of one that names none.

    Each picture that a card names is handed to `keep_media`; nothing is written, and no name in the package
    is used as a path. Raises AnkiError for a package that is damaged as a whole; single rows that are damaged
    are left out and counted.
    """
    with open_package(path) as package:
        rows = read_rows(package.database, path)
        reader = _PackageReader(rows, package, local_offset, keep_media)
        cards = tuple(reader.cards())
        if not cards and rows.left_out:
            worst = ", ".join(f"{number} {what}" for what, number in rows.left_out.items())
            raise AnkiError(f"{path}: nothing in it can be read ({worst}). Export it from Anki again.")
        return ImportedPackage(
            cards,
            tuple(reader.media),
            dict(rows.left_out),
            tuple(package.warnings),
            str(rows.created),
            reader.offset,
            reader.rendered,
            reader.made,
        )


def copy_media(path: Path, wanted: Container[str], keep: KeepMedia) -> None:
    """Hand the pictures and sounds of the package at `path` that are `wanted`, by the names `media` gave, to `keep`."""
    with open_package(path) as package:
        for name in package.media:
            content = package.read_media(name)
            ending = _ending(name, content) if content is not None else None
            if content is not None and ending and (kept := name_by_content(content, ending)) in wanted:
                keep(kept, content)


@dataclass(slots=True)
class _PackageReader:
    rows: CollectionRows
    package: Package
    local_offset: int
    keep_media: KeepMedia | None
    media: dict[str, None] = field(default_factory=dict)
    rendered: int = 0
    made: dict[str, bytes] = field(default_factory=dict)
    _made_bytes: int = 0
    _kept: dict[str, str | None] = field(default_factory=dict)
    _guids: dict[str, int] = field(default_factory=dict)
    _decks: dict[int, str] = field(default_factory=dict)

    @property
    def offset(self) -> int:
        """Minutes east of UTC, where its days are counted."""
        west = self.rows.creation_offset
        return self.local_offset if west is None else -west

    def cards(self) -> Iterator[ImportedCard]:
        answers = make_answers(self.rows.answers, self.rows.left_out)
        for row in self.rows.cards:
            given = answers.get(row.id, ())
            state = make_state(row, given, created=self.rows.created, offset=self.offset)
            if state is None:
                self.rows.left_out["cards whose schedule is impossible"] += 1
                continue
            card = self._card(row, state, given)
            if card:
                yield card

    def _card(
        self, row: CardRow, state: ScheduleState, answers: tuple[AnkiAnswer, ...]
    ) -> ImportedCard | None:
        note = self.rows.notes[row.note]
        note_type = self.rows.note_types[note.note_type]
        sides = self._sides(row, note, note_type)
        if sides is None:
            return None
        kind, front, back = sides
        is_ours = note_type.id in _KINDS
        fields = dict(zip(note_type.fields, note.fields, strict=True))
        return ImportedCard(
            AnkiRef(self._guid(note), row.ord),
            kind,
            front,
            back,
            self._deck(row),
            tuple(map(tidy, note.tags)),
            state,
            answers,
            note_type.name,
            _strength(row),
            CardId(to_text(fields.get("Ref", ""))) if is_ours and fields.get("Ref") else None,
            tuple(to_text(each) for each in fields.get("Aliases", "").split(", ") if each) if is_ours else (),
            note.modified,
            row.modified,
            text_digest(note.fields) if is_ours else "",
        )

    def _guid(self, note: NoteRow) -> str:
        """The note's identity; what two notes share, or an empty one, is told apart by the note's number."""
        first = self._guids.setdefault(note.guid, note.id)
        return note.guid if note.guid and first == note.id else f"{note.guid}~{note.id}"

    def _deck(self, row: CardRow) -> str:
        deck = row.original_deck or row.deck
        if deck not in self._decks:
            self._decks[deck] = "::".join(deck_components(self.rows.decks.get(deck, "Default")))
        return self._decks[deck]

    def _sides(self, row: CardRow, note: NoteRow, note_type: NoteTypeRow) -> tuple[CardKind, str, str] | None:
        """Kind, front and back as Markdown; None, and counted, if there is nothing to ask."""
        special = {} if note_type.id in _KINDS else self._special(row, note, note_type)
        fields = {**special, **dict(zip(note_type.fields, note.fields, strict=True))}
        if note_type.is_cloze:
            return self._cloze(row, fields, note_type)
        if not 0 <= row.ord < len(note_type.templates):
            return self._without("cards without a template")
        if note_type.id in _KINDS:
            sides = (fields.get("Front", ""), fields.get("Back", ""))
            front, back = sides if row.ord == 0 else sides[::-1]
        else:
            template = note_type.templates[row.ord]
            front, back = render_sides(template.front, template.back, fields)
        text = self._markdown(front)
        if not text.strip():
            return self._without("cards with an empty front")
        self.rendered += note_type.id not in _KINDS and len(note_type.fields) > 2
        answer = self._markdown(back)
        if note_type.id not in _KINDS:
            answer = _without_front(text, answer)
        return _KINDS.get(note_type.id, CardKind.BASIC), text, answer if answer.strip() else NO_BACK

    def _cloze(
        self, row: CardRow, fields: dict[str, str], note_type: NoteTypeRow
    ) -> tuple[CardKind, str, str] | None:
        template = note_type.templates[0] if note_type.templates else None
        names = cloze_fields(template.front) if template else ()
        rest = {key: value for key, value in fields.items() if key not in names}
        # The front shows more than the text with the deletions where its template does.
        asked = {**fields, f"c{row.ord + 1}": "1"}
        text = render_sides(template.front, "", asked)[0] if template else ""
        if occlusion.MARK in text:
            return self._covered(row.ord + 1, fields, note_type)
        if not template or row.ord + 1 not in numbers_of_deletions(text):
            return self._without("cards whose deletion is gone")
        if note_type.id in _KINDS:
            text, back = fields.get("Text", ""), fields.get("Extra", "")
            return CardKind.CLOZE, self._markdown(text, is_cloze=True), self._markdown(back)
        around, back = (self._markdown(side) for side in render_sides(template.front, template.back, rest))
        return CardKind.CLOZE, self._markdown(text, is_cloze=True), _without_front(around, back)

    def _covered(
        self, number: int, fields: dict[str, str], note_type: NoteTypeRow
    ) -> tuple[CardKind, str, str] | None:
        """A card that hides a part of a picture: the picture with its covers, and the picture as it is."""
        covers = [cover for value in fields.values() for cover in occlusion.covers_of(value)]
        rest = {key: value for key, value in fields.items() if occlusion.MARK not in value}
        place = next((key for key, value in rest.items() if occlusion.picture_in(value)), "")
        name = unescape(occlusion.picture_in(rest.pop(place, "")) or "")
        kept = self._keep(name)
        picture = self.package.read_media(name) if kept else None
        drawn = occlusion.covered_picture(picture, covers, number) if picture else None
        covered = self._keep_made(drawn, ".svg") if drawn else None
        if covered is None:
            return self._without("cards that hide a part of a picture")
        template = note_type.templates[0]
        head = self._markdown(render_sides(template.front, "", rest)[0])
        foot = _without_front(head, self._markdown(render_sides("", template.back, rest)[1]))
        self.rendered += 1
        front, back = (
            "\n\n".join(filter(None, parts))
            for parts in ((head, f"![](<{covered}>)"), (f"![](<{kept}>)", foot))
        )
        return CardKind.BASIC, front, back

    def _special(self, row: CardRow, note: NoteRow, note_type: NoteTypeRow) -> dict[str, str]:
        """What a template can show beside the fields of its note, by the names that Anki gives it."""
        deck = self._deck(row)
        place = 0 if note_type.is_cloze else row.ord
        template = note_type.templates[place].name if 0 <= place < len(note_type.templates) else ""
        words = {
            "Tags": " ".join(note.tags),
            "Type": note_type.name,
            "Deck": deck,
            "Subdeck": deck.split("::")[-1],
            "Card": template,
        }
        return {name: escape(value, quote=False) for name, value in words.items()}

    def _without(self, what: str) -> tuple[CardKind, str, str] | None:
        self.rows.left_out[what] += 1
        return None

    def _markdown(self, html: str, *, is_cloze: bool = False) -> str:
        kept = _SOUND_IN.sub(lambda found: f"[sound:{self._keep(found[1]) or found[1]}]", html)
        return to_markdown(kept, is_cloze=is_cloze, name_of_picture=self._keep)

    def _keep(self, name: str) -> str | None:
        """The name under which a picture is to be kept: made of its content, whatever it was called."""
        if name.startswith("data:"):
            return self._keep_written(name)
        if name not in self._kept:
            content = self.package.read_media(name)
            ending = _ending(name, content) if content is not None else None
            self._kept[name] = None
            if content is not None and ending:
                kept = name_by_content(content, ending)
                self._keep_as(kept, content)
                self._kept[name] = f"media/{kept}"
            elif name and "://" not in name:
                self.rows.left_out["pictures and sounds that are not in it, or of no known kind"] += 1
        return self._kept[name]

    def _keep_written(self, address: str) -> str | None:
        """The same for a picture that stands in the text itself."""
        written = picture_of_address(address)
        kept = self._keep_made(*written) if written else None
        if kept is None:
            self.rows.left_out["pictures that stand in the text itself"] += 1
        return kept

    def _keep_made(self, content: bytes, ending: str) -> str | None:
        kept = name_by_content(content, ending)
        if kept not in self.made:
            if self._made_bytes + len(content) > _MOST_MADE:
                return None
            self._made_bytes += len(content)
            self.made[kept] = content
        self._keep_as(kept, content)
        return f"media/{kept}"

    def _keep_as(self, name: str, content: bytes) -> None:
        if name not in self.media and self.keep_media:
            self.keep_media(name, content)
        self.media[name] = None


def _without_front(front: str, back: str) -> str:
    """The back of a card whose template repeats the front in its own words; all of it if nothing else is there."""
    if not front or not back.startswith((f"{front}\n", f"{front} ")):
        return back
    return _RULE.sub("", back[len(front) :]) or back


def _ending(name: str, content: bytes) -> str | None:
    """The ending of a file's name, or the one that its content ought to have."""
    found = ENDINGS.search(name.lower())
    form = None if found else type_of(content)
    return found[0] if found else form and f".{form.removeprefix('image/')}"


def _strength(row: CardRow) -> Strength | None:
    stability, difficulty = row.data.get("s"), row.data.get("d")
    if not isinstance(stability, int | float) or not isinstance(difficulty, int | float):
        return None
    is_sane = 0 < stability < 1e6 and 1 <= difficulty <= 10
    return Strength(float(stability), float(difficulty)) if is_sane else None
