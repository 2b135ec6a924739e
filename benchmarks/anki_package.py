"""Packages for Anki beside genanki's, of the same notes: processor time, memory, size.

python -m benchmarks.anki_package [NOTES...]

Both read the same ready HTML (the cards of the shipped decks, over and over) from the same SQLite file, each job in a
process of its own, in turns. genanki writes neither schedules nor reviews; ours does in the second job.
"""

from __future__ import annotations

import importlib.util
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from flashnotes.anki import ExportCard, Side, export_ready
from flashnotes.anki.media import Media
from flashnotes.anki.notes import make_note
from flashnotes.anki.notetypes import NOTE_TYPES, dump_note_type
from flashnotes.anki.ready import BREAK, Ready
from flashnotes.anki.schedule import Calendar
from flashnotes.deckfile.files import read_deck
from flashnotes.models import Card, CardId, Day, Moment, Rating
from flashnotes.scheduling import replay_answers
from flashnotes.scheduling.sm2 import Sm2

DECKS = Path(__file__).parents[1] / "decks"
ROUNDS = 5
AT = Moment(1_790_000_000_000, 480)
TODAY = Day(AT.ms // 86_400_000 + 719_163)
ANSWERS = 4
"""Reviews of each note."""
NOTES = (
    "SELECT guid, note_type, deck, fields, tags FROM note JOIN side ON side.note = note.id ORDER BY note.id"
)
JOBS = ("genanki", "ours", "ours, schedule and log")


def fill(path: Path, notes: int) -> float:
    """Make the notes ready, with what was learnt of them; the seconds that the way from Markdown to HTML took."""
    decks = [read_deck(file).deck for file in sorted(DECKS.glob("*.yaml"))]
    cards = [(deck.name, card) for deck in decks for card in deck.cards]
    chance = random.Random(1)
    converting = 0.0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        ready = Ready(connection)
        for number in range(notes):
            deck, card = cards[number % len(cards)]
            began = process_time()
            made = make_note(ExportCard(numbered(card, number), deck), Media(None))
            converting += process_time() - began
            place = ready.add_note(made.guid, NOTE_TYPES[made.kind].id, made.fields, made.tags, AT.ms // 1000)
            days = sorted(chance.sample(range(1, 120), ANSWERS))
            log = [(card.id, chance.choice(list(Rating)), moment(day, number)) for day in days]
            reviews = tuple(replay_answers(Sm2(), log))
            ready.add_side(place, 0, deck, Side(reviews[-1].state, reviews))
        ready.finish()
    return converting


def without_schedule(source: Path, target: Path) -> None:
    """The same notes, none of which was ever asked."""
    target.write_bytes(source.read_bytes())
    columns = "id, note, ord, deck"
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("DELETE FROM answer")
        connection.execute(f"CREATE TEMP TABLE placed AS SELECT {columns} FROM side")
        connection.execute("DELETE FROM side")
        connection.execute(f"INSERT INTO side ({columns}) SELECT {columns} FROM placed ORDER BY id")
        connection.commit()


def numbered(card: Card, number: int) -> Card:
    return Card(
        CardId(f"{card.id}-{number}"),
        card.kind,
        f"{card.front} ({number})",
        card.back,
        card.aliases,
        card.tags,
    )


def moment(day: int, number: int) -> Moment:
    return Moment(AT.ms - (120 - day) * 86_400_000 + number * 10, AT.offset)


def ours(source: Path, package: Path) -> None:
    export_ready(package, source, calendar=Calendar(AT, TODAY))


def genanki(source: Path, package: Path) -> None:
    import genanki

    models = {note_type.id: model_of(genanki, dump_note_type(kind)) for kind, note_type in NOTE_TYPES.items()}
    decks: dict[str, Any] = {}
    with closing(sqlite3.connect(source)) as connection:
        for guid, note_type, deck, fields, tags in connection.execute(NOTES):
            if deck not in decks:
                decks[deck] = genanki.Deck(1_700_000_000 + len(decks), deck)
            note = genanki.Note(models[note_type], fields.split(BREAK), guid=guid, tags=tags.split())
            decks[deck].add_note(note)
    genanki.Package(list(decks.values())).write_to_file(package)


def model_of(genanki: Any, dumped: dict[str, Any]) -> Any:
    fields = [{"name": field["name"]} for field in dumped["flds"]]
    templates = [{key: each[key] for key in ("name", "qfmt", "afmt")} for each in dumped["tmpls"]]
    return genanki.Model(
        dumped["id"], dumped["name"], fields, templates, css=dumped["css"], model_type=dumped["type"]
    )


def run_job(job: str, source: Path, package: Path) -> None:
    """In a process of its own: seconds of the processor and MiB at the most, as a line."""
    if job == "genanki":
        __import__("genanki")
    began = process_time()
    (genanki if job == "genanki" else ours)(source, package)
    print(process_time() - began, most_memory())


def most_memory() -> float:
    """The most MiB this process has held; the system's own figure counts what its parent held before it began."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def measure(job: str, source: Path, package: Path) -> tuple[float, float]:
    program = [sys.executable, "-W", "ignore", "-m", "benchmarks.anki_package", "--job"]
    done = subprocess.run([*program, job, source, package], check=True, capture_output=True, text=True)
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def compare(notes: int) -> None:
    jobs = [job for job in JOBS if job != "genanki" or importlib.util.find_spec("genanki")]
    with TemporaryDirectory() as folder:
        studied, new, package = (Path(folder) / name for name in ("studied", "new", "out.apkg"))
        converting = fill(studied, notes)
        without_schedule(studied, new)
        sources = dict(zip(JOBS, (new, new, studied), strict=True))
        rounds = [{job: measure(job, sources[job], package) for job in jobs} for _ in range(ROUNDS)]
    print(f"{notes} notes, {ANSWERS} reviews each; from Markdown to HTML, apart: {converting:.2f} s")
    for job in jobs:
        seconds, memory = (median(column) for column in zip(*(each[job] for each in rounds), strict=True))
        line = f"  {job:24} {seconds:6.2f} s {memory:6.1f} MiB"
        if jobs[0] == "genanki" != job:
            ratio = median(each["genanki"][0] / each[job][0] for each in rounds)
            line += f"   genanki takes {ratio:.2f} times as long"
        print(line)
    if "genanki" not in jobs:
        print("  genanki is not installed, so there is nothing to compare with: pip install genanki")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        run_job(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        for number in map(int, sys.argv[1:] or ["20000", "100000"]):
            compare(number)
