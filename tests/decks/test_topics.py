"""The notes cover their topics: every definition and formula on the list comes out as a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from flashnotes.extract import extract
from flashnotes.text import squash
from tests.decks.formulas import NOTES
from tests.decks.test_notes import SLUGS, note

if TYPE_CHECKING:
    from flashnotes.models import Candidate

TOPICS = NOTES.parents[2] / "shared" / "topics.yaml"


def spelled(name: str) -> str:
    return re.sub("[-–]", "", squash(name))


def names(card: Candidate) -> set[str]:
    return {spelled(name) for name in (card.front, *card.aliases)}


@pytest.mark.skipif(not TOPICS.exists(), reason="the list of topics is not beside the repository")
def test_every_topic_has_its_cards() -> None:
    cards = [card for slug in SLUGS for card in extract(note(slug))]
    missing = [
        f"{topic['slug']}: {kind} of {' / '.join(wanted)}"
        for topic in yaml.safe_load(TOPICS.read_text(encoding="utf-8"))
        for kind in ("definition", "formula")
        for wanted in topic[f"{kind}s"]
        if not any(card.kind == kind and names(card) & set(map(spelled, wanted)) for card in cards)
    ]
    assert not missing
