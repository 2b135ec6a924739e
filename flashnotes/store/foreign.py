"""What another program did with our cards: its answers as reviews, its schedule as actions.

Taking it in twice is taking it in once. An answer is known by its card, moment, rating and duration, wherever it
was given: so answers that were exported from here come home without being doubled. Ids are made of the moment and
the card, so that two homes which take in the same file agree on them.
"""
# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
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
from flashnotes.scheduling.columns import STATE, state_row
from flashnotes.scheduling.days import logical_day
from flashnotes.store import log
from flashnotes.store.doubled import Given, given, is_moved
from flashnotes.store.rebuild import rebuild
from flashnotes.store.rows import ACTION, REVIEW, action_row, assignments, marks, names, review_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from flashnotes.models import CardId, Day, ScheduleState
    from flashnotes.store.log import Rules
    from flashnotes.store.rows import Row

_ALL_AT_ONCE = 2_000
"""So many changed cards are folded one by one; more are quicker done with all the others."""
_A_DAY_MS = 86_400_000
_TABLES = ("review", "action", "undone")
_INSERT_REVIEW = f"INSERT INTO review ({names(REVIEW)}) VALUES ({marks(REVIEW)})"
_INSERT_ACTION = f"INSERT INTO action ({names(ACTION)}) VALUES ({marks(ACTION)})"
_UPDATE_STATE = f"UPDATE card SET {assignments(STATE)} WHERE id = ?"
_TAKEN = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE id = ?" for table in _TABLES)
_LAST = "SELECT max(" + ", ".join(f"(SELECT coalesce(max(id), 0) FROM {table})" for table in _TABLES) + ")"
_ANSWERED = "SELECT DISTINCT card_id FROM review UNION SELECT card_id FROM undone WHERE what = 'review'"
_EVENTS = (
    "SELECT max(id), max(source <> ?) FROM (SELECT id, source FROM review WHERE card_id = ?"
    " UNION ALL SELECT id, source FROM action WHERE card_id = ?)"
)
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
    _last: int = field(init=False)
    """The last id that stood there at the beginning."""
    _answered: frozenset[str] = field(init=False)
    """Cards with answers here."""

    def __post_init__(self) -> None:
        self._last = self.connection.execute(_LAST).fetchone()[0]
        self._look()

    def _look(self) -> None:
        self._answered = frozenset(row[0] for row in self.connection.execute(_ANSWERED))

    def take(self, histories: list[History]) -> TakenHistory:
        ids = ((each.card_id,) for each in histories)
        self.connection.executemany("INSERT OR IGNORE INTO card (id) VALUES (?)", ids)
        reviews = sum(self._take_answers(each) for each in _rounds(histories))
        actions = sum(self._take_schedules(each) for each in _rounds(histories))
        return TakenHistory(reviews, actions, self.known, self.future)

    def _fold(self, card_ids: set[CardId]) -> None:
        if len(card_ids) > _ALL_AT_ONCE:
            rebuild(self.connection, self.rules.scheduler)
            return
        for card_id in card_ids:
            log.refold(self.connection, self.rules.scheduler, card_id)

    def _take_answers(self, histories: list[History]) -> int:
        """Append the answers that are not here yet; how many."""
        new = [(answer.ms, each, answer) for each in histories for answer in self.new_answers(each)]
        # In the order of their ids, which is that of the table; each becomes a row when its turn has come.
        new.sort(key=itemgetter(0))
        self.connection.executemany(
            _INSERT_REVIEW, (review_row(self._review(history, answer)) for _, history, answer in new)
        )
        self._fold({history.card_id for _, history, _ in new})
        self._look()
        return len(new)

    def new_answers(self, history: History) -> list[ForeignAnswer]:
        """The answers that are not here yet."""
        if not history.answers:
            return []
        past = [answer for answer in history.answers if answer.ms <= self.at.ms + _A_DAY_MS]
        self.future += len(history.answers) - len(past)
        if history.card_id not in self._answered:
            return past
        # Those taken back here are known too: they are not to come again.
        known = (one for one, _ in given(self.connection, history.card_id))
        new = list(_unknown(past, known))
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

    def _take_schedules(self, histories: list[History]) -> int:
        """Append what puts the cards where they stand there, as far as that is not ours to say; how many."""
        rows: list[Row] = []
        states: list[Row] = []
        displaced: set[CardId] = set()
        for history in histories:
            state = log.current_state(self.connection, history.card_id)
            actions, last = self._actions(history, state)
            if not actions:
                continue
            if actions[0].id < last:
                displaced.add(history.card_id)
            for action in actions:
                state = act(state, action.kind, action.value)
                rows.append(action_row(replace(action, state=state)))
            states.append((*state_row(state), history.card_id))
        self.connection.executemany(_INSERT_ACTION, sorted(rows))
        self.connection.executemany(_UPDATE_STATE, states)
        # What happened here after an action has to be folded on top of it.
        self._fold(displaced)
        return len(rows)

    def _actions(self, history: History, state: ScheduleState) -> tuple[list[Action], int]:
        """The actions to append, by their ids, and the last id of the card's events."""
        if not any((*_marks(history, [], state), *_schedule(history, state))):
            return [], 0
        card_id, source = history.card_id, history.source
        last, has_others = self.connection.execute(_EVENTS, (source, card_id, card_id)).fetchone()
        wanted = [*_marks(history, log.actions_of(self.connection, card_id), state)]
        if not has_others:
            wanted += _schedule(history, state)
        actions = [self._action(history, kind, value) for kind, value in wanted]
        return sorted(actions, key=lambda action: action.id), last or 0

    def _action(self, history: History, kind: ActionKind, value: int) -> Action:
        last = max((answer.ms for answer in history.answers if answer.ms <= self.at.ms), default=0)
        changed = history.changed_at if 0 < history.changed_at <= self.at.ms else self.at.ms
        # Thousands of cards are changed in one second: they are spread over it, for ids of their own.
        ms = max(changed, last + 1) + _number_of(history.card_id, kind) % 1000
        moment = Moment(ms, history.offset)
        event_id = self._free_id(ms, history.card_id, kind)
        return Action(event_id, history.card_id, kind, value, moment, self._day(moment), history.source)

    def _free_id(self, ms: int, card_id: CardId, what: str) -> int:
        """The moment, then a number of the card's own, the next one where that is taken."""
        made = ms << log.HOME_BITS | _number_of(card_id, what) % log.HOME_NUMBERS
        while made in self._made or (made <= self._last and self._stands(made)):
            made += 1
        self._made.add(made)
        return made

    def _stands(self, event_id: int) -> bool:
        return self.connection.execute(_TAKEN, (event_id,) * 3).fetchone() is not None


def _rounds(histories: list[History]) -> Iterator[list[History]]:
    """Lists in each of which a card stands once: what a second file says of it goes on top of the first."""
    while histories:
        met: set[CardId] = set()
        now: list[History] = []
        later: list[History] = []
        for history in histories:
            (later if history.card_id in met else now).append(history)
            met.add(history.card_id)
        yield now
        histories = later


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


def _marks(
    history: History, actions: Sequence[Action], state: ScheduleState
) -> Iterator[tuple[ActionKind, int]]:
    """Suspended and flag, unless they were last set here or the other program's word is the older one."""
    if history.state.suspended != state.suspended and _may_say(history, actions, _HELD):
        yield (ActionKind.SUSPEND if history.state.suspended else ActionKind.UNSUSPEND), 0
    if history.state.flag != state.flag and _may_say(history, actions, _FLAGGED):
        yield ActionKind.FLAG, history.state.flag


def _may_say(history: History, actions: Sequence[Action], kinds: tuple[ActionKind, ...]) -> bool:
    said = [action for action in actions if action.kind in kinds]
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
