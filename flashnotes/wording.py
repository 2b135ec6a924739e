"""What a session says to a person, on the screen and in the line mode alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes import cloze
from flashnotes.models import DECK_MARK, Action, CardKind, Phase, Review
from flashnotes.scheduling.days import iso_day
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashnotes.models import Card, StudyCard
    from flashnotes.scheduling.plans import Exam, ExamCost
    from flashnotes.session import Answered, Session, Summary, Undone

MASK = "…"
BRIEF_UNDER = 60
"""Columns of a screen under which the time left is not told."""
_SHORTEST_MASKED = 2
"""Characters: a shorter answer, such as one letter, would be masked inside other words."""
_PHASES = {
    Phase.NEW: "new",
    Phase.LEARNING: "learning",
    Phase.REVIEW: "review",
    Phase.RELEARNING: "learning again",
}


def clock_text(seconds: float) -> str:
    """`01:12`, or `1:01:12` from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def question_text(card: Card) -> str:
    """The front as it is asked: a cloze card's with what it asks hidden."""
    return (
        cloze.question(card.front, cloze.asked_numbers(card)) if card.kind is CardKind.CLOZE else card.front
    )


def answer_text(card: Card) -> tuple[str, str]:
    """The front as it stands over the answer, and the back; a cloze card's front is filled in."""
    if card.kind is CardKind.CLOZE:
        return cloze.answer(card.front, cloze.asked_numbers(card)), card.back
    return card.front, card.back


def title(card: Card) -> str:
    """The card in one line, when it is spoken of after its answer."""
    return one_line(cloze.filled(card.front) if card.kind is CardKind.CLOZE else card.front)


def breadcrumb(studied: StudyCard, headings: Sequence[str] = ()) -> tuple[str, ...]:
    """The deck's name, outermost first, then the note's headings; what would give the answer away is masked."""
    deck = one_line(studied.deck).split("::")
    answers = _answers(studied)
    below = [name for name in headings if name not in deck]
    return tuple(_masked(part, answers) for part in (*deck, *below))


def _answers(studied: StudyCard) -> list[str]:
    """The names that the card asks for, so that nothing beside the front may show them."""
    card = studied.card
    gone = cloze.hidden(card.front, cloze.asked_numbers(card)) if card.kind is CardKind.CLOZE else []
    asked = one_line(question_text(card)).casefold()
    names = (one_line(name) for name in (card.back, *card.aliases, *gone))
    return [name for name in names if len(name) >= _SHORTEST_MASKED and name.casefold() not in asked]


def _masked(part: str, answers: Iterable[str]) -> str:
    for answer in answers:
        at = part.casefold().find(answer.casefold())
        if at >= 0 and len(part.casefold()) == len(part):
            part = part[:at] + MASK + part[at + len(answer) :]
    return part


def phase_text(studied: StudyCard) -> str:
    """How far the card is, in a word or two."""
    return _PHASES[studied.state.phase]


def standing_text(studied: StudyCard) -> str:
    """How far the card is, and how it is marked: `review · flag 2 · marked`."""
    flag = [f"flag {studied.state.flag}"] if studied.state.flag else []
    mark = ["marked"] if "marked" in studied.card.tags else []
    return " · ".join([phase_text(studied), *flag, *mark])


def source_text(studied: StudyCard) -> str:
    """`notes/td.md:42`, or nothing for a card written by hand."""
    return one_line(str(studied.card.source)) if studied.card.source else ""


def answered_text(answered: Answered) -> str:
    """`特征值 · Good · 3 d`."""
    return title(answered.studied.card) + outcome_text(answered)


def outcome_text(answered: Answered) -> str:
    """` · Good · 3 d`, to follow the card's front."""
    return f" · {answered.review.rating.name.capitalize()} · {one_line(answered.label)}"


def undone_text(undone: Undone) -> tuple[str, str]:
    """What was undone: the card's front and, to follow it, ` · Good` or ` · suspend`."""
    front = title(undone.studied.card) if undone.studied else ""
    event = undone.event
    if isinstance(event, Action) and event.card_id.startswith(DECK_MARK):
        deck = event.card_id.removeprefix(DECK_MARK)
        front = f"deck {deck}" if deck else "all decks"
    if event is None:
        return front, f" · {undone.what}"
    done = event.rating.name.capitalize() if isinstance(event, Review) else event.kind
    cards = f" of {counted(undone.events, 'card')}" if undone.events > 1 else ""
    return one_line(front or event.card_id), f" · {done}{cards}"


def summary_lines(summary: Summary) -> list[str]:
    """What a session came to, a fact a line."""
    if not summary.answers:
        return ["No answers."]
    share = round(100 * summary.right / summary.answers)
    lines = [
        f"{counted(summary.answers, 'answer')} in {clock_text(summary.seconds)}",
        f"right {summary.right} ({share} %), again {summary.again}, new {summary.new}",
    ]
    if summary.tested:
        kept = round(100 * summary.recalled / summary.tested)
        lines.append(f"remembered {summary.recalled} of {summary.tested} learned before ({kept} %)")
    if summary.missed:
        lines.append("missed: " + ", ".join(map(title, summary.missed)))
    return lines


def progress_text(session: Session, seconds: float, *, brief: bool) -> str:
    """`3/41 · again 2 · 01:12 · ~9 min left`; a `brief` one ends with the time."""
    again = f" · again {session.again}" if session.again else ""
    place = f"{session.done + 1}/{session.done + session.counts.total}{again} · {clock_text(seconds)}"
    minutes = max(1, round(session.seconds_left / 60))
    return place if brief else f"{place} · ~{minutes} min left"


def next_due_text(next_due: tuple[int, int] | None) -> str:
    """When the next cards are due, of `Session.next_due`."""
    if next_due is None:
        return "No review waits for another day."
    days, cards = next_due
    when = "tomorrow" if days == 1 else f"in {days} days"
    return f"The next card is due {when}." if cards == 1 else f"The next {cards} cards are due {when}."


def counted(number: int, noun: str) -> str:
    """`1 answer`, `2 answers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def exam_cost_text(cost: ExamCost, exam: Exam) -> str:
    """What an exam adds to the days before it, in a line."""
    late = f"{counted(cost.cards, 'card')} would come back too late"
    again = f": once more from {iso_day(exam.first)} on, {cost.a_day} a day" if cost.cards else ""
    new = f"; {cost.new} never asked: {cost.new_a_day} new a day meet them all" if cost.new else ""
    return f"{late}{again}{new}"
