"""The table of decks/README.md: every note with its cards. `python -m tests.decks.table` writes it anew."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from flashnotes.deckfile.files import read_decks
from tests.decks.formulas import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashnotes.models import Card

DECKS = NOTES.parent
README = DECKS / "README.md"
START, END = "<!-- cards -->\n", "<!-- end of cards -->\n"


def table() -> str:
    """A heading for each deck and, under it, a line for each of its notes."""
    loaded, problems = read_decks(DECKS)
    assert not problems
    lines: list[str] = []
    for file in sorted(loaded, key=lambda file: file.deck.name):
        notes = by_note(file.deck.cards)
        lines += [f"### {file.deck.name}", "", "| note | cards | asked |", "| --- | --- | --- |"]
        lines += [
            f"| [{title(name)}](notes/{name}) | {len(cards)} | {', '.join(asked(cards))} |"
            for name, cards in sorted(notes.items())
        ]
        lines.append("")
    return "\n".join(lines)


def by_note(cards: Iterable[Card]) -> dict[str, list[Card]]:
    notes = defaultdict(list)
    for card in cards:
        if card.source and not card.retired:
            notes[card.source.path.rsplit("/", 1)[-1]].append(card)
    return notes


def asked(cards: Iterable[Card]) -> Iterator[str]:
    """The fronts in the order of the note; a formula is marked, and so is a term with both cards."""
    kinds: dict[str, list[str]] = {}
    for card in sorted(cards, key=lambda card: card.source.line or 0 if card.source else 0):
        kinds.setdefault(card.front, []).append(card.kind.value)
    for front, found in kinds.items():
        mark = "" if found == ["definition"] else f" ({' + '.join(found)})"
        yield front.replace("|", "\\|") + mark


def title(name: str) -> str:
    heading = re.search(r"^# (.+)$", (NOTES / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert heading
    return heading[1]


def with_table(text: str) -> str:
    before, rest = text.split(START, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{START}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
