"""The plan of an import on the screen: what was chosen is taken, what was left waits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from flashnotes.candidates import Waiting, read_waiting, write_waiting
from flashnotes.cli.plan import taken_text
from flashnotes.extract import RECOMMENDED_SCORE
from flashnotes.importing import Choosing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flashnotes.home import Home
    from flashnotes.importer import Import
    from flashnotes.scanning import Choices


def choose(done: Import, paths: Sequence[Path], choices: Choices) -> None:
    """Let the person choose from the plan of `paths`; nothing is written before it is accepted."""
    from flashnotes.passages import Passages
    from flashnotes.tui.choose_app import run_choosing

    home, settings = done.library.home, done.library.settings
    choosing = Choosing(done.plan, done.alike, RECOMMENDED_SCORE, read_waiting(home).decisions)
    passages = Passages(home.path, choices.encoding)
    speaks_unicode = "utf" in (sys.stdout.encoding or "").casefold()
    letters = settings.letters if speaks_unicode else "ascii"
    accepted = run_choosing(choosing, passages, cost=done.cost, letters=letters)
    if accepted:
        accept(done, choosing)
    remember(home, choosing, paths, accepted=accepted)
    if not accepted:
        print("Nothing was written; your choices are kept. `flashnotes import` goes on with them.")


def accept(done: Import, choosing: Choosing) -> None:
    """Take what was chosen and refuse what was refused."""
    taken, refused = choosing.taken(), choosing.refused()
    done.take(taken, never=refused)
    print(f"written: {taken_text(taken, len(refused)) or 'nothing'}")


def remember(home: Home, choosing: Choosing, paths: Sequence[Path], *, accepted: bool) -> None:
    """Keep the decisions of `choosing`; what was accepted waits no more."""
    waiting = read_waiting(home)
    keys = {offer.key for offer in choosing.offers}
    kept = {key: decision for key, decision in waiting.decisions.items() if key not in keys}
    notes = dict(waiting.notes)
    for path in paths:
        notes.pop(str(path.absolute()), None)
    if accepted:
        read = {
            str((home.path / offer.entry.card.source.path).resolve())
            for offer in choosing.offers
            if offer.entry.card.source
        }
        notes = {path: count for path, count in notes.items() if path not in read}
    else:
        share, rest = divmod(len(choosing.offers), len(paths))
        for number, path in enumerate(paths):
            notes[str(path.absolute())] = share + (number < rest)
    decisions = kept | choosing.decisions(accepted=accepted)
    write_waiting(home, Waiting(notes, decisions))
