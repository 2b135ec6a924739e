"""The note types that flashnotes brings to Anki.

Every id, the number and the order of fields and templates are for ever: Anki compares them when an update
comes in, and a difference shuts out all notes of the type. New content goes into the spare fields; names,
styling and templates may change, with a later `STYLED_AT`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flashnotes.models import CardKind

STYLED_AT = 1_795_190_400
"""Second at which templates or styling last changed: Anki takes them over if this has grown."""

CLOZE_FIELDS = ("Text", "Extra", "Aliases", "Source", "Ref", "Spare 1", "Spare 2")
SIDES_FIELDS = ("Front", "Back", "Aliases", "Source", "Reverse", "Ref", "Spare 1", "Spare 2")


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: a name, what its fields are called and how its cards look."""

    id: int
    name: str
    label: str
    """What is asked for, above the front; the same word in both languages."""
    reverse: str = ""
    """What is asked for in the other direction."""
    is_cloze: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return CLOZE_FIELDS if self.is_cloze else SIDES_FIELDS


NOTE_TYPES: dict[CardKind, NoteType] = {
    CardKind.DEFINITION: NoteType(
        1_684_213_905_101, "flashnotes Definition", "Definition · 定义", "Which term? · 哪个术语？"
    ),
    CardKind.FORMULA: NoteType(
        1_684_213_905_202, "flashnotes Formula", "Formula · 公式", "Formula of what? · 什么的公式？"
    ),
    CardKind.ABBREVIATION: NoteType(
        1_684_213_905_303, "flashnotes Abbreviation", "Abbreviation · 缩写", "Abbreviated? · 怎么缩写？"
    ),
    CardKind.BASIC: NoteType(1_684_213_905_404, "flashnotes Basic", "", "Reverse · 反向"),
    CardKind.CLOZE: NoteType(1_684_213_905_505, "flashnotes Cloze", "", is_cloze=True),
}

_FOOT = (
    '{{#Aliases}}<div class="aliases">= {{Aliases}}</div>{{/Aliases}}\n'
    '{{#Source}}<div class="source">{{Source}}</div>{{/Source}}'
)


@cache
def dump_note_type(kind: CardKind) -> dict[str, Any]:
    """A note type as Anki's collection holds it."""
    note_type = NOTE_TYPES[kind]
    return {
        "id": note_type.id,
        "name": note_type.name,
        "type": int(note_type.is_cloze),
        "mod": STYLED_AT,
        "usn": -1,
        "sortf": 0,
        "did": None,
        "flds": [_dump_field(note_type, place) for place in range(len(note_type.fields))],
        "tmpls": _cloze_templates(note_type) if note_type.is_cloze else _sides_templates(note_type),
        "css": Path(__file__).with_name("card.css").read_text(encoding="utf-8"),
        "latexPre": "",
        "latexPost": "",
        "latexsvg": False,
        "req": [[0, "any", [0]]] if note_type.is_cloze else [[0, "any", [0]], [1, "all", [1, 4]]],
        "tags": [],
        "vers": [],
    }


def _dump_field(note_type: NoteType, place: int) -> dict[str, Any]:
    return {
        "name": note_type.fields[place],
        "ord": place,
        "id": note_type.id * 100 + 1 + place,
        "font": "Arial",
        "size": 20,
        "rtl": False,
        "sticky": False,
        "media": [],
    }


def _dump_template(note_type: NoteType, place: int, name: str, front: str, back: str) -> dict[str, Any]:
    return {
        "name": name,
        "ord": place,
        "id": note_type.id * 100 + 51 + place,
        "qfmt": front,
        "afmt": back,
        "bqfmt": "",
        "bafmt": "",
        "did": None,
    }


def _sides_templates(note_type: NoteType) -> list[dict[str, Any]]:
    label = f'<div class="kind">{note_type.label}</div>\n' if note_type.label else ""
    forward = f'{label}<div class="front">{{{{Front}}}}</div>'
    forward_back = f'{{{{FrontSide}}}}\n<hr id="answer">\n<div class="back">{{{{Back}}}}</div>\n{_FOOT}'
    reverse = (
        f'{{{{#Reverse}}}}<div class="kind">{note_type.reverse}</div>\n'
        '<div class="back">{{Back}}</div>{{/Reverse}}'
    )
    reverse_back = f'{{{{FrontSide}}}}\n<hr id="answer">\n<div class="front">{{{{Front}}}}</div>\n{_FOOT}'
    return [
        _dump_template(note_type, 0, "Forward", forward, forward_back),
        _dump_template(note_type, 1, "Reverse", reverse, reverse_back),
    ]


def _cloze_templates(note_type: NoteType) -> list[dict[str, Any]]:
    text = '<div class="back">{{cloze:Text}}</div>'
    extra = '{{#Extra}}<hr id="answer">\n<div class="back">{{Extra}}</div>{{/Extra}}'
    return [_dump_template(note_type, 0, "Cloze", text, f"{text}\n{extra}\n{_FOOT}")]
