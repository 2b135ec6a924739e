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
    Moment,
    Rating,
    Review,
    ScheduleState,
    Source,
)
from flashnotes.scheduling import grade_of, review
from flashnotes.scheduling.days import logical_day
from flashnotes.scheduling.response import Response
from flashnotes.scheduling.sm2 import Sm2

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


# Pieces of text that mean something to Markdown, LaTeX, HTML, Anki, MathJax, a database or a terminal.
HOSTILE = [
    *("$ $$ \\( \\) \\[ \\] { } {{ }} {{c1:: {{c2::b::hint}} {{c1,2::x}} {{c0::z}} {{c9999::z}} :: ::: % # ## >").split(),
    *("<b> </b> < > & &amp; &lt; &#36; &#58; &nbsp; &bogus; &#0; <!-- --> <![CDATA[ ]]> <?php <br> </div> <svg/onload=x>").split(),
    *("[sound:x.mp3] [sound: [latex] [/latex] [$] [/$] [$$] [/$$] [anki:play:q:0] {{FrontSide}} {{#Back}} {{/Back}}").split(),
    *("\\ \\\\ ` `` ``` ~~~ * ** *** _ __ ~~ | [a](b) [a](javascript:x) ![p](q.png) <http://x.y> [^1] $x$ $a<b$").split(),
    *("$x^{2^{n}}$ $$\\frac{a}{b}$$ $5 5$ \\$ \\$x\\$ $\\$$ $}$ ${$ $a%b$ $x\\)$ `$x$` `\\(` `}}` `{{c1::` `::` $\\text{中}$ $x_{中}$ {{c1::$中$}}").split(),
    *("中文 ： （ “ e\u0301 \u202e \u200b \u2028 \x00 \x1b[31m \x1f \ufeff \ud800 👩\u200d💻 \U000f0000 ' \" %s {0}").split(" "),
    *("std::vector ../../etc/passwd C:\\con ';-- _{i} ^{2} \\begin{align} \\end{align} **：** **术语：**定义 1 word").split(),
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a b.png>", "$5 and $6", "$HOME and $PATH", "$ x $",
    "$$ x\ny $$", "\n\n", "\n- item\n", "\n1. one\n", "\n> quote\n", "\n```py\nx = {{a}} $y$ <b>\n```\n", "\n    code\n",
    "\n| a |\n|---|\n| $|x|$ |\n", "\n# head\n", "\r\n", "\t", "  ", "- [x] done", "<div>\n\n", "x = {a: {b: 1}}",
]  # fmt: skip


def hostile_deck(random: Random, size: int) -> list[ExportCard]:
    """Cards of every kind made of pieces of text that mean something to somebody."""

    def text(most: int, least: int = 0) -> str:
        pieces = (
            random.choice(HOSTILE) + random.choice(["", "", " ", "\n"])
            for _ in range(random.randint(least, most))
        )
        return "".join(pieces)

    def card(number: int) -> Card:
        kind = random.choice(list(CardKind))
        front = text(8, 1)
        if kind is CardKind.CLOZE and random.random() < 0.8:
            hint = random.choice(["", "::" + text(2)])
            front = f"{text(3)}{{{{c{random.randrange(1, 4)}::{text(4)}{hint}}}}}{text(3)}"
        aliases = tuple(text(2, 1) for _ in range(random.randrange(3)))
        tags = tuple(text(2, 1) for _ in range(random.randrange(3)))
        return Card(
            CardId(f"id{number}-{text(1)}"), kind, front, text(8, 1), aliases, tags, Source(text(2, 1), 1)
        )

    return [ExportCard(card(number), text(2)) for number in range(size)]


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


def answer_for_days(card: Card, days: range, random: Random) -> tuple[ScheduleState, tuple[Review, ...]]:
    """Answer a card whenever it is due; a failed one is drilled once more an hour later."""
    state, reviews = ScheduleState(), list[Review]()
    for day in days:
        due = state.due.day if isinstance(state.due, DueDay) else days.start + random.randrange(60)
        if day < due:
            continue
        rating = random.choice([Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.EASY])
        reviews.append(_answer(card, state, rating, _moment(day, 4, random)))
        if reviews[-1].state.drilling and (day < days.stop - 1 or random.random() < 0.5):
            reviews.append(_answer(card, reviews[-1].state, Rating.GOOD, _moment(day, 5, random)))
        state = reviews[-1].state
    return state, tuple(reviews)


def _moment(day: int, hour: int, random: Random) -> Moment:
    # Whole seconds: many answers share a millisecond, as those of two homes may.
    return Moment((day - EPOCH) * DAY_MS + (hour - 8) * 3_600_000 + random.randrange(120) * 1000, 480)


def _answer(card: Card, state: ScheduleState, rating: Rating, at: Moment) -> Review:
    grade, day = grade_of(rating), logical_day(at, 4)
    kind, after = review(Sm2(), state, Response(grade, at, day))
    return Review(at.ms, card.id, rating, grade, at, day, kind, at.ms % 90_000, state=after)


def studied_deck(today: int, size: int = 200, *, modified: int | None = None) -> list[ExportCard]:
    """A deck of which nine cards in ten have been met in the last 90 days, in the zone of Shanghai."""
    random = Random(7)
    items = []
    for number in range(size):
        card = make_card(number)
        known = number % 10 != 9
        state, reviews = ScheduleState(), tuple[Review, ...]()
        if known:
            state, reviews = answer_for_days(card, range(today - 90, today + 1), random)
        buried_until = Day(today + 1) if number % 19 == 0 else None
        state = replace(state, suspended=number % 17 == 0, buried_until=buried_until, flag=number % 8)
        items.append(
            ExportCard(
                card,
                ("强化学习::时序差分", "Vision::Metrics", "Optimisers")[number % 3],
                state,
                reviews,
                modified=modified,
            )
        )
    return items
