from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from flashnotes.errors import UsageError
from flashnotes.models import (
    ActionKind,
    Card,
    CardId,
    CardKind,
    Deck,
    Moment,
    Rating,
    Source,
    StudyCard,
)
from flashnotes.query import HELP, matches, parse_query
from flashnotes.scheduling.days import logical_day
from flashnotes.session import answer_card
from flashnotes.store import DeckFile, Stamp, Store
from tests.sittings import NOON, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = logical_day(NOON)
LATER = Moment(NOON.ms + 86_400_000)
CARDS = {
    "强化学习::时序差分": (
        Card(CardId("td"), CardKind.FORMULA, "TD 误差", "$\\delta_t$", ("TD Error",), ("rl", "考试::期末")),
        Card(
            CardId("boot"), CardKind.DEFINITION, "自举", "用已有的 估计值", source=Source("notes/td.md", 42)
        ),
    ),
    "OS": (
        Card(CardId("tlb"), CardKind.BASIC, "ＴＬＢ", "a cache [0] of 100 % pages_x", tags=("RL::x",)),
        Card(CardId("old"), CardKind.BASIC, "retired", "gone", retired=True),
        Card(CardId("gone"), CardKind.BASIC, "deleted one", "rejected"),
        Card(CardId("cl"), CardKind.CLOZE, "{{c1::page}} table", ""),
    ),
}
QUERIES = [
    ("", "boot cl old td tlb"),
    ("误差", "td"),
    ("td ERROR", "td"),
    ('"td error"', "td"),
    ('"error td"', ""),
    ("tlb cache", "tlb"),
    ("ｔｌｂ", "tlb"),
    ("[0]", "tlb"),
    ("%", "tlb"),
    ("s_x", "tlb"),
    ("\\delta", "td"),
    ("front:td", "td"),
    ("back:td", ""),
    ("source:td.md:42", "boot"),
    ("id:TL", "tlb"),
    ("deck:强化学习", "boot td"),
    ("deck:os", "cl old tlb"),
    ("deck：os", "cl old tlb"),
    ("deck:*差分", "boot td"),
    ("deck:强化", ""),
    ("deck:强*", "boot td"),
    ("tag:rl", "td tlb"),
    ("tag:考试", "td"),
    ("-tag:rl", "boot cl old"),
    ("kind:cloze or kind:formula", "cl td"),
    ("is:new", "boot"),
    ("is:new or is:retired", "boot old"),
    ("is:due", "td"),
    ("is:review", "cl tlb"),
    ("is:learning", "td"),
    ("is:suspended", "cl"),
    ("is:buried", "tlb"),
    ("is:flagged", "cl"),
    ("flag:any", "cl"),
    ("flag:3", "cl"),
    ("flag:>=4", ""),
    ("is:leech", ""),
    ("tag:leech", ""),
    ("is:deleted", "gone"),
    ("-is:deleted", "boot cl old td tlb"),
    ("is:deleted or front:td", "gone td"),
    ("interval:>0", "cl td tlb"),
    ("interval:1 -(deck:os or is:new)", "td"),
    ("lapses:1", "td"),
    ("ease:<=2.5", "cl td tlb"),
    ("（deck:os or front:td） -tlb", "cl old td"),
    ("page -", ""),
    ("12:30", ""),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("query") / "flashnotes.db") as store:
        files = [
            DeckFile(f"{name}.yaml", Stamp(1, 1, "1"), Deck(name, cards)) for name, cards in CARDS.items()
        ]
        store.sync(files)
        kept = tuple(card for card in CARDS["OS"] if card.id != "gone")
        store.sync([DeckFile("OS.yaml", Stamp(2, 2, "2"), Deck("OS", kept))])
        yesterday = Moment(NOON.ms - 86_400_000)
        answer_card(store, "td", Rating.AGAIN, yesterday)
        for card_id in ("tlb", "cl"):
            answer_card(store, card_id, Rating.GOOD, yesterday)
        store.perform("tlb", ActionKind.BURY, DAY + 1, at=NOON)
        store.perform("cl", ActionKind.SUSPEND, at=NOON)
        store.perform("cl", ActionKind.FLAG, 3, at=NOON)
        yield store


@pytest.mark.parametrize(("text", "expected"), QUERIES)
def test_the_database_and_the_pure_function_find_the_same(store: Store, text: str, expected: str) -> None:
    query = parse_query(text)
    found = sorted(id for some in store.find(query, DAY) for id in some)
    everyone = [(studied, False) for studied in store.cards()]
    gone = store.deleted_card("gone")
    assert gone is not None
    pure = sorted(
        studied.card.id
        for studied, deleted in [*everyone, (gone, True)]
        if matches(query, studied, DAY, deleted=deleted) and (not deleted or "is:deleted" in text)
    )
    assert found == pure if text != "-is:deleted" else found == sorted(set(pure) - {"gone"})
    assert found == expected.split()


def test_a_search_that_is_no_longer_wanted_ends(store: Store) -> None:
    everyone = parse_query("")
    assert [listed.front for listed in store.listed(["tlb", "no such", "cl"])] == [
        "ＴＬＢ",
        "{{c1::page}} table",
    ]
    search = store.find(parse_query("td"), DAY, lambda: False)
    assert [id for some in search for id in some] in ([], ["td"])
    assert len([id for some in store.find(everyone, DAY) for id in some]) == 5


def test_a_leech_is_found_by_its_lapses(store: Store) -> None:
    studied = store.card("td")
    assert studied is not None
    leech = StudyCard(studied.card, studied.deck, replace(studied.state, lapses=8))
    assert matches(parse_query("is:leech tag:leech lapses:8"), leech, DAY)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("is:dew", "is:dew is not known. There are: new"),
        ("kind:poem", "There are: definition"),
        ("flag:red", "Write flag:>3"),
        ("tag:", "Write tag:NAME"),
        ("(a or b", "not closed"),
        ("a) b", "not opened"),
        ("(" * 5000, "at most 100 words"),
    ],
)
def test_what_is_no_query_says_why(text: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem.replace("(", r"\(")):
        parse_query(text)


@pytest.mark.parametrize("text", ["(" * 49 + "a" + ")" * 49, "a " * 100, "a or " * 49 + "a", "-" * 100])
def test_the_longest_query_can_be_asked(store: Store, text: str) -> None:
    list(store.find(parse_query(text), DAY))


def test_the_help_shows_only_what_is_understood() -> None:
    for typed, _ in HELP:
        for word in typed.replace("tag:NAME", "").split():
            parse_query(word if word not in ("(", ")") else "")
