"""What is known of a card beside its text: its schedule, and every answer it got."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flashnotes.models import DueAt, DueDay, Ease, Review, Strength
from flashnotes.screen_text import one_line
from flashnotes.times import clock_time, interval_label
from flashnotes.wording import phase_text, source_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.models import Due, Event, Memory, ScheduleState, StudyCard

_MS_A_SECOND = 1000


def card_facts(studied: StudyCard, *, answer_shown: bool) -> list[tuple[str, str]]:
    """The card's facts by name; those that say nothing, or too much before the answer, are left out."""
    card, state = studied.card, studied.state
    facts = [
        ("deck", one_line(studied.deck).replace("::", " > ")),
        ("source", source_text(studied)),
        ("kind", card.kind.value),
        ("tags", one_line(" ".join(card.tags))),
        ("id", one_line(card.id) if answer_shown else ""),
        ("state", _standing(studied)),
        ("due", _due_text(state.due)),
        ("interval", interval_label(state.interval) if state.interval else ""),
        ("memory", _memory_text(state.memory)),
        ("right in a row", str(state.repetitions) if state.due else ""),
        ("lapses", str(state.lapses) if state.due else ""),
    ]
    return [(name, fact) for name, fact in facts if fact]


def history_rows(events: Sequence[Event]) -> list[tuple[str, str, str, str]]:
    """Each event, newest first: when, what, how long it took, and the interval before and after."""
    rows: list[tuple[str, str, str, str]] = []
    before = 0
    for event in events:
        rows.append((clock_time(event.at), *_what(event), _change(before, event.state)))
        before = event.state.interval
    return rows[::-1]


def _what(event: Event) -> tuple[str, str]:
    if isinstance(event, Review):
        seconds = f"{event.duration_ms / _MS_A_SECOND:.0f} s" if event.duration_ms else ""
        return f"{event.rating.name.capitalize()} ({event.kind.value})", seconds
    return event.kind.value, ""


def _change(before: int, after: ScheduleState) -> str:
    return f"{before} d → {after.interval} d"


def _standing(studied: StudyCard) -> str:
    state = studied.state
    marks = [
        phase_text(studied),
        *(["suspended"] if state.suspended else []),
        *([f"buried until {_day_text(state.buried_until)}"] if state.buried_until else []),
        *([f"flag {state.flag}"] if state.flag else []),
    ]
    return ", ".join(marks)


def _memory_text(memory: Memory | None) -> str:
    match memory:
        case Ease(factor):
            return f"ease {factor / 100:.2f}"
        case Strength(stability, difficulty):
            return f"stability {stability:.1f} d, difficulty {difficulty:.1f}"
        case None:
            return ""


def _due_text(due: Due | None) -> str:
    match due:
        case DueDay(day):
            return _day_text(day)
        case DueAt(ms):
            return f"{datetime.fromtimestamp(ms / _MS_A_SECOND, UTC):%Y-%m-%d %H:%M} UTC"
        case None:
            return ""


def _day_text(day: int) -> str:
    return date.fromordinal(day).isoformat() if 1 <= day <= date.max.toordinal() else f"day {day}"
