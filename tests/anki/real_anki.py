"""Anki itself, in a process of its own: imports packages and tells what became of them.

Run as a program: reads one JSON request a line (`{"files": [...], "age": days, "scheduling": bool, "presets": bool, "answer": n,
"notes_to": file}`),
makes a fresh collection, imports the files in turn, answering n cards after the first, replies with one JSON line.
"""

import json
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any


def main() -> None:
    # Anki prints remarks of its own: they must not mix with the answers.
    replies, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        reply = make_strangers(request) if "strangers" in request else answer(request)
        print(json.dumps(reply), file=replies, flush=True)


def make_strangers(request: dict[str, Any]) -> dict[str, Any]:
    from tests.anki import strangers

    strangers.make(request["strangers"])
    return {}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    from anki.collection import Collection

    options = (request["scheduling"], request["presets"])
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        try:
            if request["age"]:
                col.crt -= 86_400 * request["age"]
            first, *others = request["files"]
            logs = [import_file(col, first, *options)]
            answered = answer_cards(col, request["answer"])
            logs += [import_file(col, path, *options) for path in others]
            problems = col.fix_integrity()[0].split("\n")
            if request["notes_to"]:
                col.export_note_csv(
                    out_path=request["notes_to"], limit=None, with_html=True, with_tags=True,
                    with_deck=True, with_notetype=True, with_guid=True,
                )  # fmt: skip
            return {"logs": logs, **dump(col), "problems": problems, "answered": answered}
        except Exception as error:  # noqa: BLE001 - whatever Anki objects to is the answer
            return {"error": str(error)}
        finally:
            col.close()


def import_file(col: Any, path: str, scheduling: bool, presets: bool) -> dict[str, Any]:
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportCsvRequest

    if path.endswith(".txt"):
        metadata = col.get_csv_metadata(path, None)
        log = col.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    else:
        options = ImportAnkiPackageOptions(with_scheduling=scheduling, with_deck_configs=presets)
        log = col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}


def answer_cards(col: Any, number: int) -> dict[str, list[int]]:
    """Answer so many cards of all decks, and tell where each then stands."""
    guids = dict(col.db.execute("select id, guid from notes"))
    answered: dict[str, list[int]] = {}
    for deck in col.decks.all_names_and_ids():
        col.decks.set_current(deck.id)
        while number and (card := col.sched.getCard()):
            number -= 1
            card.start_timer()
            col.sched.answerCard(card, number % 4 + 1)
            answered[f"{guids[card.nid]}/{card.ord}"] = [
                card.type,
                card.ivl,
                card.factor,
                card.reps,
                card.lapses,
            ]
    return answered


def dump(col: Any) -> dict[str, Any]:
    guids = dict(col.db.execute("select id, guid from notes"))
    cards = [dump_card(col, col.get_card(card_id), guids) for card_id in col.db.list("select id from cards")]
    return {
        "notes": {guid: dump_note(col, note_id) for note_id, guid in guids.items()},
        "cards": {card["key"]: card for card in cards},
        "answers": [
            {"card": f"{guids[note]}/{ord_}", "at": at, "ease": ease, "ivl": ivl, "last": last, "type": kind}
            for at, note, ord_, ease, ivl, last, kind in col.db.execute(
                "select r.id, c.nid, c.ord, r.ease, r.ivl, r.lastIvl, r.type"
                " from revlog r join cards c on c.id = r.cid order by r.id"
            )
        ],
        "decks": sorted(deck.name for deck in col.decks.all_names_and_ids()),
        "empty": [card for note in col.get_empty_cards().notes for card in note.card_ids],
    }


def dump_note(col: Any, note_id: int) -> dict[str, Any]:
    note = col.get_note(note_id)
    return {
        "type": note.note_type()["name"],
        "fields": dict(note.items()),
        "tags": note.tags,
        "mod": note.mod,
    }


def dump_card(col: Any, card: Any, guids: dict[int, str]) -> dict[str, Any]:
    rendered = card.render_output(reload=True)
    in_days = card.type == 2 or card.queue == 3
    today = date.fromtimestamp(col.sched.day_cutoff - 86_400)  # noqa: DTZ012 - Anki knows local time only
    due_on = today + timedelta(days=card.due - col.sched.today) if in_days else None
    return {
        "key": f"{guids[card.nid]}/{card.ord}",
        "deck": col.decks.name(card.did),
        "type": card.type,
        "queue": card.queue,
        "due": card.due,
        "due_on": due_on and due_on.isoformat(),
        "ivl": card.ivl,
        "factor": card.factor,
        "reps": card.reps,
        "left": card.left,
        "lapses": card.lapses,
        "flag": card.user_flag(),
        "memory": [card.memory_state.stability, card.memory_state.difficulty] if card.memory_state else None,
        "wanted": [card.desired_retention, card.decay],
        "front": rendered.question_text,
        "back": rendered.answer_text,
    }


if __name__ == "__main__":
    main()
