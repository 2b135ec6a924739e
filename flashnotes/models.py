"""The nouns of flashnotes: frozen values that every other module speaks in.

Days are proleptic Gregorian ordinals (`date.toordinal()`), moments are milliseconds since 1970 UTC with the
zone offset they were taken in: whole numbers, because replaying a million reviews must not build a million
datetimes. What "today" means is `scheduling.days`' to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NewType

CardId = NewType("CardId", str)
Day = NewType("Day", int)
"""A logical day, as `date.toordinal()`."""


class CardKind(StrEnum):
    """What a card asks for."""

    DEFINITION = "definition"
    FORMULA = "formula"
    ABBREVIATION = "abbreviation"
    BASIC = "basic"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that a rule proposes from one place of a note; nobody's card yet."""

    kind: CardKind
    front: str
    back: str
    line: int
    """Line of the note file the defining text begins on, from 1."""
    aliases: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    """The path of headings above that line, outermost first."""
    rule: str = ""
    score: float = 1.0
    """How sure we are that a careful student would make this card, 0 to 1."""
    tags: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    """Named evidence the score rests on, such as `bold` or `refers to`."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a card came from: a note file, relative to the home with forward slashes, and a line from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class AnkiRef:
    """The note in Anki that a card came from: its guid and the template's or cloze's ordinal."""

    guid: str
    ord: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """What is to be recalled. A card knows nothing of its schedule."""

    id: CardId
    kind: CardKind
    front: str
    back: str
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: Source | None = None
    extracted: str | None = None
    """Hash of front and back as last extracted: the base of the three-way merge. None if written by hand."""
    retired: bool = False
    """Its passage is gone from the note: kept, not asked."""
    anki: AnkiRef | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A card that the person deleted: not to be offered again while its passage stays the same."""

    id: CardId
    passage: str


@dataclass(frozen=True, slots=True)
class Deck:
    """A named list of cards; the name nests with `::`."""

    name: str
    cards: tuple[Card, ...] = ()
    rejected: tuple[Rejected, ...] = ()


class Rating(IntEnum):
    """The button pressed."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(StrEnum):
    """Where a card stands in its life."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class ReviewKind(StrEnum):
    """What an answer was; `drill` and `cram` change no state."""

    LEARN = "learn"
    REVIEW = "review"
    RELEARN = "relearn"
    DRILL = "drill"
    CRAM = "cram"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time and the zone it was lived in."""

    ms: int
    """Milliseconds since 1970-01-01T00:00Z."""
    offset: int = 0
    """Minutes east of UTC."""


@dataclass(frozen=True, slots=True)
class DueDay:
    """Due from the start of a logical day, in whatever zone the person then is."""

    day: Day


@dataclass(frozen=True, slots=True)
class DueAt:
    """Due at a moment (a learning step shorter than a day)."""

    ms: int


Due = DueDay | DueAt


@dataclass(frozen=True, slots=True)
class Ease:
    """SM-2's memory of a card."""

    factor: int = 250
    """The ease factor in whole hundredths (250 is 2.5); never under 130."""


@dataclass(frozen=True, slots=True)
class Strength:
    """FSRS's memory of a card."""

    stability: float
    """Days until the chance of recall falls to 90 %."""
    difficulty: float
    """1 (easy) to 10."""


Memory = Ease | Strength


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """What the reviews of one card add up to."""

    phase: Phase = Phase.NEW
    due: Due | None = None
    """None for a new card."""
    interval: int = 0
    """Days planned between the last counted answer and `due`."""
    repetitions: int = 0
    """SM-2's n: right answers in a row."""
    lapses: int = 0
    """Counted answers of grade 0 to 2."""
    step: int = 0
    """Place in the learning steps, 0 without steps."""
    memory: Memory | None = None
    failed_on: Day | None = None
    """The last day on which an answer was below `repeat_below`: later answers of that day are drills."""
    drilling: bool = False
    """Failed on `failed_on` and not yet right again: asked again in any session of that day."""
    last_at: int | None = None
    """Moment (ms) of the last counted answer."""
    suspended: bool = False
    """Not asked until told otherwise."""
    buried_until: Day | None = None
    """Not asked before this day."""
    flag: int = 0
    """0 is none, 1 to 7 as the person likes."""


class ActionKind(StrEnum):
    """What can be done to a card beside answering it."""

    SUSPEND = "suspend"
    UNSUSPEND = "unsuspend"
    BURY = "bury"
    UNBURY = "unbury"
    FLAG = "flag"
    SET_DUE = "set-due"
    SET_INTERVAL = "set-interval"
    SET_EASE = "set-ease"
    RESET = "reset"
    CATCH_UP = "catch-up"
    """Of a deck, or of all where it has no name: what is overdue is spread over days."""
    EXAM = "exam"
    """Of a deck: its cards come once more before a day."""


@dataclass(frozen=True, slots=True)
class Review:
    """One answer at one moment: the event that everything else follows from."""

    id: int
    """Sorts by time; on one machine never goes back."""
    card_id: CardId
    rating: Rating
    grade: int
    """SM-2's 0 to 5."""
    at: Moment
    day: Day
    kind: ReviewKind
    duration_ms: int = 0
    source: str = ""
    """The home, or the Anki collection, it was made in."""
    state: ScheduleState = field(default_factory=ScheduleState)
    """The state after it."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something done to a card beside answering it: an event like a review."""

    id: int
    """In one order with the ids of reviews."""
    card_id: CardId
    kind: ActionKind
    value: int
    """The day of `bury`, `set-due` and `exam`, the flag of `flag`, days or hundredths of the other `set-…`, the
    days of `catch-up`, else 0; 0 takes an `exam` or a `catch-up` back."""
    at: Moment
    day: Day
    source: str = ""
    state: ScheduleState = field(default_factory=ScheduleState)
    """The state after it."""


Event = Review | Action

DECK_MARK = "deck\t"
"""Begins the id that an action on a whole deck has in the place of a card's: no card's id holds a tab."""


def deck_id(deck: str) -> CardId:
    """What an action on `deck` names in the place of a card; the empty name stands for all decks."""
    return CardId(DECK_MARK + deck)


OTHER_SIDE = "~r"
"""Ends the id that the other side of a card asked both ways has in reviews: no card of a deck has such an id."""


def other_side_id(card_id: str) -> CardId:
    """What reviews of the other side of a card name."""
    return CardId(card_id + OTHER_SIDE)


def written_id(card_id: str) -> CardId:
    """The id of the card as its deck has it, of whichever side `card_id` is."""
    return CardId(card_id.removesuffix(OTHER_SIDE))


@dataclass(frozen=True, slots=True)
class DeckLimits:
    """A day's limits for a deck with all below it; None where the deck has none of its own."""

    new_per_day: int | None = None
    reviews_per_day: int | None = None


@dataclass(frozen=True, slots=True)
class StudyCard:
    """A card with its deck and what its events add up to."""

    card: Card
    deck: str
    state: ScheduleState
