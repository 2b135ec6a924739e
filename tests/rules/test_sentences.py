"""How many short forms and definitions are found in sentences of every field, the known hard cases among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashnotes.extract import extract
from flashnotes.models import CardKind
from flashnotes.notes import parse_note
from flashnotes.text import fold

SENTENCES = Path(__file__).parents[2] / "benchmarks" / "sentences"


def rows(name: str) -> list[list[str]]:
    return [row.split("\t") for row in (SENTENCES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", rows("abbreviations"), ids=lambda row: row[1] or row[0][:30])
def test_short_forms_in_the_style_of_abstracts(row: list[str]) -> None:
    sentence, pairs = row
    found = extract(parse_note(sentence, path="note.md"), min_score=0.0)
    told = {f"{card.front}={card.back}" for card in found if card.kind is CardKind.ABBREVIATION}
    assert told == set(filter(None, pairs.split(";")))


def test_first_sentences_that_define_and_others() -> None:
    """At least nine in ten of the definitions are offered, and no more than one of the other sentences in twenty."""
    defined, others, offered, wrong = 0, 0, 0, 0
    for sign, sentence, term in rows("definitions"):
        found = extract(parse_note(sentence, path="note.md"))
        fronts = {fold(card.front) for card in found if card.kind is CardKind.DEFINITION}
        if sign == "+":
            defined += 1
            offered += fold(term) in fronts
        else:
            others += 1
            wrong += bool(fronts)
    assert offered >= 0.9 * defined
    assert wrong <= 0.05 * others
