"""A set of notes imported, imported again as it is, and again with one note changed.

    python benchmarks/importing.py ../shared/notes [--cards 100000]

The notes are copied to a temporary folder first. Aim: with one note changed, at most a twentieth of the first import;
also where so many more cards, of notes elsewhere, are in the decks.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flashnotes.cards import text_hash
from flashnotes.config import Settings
from flashnotes.deckfile.files import write_deck
from flashnotes.garbage import not_collected
from flashnotes.home import Home
from flashnotes.importer import plan_import
from flashnotes.library import Library
from flashnotes.models import Card, CardId, CardKind, Deck, Moment, Source

AIM = 20.0
CARDS_IN_A_DECK = 200
LONG_AGO = 1_700_000_000


def imported(root: Path) -> tuple[float, str]:
    """The seconds of an import from opening the home to closing it, as the command does it, and what it came to."""
    gc.collect()
    begun = time.perf_counter()
    library = Library.open(Home(root / "home"), Settings(), at=Moment(int(time.time() * 1000)))
    with not_collected():
        done = plan_import(library, [root / "notes"], at=Moment(int(time.time() * 1000)))
        planned = time.perf_counter() - begun
        done.take(done.plan.taken())
    library.store.close()
    counts = ", ".join(f"{count} {status}" for status, count in done.plan.counts().items() if count)
    seconds = time.perf_counter() - begun
    read = len(done.scanner.read) if done.scanner else 0
    return seconds, f"{seconds:6.2f} s ({planned:.2f} s until the plan), {read} notes read: {counts}"


def fill(home: Home, elsewhere: Path, number: int) -> None:
    """Put `number` cards of notes that lie `elsewhere` into the decks."""
    elsewhere.mkdir()
    home.make()
    for first in range(0, number, CARDS_IN_A_DECK):
        note = elsewhere / f"{first}.md"
        note.write_text("Elsewhere.\n", encoding="utf-8")
        source = Source(f"../{elsewhere.name}/{note.name}", 1)
        cards = []
        for place in range(first, min(first + CARDS_IN_A_DECK, number)):
            front, back = f"Term {place} of elsewhere", f"What term {place} means, in a sentence of its own."
            card_id = CardId(f"term-{place}-elsewhere")
            extracted = text_hash(front, back)
            cards.append(Card(card_id, CardKind.DEFINITION, front, back, source=source, extracted=extracted))
        write_deck(home.decks / f"elsewhere-{first}.yaml", Deck(f"elsewhere::{first}", tuple(cards)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", nargs="?", type=Path, default=Path("../shared/notes"))
    parser.add_argument("--cards", type=int, default=0, help="cards of other notes in the decks")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(options.notes, root / "notes")
        notes = [path for path in sorted((root / "notes").rglob("*")) if path.is_file()]
        for path in notes:
            os.utime(path, (LONG_AGO, LONG_AGO))
        print(f"{len(notes)} files, {sum(path.stat().st_size for path in notes) / 1e6:.1f} MB")
        first, told = imported(root)
        print(f"first import       {told}")
        if options.cards:
            fill(Home(root / "home"), root / "elsewhere", options.cards)
            print(f"with {options.cards:,} cards of other notes, looked at once: {imported(root)[1]}")
        print(f"again, as it is    {imported(root)[1]}")
        changed = next(path for path in notes if path.suffix == ".md" and path.stat().st_size > 4_000)
        with changed.open("a", encoding="utf-8") as file:
            file.write("\n\n**Benchmarking**: measuring how long a piece of work takes, again and again.\n")
        second, told = imported(root)
        print(f"one note changed   {told}")
        print(f"{first / second:.0f} times as fast as the first (aim {AIM:.0f})")
        return 0 if first / second >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
