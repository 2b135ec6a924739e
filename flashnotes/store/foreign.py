"""What another program did with our cards: its answers as reviews, its schedule as actions.

Taking it in twice is taking it in once. An answer is known by its card, moment, rating and duration, wherever it
was given: so answers that were exported from here come home without being doubled. Ids are made of the moment and
the card, so that two homes which take in the same file agree on them.
"""
# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from flashnotes.models import (
    Action,
    ActionKind,
    DueAt,
    DueDay,
    Ease,
    Moment,
    Phase,
    Review,
    ReviewKind,
)
from flashnotes.scheduling import act, grade_of
from flashnotes.scheduling.days import logical_day
from flashnotes.store import log
from flashnotes.store.doubled import Given, given, is_moved
from flashnotes.store.rebuild import rebuild
from flashnotes.store.rows import REVIEW, event_row, marks, names

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from flashnotes.models import CardId, Day, Event, ScheduleState
    from flashnotes.store.log import Rules

_ALL_AT_ONCE = 2_000
"""So many changed cards are folded one by one; more are quicker done with all the others."""
_A_DAY_MS = 86_400_000
_INSERT_REVIEW = f"INSERT INTO review ({names(REVIEW)}) VALUES ({marks(REVIEW)})"
_TAKEN = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE id = ?" for table in ("review", "action", "undone"))
_HELD = (ActionKind.SUSPEND, ActionKind.UNSUSPEND)
_FLAGGED = (ActionKind.FLAG,)


@dataclass(frozen=True, slots=True)
class ForeignAnswer(Given):
    """An answer given elsewhere."""

    cram: bool = False
    """It changed no schedule there."""


@dataclass(frozen=True, slots=True)
class History:
    """What another program knows of one of our cards."""

    card_id: CardId
    source: str
    answers: tuple[ForeignAnswer, ...]
    state: ScheduleState
    """Where the card stands there."""
    changed_at: int
    """Milliseconds since 1970 at which the card was last changed there; 0 if unknown."""
    offset: int = 0
    """Minutes east of UTC, where the answers were given."""


@dataclass(frozen=True, slots=True)
class TakenHistory:
    """What was taken in."""

    reviews: int = 0
    actions: int = 0
    known: int = 0
    """Answers that were here already."""
    future: int = 0
    """Answers that lie in the future, left out: events after them would be out of order."""


def take(
    connection: sqlite3.Connection, rules: Rules, histories: Iterable[History], at: Moment
) -> TakenHistory:
    """Take `histories` in at the moment `at`; inside a transaction."""
    return _Taker(connection, rules, at).take(list(histories))


def count(
    connection: sqlite3.Connection, rules: Rules, histories: Iterable[History], at: Moment
) -> TakenHistory:
    """How many reviews `take` would add."""
    taker = _Taker(connection, rules, at)
    reviews = sum(len(taker.new_answers(history)) for history in histories)
    return TakenHistory(reviews, 0, taker.known, taker.future)


@dataclass(slots=True)
class _Taker:
    connection: sqlite3.Connection
    rules: Rules
    at: Moment
    known: int = 0
    future: int = 0
    _made: set[int] = field(default_factory=set)
    """Ids that may not stand in the database yet."""

    def take(self, histories: list[History]) -> TakenHistory:
        ids = ((each.card_id,) for each in histories)
        self.connection.executemany("INSERT OR IGNORE INTO card (id) VALUES (?)", ids)
        reviews = [(each.card_id, self._take_answers(each)) for each in histories]
        self._fold({card_id for card_id, count in reviews if count})
        actions = [(each.card_id, self._take_schedule(each)) for each in histories]
        self._fold({card_id for card_id, count in actions if count})
        return TakenHistory(
            sum(count for _, count in reviews), sum(count for _, count in actions), self.known, self.future
        )

    def _fold(self, card_ids: set[CardId]) -> None:
        if len(card_ids) > _ALL_AT_ONCE:
            rebuild(self.connection, self.rules.scheduler)
            return
        for card_id in card_ids:
            log.refold(self.connection, self.rules.scheduler, card_id)

    def _take_answers(self, history: History) -> int:
        """Append the answers that are not here yet; how many."""
        new = self.new_answers(history)
        rows = [event_row(self._review(history, answer))[2] for answer in new]
        self.connection.executemany(_INSERT_REVIEW, rows)
        return len(new)

    def new_answers(self, history: History) -> list[ForeignAnswer]:
        """The answers that are not here yet."""
        if not history.answers:
            return []
        past = [answer for answer in history.answers if answer.ms <= self.at.ms + _A_DAY_MS]
        # Those taken back here are known too: they are not to come again.
        known = (one for one, _ in given(self.connection, history.card_id))
        new = list(_unknown(past, known))
        self.future += len(history.answers) - len(past)
        self.known += len(past) - len(new)
        return new

    def _review(self, history: History, answer: ForeignAnswer) -> Review:
        moment = Moment(answer.ms, history.offset)
        return Review(
            id=self._free_id(answer.ms, history.card_id, "answer"),
            card_id=history.card_id,
            rating=answer.rating,
            grade=grade_of(answer.rating),
            at=moment,
            day=self._day(moment),
            # Whatever it was there, here the fold says what it is.
            kind=ReviewKind.CRAM if answer.cram else ReviewKind.REVIEW,
            duration_ms=answer.duration_ms,
            source=history.source,
        )

    def _day(self, moment: Moment) -> Day:
        return logical_day(moment, self.rules.day_starts_at)

    def _take_schedule(self, history: History) -> int:
        """Append what puts the card where it stands there, as far as that is not ours to say; how many."""
        state = log.current_state(self.connection, history.card_id)
        if not any((*_marks(history, [], state), *_schedule(history, state))):
            return 0
        events = list(log.events_of(self.connection, history.card_id))
        wanted = [*_marks(history, events, state)]
        if all(event.source == history.source for event in events):
            wanted += _schedule(history, state)
        for kind, value in wanted:
            self._append(self._action(history, kind, value))
        return len(wanted)

    def _action(self, history: History, kind: ActionKind, value: int) -> Action:
        last = max((answer.ms for answer in history.answers if answer.ms <= self.at.ms), default=0)
        changed = history.changed_at if 0 < history.changed_at <= self.at.ms else self.at.ms
        # Thousands of cards are changed in one second: they are spread over it, for ids of their own.
        ms = max(changed, last + 1) + _number_of(history.card_id, kind) % 1000
        moment = Moment(ms, history.offset)
        event_id = self._free_id(ms, history.card_id, kind)
        return Action(event_id, history.card_id, kind, value, moment, self._day(moment), history.source)

    def _append(self, event: Event) -> None:
        table, columns, row = event_row(event)
        self.connection.execute(f"INSERT INTO {table} ({names(columns)}) VALUES ({marks(columns)})", row)

    def _free_id(self, ms: int, card_id: CardId, what: str) -> int:
        """The moment, then a number of the card's own, the next one where that is taken."""
        made = ms << log.HOME_BITS | _number_of(card_id, what) % log.HOME_NUMBERS
        while made in self._made or self.connection.execute(_TAKEN, (made, made, made)).fetchone():
            made += 1
        self._made.add(made)
        return made


@lru_cache(maxsize=64)
def _number_of(card_id: CardId, what: str) -> int:
    return int.from_bytes(blake2b(f"{what}\x1f{card_id}".encode(), digest_size=6).digest(), "big")


def _unknown(answers: Iterable[ForeignAnswer], known: Iterable[Given]) -> Iterator[ForeignAnswer]:
    """The `answers` that are none of those `known`, each of which is one answer."""
    known = list(known)
    there = Counter((each.ms, each.rating) for each in known)
    left = []
    for answer in answers:
        if there[answer.ms, answer.rating]:
            there[answer.ms, answer.rating] -= 1
        else:
            left.append(answer)
    free = [each for each in known if there[each.ms, each.rating]]
    for answer in left:
        moved = next((each for each in free if is_moved(each, answer)), None)
        if moved is None:
            yield answer
        else:
            free.remove(moved)


def _marks(history: History, events: list[Event], state: ScheduleState) -> Iterator[tuple[ActionKind, int]]:
    """Suspended and flag, unless they were last set here or the other program's word is the older one."""
    if history.state.suspended != state.suspended and _may_say(history, events, _HELD):
        yield (ActionKind.SUSPEND if history.state.suspended else ActionKind.UNSUSPEND), 0
    if history.state.flag != state.flag and _may_say(history, events, _FLAGGED):
        yield ActionKind.FLAG, history.state.flag


def _may_say(history: History, events: list[Event], kinds: tuple[ActionKind, ...]) -> bool:
    said = [event for event in events if isinstance(event, Action) and event.kind in kinds]
    if not said:
        return True
    return said[-1].source == history.source and said[-1].at.ms // 1000 < history.changed_at // 1000


def _schedule(history: History, state: ScheduleState) -> Iterator[tuple[ActionKind, int]]:
    """What makes `state` the schedule there: so a card that was only asked there goes on as it would have."""
    there = history.state
    if there.phase is Phase.NEW:
        return
    if there.interval and there.interval != state.interval:
        yield ActionKind.SET_INTERVAL, there.interval
        state = act(state, ActionKind.SET_INTERVAL, there.interval)
    if isinstance(there.memory, Ease) and there.phase is Phase.REVIEW:
        eased = act(state, ActionKind.SET_EASE, there.memory.factor)
        if eased != state:
            yield ActionKind.SET_EASE, there.memory.factor
    if isinstance(there.due, DueDay) and there.due != state.due:
        yield ActionKind.SET_DUE, there.due.day
    if isinstance(there.due, DueAt) and state.due is None:
        yield ActionKind.SET_DUE, logical_day(Moment(there.due.ms, history.offset))
