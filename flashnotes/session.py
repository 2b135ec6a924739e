"""One sitting: the queue, the current card, answer, undo and the summary.

The TUI, `study --plain` and the command `answer` all drive this; none of them knows of schedules or SQL.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from flashnotes.cards import in_other_language
from flashnotes.models import ActionKind, CardId, DueAt, DueDay, Phase, Rating, Review, ReviewKind, StudyCard
from flashnotes.scheduling import grade_of, is_leech, preview
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.queue import LEARN_AHEAD_MS, Limits, spread
from flashnotes.store import Answer, Selection
from flashnotes.store.log import unknown_card
from flashnotes.times import due_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flashnotes.models import Day, Event, Moment, ScheduleState
    from flashnotes.scheduling.queue import Waiting
    from flashnotes.store import Store

__all__ = [
    "Answered",
    "Choice",
    "Counts",
    "Selection",
    "Session",
    "Sitting",
    "StudyCard",
    "Summary",
    "Undone",
    "answer_card",
]

COMES_BACK_AFTER = 10
"""Other cards asked before a failed one is asked again, where there are so many."""
ALL = Selection()


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a person sits down to."""

    selection: Selection = ALL
    new_per_day: int = 20
    reviews_per_day: int = 200
    new: int | None = None
    """New cards in this session, whatever the day's limit."""
    limit: int | None = None
    """Reviews in this session, whatever the day's limit."""
    cram: bool = False
    """Every card, due or not; answers change no schedule."""
    other_language: bool = False
    """Fronts are asked by their name in the other language, where a card has one."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is still to do in this session."""

    new: int
    learning: int
    due: int

    @property
    def total(self) -> int:
        return self.new + self.learning + self.due


@dataclass(frozen=True, slots=True)
class Choice:
    """What a rating would do."""

    rating: Rating
    state: ScheduleState
    label: str
    """When the card comes back, for a button: `again today`, `1 d`, `6 d`, `2.1 mo`."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that is on the disk."""

    studied: StudyCard
    """The card with its state before the answer."""
    review: Review
    label: str

    @property
    def is_leech(self) -> bool:
        """Whether this answer made the card a leech, or made one again: at 8 lapses, then every 4."""
        lapsed = self.review.state.lapses > self.studied.state.lapses
        return lapsed and is_leech(self.review.state.lapses)


@dataclass(frozen=True, slots=True)
class Undone:
    """An event that was taken back."""

    studied: StudyCard | None
    """The card as it now stands; None if it is in no deck any more."""
    event: Event | None
    """None for what is no event: a card put off, or a tag."""
    events: int = 1
    """How many were taken back with it."""
    what: str = ""
    """What it was, where it was no event."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the session came to."""

    answers: int
    right: int
    again: int
    new: int
    missed: tuple[str, ...]
    """Fronts answered Again, in order, once each."""
    seconds: float


class Pile(Enum):
    """Why a card is asked."""

    NEW = "new"
    LEARNING = "learning"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class _Asked:
    id: CardId
    pile: Pile


@dataclass(slots=True)
class _Current:
    studied: StudyCard
    pile: Pile


@dataclass(frozen=True, slots=True)
class _Deed:
    """One press of a key; one undo takes back all of it."""

    card_id: CardId
    events: frozenset[int] = frozenset()
    what: str = ""
    """What it was, where it made no event."""
    take_back: Callable[[], object] | None = None


@dataclass(slots=True)
class _Progress:
    answered: list[Answered] = field(default_factory=list)
    deeds: list[_Deed] = field(default_factory=list)

    def took(self, *kinds: ReviewKind) -> int:
        """How many cards got an answer of one of `kinds`."""
        reviews = (answered.review for answered in self.answered)
        return len({review.card_id for review in reviews if review.kind in kinds})


class Session:
    """One sitting over a store; every answer is on the disk before the next card shows."""

    def __init__(self, store: Store, clock: Callable[[], Moment], sitting: Sitting = Sitting()) -> None:
        self._store = store
        self._clock = clock
        self._sitting = sitting
        self._progress = _Progress()
        self._started = clock()
        self._queue: deque[_Asked] = deque()
        self._current: _Current | None = None
        self._fill()
        self._advance()

    @property
    def current(self) -> StudyCard | None:
        """The card to ask; None when the session is done."""
        return self._current.studied if self._current else None

    @property
    def counts(self) -> Counts:
        """What is still to do, the current card included."""
        piles = [asked.pile for asked in self._queue]
        if self._current:
            piles.append(self._current.pile)
        return Counts(piles.count(Pile.NEW), piles.count(Pile.LEARNING), piles.count(Pile.DUE))

    @property
    def done(self) -> int:
        """Answers given in this session and not undone."""
        return len(self._progress.answered)

    def choices(self) -> Mapping[Rating, Choice]:
        """What each button would do to the current card; empty when there is none."""
        if self._current is None:
            return {}
        at, day = self._now()
        studied = self._current.studied
        scheduler = self._store.rules.scheduler
        states = preview(scheduler, studied.card.id, studied.state, at=at, day=day)
        if self._sitting.cram:
            states = dict.fromkeys(states, studied.state)
        return {
            rating: Choice(rating, state, self._label(rating, state, day)) for rating, state in states.items()
        }

    def answer(self, rating: Rating, *, duration_ms: int = 0, grade: int | None = None) -> Answered:
        """Record an answer to the current card and go on; `grade` is SM-2's, where six keys are used.

        Raises StoreError when it could not be saved: the card then stays the current one.
        """
        if self._current is None:
            raise IndexError("no card is being asked")
        studied = self._current.studied
        at, day = self._now()
        review = self._store.record(
            Answer(
                card_id=studied.card.id,
                grade=grade_of(rating) if grade is None else grade,
                at=at,
                duration_ms=duration_ms,
                cram=self._sitting.cram,
            )
        )
        answered = Answered(studied, review, self._label(review.rating, review.state, day))
        self._progress.answered.append(answered)
        self._progress.deeds.append(_Deed(review.card_id, frozenset({review.id})))
        if self._comes_back(review):
            self._queue.insert(COMES_BACK_AFTER, _Asked(review.card_id, Pile.LEARNING))
        self._advance()
        return answered

    def undo(self) -> Undone | None:
        """Take back what was done last, here or in the home; its card is asked again. None when there is nothing."""
        deed = self._progress.deeds[-1] if self._progress.deeds else _Deed(CardId(""), frozenset({0}))
        if not deed.events:
            if deed.take_back:
                deed.take_back()
            self._progress.deeds.pop()
            return Undone(self._ask_again(deed.card_id), None, what=deed.what)
        taken = self._take_back(deed.events)
        if not taken:
            return None
        gone = {event.id for event in taken}
        self._progress.answered = [done for done in self._progress.answered if done.review.id not in gone]
        self._progress.deeds = [deed for deed in self._progress.deeds if not deed.events & gone]
        return Undone(self._ask_again(taken[-1].card_id), taken[-1], len(taken))

    def bury(self, *, siblings: bool = False) -> tuple[CardId, ...]:
        """Keep the current card, or it and its siblings, for tomorrow; the ids of those that were meant."""
        return self._put_away(ActionKind.BURY, self._now()[1] + 1, siblings=siblings)

    def suspend(self, *, siblings: bool = False) -> tuple[CardId, ...]:
        """Ask the current card, or it and its siblings, no more until told otherwise."""
        return self._put_away(ActionKind.SUSPEND, 0, siblings=siblings)

    def skip(self) -> None:
        """Ask the current card later in the session, ungraded; nothing is written."""
        if self._current:
            card_id = self._current.studied.card.id
            self._queue.append(_Asked(card_id, self._current.pile))
            self.remember(card_id, "later")
            self._advance()

    def remember(self, card_id: CardId, what: str, take_back: Callable[[], object] | None = None) -> None:
        """Let the next `undo` take back what was done to a card without an event."""
        self._progress.deeds.append(_Deed(card_id, what=what, take_back=take_back))

    def flag(self, flag: int) -> None:
        """Mark the current card with a flag from 1 to 7; 0 takes it away. The card stays."""
        if self._current:
            card_id = self._current.studied.card.id
            self._perform((card_id,), ActionKind.FLAG, flag)
            self.reread()

    def reread(self) -> None:
        """Take the current card as it now stands in its deck; one that is gone is passed over."""
        if self._current:
            studied = self._card(self._current.studied.card.id)
            if studied is None:
                self._advance()
            else:
                self._current.studied = studied

    def rest(self) -> None:
        """Tidy the database while the person thinks, so that no answer has to wait for it."""
        self._store.checkpoint()

    def next_due(self) -> tuple[int, int] | None:
        """In how many days the next of these cards are due after today, and how many of them."""
        day = self._now()[1]
        found = self._store.next_due(self._sitting.selection, day)
        return (found[0] - day, found[1]) if found else None

    def history(self) -> list[Event]:
        """The events of the current card, oldest first."""
        return self._store.history(self._current.studied.card.id) if self._current else []

    def summary(self) -> Summary:
        """What the session came to so far."""
        reviews = [answered.review for answered in self._progress.answered]
        missed = [
            done.studied.card.front for done in self._progress.answered if done.review.rating is Rating.AGAIN
        ]
        again = sum(review.rating is Rating.AGAIN for review in reviews)
        return Summary(
            answers=len(reviews),
            right=len(reviews) - again,
            again=again,
            new=self._progress.took(ReviewKind.LEARN),
            missed=tuple(dict.fromkeys(missed)),
            seconds=max(0, self._clock().ms - self._started.ms) / 1000,
        )

    def _now(self) -> tuple[Moment, Day]:
        at = self._clock()
        return at, logical_day(at, self._store.rules.day_starts_at)

    def _fill(self) -> None:
        """Build the queue of the day that it is now."""
        at, self._day = self._now()
        if self._sitting.cram:
            cards = self._store.everything(self._sitting.selection)
            self._queue = deque(_Asked(card.id, Pile.DUE) for card in cards[: self._sitting.limit])
            return
        queue = self._store.study_queue(self._sitting.selection, self._day, at.ms, self._limits())
        later = spread(_asked(queue.due, Pile.DUE), _asked(queue.new, Pile.NEW))
        self._queue = deque([*_asked(queue.learning, Pile.LEARNING), *later])

    def _limits(self) -> Limits:
        """What is left of the day's limits, or of the session's where it has its own."""
        sitting, done = self._sitting, self._store.done_on(self._day)
        done_here = self._progress.took(ReviewKind.REVIEW, ReviewKind.RELEARN)
        return Limits(
            new=_left(sitting.new_per_day, done.new, sitting.new, self._progress.took(ReviewKind.LEARN)),
            reviews=_left(sitting.reviews_per_day, done.reviews, sitting.limit, done_here),
        )

    def _card(self, card_id: CardId) -> StudyCard | None:
        """The card as this sitting asks it."""
        studied = self._store.card(card_id)
        if studied is None or not self._sitting.other_language:
            return studied
        return replace(studied, card=in_other_language(studied.card))

    def _advance(self) -> None:
        """Go on to the next card that is still to be asked: others may have answered meanwhile."""
        self._current = None
        if not self._sitting.cram and self._now()[1] != self._day:
            self._fill()
        while self._queue and self._current is None:
            asked = self._queue.popleft()
            studied = self._card(asked.id)
            if studied and (self._sitting.cram or _pile_of(studied.state, self._day) is asked.pile):
                self._current = _Current(studied, asked.pile)

    def _put_away(self, kind: ActionKind, value: int, *, siblings: bool) -> tuple[CardId, ...]:
        if self._current is None:
            return ()
        card_id = self._current.studied.card.id
        cards = (card_id, *(self._store.siblings(card_id) if siblings else ()))
        self._perform(cards, kind, value)
        self._advance()
        return cards

    def _perform(self, cards: tuple[CardId, ...], kind: ActionKind, value: int) -> None:
        actions = self._store.perform_each(cards, kind, value, at=self._clock())
        self._progress.deeds.append(_Deed(cards[0], frozenset(action.id for action in actions)))

    def _take_back(self, together: frozenset[int]) -> list[Event]:
        """The home's last event, and those before it that were one press with it, newest first."""
        taken: list[Event] = []
        event = self._store.undo(self._clock())
        while event is not None:
            taken.append(event)
            before = self._store.last_event()
            is_one_press = before is not None and {event.id, before.id} <= together
            event = self._store.undo(self._clock()) if is_one_press else None
        return taken

    def _ask_again(self, card_id: CardId) -> StudyCard | None:
        studied = self._card(card_id)
        if studied is not None:
            self._ask_first(studied)
        return studied

    def _ask_first(self, studied: StudyCard) -> None:
        """Make a card the current one, ahead of the one that was."""
        if self._current:
            self._queue.appendleft(_Asked(self._current.studied.card.id, self._current.pile))
        self._queue = deque(asked for asked in self._queue if asked.id != studied.card.id)
        pile = Pile.DUE if self._sitting.cram else _pile_of(studied.state, self._day)
        self._current = _Current(studied, pile or Pile.DUE)

    def _comes_back(self, review: Review) -> bool:
        if self._sitting.cram:
            return review.grade < self._store.rules.scheduler.repeat_below
        due = review.state.due
        too_late = isinstance(due, DueAt) and due.ms > review.at.ms + LEARN_AHEAD_MS
        return _pile_of(review.state, review.day) is Pile.LEARNING and not too_late

    def _label(self, rating: Rating, state: ScheduleState, day: Day) -> str:
        if self._sitting.cram:
            failed = grade_of(rating) < self._store.rules.scheduler.repeat_below
            return "again today" if failed else "no change"
        return due_label(state, day)


def _asked(cards: Iterable[Waiting], pile: Pile) -> list[_Asked]:
    return [_Asked(card.id, pile) for card in cards]


def _left(per_day: int, done_today: int, wished: int | None, done_here: int) -> int:
    return max(0, per_day - done_today if wished is None else wished - done_here)


def _pile_of(state: ScheduleState, day: Day) -> Pile | None:
    """Why a card in `state` would be asked on `day`; None if it would not."""
    if state.suspended or (state.buried_until or 0) > day:
        return None
    if state.phase is Phase.NEW:
        return Pile.NEW
    if (state.drilling and state.failed_on == day) or isinstance(state.due, DueAt):
        return Pile.LEARNING
    return Pile.DUE if isinstance(state.due, DueDay) and state.due.day <= day else None


def answer_card(store: Store, card_id: str, rating: Rating, at: Moment, *, duration_ms: int = 0) -> Answered:
    """Record one answer without a session, due or not. Raises StoreError for a card in no deck."""
    studied = store.card(card_id)
    if studied is None:
        raise unknown_card(card_id)
    review = store.record(Answer(studied.card.id, grade_of(rating), at, duration_ms))
    return Answered(studied, review, due_label(review.state, review.day))
