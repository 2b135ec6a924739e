"""Reads Anki's text exports: `.txt` and `.csv` with `#key:value` lines at their head."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from flashnotes.anki.decknames import deck_components
from flashnotes.anki.html import numbers_of_deletions, tidy
from flashnotes.anki.markdown import to_markdown
from flashnotes.anki.read import ImportedCard, ImportedPackage
from flashnotes.errors import AnkiError
from flashnotes.models import AnkiRef, CardKind, ScheduleState

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


def is_anki_text(first_line: str) -> bool:
    """Whether a text file that begins so is an export of Anki and no note."""
    found = _HEADER.fullmatch(first_line.strip().removeprefix("\ufeff"))
    return found is not None and found[1].lower() in _KEYS


@dataclass(slots=True)
class _Header:
    values: dict[str, str] = field(default_factory=dict)

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
            header.values[found[1].lower()] = found[2]
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
    _is_at_start: bool = True

    def cards(self) -> Iterator[ImportedCard]:
        is_html = self.header.is_html(self.body)
        for columns in self._records():
            fields = [
                each if is_html else escape(each).replace("\n", "<br>") for each in self._fields(columns)
            ]
            if not fields or not to_markdown(fields[0]).strip():
                self.left_out["rows with an empty first field"] += 1
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
        taken = {self.header.column(name) for name in ("guid", "notetype", "deck", "tags")}
        fields = [value for place, value in enumerate(columns) if place not in taken]
        while len(fields) > 1 and not fields[-1]:
            fields.pop()
        return fields

    def _value(self, columns: list[str], name: str) -> str:
        place = self.header.column(name)
        own = columns[place] if place is not None and place < len(columns) else ""
        return tidy(own).strip() or self.header.values.get(name, "").strip()

    def _cards_of(self, columns: list[str], fields: list[str]) -> Iterator[ImportedCard]:
        note_type = self._value(columns, "notetype")
        numbers = sorted(numbers_of_deletions(fields[0]))
        is_cloze = bool(numbers)
        front = to_markdown(fields[0], is_cloze=is_cloze)
        back = "\n\n".join(filter(None, map(to_markdown, fields[1:])))
        if is_cloze:
            sides = [(CardKind.CLOZE, number - 1, front, back) for number in numbers if number]
        else:
            sides = [(CardKind.BASIC, 0, front, back)]
            if note_type.endswith(_REVERSED) and back:
                sides.append((CardKind.BASIC, 1, back, front))
        guid = self._value(columns, "guid")
        tags = tuple(f"{self._value(columns, 'tags')} {self.header.values.get('tags', '')}".split())
        for kind, ordinal, one, other in sides:
            yield ImportedCard(
                AnkiRef(guid, ordinal) if guid else None,
                kind,
                one,
                other,
                "::".join(deck_components(self._value(columns, "deck") or "Default")),
                tuple(dict.fromkeys(tags)),
                ScheduleState(),
                (),
                note_type,
            )
