"""One sitting: the queue, the current card, answer, undo and the summary.

The TUI, `study --plain` and the command `answer` all drive this; none of them knows of schedules or SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashnotes.asking import as_asked
from flashnotes.models import ActionKind, CardId, DueAt, Rating, Review, ReviewKind, StudyCard
from flashnotes.scheduling import grade_of, preview, rating_of
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.plans import Plans
from flashnotes.scheduling.queue import LEARN_AHEAD_MS, Limits
from flashnotes.session.deeds import Deed, Progress
from flashnotes.session.line import Asked, Line, Pile, line_of, pile_of, planned
from flashnotes.session.outcomes import Answered, Choice, Counts, Summary, Undone
from flashnotes.session.sitting import TO_EVERYTHING, USUAL_PACE, Sitting, limits_left, sitting_of
from flashnotes.store import Answer, Selection
from flashnotes.store.log import unknown_card
from flashnotes.store.queue import Done
from flashnotes.times import ClockTrust, due_label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flashnotes.models import Day, Event, Moment, ScheduleState
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
    "limits_left",
    "sitting_of",
]


@dataclass(slots=True)
class _Current:
    studied: StudyCard
    pile: Pile


class Session:
    """One sitting over a store; every answer is on the disk before the next card shows."""

    def __init__(self, store: Store, clock: Callable[[], Moment], sitting: Sitting = TO_EVERYTHING) -> None:
        self._store = store
        self._clock = clock
        self._sitting = sitting
        self._progress = Progress()
        self._started = clock()
        self._line = Line()
        self._current: _Current | None = None
        self._plans = Plans()
        self._pace: float | None = None
        self._fill()
        self._advance()

    @property
    def current(self) -> StudyCard | None:
        """The card to ask; None when the session is done."""
        return self._current.studied if self._current else None

    @property
    def counts(self) -> Counts:
        """What is still to do, the current card included."""
        return Counts(self._count(Pile.NEW), self._count(Pile.LEARNING), self._count(Pile.DUE))

    @property
    def done(self) -> int:
        """Answers given in this session and not undone."""
        return len(self._progress.answered)

    @property
    def again(self) -> int:
        """Those of them that were Again."""
        return sum(answered.review.rating is Rating.AGAIN for answered in self._progress.answered)

    @property
    def upcoming(self) -> StudyCard | None:
        """The card that is asked next if the current one does not come back before it and nothing else changes."""
        asked = self._line.next
        return self._card(asked.id) if asked else None

    @property
    def six_grades(self) -> bool:
        """Whether answers are graded 0 to 5 (`grade_choices`), rather than by four buttons (`choices`)."""
        return self._sitting.six_grades

    def choices(self) -> Mapping[Rating, Choice]:
        """What each button would do to the current card; empty when there is none."""
        by_grade = self.grade_choices()
        return {rating: by_grade[grade_of(rating)] for rating in Rating} if by_grade else {}

    def grade_choices(self) -> Mapping[int, Choice]:
        """What each of the six grades would do to the current card; empty when there is none."""
        if self._current is None:
            return {}
        at, day = self._now()
        studied = self._current.studied
        scheduler = self._store.rules.scheduler
        states = preview(scheduler, studied.card.id, studied.state, at=at, day=day)
        if self._sitting.cram:
            states = dict.fromkeys(states, studied.state)
        return {
            grade: Choice(rating_of(grade), state, self._label(grade, studied, state, day))
            for grade, state in states.items()
        }

    def clock_trust(self) -> ClockTrust:
        """Whether the clock of this sitting may be written by."""
        return ClockTrust(self._store.last_moment, self._clock)

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
        answered = Answered(studied, review, self._label(review.grade, studied, review.state, day))
        self._progress.answered.append(answered)
        self._progress.deeds.append(Deed(review.card_id, frozenset({review.id})))
        if self._comes_back(review):
            self._line.put_back(Asked(review.card_id, Pile.LEARNING))
        self._advance()
        return answered

    def undo(self) -> Undone | None:
        """Take back what was done last, here or in the home; its card is asked again. None when there is nothing."""
        deed = self._progress.deeds[-1] if self._progress.deeds else Deed(CardId(""), frozenset({0}))
        if not deed.events:
            if deed.take_back:
                deed.take_back()
            self._progress.deeds.pop()
            return Undone(self._ask_again(deed.card_id), None, what=deed.what)
        taken = self._take_back(deed.events)
        if not taken:
            return None
        events = {event.id for event in taken}
        self._progress.forget(events)
        studied = self._ask_again(taken[-1].card_id)
        if deed.events & events:
            self._line.put_first(*deed.put_away)
        return Undone(studied, taken[-1], len(taken))

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
            self._line.put_last(Asked(card_id, self._current.pile))
            self.remember(card_id, "later")
            self._advance()

    def remember(self, card_id: CardId, what: str, take_back: Callable[[], object] | None = None) -> None:
        """Let the next `undo` take back what was done to a card without an event."""
        self._progress.deeds.append(Deed(card_id, what=what, take_back=take_back))

    def flag(self, flag: int) -> None:
        """Mark the current card with a flag from 1 to 7; 0 takes it away. The card stays."""
        if self._current:
            card_id = self._current.studied.card.id
            self._progress.deeds.append(self._perform((card_id,), ActionKind.FLAG, flag))
            self.reread()

    def reread(self) -> None:
        """Take the current card as it now stands; one that is gone, suspended or buried is passed over."""
        if self._current:
            studied = self._card(self._current.studied.card.id)
            if studied is None or studied.state.suspended or (studied.state.buried_until or 0) > self._day:
                self._advance()
            else:
                self._current.studied = studied

    def rest(self) -> None:
        """Tidy the database and take the person's pace while they think, so that no answer has to wait for it."""
        self._store.checkpoint()
        self._take_pace()

    def refresh(self) -> bool:
        """Take in what other programs have written meanwhile; whether the current card is another, or changed.

        The cards that were waiting keep their order.
        """
        if not self._store.changed_elsewhere():
            return False
        if not self._sitting.cram:
            waiting = self._line
            self._fill()
            self._line = self._line.in_the_order_of(waiting)
        before = self._current
        if before is None:
            self._next()
        else:
            self._line.drop(before.studied.card.id)
            self._read_current_again(before)
        return self.current != (before.studied if before else None)

    def _read_current_again(self, before: _Current) -> None:
        """The current card as it now stands; the next one where it is not to be asked any more."""
        studied = self._card(before.studied.card.id)
        if studied and (self._sitting.cram or self._pile_of(studied) is not None):
            self._current = _Current(studied, before.pile)
        else:
            self._next()

    def next_due(self) -> tuple[int, int] | None:
        """In how many days the next of these cards are due after today, and how many of them."""
        day = self._now()[1]
        found = self._store.next_due(self._sitting.selection, day)
        return (found[0] - day, found[1]) if found else None

    def ahead(self, days: int = 7) -> tuple[int, ...]:
        """How many cards of the home are due on each of the next days, from tomorrow on."""
        return self._store.forecast(self._now()[1], days + 1)[1:]

    @property
    def seconds_left(self) -> float:
        """About how long what is still to do takes, at the person's pace of late."""
        return self.counts.total * (self._pace or self._take_pace())

    def _take_pace(self) -> float:
        self._pace = self._store.pace() or USUAL_PACE
        return self._pace

    def more_new(self, cards: int) -> Session:
        """Another session of the same cards that asks `cards` new ones, whatever the day's limit."""
        return Session(self._store, self._clock, replace(self._sitting, new=cards, cram=False))

    def history(self) -> list[Event]:
        """The events of the current card, oldest first."""
        return self._store.history(self._current.studied.card.id) if self._current else []

    def summary(self) -> Summary:
        """What the session came to so far."""
        return self._progress.summary(max(0, self._clock().ms - self._started.ms) / 1000)

    def _count(self, pile: Pile) -> int:
        """The cards on a pile, the current one included."""
        return self._line.count(pile) + (self._current is not None and self._current.pile is pile)

    def _now(self) -> tuple[Moment, Day]:
        at = self._clock()
        return at, logical_day(at, self._store.rules.day_starts_at)

    def _fill(self) -> None:
        """Build the queue of the day that it is now."""
        at, self._day = self._now()
        if self._sitting.cram:
            cards = self._store.everything(self._sitting.selection)
            self._line = Line(Asked(card.id, Pile.DUE) for card in cards[: self._sitting.limit])
            return
        self._plans = self._store.plans(self._day)
        queue = self._store.study_queue(self._sitting.selection, self._day, at.ms, self._limits())
        self._line = line_of(queue)

    def _limits(self) -> Limits:
        """What is left of the day's limits, or of the session's where it has its own."""
        took = Done(
            self._progress.took(ReviewKind.LEARN),
            self._progress.took(ReviewKind.REVIEW, ReviewKind.RELEARN),
        )
        return limits_left(self._sitting, self._store.done_on(self._day), took)

    def _card(self, card_id: CardId) -> StudyCard | None:
        """The card as this sitting asks it."""
        studied = self._store.card(card_id)
        if studied is None or not self._sitting.ways:
            return studied
        turn = studied.state.repetitions + studied.state.lapses
        return replace(studied, card=as_asked(studied.card, self._sitting.ways, turn))

    def _advance(self) -> None:
        """Go on to the next card that is still to be asked: others may have answered meanwhile."""
        self._current = None
        if not self._sitting.cram and self._now()[1] != self._day:
            self._fill()
        if not self.refresh():
            self._next()

    def _next(self) -> None:
        self._current = None
        while self._current is None and (asked := self._line.take()):
            studied = self._card(asked.id)
            if studied and (self._sitting.cram or self._pile_of(studied) is asked.pile):
                self._current = _Current(studied, asked.pile)

    def _put_away(self, kind: ActionKind, value: int, *, siblings: bool) -> tuple[CardId, ...]:
        if self._current is None:
            return ()
        card_id = self._current.studied.card.id
        cards = (card_id, *(self._store.siblings(card_id) if siblings else ()))
        done = self._perform(cards, kind, value)
        self._progress.deeds.append(replace(done, put_away=self._line.drop(*cards)))
        self._advance()
        return cards

    def _perform(self, cards: tuple[CardId, ...], kind: ActionKind, value: int) -> Deed:
        actions = self._store.perform_each(cards, kind, value, at=self._clock())
        return Deed(cards[0], frozenset(action.id for action in actions))

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
            self._line.put_first(Asked(self._current.studied.card.id, self._current.pile))
        self._line.drop(studied.card.id)
        pile = Pile.DUE if self._sitting.cram else self._pile_of(studied)
        self._current = _Current(studied, pile or Pile.DUE)

    def _comes_back(self, review: Review) -> bool:
        if self._sitting.cram:
            return review.grade < self._store.rules.scheduler.repeat_below
        due = review.state.due
        too_late = isinstance(due, DueAt) and due.ms > review.at.ms + LEARN_AHEAD_MS
        return pile_of(review.state, review.day) is Pile.LEARNING and not too_late

    def _label(self, grade: int, studied: StudyCard, state: ScheduleState, day: Day) -> str:
        if self._sitting.cram:
            failed = grade < self._store.rules.scheduler.repeat_below
            return "again today" if failed else "no change"
        return due_label(planned(self._plans, studied, state), day)

    def _pile_of(self, studied: StudyCard) -> Pile | None:
        return pile_of(planned(self._plans, studied, studied.state), self._day)


def answer_card(
    store: Store, card_id: str, rating: Rating, at: Moment, *, duration_ms: int = 0, grade: int | None = None
) -> Answered:
    """Record one answer without a session, due or not. Raises StoreError for a card in no deck."""
    studied = store.card(card_id)
    if studied is None:
        raise unknown_card(card_id)
    answer = Answer(studied.card.id, grade_of(rating) if grade is None else grade, at, duration_ms)
    review = store.record(answer)
    state = planned(store.plans(review.day), studied, review.state)
    return Answered(studied, review, due_label(state, review.day))
