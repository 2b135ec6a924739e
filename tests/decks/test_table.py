from __future__ import annotations

from tests.decks.table import README, with_table


def test_readme_lists_the_cards_as_they_are() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_table(text), "write it anew: python -m tests.decks.table"
