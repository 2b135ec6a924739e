"""Plans in the log: actions on whole decks, of which the last of its kind counts; and what they lead to."""

# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.models import DECK_MARK, ActionKind, Day
from flashnotes.scheduling.days import parse_day
from flashnotes.scheduling.plans import Backlog, CatchUp, Plans, exam_cost, exam_on

if TYPE_CHECKING:
    import sqlite3
    from contextlib import AbstractContextManager

    from flashnotes.scheduling.plans import Exam, ExamCost

_PAST_MARK = DECK_MARK[:-1] + chr(ord(DECK_MARK[-1]) + 1)
_KINDS = (ActionKind.EXAM.value, ActionKind.CATCH_UP.value)
SHOWN = "active = 1 AND suspended = 0"


def plans_on(connection: sqlite3.Connection, day: Day) -> Plans:
    """The plans in force on `day`: exams still to come, and a catch-up that has not run out."""
    rows = connection.execute(
        "SELECT card_id, kind, value, day FROM action WHERE card_id >= ? AND card_id < ? AND kind IN (?, ?)"
        " ORDER BY id",
        (DECK_MARK, _PAST_MARK, *_KINDS),
    )
    last = {(card_id, kind): (value, made) for card_id, kind, value, made in rows}
    exams = tuple(
        exam_on(card_id.removeprefix(DECK_MARK), Day(value), parse_day(made))
        for (card_id, kind), (value, made) in last.items()
        if kind == ActionKind.EXAM and value > day
    )
    days, made = last.get((DECK_MARK, ActionKind.CATCH_UP.value), (0, ""))
    catch_up = CatchUp(parse_day(made), days) if days else None
    in_force = catch_up is not None and catch_up.first <= day < catch_up.first + catch_up.days
    return Plans(exams, catch_up if in_force else None)


def asked_on(connection: sqlite3.Connection, plans: Plans) -> str:
    """The SQL of the day on which a card is asked: its due day where no plan is in force."""
    if not plans:
        return "due_day"

    def planned(card_id: str, deck: str, due: int, interval: int) -> int:
        return plans.asked_on(card_id, deck, Day(due), interval)

    connection.create_function("planned_day", 4, planned, deterministic=True)
    overdue = f"due_day < {plans.catch_up.first}" if plans.catch_up else "0"
    too_late = f"due_day >= {min(exam.day for exam in plans.exams)}" if plans.exams else "0"
    return (
        f"(CASE WHEN {overdue} OR {too_late} THEN planned_day(id, deck, due_day, interval) ELSE due_day END)"
    )


class Planning:
    """The part of Store that looks ahead."""

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        raise NotImplementedError

    def plans(self, day: Day) -> Plans:
        """The exams and the catch-up in force on `day`."""
        with self._reading() as connection:
            return plans_on(connection, day)

    def backlog(self, day: Day) -> Backlog:
        """The cards due before `day`, but for those that a catch-up has given a day to come."""
        with self._reading() as connection:
            asked = asked_on(connection, plans_on(connection, day))
            count, oldest = connection.execute(
                f"SELECT count(*), min(due_day) FROM card WHERE {SHOWN} AND due_day < :day AND {asked} <= :day",
                {"day": day},
            ).fetchone()
        return Backlog(count, oldest)

    def exam_cost(self, exam: Exam, today: Day) -> ExamCost:
        """What `exam` adds to the days before it, as the cards of its decks now stand."""
        with self._reading() as connection:
            cards = connection.execute(
                f"SELECT id, due_day, interval FROM card WHERE {SHOWN} AND due_at IS NULL"
                " AND (deck = ? OR (deck >= ? AND deck < ?))",
                (exam.deck, f"{exam.deck}::", f"{exam.deck}:;"),
            ).fetchall()
        return exam_cost(exam, cards, today)

    def forecast(self, day: Day, days: int) -> tuple[int, ...]:
        """How many cards are asked on each of `days` days from `day` on; the first takes in all overdue."""
        with self._reading() as connection:
            asked = asked_on(connection, plans_on(connection, day))
            rows = connection.execute(
                f"SELECT {asked}, count(*) FROM card"
                f" WHERE {SHOWN} AND due_day IS NOT NULL AND {asked} < :day + :days GROUP BY 1",
                {"day": day, "days": days},
            ).fetchall()
        # Those overdue are summed up here: their own days are the order of the index, so that nothing is sorted.
        counts = [0] * days
        for asked_on_day, count in rows:
            counts[max(0, asked_on_day - day)] += count
        return tuple(counts)
