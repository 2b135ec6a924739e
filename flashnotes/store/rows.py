"""Values to rows and back, for the ways that speak SQL."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flashnotes.models import (
    Action,
    ActionKind,
    AnkiRef,
    Card,
    CardId,
    CardKind,
    Day,
    DueAt,
    DueDay,
    Ease,
    Moment,
    Phase,
    Rating,
    Review,
    ReviewKind,
    ScheduleState,
    Source,
    Strength,
    StudyCard,
)
from flashnotes.scheduling.columns import STATE, state_row
from flashnotes.scheduling.days import iso_day, iso_time, parse_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.models import Due, Event, Memory

Row = tuple[Any, ...]

CONTENT = (
    "id",
    "path",
    "active",
    "deck",
    "place",
    "sibling",
    "kind",
    "front",
    "back",
    "aliases",
    "tags",
    "source_path",
    "source_line",
    "extracted",
    "retired",
    "anki_guid",
    "anki_ord",
)
REVIEW = (
    "id",
    "card_id",
    "rating",
    "grade",
    "reviewed_at",
    "zone_offset",
    "day",
    "kind",
    "duration_ms",
    "source",
    *STATE,
)
ACTION = ("id", "card_id", "kind", "value", "acted_at", "zone_offset", "day", "source", *STATE)


def names(columns: Sequence[str]) -> str:
    """A list of columns, as SQL."""
    return ", ".join(columns)


def marks(columns: Sequence[str]) -> str:
    """As many question marks as columns."""
    return ", ".join("?" * len(columns))


def assignments(columns: Sequence[str]) -> str:
    """`a = ?, b = ?`, as SQL."""
    return ", ".join(f"{column} = ?" for column in columns)


def parse_time(text: str) -> int:
    """The milliseconds of a moment written by `iso_time`."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} says no zone")
    # A float holds the milliseconds of the years 1 to 9999 exactly.
    return round(moment.timestamp() * 1000)


def state_of(row: Sequence[Any]) -> ScheduleState:
    """The state in the columns of STATE."""
    return ScheduleState(
        phase=Phase(row[0]),
        due=_due_of(row[1], row[2]),
        interval=row[3],
        repetitions=row[4],
        lapses=row[5],
        step=row[6],
        memory=_memory_of(row[7], row[8], row[9]),
        failed_on=row[10],
        drilling=bool(row[11]),
        last_at=row[12],
        suspended=bool(row[13]),
        buried_until=row[14],
        flag=row[15],
    )


def _due_of(day: int | None, ms: int | None) -> Due | None:
    if day is not None:
        return DueDay(Day(day))
    return None if ms is None else DueAt(ms)


def _memory_of(ease: int | None, stability: float | None, difficulty: float | None) -> Memory | None:
    if ease is not None:
        return Ease(ease)
    return None if stability is None or difficulty is None else Strength(stability, difficulty)


def card_row(card: Card, deck: str, path: str, place: int, sibling: str) -> Row:
    """The values of the columns of CONTENT."""
    import json

    return (
        card.id,
        path,
        int(not card.retired),
        deck,
        place,
        sibling,
        card.kind.value,
        card.front,
        card.back,
        json.dumps(card.aliases, ensure_ascii=False),
        json.dumps(card.tags, ensure_ascii=False),
        card.source.path if card.source else None,
        card.source.line if card.source else None,
        card.extracted,
        int(card.retired),
        card.anki.guid if card.anki else None,
        card.anki.ord if card.anki else None,
    )


def study_card_of(row: Sequence[Any]) -> StudyCard:
    """The card in the columns of CONTENT and STATE."""
    split = len(CONTENT)
    return StudyCard(card_of(row[:split]), row[3], state_of(row[split:]))


def card_of(row: Sequence[Any]) -> Card:
    """The card in the columns of CONTENT."""
    return Card(
        id=CardId(row[0]),
        kind=CardKind(row[6]),
        front=row[7],
        back=row[8],
        aliases=_strings(row[9]),
        tags=_strings(row[10]),
        source=None if row[11] is None else Source(row[11], row[12]),
        extracted=row[13],
        retired=bool(row[14]),
        anki=None if row[15] is None else AnkiRef(row[15], row[16] or 0),
    )


def _strings(text: str) -> tuple[str, ...]:
    if text == "[]":
        return ()
    import json

    return tuple(json.loads(text))


def review_row(review: Review) -> Row:
    """The values of the columns of REVIEW."""
    return (
        review.id,
        review.card_id,
        int(review.rating),
        review.grade,
        iso_time(review.at.ms),
        review.at.offset,
        iso_day(review.day),
        review.kind.value,
        review.duration_ms,
        review.source,
        *state_row(review.state),
    )


def review_of(row: Sequence[Any]) -> Review:
    """The review in the columns of REVIEW."""
    return Review(
        id=row[0],
        card_id=CardId(row[1]),
        rating=Rating(row[2]),
        grade=row[3],
        at=Moment(parse_time(row[4]), row[5]),
        day=parse_day(row[6]),
        kind=ReviewKind(row[7]),
        duration_ms=row[8],
        source=row[9],
        state=state_of(row[10:]),
    )


def action_row(action: Action) -> Row:
    """The values of the columns of ACTION."""
    return (
        action.id,
        action.card_id,
        action.kind.value,
        action.value,
        iso_time(action.at.ms),
        action.at.offset,
        iso_day(action.day),
        action.source,
        *state_row(action.state),
    )


def action_of(row: Sequence[Any]) -> Action:
    """The action in the columns of ACTION."""
    return Action(
        id=row[0],
        card_id=CardId(row[1]),
        kind=ActionKind(row[2]),
        value=row[3],
        at=Moment(parse_time(row[4]), row[5]),
        day=parse_day(row[6]),
        source=row[7],
        state=state_of(row[8:]),
    )


def event_row(event: Event) -> tuple[str, tuple[str, ...], Row]:
    """The table, the columns and the values of an event."""
    if isinstance(event, Review):
        return "review", REVIEW, review_row(event)
    return "action", ACTION, action_row(event)


BLANK_STATE = {
    name: "NULL" if value is None else repr(value)
    for name, value in zip(STATE, state_row(ScheduleState()), strict=True)
}
"""The columns of a card never answered, as SQL."""
