"""A state as the columns of a table, in whatever database it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashnotes.models import DueAt, DueDay, Ease, Strength

if TYPE_CHECKING:
    from flashnotes.models import ScheduleState

STATE = (
    "phase",
    "due_day",
    "due_at",
    "interval",
    "repetitions",
    "lapses",
    "step",
    "ease",
    "stability",
    "difficulty",
    "failed_on",
    "drilling",
    "last_at",
    "suspended",
    "buried_until",
    "flag",
)


def state_row(state: ScheduleState) -> tuple[Any, ...]:
    """The values of the columns of STATE."""
    due, memory = state.due, state.memory
    return (
        state.phase.value,
        due.day if isinstance(due, DueDay) else None,
        due.ms if isinstance(due, DueAt) else None,
        state.interval,
        state.repetitions,
        state.lapses,
        state.step,
        memory.factor if isinstance(memory, Ease) else None,
        memory.stability if isinstance(memory, Strength) else None,
        memory.difficulty if isinstance(memory, Strength) else None,
        state.failed_on,
        int(state.drilling),
        state.last_at,
        int(state.suspended),
        state.buried_until,
        state.flag,
    )
