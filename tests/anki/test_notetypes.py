"""What must never change: it is compared with what is in people's collections."""

from __future__ import annotations

import pytest

from flashnotes.anki.notetypes import NOTE_TYPES, dump_note_type
from flashnotes.models import CardKind

SIDES = ["Front", "Back", "Aliases", "Source", "Reverse", "Ref", "Spare 1", "Spare 2"]


@pytest.mark.parametrize(
    ("kind", "model", "fields", "templates"),
    [
        (CardKind.DEFINITION, 1684213905101, SIDES, 2),
        (CardKind.FORMULA, 1684213905202, SIDES, 2),
        (CardKind.ABBREVIATION, 1684213905303, SIDES, 2),
        (CardKind.BASIC, 1684213905404, SIDES, 2),
        (
            CardKind.CLOZE,
            1684213905505,
            ["Text", "Extra", "Aliases", "Source", "Ref", "Spare 1", "Spare 2"],
            1,
        ),
    ],
)
def test_ids_and_fields_are_frozen(kind: CardKind, model: int, fields: list[str], templates: int) -> None:
    dumped = dump_note_type(kind)
    assert dumped["id"] == model
    assert [field["name"] for field in dumped["flds"]] == fields
    assert [field["id"] for field in dumped["flds"]] == [
        model * 100 + 1 + place for place in range(len(fields))
    ]
    assert [template["id"] for template in dumped["tmpls"]] == [
        model * 100 + 51 + n for n in range(templates)
    ]


def test_each_kind_of_card_has_its_own() -> None:
    assert NOTE_TYPES.keys() == set(CardKind)
    assert len({note_type.name for note_type in NOTE_TYPES.values()}) == len(NOTE_TYPES)
