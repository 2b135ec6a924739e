"""A note from its text: front matter, dialects, blocks and sentences."""

from __future__ import annotations

import re

from flashnotes.notes.front import split_front
from flashnotes.notes.model import Note
from flashnotes.notes.prepare import prepare
from flashnotes.notes.reader import Reader
from flashnotes.notes.sentences import sentences_of
from flashnotes.text import strip_controls

_HELD_INDENT = re.compile("^([ \t>]*)\u200b[ \t\u3000]+", re.MULTILINE)
"""An indent behind a character without width, which keeps it from making the paragraph code: so Typora writes it."""


def parse_note(text: str, *, path: str) -> Note:
    """The note that `text` is; a `path` that ends in `.txt` is read line by line, as people write plain text.

    Any text is a note: nothing is raised.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if "\u200b" in text:
        text = _HELD_INDENT.sub(r"\1", text)
    text = strip_controls(text)
    lines = text.split("\n")
    keys, taken = split_front(lines)
    if taken:
        lines[:taken] = [""] * taken
    prepared = prepare("\n".join(lines) if taken else text)
    builder = Reader(plain=path.lower().endswith(".txt"))
    if keys.get("flashnotes", "") not in ("false", "off", "no"):
        builder.read(prepared, 1)
    return Note(
        path=path,
        blocks=tuple(builder.blocks),
        sentences=tuple(sentences_of(builder.blocks, plain=builder.plain)),
        deck=_one(keys, "deck", "cards-deck", "anki_deck"),
        tags=tuple(tag.lstrip("#") for tag in _many(keys.get("tags", keys.get("tag", "")))),
        meta={key: value for key, value in keys.items() if isinstance(value, str)},
        source=prepared,
    )


def _one(keys: dict[str, str | list[str]], *names: str) -> str | None:
    return next((value for name in names if isinstance(value := keys.get(name), str) and value), None)


def _many(value: str | list[str]) -> list[str]:
    return [tag for tag in (value if isinstance(value, list) else re.split(r"[,\s]+", value)) if tag]
