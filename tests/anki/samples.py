"""A deck as a person might have it after a season: cards of every kind and 90 days of answers."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from flashnotes.anki import ExportCard
from flashnotes.models import (
    Card,
    CardId,
    CardKind,
    Day,
    DueDay,
    Ease,
    Moment,
    Phase,
    Rating,
    Review,
    ReviewKind,
    ScheduleState,
    Source,
)

DAY_MS = 86_400_000
EPOCH = 719_163

FRONTS_AND_BACKS = [
    (CardKind.DEFINITION, "时序差分学习", "一种**无模型**方法：用 $V(s')$ 的估计更新 $V(s)$。"),
    (CardKind.DEFINITION, "average precision", "Area under the *precision–recall* curve; a<b & c>d."),
    (
        CardKind.FORMULA,
        "TD 误差",
        "$$\\delta_t = r_{t+1} + \\gamma v(s_{t+1}) - v(s_t)$$\n其中 $\\gamma$ 是折扣因子。",
    ),
    (
        CardKind.FORMULA,
        "when is $a<b$?",
        "$$\n\\begin{cases}\na & b \\\\[4pt] % comment\n- c & d\n\\end{cases}\n$$",
    ),
    (CardKind.ABBREVIATION, "mAP", "mean Average Precision"),
    (CardKind.BASIC, "What does `x < y` print?", "```python\nprint(x < y)\n```\n\n- one\n- two"),
    (CardKind.BASIC, "what of [0] and [red]?", "not <b>bold</b> \\*stars\\*"),
    (CardKind.CLOZE, "{{c1::$x^{2^{n}}$}} grows as {{c2::`std::vector`::a type}}", "see $\\frac{a}{b}$"),
    (CardKind.CLOZE, "在 $({{c1::a^{2}}}+b)$ 中，{{c2::系数::几}}为一。", ""),
    (CardKind.CLOZE, "AdamW {{c1::decouples {{c2::weight decay}}}} from the gradient.", ""),
]


def make_card(number: int) -> Card:
    kind, front, back = FRONTS_AND_BACKS[number % len(FRONTS_AND_BACKS)]
    return Card(
        id=CardId(f"卡片-{front[:4]}-{number:04d}"),
        kind=kind,
        front=f"{front} （{number}）",
        back=back,
        aliases=("TD error", "时序差分误差") if number % 3 == 0 else (),
        tags=("rl", "machine learning", "数学::代数")[: number % 4],
        source=Source("notes/强化学习.md", number + 1),
    )


def sm2(state: ScheduleState, grade: int, day: int) -> ScheduleState:
    """SM-2 as it was published, by hand: a lapse starts the repetitions again and keeps the ease factor."""
    ease = state.memory.factor if isinstance(state.memory, Ease) else 250
    if grade < 3:
        return replace(
            state, phase=Phase.RELEARNING, due=DueDay(Day(day + 1)), interval=1, repetitions=0,
            lapses=state.lapses + 1, memory=Ease(ease), failed_on=Day(day), drilling=True,
        )  # fmt: skip
    ease = max(130, ease + {3: -14, 4: 0, 5: 10}[grade])
    days = {0: 1, 1: 6}.get(state.repetitions, -(-state.interval * ease // 100))
    return replace(
        state, phase=Phase.REVIEW, due=DueDay(Day(day + days)), interval=days,
        repetitions=state.repetitions + 1, memory=Ease(ease), drilling=False,
    )  # fmt: skip


def answer_for_days(card: Card, days: range, random: Random) -> tuple[ScheduleState, tuple[Review, ...]]:
    """Answer a card whenever it is due; a failed one is drilled once more at the end of the day."""
    state, reviews = ScheduleState(), list[Review]()
    for day in days:
        due = state.due.day if isinstance(state.due, DueDay) else days.start + random.randrange(60)
        if day < due:
            continue
        rating = random.choice([Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.EASY])
        kind = ReviewKind.LEARN if not reviews else ReviewKind.REVIEW
        state = sm2(state, int(rating) + 1, day)
        reviews.append(_review(card, rating, day, kind, state, random))
        if state.drilling and (day < days.stop - 1 or random.random() < 0.5):
            state = replace(state, drilling=False)
            reviews.append(_review(card, Rating.GOOD, day, ReviewKind.DRILL, state, random))
    return state, tuple(reviews)


def _review(
    card: Card, rating: Rating, day: int, kind: ReviewKind, state: ScheduleState, random: Random
) -> Review:
    hour = 20 if kind is ReviewKind.DRILL else 9
    # Whole seconds: many answers share a millisecond, as those of two homes may.
    ms = (day - EPOCH) * DAY_MS + hour * 3_600_000 - 480 * 60_000 + random.randrange(120) * 1000
    return Review(
        id=ms, card_id=card.id, rating=rating, grade=int(rating) + 1, at=Moment(ms, 480), day=Day(day),
        kind=kind, duration_ms=random.randrange(90_000), state=state,
    )  # fmt: skip


def studied_deck(today: int, size: int = 200, *, modified: int | None = None) -> list[ExportCard]:
    """A deck of which nine cards in ten have been met in the last 90 days, in the zone of Shanghai."""
    random = Random(7)
    items = []
    for number in range(size):
        card = make_card(number)
        known = number % 10 != 9
        state, reviews = (
            answer_for_days(card, range(today - 90, today), random) if known else (ScheduleState(), ())
        )
        items.append(
            ExportCard(
                card,
                ("强化学习::时序差分", "Vision::Metrics", "Optimisers")[number % 3],
                state,
                reviews,
                suspended=number % 17 == 0,
                buried=number % 19 == 0,
                flag=number % 8,
                modified=modified,
            )
        )
    return items
