"""The log of events: recording one, taking one back, and the fold of them.

Everything here runs inside a transaction of the caller, so that an event and the state it leads to are one
change.
"""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashnotes.errors import StoreError
from flashnotes.models import Action, ActionKind, Day, Rating, Review, ReviewKind, ScheduleState
from flashnotes.scheduling import NEW, Scheduler, act, after, becomes_leech, rating_of, response_of, review
from flashnotes.scheduling.columns import STATE, state_row
from flashnotes.scheduling.days import DAY_STARTS_AT, iso_time, logical_day
from flashnotes.scheduling.fuzz import seed_of
from flashnotes.scheduling.response import Response
from flashnotes.store.rows import (
    ACTION,
    REVIEW,
    action_of,
    assignments,
    event_row,
    marks,
    names,
    review_of,
    state_of,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from flashnotes.models import CardId, Event, Moment

HOME_BITS = 15
HOME_NUMBERS = 1 << HOME_BITS
_SELECT_STATE = f"SELECT {names(STATE)} FROM card WHERE id = ?"
_UPDATE_STATE = f"UPDATE card SET {assignments(STATE)} WHERE id = ?"
_INSERT = {
    "review": f"INSERT INTO review ({names(REVIEW)}) VALUES ({marks(REVIEW)})",
    "action": f"INSERT INTO action ({names(ACTION)}) VALUES ({marks(ACTION)})",
}
_EARLIEST, _LATEST = -62_135_596_800_000, 253_402_300_799_999
"""The years 1 to 9999, in milliseconds: what an ISO date can say."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the fold depends on beside the events."""

    scheduler: Scheduler
    day_starts_at: int = DAY_STARTS_AT
    suspend_leeches: bool = False
    """The answer that makes a card a leech suspends it."""
    both_ways: bool = False
    """Definitions are asked by their meaning too, as cards of their own."""


@dataclass(frozen=True, slots=True)
class HomeId:
    """Who makes the events of this home."""

    uuid: str
    number: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person pressed, and when."""

    card_id: CardId
    grade: int
    """SM-2's 0 to 5."""
    at: Moment
    duration_ms: int = 0
    cram: bool = False

    @property
    def rating(self) -> Rating:
        """The button of the grade."""
        return rating_of(self.grade)


def record(connection: sqlite3.Connection, home: HomeId, rules: Rules, answer: Answer) -> Review:
    """Append a review and move its card's state on."""
    state = current_state(connection, answer.card_id)
    day = _day_of(answer.at, rules)
    response = Response(answer.grade, answer.at, day, seed_of(answer.card_id))
    kind, new = review(rules.scheduler, state, response, cram=answer.cram)
    event = Review(
        id=next_id(connection, home, answer.at.ms),
        card_id=answer.card_id,
        rating=answer.rating,
        grade=answer.grade,
        at=answer.at,
        day=day,
        kind=kind,
        duration_ms=answer.duration_ms,
        source=home.uuid,
        state=new,
    )
    _append(connection, event)
    if rules.suspend_leeches and becomes_leech(state, new):
        perform(connection, home, rules, answer.card_id, (ActionKind.SUSPEND, 0, answer.at))
    return event


def perform(
    connection: sqlite3.Connection,
    home: HomeId,
    rules: Rules,
    card_id: CardId,
    doing: tuple[ActionKind, int, Moment],
) -> Action:
    """Append an action, `doing` being its kind, value and moment, and move its card's state on."""
    kind, value, at = doing
    event = Action(
        id=next_id(connection, home, at.ms),
        card_id=card_id,
        kind=kind,
        value=value,
        at=at,
        day=_day_of(at, rules),
        source=home.uuid,
        state=act(current_state(connection, card_id), kind, value),
    )
    _append(connection, event)
    return event


def _day_of(at: Moment, rules: Rules) -> Day:
    if not _EARLIEST <= at.ms - 2 * 86_400_000 <= at.ms + 2 * 86_400_000 <= _LATEST:
        raise StoreError("The clock stands outside the years 1 to 9999. Set it right; nothing was saved.")
    return logical_day(at, rules.day_starts_at)


def _append(connection: sqlite3.Connection, event: Event) -> None:
    table, _, row = event_row(event)
    connection.execute(_INSERT[table], row)
    set_state(connection, event.card_id, event.state)


def current_state(connection: sqlite3.Connection, card_id: str) -> ScheduleState:
    """The card's state. Raises StoreError for a card that was never seen."""
    row = connection.execute(_SELECT_STATE, (card_id,)).fetchone()
    if row is None:
        raise unknown_card(card_id)
    return state_of(row)


def unknown_card(card_id: str) -> StoreError:
    """The error for an id that no deck has."""
    return StoreError(f"no card {card_id!r}. `flashnotes cards` lists them.")


def set_state(connection: sqlite3.Connection, card_id: str, state: ScheduleState) -> None:
    """Write the card's state."""
    connection.execute(_UPDATE_STATE, (*state_row(state), card_id))


def next_id(connection: sqlite3.Connection, home: HomeId, ms: int) -> int:
    """An id later than every event here, whatever the clock says: milliseconds, then the home's number."""
    last: int = connection.execute(
        "SELECT max((SELECT coalesce(max(id), 0) FROM review), (SELECT coalesce(max(id), 0) FROM action),"
        " (SELECT coalesce(max(id), 0) FROM undone))"
    ).fetchone()[0]
    return max(ms, (last >> HOME_BITS) + 1) << HOME_BITS | home.number


def last_event(connection: sqlite3.Connection, home: HomeId) -> Event | None:
    """The last event of `home` that was not taken back."""
    found = [
        event
        for event in (
            _last(connection, "review", REVIEW, home),
            _last(connection, "action", ACTION, home),
        )
        if event is not None
    ]
    return max(found, key=lambda event: event.id, default=None)


def _last(connection: sqlite3.Connection, table: str, columns: tuple[str, ...], home: HomeId) -> Event | None:
    row = connection.execute(
        # The number finds the home's events by their index; another home may have it too.
        f"SELECT {names(columns)} FROM {table}"
        f" WHERE id & {HOME_NUMBERS - 1} = ? AND source = ? ORDER BY id DESC LIMIT 1",
        (home.number, home.uuid),
    ).fetchone()
    if row is None:
        return None
    return review_of(row) if table == "review" else action_of(row)


def undo(connection: sqlite3.Connection, home: HomeId, rules: Rules, at: Moment) -> Event | None:
    """Move this home's last event to `undone` and fold its card's state anew.

    An answer goes with the suspension that it brought about, and is the event returned.
    """
    event = last_event(connection, home)
    if event is None:
        return None
    take_back(connection, event, at)
    if isinstance(event, Action) and event.kind is ActionKind.SUSPEND:
        cause = last_event(connection, home)
        if isinstance(cause, Review) and (cause.card_id, cause.at) == (event.card_id, event.at):
            take_back(connection, cause, at)
            event = cause
    refold(connection, rules.scheduler, event.card_id)
    return event


def take_back(connection: sqlite3.Connection, event: Event, at: Moment) -> None:
    """Move an event to `undone`; the caller folds the card's state."""
    table, columns, row = event_row(event)
    connection.execute(
        "INSERT INTO undone (id, card_id, what, event, undone_at, source) VALUES (?, ?, ?, ?, ?, ?)",
        (
            event.id,
            event.card_id,
            table,
            json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False),
            iso_time(at.ms),
            event.source,
        ),
    )
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (event.id,))


def refold(connection: sqlite3.Connection, scheduler: Scheduler, card_id: str) -> ScheduleState:
    """Fold the card's events again, writing the state after each where it differs."""
    state = NEW
    for event in list(events_of(connection, card_id)):
        state = _settle(connection, scheduler, state, event)
    set_state(connection, card_id, state)
    return state


def _settle(
    connection: sqlite3.Connection, scheduler: Scheduler, state: ScheduleState, event: Event
) -> ScheduleState:
    """The state after `event`; its row is corrected where events before it have changed."""
    if isinstance(event, Action):
        settled: Event = replace(event, state=after(scheduler, state, event))
    else:
        cram = event.kind is ReviewKind.CRAM
        kind, new = review(scheduler, state, response_of(event), cram=cram)
        settled = replace(event, kind=kind, state=new)
    if settled != event:
        table, columns, row = event_row(settled)
        connection.execute(
            f"UPDATE {table} SET {assignments(columns)} WHERE id = ?",
            (*row, event.id),
        )
    return settled.state


def events_of(connection: sqlite3.Connection, card_id: str) -> Iterator[Event]:
    """The card's events in the order of their ids."""
    reviews = connection.execute(f"SELECT {names(REVIEW)} FROM review WHERE card_id = ?", (card_id,))
    events: list[Event] = [review_of(row) for row in reviews]
    events.extend(actions_of(connection, card_id))
    yield from sorted(events, key=_id_of)


def actions_of(connection: sqlite3.Connection, card_id: str) -> list[Action]:
    """The card's actions in the order of their ids."""
    rows = connection.execute(f"SELECT {names(ACTION)} FROM action WHERE card_id = ? ORDER BY id", (card_id,))
    return [action_of(row) for row in rows]


def _id_of(event: Event) -> int:
    return event.id
