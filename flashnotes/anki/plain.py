"""Cards for other programs: a table (CSV) and everything there is (JSON)."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TextIO

from flashnotes.anki.file import WHOLE, taken, written_whole
from flashnotes.anki.model import Exported
from flashnotes.models import DueDay, Ease, Strength
from flashnotes.scheduling.days import iso_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from flashnotes.anki.model import ExportCard, Side
    from flashnotes.models import Card, Due, Memory, Moment, Review, ScheduleState

COLUMNS = (
    "id", "deck", "kind", "front", "back", "aliases", "tags", "source",
    "phase", "due", "interval_days", "ease", "repetitions", "lapses",
)  # fmt: skip
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Log:
    """What stands beside the cards in an export, so that another home can take all events in."""

    home: str
    """The home's `source`."""
    number: int
    events: Sequence[Mapping[str, Any]]
    """All but the cards' own reviews."""


def export_csv(path: Path, cards: Iterable[ExportCard]) -> Exported:
    """Write the cards as a table at `path`: UTF-8, first a row of names, texts as in the deck. AnkiError."""
    count = 0
    with _open_whole(path) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for item in taken(cards):
            table.writerow(_row(item))
            count += 1
    return Exported(count, count, 0)


def export_json(path: Path, cards: Iterable[ExportCard], *, at: Moment, log: Log | None = None) -> Exported:
    """Write all of the cards, states and answers included, as JSON at `path`, a card or an event a line. AnkiError."""
    count = answers = 0
    with _open_whole(path) as file:
        head: dict[str, Any] = {"format": "flashnotes", "version": _VERSION, "exported_at": iso_time(at.ms)}
        if log:
            head |= {"home": {"uuid": log.home, "number": log.number}}
        file.write(json.dumps(head).removesuffix("}") + ', "cards": [')
        for item in taken(cards):
            file.write("\n" if count == 0 else ",\n")
            json.dump(_dump_card(item), file, ensure_ascii=False)
            count += 1
            answers += len(item.reviews) + (len(item.reverse.reviews) if item.reverse else 0)
        if log:
            events = (json.dumps(event, ensure_ascii=False) for event in log.events)
            file.write('\n], "log": [\n' + ",\n".join(events))
            answers += sum(event["what"] == "review" for event in log.events)
        file.write("\n]}\n")
    return Exported(count, count, answers)


@contextmanager
def _open_whole(path: Path) -> Iterator[TextIO]:
    with (
        written_whole(path) as folder,
        (folder / WHOLE).open("w", encoding="utf-8", errors="replace", newline="") as file,
    ):
        yield file


def _row(item: ExportCard) -> tuple[object, ...]:
    card, state = item.card, item.state
    ease = f"{state.memory.factor / 100:.2f}" if isinstance(state.memory, Ease) else ""
    return (
        card.id, item.deck, card.kind.value, card.front, card.back, "; ".join(card.aliases),
        " ".join(card.tags), str(card.source or ""), state.phase.value, _dump_due(state.due) or "",
        state.interval, ease, state.repetitions, state.lapses,
    )  # fmt: skip


def _dump_card(item: ExportCard) -> dict[str, Any]:
    sides = {"forward": item.forward, **({"reverse": item.reverse} if item.reverse else {})}
    return {
        **_dump_content(item.card),
        "deck": item.deck,
        "modified": item.modified,
        "sides": {name: _dump_side(side) for name, side in sides.items()},
    }


def _dump_content(card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "kind": card.kind.value,
        "front": card.front,
        "back": card.back,
        "aliases": card.aliases,
        "tags": card.tags,
        "source": asdict(card.source) if card.source else None,
        "extracted": card.extracted,
        "retired": card.retired,
        "anki": asdict(card.anki) if card.anki else None,
    }


def _dump_side(side: Side) -> dict[str, Any]:
    return {"state": _dump_state(side.state), "reviews": [_dump_review(review) for review in side.reviews]}


def _dump_state(state: ScheduleState) -> dict[str, Any]:
    return {
        "phase": state.phase.value,
        "due": _dump_due(state.due),
        "interval_days": state.interval,
        "repetitions": state.repetitions,
        "lapses": state.lapses,
        "step": state.step,
        **_dump_memory(state.memory),
        "failed_on": _dump_day(state.failed_on),
        "drilling": state.drilling,
        "last_at": None if state.last_at is None else iso_time(state.last_at),
        "suspended": state.suspended,
        "buried_until": _dump_day(state.buried_until),
        "flag": state.flag,
    }


def _dump_review(review: Review) -> dict[str, Any]:
    return {
        "id": review.id,
        "rating": int(review.rating),
        "grade": review.grade,
        "reviewed_at": iso_time(review.at.ms),
        "zone_offset": review.at.offset,
        "day": _dump_day(review.day),
        "kind": review.kind.value,
        "duration_ms": review.duration_ms,
        "source": review.source,
    }


def _dump_memory(memory: Memory | None) -> dict[str, Any]:
    return {
        "ease": memory.factor / 100 if isinstance(memory, Ease) else None,
        "stability": memory.stability if isinstance(memory, Strength) else None,
        "difficulty": memory.difficulty if isinstance(memory, Strength) else None,
    }


def _dump_due(due: Due | None) -> str | None:
    if due is None:
        return None
    return _dump_day(due.day) if isinstance(due, DueDay) else iso_time(due.ms)


def _dump_day(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()
