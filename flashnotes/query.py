"""Searching cards: `deck:强化学习 is:due -tag:rl "TD error"`, much as in Anki.

Words must all be there; `or` and brackets combine, a minus turns a condition round. Pure: the same query is
asked of a database by `store.search`, and a test holds the two to one another.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from flashnotes.errors import UsageError
from flashnotes.models import CardKind, Day, DueAt, DueDay, Ease, Phase, ScheduleState
from flashnotes.scheduling import LEECH_LAPSES
from flashnotes.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.models import StudyCard

_MOST_WORDS = 100
"""More is a text pasted by mistake, and deeper than a database can follow."""
_TOKEN = re.compile(r'\s*(?:(?P<bracket>[()（）])|(?P<term>-?(?:[\w.]+[:：])?"[^"]*"|[^\s()（）]+))')
_COMPARISON = re.compile(r"(<=|>=|<|>|=)?(\d+(?:\.\d+)?)\Z")


class CardState(StrEnum):
    """What `is:` may ask."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    DUE = "due"
    SUSPENDED = "suspended"
    BURIED = "buried"
    FLAGGED = "flagged"
    LEECH = "leech"
    RETIRED = "retired"
    DELETED = "deleted"


class Number(StrEnum):
    """What of a schedule may be compared, as in `interval:>30`."""

    INTERVAL = "interval"
    LAPSES = "lapses"
    EASE = "ease"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Text:
    """The text stands in front, back or an alias, or in the one place named."""

    text: str
    """Folded."""
    place: str = ""
    """`front`, `back`, `id` or `source`; empty for front, back and aliases."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tag, or one below it."""

    tag: str


@dataclass(frozen=True, slots=True)
class InDeck:
    """The deck, or one below it; folded, and `*` stands for anything."""

    deck: str


@dataclass(frozen=True, slots=True)
class OfKind:
    kind: CardKind


@dataclass(frozen=True, slots=True)
class Is:
    state: CardState


@dataclass(frozen=True, slots=True)
class Compared:
    number: Number
    sign: str
    value: float


@dataclass(frozen=True, slots=True)
class Not:
    query: Query


@dataclass(frozen=True, slots=True)
class All:
    queries: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    queries: tuple[Query, ...]


Query = Text | Tagged | InDeck | OfKind | Is | Compared | Not | All | Any
SIGNS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
HELP: Final = (
    (
        "words",
        'all of them stand in front, back or an alias; "two words" as one; front: back: id: source: in one place',
    ),
    ("deck:NAME tag:NAME", "in the deck or tag and those below it; deck:rl* for a beginning"),
    ("is:due", "new learning review due suspended buried flagged leech retired deleted"),
    ("flag:1 flag:any", "with that flag, or with one"),
    ("kind:formula", "definition formula abbreviation basic cloze"),
    ("interval:>30", "also lapses:>=3 ease:<2.0"),
    ("-tag:rl", "not; a or b; brackets ( )"),
)
"""The language in rows: what is typed, what it finds."""


def parse_query(text: str) -> Query:
    """The query that a person typed; an empty one finds every card. Raises UsageError with what is wrong."""
    tokens = _tokens(text)
    if len(tokens) > _MOST_WORDS:
        raise UsageError(f"a search has at most {_MOST_WORDS} words.")
    parser = _Parser(tokens)
    query = parser.any()
    if parser.rest:
        raise UsageError("a bracket is closed that was not opened.")
    return query


def _tokens(text: str) -> list[str]:
    return [
        (match["bracket"] or match["term"]).replace("（", "(").replace("）", ")")
        for match in _TOKEN.finditer(text)
    ]


class _Parser:
    """Recursive descent over the tokens: `or` binds loosest, a minus tightest."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens[::-1]

    def any(self) -> Query:
        queries = [self._all()]
        while self.rest and self.rest[-1].casefold() == "or":
            self.rest.pop()
            queries.append(self._all())
        return queries[0] if len(queries) == 1 else Any(tuple(queries))

    def _all(self) -> Query:
        queries = []
        while self.rest and self.rest[-1] != ")" and self.rest[-1].casefold() != "or":
            queries.append(self._one(self.rest.pop()))
        return queries[0] if len(queries) == 1 else All(tuple(queries))

    def _one(self, word: str) -> Query:
        if word == "-" and self.rest and self.rest[-1] == "(":
            return Not(self._one(self.rest.pop()))
        if word != "(":
            return Not(_term(word[1:])) if word.startswith("-") and len(word) > 1 else _term(word)
        query = self.any()
        if not self.rest:
            raise UsageError("a bracket is not closed.")
        self.rest.pop()
        return query


def _term(word: str) -> Query:
    name, colon, value = word.replace("：", ":", 1).partition(":")
    name = name.casefold()
    if not colon or name.startswith('"') or name not in _NAMED:
        return Text(fold(word.strip('"')))
    value = value.strip('"')
    if not value:
        raise UsageError(f"{name}: says nothing. Write {_EXAMPLES.get(name, name + ':word')}.")
    return _NAMED[name](name, value)


_EXAMPLES = {
    "is": "is:due",
    "flag": "flag:1",
    "deck": "deck:NAME",
    "tag": "tag:NAME",
    "interval": "interval:>30",
}


def _text(name: str, value: str) -> Query:
    return Text(fold(value), name)


def _tag(_name: str, value: str) -> Query:
    return Is(CardState.LEECH) if fold(value) == "leech" else Tagged(fold(value))


def _deck(_name: str, value: str) -> Query:
    return InDeck(fold(value))


def _kind(_name: str, value: str) -> Query:
    return OfKind(CardKind(_one_of(value, [kind.value for kind in CardKind], "kind")))


def _is(_name: str, value: str) -> Query:
    return Is(CardState(_one_of(value, [state.value for state in CardState], "is")))


def _number(name: str, value: str) -> Query:
    if name == Number.FLAG and value.casefold() == "any":
        return Is(CardState.FLAGGED)
    match = _COMPARISON.match(value)
    if not match:
        raise UsageError(f"{name}:{value[:20]} compares with no number. Write {name}:>3 or {name}:3.")
    return Compared(Number(name), match[1] or "=", float(match[2]))


def _one_of(value: str, known: list[str], name: str) -> str:
    if value.casefold() not in known:
        raise UsageError(f"{name}:{value[:20]} is not known. There are: {' '.join(known)}.")
    return value.casefold()


_NAMED: Final[dict[str, Callable[[str, str], Query]]] = {
    "front": _text,
    "back": _text,
    "id": _text,
    "source": _text,
    "tag": _tag,
    "deck": _deck,
    "kind": _kind,
    "is": _is,
    **{number.value: _number for number in Number},
}


def asks_for_deleted(query: Query) -> bool:
    """Whether cards are meant that stand in no deck any more."""
    match query:
        case Is(CardState.DELETED):
            return True
        case Not(inner):
            return asks_for_deleted(inner)
        case All(queries) | Any(queries):
            return any(map(asks_for_deleted, queries))
    return False


def matches(query: Query, studied: StudyCard, day: Day, *, deleted: bool = False) -> bool:
    """Whether the query finds the card, as it stands on `day`; `deleted` for one that is in no deck any more."""
    match query:
        case All(queries):
            return all(matches(each, studied, day, deleted=deleted) for each in queries)
        case Any(queries):
            return any(matches(each, studied, day, deleted=deleted) for each in queries)
        case Not(inner):
            return not matches(inner, studied, day, deleted=deleted)
        case Is(CardState.DELETED):
            return deleted
        case Is(CardState.RETIRED):
            return studied.card.retired
        case Is(state):
            return not studied.card.retired and _STATES[state](studied.state, day)
    return _says(query, studied)


def _says(query: Text | Tagged | InDeck | OfKind | Compared, studied: StudyCard) -> bool:
    card = studied.card
    match query:
        case Compared(number, sign, value):
            found = _value(number, studied.state)
            return found is not None and SIGNS[sign](found, value)
        case Text(text, place):
            return any(text in fold(each) for each in _texts(studied, place))
        case Tagged(tag):
            folded = [fold(each) for each in card.tags]
            return any(each == tag or each.startswith(f"{tag}::") for each in folded)
        case InDeck(deck):
            return is_deck(studied.deck, deck)
        case OfKind(kind):
            return card.kind is kind


def is_deck(name: str, wanted: str) -> bool:
    """Whether the deck `name` is the one `wanted`, already folded, or below it."""
    folded = fold(name)
    if "*" in wanted:
        pattern = ".*".join(map(re.escape, wanted.split("*")))
        return re.fullmatch(pattern, folded, re.DOTALL) is not None
    return folded == wanted or folded.startswith(f"{wanted}::")


def _texts(studied: StudyCard, place: str) -> tuple[str, ...]:
    card = studied.card
    match place:
        case "front":
            return (card.front,)
        case "back":
            return (card.back,)
        case "id":
            return (card.id,)
        case "source":
            return (str(card.source) if card.source else "",)
    return (card.front, card.back, *card.aliases)


def _value(number: Number, state: ScheduleState) -> float | None:
    match number:
        case Number.INTERVAL:
            return state.interval
        case Number.LAPSES:
            return state.lapses
        case Number.FLAG:
            return state.flag
        case Number.EASE:
            return state.memory.factor / 100 if isinstance(state.memory, Ease) else None


def _is_due(state: ScheduleState, day: Day) -> bool:
    if state.phase is Phase.NEW or state.suspended or _is_buried(state, day):
        return False
    is_drilled = state.drilling and state.failed_on == day
    by_day = isinstance(state.due, DueDay) and state.due.day <= day
    return is_drilled or by_day or isinstance(state.due, DueAt)


def _is_buried(state: ScheduleState, day: Day) -> bool:
    return (state.buried_until or 0) > day


_STATES: Final[dict[CardState, Callable[[ScheduleState, Day], bool]]] = {
    CardState.NEW: lambda state, _day: state.phase is Phase.NEW,
    CardState.LEARNING: lambda state, _day: state.phase in (Phase.LEARNING, Phase.RELEARNING),
    CardState.REVIEW: lambda state, _day: state.phase is Phase.REVIEW,
    CardState.DUE: _is_due,
    CardState.SUSPENDED: lambda state, _day: state.suspended,
    CardState.BURIED: _is_buried,
    CardState.FLAGGED: lambda state, _day: state.flag > 0,
    CardState.LEECH: lambda state, _day: state.lapses >= LEECH_LAPSES,
}
