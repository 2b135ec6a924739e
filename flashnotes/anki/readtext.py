"""Reads Anki's text exports: `.txt` and `.csv` with `#key:value` lines at their head.

Columns mean what they mean to Anki's own import (measured with 26.09): where the note type of all rows is one that is
known here, names of columns find its fields, and the first column behind them holds tags.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from itertools import count, islice, zip_longest
from typing import TYPE_CHECKING

from flashnotes.anki.content import text_digest
from flashnotes.anki.decknames import deck_components
from flashnotes.anki.html import numbers_of_deletions, tidy, to_text
from flashnotes.anki.markdown import to_markdown
from flashnotes.anki.notetypes import NOTE_TYPES
from flashnotes.anki.read import NO_BACK, ImportedCard, ImportedPackage
from flashnotes.errors import AnkiError
from flashnotes.models import AnkiRef, CardId, CardKind, ScheduleState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEYS = (
    "separator", "html", "tags", "columns", "notetype", "deck", "notetype column", "deck column",
    "tags column", "guid column", "if matches", "match scope",
)  # fmt: skip
_HEADER = re.compile(r"#\s*([a-z ]+?)\s*:(.*)", re.IGNORECASE)
_SEPARATORS = {"tab": "\t", "pipe": "|", "semicolon": ";", "colon": ":", "comma": ",", "space": " "}
_FIRST_WORD = re.compile(r"\w*")
_LOOKS_LIKE_HTML = re.compile(r"<(?:br|div|b|i|p|img|span|ul|li)\b|&(?:lt|gt|amp|nbsp);", re.IGNORECASE)
_LARGEST = 256 << 20
_GUESS_FROM = 8192
_REVERSED = "(and reversed card)"
_STOCK = {"Basic": ("Front", "Back"), "Cloze": ("Text", "Back Extra")}
_KINDS = {note_type.name: kind for kind, note_type in NOTE_TYPES.items()}


def is_anki_text(first_line: str) -> bool:
    """Whether a text file that begins so is an export of Anki and no note."""
    found = _HEADER.fullmatch(first_line.strip().removeprefix("\ufeff"))
    return found is not None and found[1].lower() in _KEYS


@dataclass(slots=True)
class _Header:
    values: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    """What the columns are called."""

    def take(self, key: str, value: str) -> None:
        """A line of the header; names of columns are split by the separator declared before them."""
        self.values[key] = value
        if key == "columns":
            declared = "separator" in self.values
            self.names = value.split(self.separator("")) if declared else [value]

    def column(self, name: str) -> int | None:
        """The place of a column, from 0."""
        number = re.match(r"\d*", self.values.get(f"{name} column", "").strip())
        return int(number[0]) - 1 if number and number[0] and int(number[0]) else None

    def separator(self, body: str) -> str:
        value = self.values.get("separator", "")
        word = _FIRST_WORD.match(value.strip())
        named = _SEPARATORS.get(word[0].lower() if word else "")
        if named or value:
            return named or value[0]
        return next((each for each in _SEPARATORS.values() if each in body[:_GUESS_FROM]), "\t")

    def fields(self) -> tuple[list[int], int | None] | None:
        """The columns of the fields, in their order, and of the tags; None where the note type does not tell."""
        type_name = self.values.get("notetype", "").strip()
        kind = _KINDS.get(type_name)
        fields = NOTE_TYPES[kind].fields if kind else _STOCK.get(type_name.split(" (")[0])
        if self.column("notetype") is not None or (fields is None and not self.names):
            return None
        taken = {self.column(name) for name in ("guid", "deck", "tags")}
        free = (place for place in count() if place not in taken)
        fields = fields or _STOCK["Basic"]
        if self.names:
            places = [self.names.index(name) for name in fields if name in self.names]
            if fields[0] not in self.names:
                places.insert(0, next(place for place in free if place not in places))
        else:
            places = list(islice(free, len(fields)))
        tags = self.column("tags")
        return places, max(places) + 1 if tags is None else tags

    def is_html(self, body: str) -> bool:
        value = self.values.get("html", "").strip().lower()
        if value.startswith(("true", "false")):
            return value.startswith("true")
        return _LOOKS_LIKE_HTML.search("\n".join(body.split("\n", 5)[:5])) is not None


def read_text(path: Path) -> ImportedPackage:
    """The cards of Anki's text export at `path`, all new: such a file holds no schedule. Raises AnkiError."""
    lines = _text_of(path).split("\n")
    header = _Header()
    start = 0
    while start < len(lines) and lines[start].startswith("#"):
        found = _HEADER.fullmatch(lines[start].rstrip("\r"))
        if found:
            header.take(found[1].lower(), found[2].rstrip("\r"))
        start += 1
    reader = _Rows(path, header, "\n".join(lines[start:]), start)
    cards = tuple(reader.cards())
    if not cards:
        raise AnkiError(f"{path}: holds no cards. Export it from Anki again.")
    return ImportedPackage(cards, (), dict(reader.left_out))


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise AnkiError(f"{path}: is larger than 256 MiB. Export single decks.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnkiError(f"{path}: is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
    except OSError as error:
        raise AnkiError(f"{path}: cannot be read ({error.strerror}).") from error


@dataclass(slots=True)
class _Rows:
    path: Path
    header: _Header
    body: str
    first_line: int
    left_out: Counter[str] = field(default_factory=Counter)
    layout: tuple[list[int], int | None] | None = field(init=False)
    _is_at_start: bool = True

    def __post_init__(self) -> None:
        self.layout = self.header.fields()

    def cards(self) -> Iterator[ImportedCard]:
        is_html = self.header.is_html(self.body)
        for columns in self._records():
            fields = [
                each if is_html else escape(each).replace("\n", "<br>") for each in self._fields(columns)
            ]
            if not fields or not to_markdown(fields[0]).strip():
                self.left_out["rows with an empty first field"] += 1
                continue
            if not is_html and self._value(columns, "notetype") in _KINDS:
                # They went out with their formatting: what came back would be taken for an edit.
                self.left_out["notes from here without their HTML (tick it when Anki exports them)"] += 1
                continue
            yield from self._cards_of(columns, fields)

    def _records(self) -> Iterator[list[str]]:
        table = csv.reader(self._lines(), delimiter=self.header.separator(self.body))
        try:
            for columns in table:
                self._is_at_start = True
                if any(columns):
                    yield columns
        except csv.Error as error:
            line = self.first_line + table.line_num
            raise AnkiError(
                f"{self.path}:{line}: this row cannot be read. Look for a stray quote."
            ) from error

    def _lines(self) -> Iterator[str]:
        """The lines without comments: those that begin a row with #."""
        for line in self.body.split("\n"):
            if self._is_at_start and line.startswith("#"):
                continue
            self._is_at_start = False
            yield f"{line}\n"

    def _fields(self, columns: list[str]) -> list[str]:
        if self.layout:
            return [columns[place] if place < len(columns) else "" for place in self.layout[0]]
        taken = {self.header.column(name) for name in ("guid", "notetype", "deck", "tags")}
        fields = [value for place, value in enumerate(columns) if place not in taken]
        while len(fields) > 1 and not fields[-1]:
            fields.pop()
        return fields

    def _value(self, columns: list[str], name: str) -> str:
        place = self.layout[1] if self.layout and name == "tags" else self.header.column(name)
        own = columns[place] if place is not None and place < len(columns) else ""
        return tidy(own).strip() or self.header.values.get(name, "").strip()

    def _cards_of(self, columns: list[str], fields: list[str]) -> Iterator[ImportedCard]:
        note_type = self._value(columns, "notetype")
        made = _own(note_type, fields) if note_type in _KINDS else _strangers(note_type, fields)
        guid = self._value(columns, "guid")
        tags = tuple(f"{self._value(columns, 'tags')} {self.header.values.get('tags', '')}".split())
        for ordinal, front, back in made.sides:
            yield ImportedCard(
                AnkiRef(guid, ordinal) if guid else None,
                made.kind,
                front,
                back,
                "::".join(deck_components(self._value(columns, "deck") or "Default")),
                tuple(dict.fromkeys(tags)),
                ScheduleState(),
                (),
                note_type,
                card_id=made.card_id,
                aliases=made.aliases,
                text=made.text,
            )


@dataclass(frozen=True, slots=True)
class _Made:
    """What a row becomes: for each of its cards the place in the note, front and back."""

    kind: CardKind
    sides: list[tuple[int, str, str]]
    card_id: CardId | None = None
    aliases: tuple[str, ...] = ()
    text: str = ""


def _strangers(note_type: str, fields: list[str]) -> _Made:
    back = "\n\n".join(filter(None, map(to_markdown, fields[1:])))
    if clozes := _clozes(fields[0], back):
        return _Made(CardKind.CLOZE, clozes)
    front = to_markdown(fields[0])
    is_two_way = note_type.endswith(_REVERSED) and back
    sides = [(0, front, back or NO_BACK), *([(1, back, front)] if is_two_way else [])]
    return _Made(CardKind.BASIC, sides)


def _own(note_type: str, fields: list[str]) -> _Made:
    """A note of a type of ours: its first two fields are the card's text."""
    kind = _KINDS[note_type]
    named = dict(zip_longest(NOTE_TYPES[kind].fields, fields, fillvalue=""))
    back = to_markdown(fields[1] if len(fields) > 1 else "")
    sides = (
        _clozes(fields[0], back) if kind is CardKind.CLOZE else [(0, to_markdown(fields[0]), back or NO_BACK)]
    )
    if named.get("Reverse") and back:
        sides.append((1, back, sides[0][1]))
    card_id = CardId(to_text(named["Ref"])) if named["Ref"] else None
    aliases = tuple(to_text(alias) for alias in named["Aliases"].split(", ") if alias)
    return _Made(kind, sides, card_id, aliases, text_digest([*fields, ""]))


def _clozes(html: str, back: str) -> list[tuple[int, str, str]]:
    numbers = sorted(numbers_of_deletions(html))
    front = to_markdown(html, is_cloze=True) if numbers else ""
    return [(number - 1, front, back) for number in numbers]
