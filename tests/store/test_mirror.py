import pytest

from flashnotes.models import AnkiRef, CardId, CardKind, Source
from flashnotes.store import Answer, Claimed, Stamp, Store
from flashnotes.store.mirror import sibling_key
from tests.store.conftest import NOON, card, deck_file


def test_a_card_reads_back_as_its_deck_says_it(empty_store: Store) -> None:
    whole = card(
        "td",
        r"TD $\delta_t$ 误差",
        CardKind.FORMULA,
        aliases=("TD error", "'; DROP TABLE card; --"),
        tags=("rl", "时序"),
        source=Source("notes/td.md", 42),
        extracted="3f9a1c",
        retired=True,
        anki=AnkiRef("g", 2),
    )
    plain = card("p", source=Source("x.md"))
    empty_store.sync([deck_file("D.yaml", whole, plain, name="强化学习::时序")])
    assert [(found.card, found.deck) for found in empty_store.cards()] == [
        (whole, "强化学习::时序"),
        (plain, "强化学习::时序"),
    ]
    assert empty_store.decks() == ("强化学习::时序",)


def test_known_files_carry_their_stamp(empty_store: Store) -> None:
    empty_store.sync([deck_file("A.yaml", card("a"), sha="77")])
    assert empty_store.known_files() == {"A.yaml": Stamp(1, 1, "77")}
    empty_store.forget("A.yaml")
    assert empty_store.known_files() == {}


def test_an_edited_card_keeps_its_history(empty_store: Store) -> None:
    empty_store.sync([deck_file("A.yaml", card("a", "old"))])
    review = empty_store.record(Answer(CardId("a"), 4, NOON))
    empty_store.sync([deck_file("A.yaml", card("a", "new"))])
    found = empty_store.card("a")
    assert found is not None
    assert (found.card.front, found.state) == ("new", review.state)


def test_a_card_gone_from_its_file_stays_with_its_history(empty_store: Store) -> None:
    empty_store.sync([deck_file("A.yaml", card("a"), card("b"))])
    review = empty_store.record(Answer(CardId("a"), 4, NOON))
    empty_store.sync([deck_file("A.yaml", card("b"))])
    assert empty_store.card("a") is None
    assert [found.card.id for found in empty_store.cards()] == ["b"]
    assert empty_store.history("a") == [review]
    empty_store.sync([deck_file("A.yaml", card("a"), card("b"))])
    assert empty_store.state("a") == review.state
    assert empty_store.card("a") is not None


def test_a_card_may_move_to_another_file(empty_store: Store) -> None:
    empty_store.sync([deck_file("A.yaml", card("a")), deck_file("B.yaml")])
    assert empty_store.sync([deck_file("A.yaml"), deck_file("B.yaml", card("a"))]) == ()
    assert [(found.card.id, found.deck) for found in empty_store.cards()] == [("a", "B")]
    assert empty_store.sync([deck_file("C.yaml", card("a"))], gone=["B.yaml"]) == ()
    assert [(found.card.id, found.deck) for found in empty_store.cards()] == [("a", "C")]


def test_an_id_of_two_files_stays_where_it_was_until_it_is_free(empty_store: Store) -> None:
    empty_store.sync([deck_file("B.yaml", card("a", "first"))])
    copy = deck_file("A.yaml", card("a", "copy"), card("x"))
    assert empty_store.sync([copy]) == (Claimed(CardId("a"), "B.yaml", "A.yaml"),)
    assert {found.card.front for found in empty_store.cards()} == {"first", "q"}
    assert empty_store.known_files()["A.yaml"] != copy.stamp, "it must be looked at again"
    assert empty_store.sync([copy, deck_file("B.yaml", card("a", "first"))]) == (
        Claimed(CardId("a"), "B.yaml", "A.yaml"),
    )
    assert empty_store.sync([copy], gone=["B.yaml"]) == ()
    assert {found.card.front for found in empty_store.cards()} == {"copy", "q"}
    assert empty_store.known_files()["A.yaml"] == copy.stamp


def test_of_two_new_files_the_first_keeps_the_id(empty_store: Store) -> None:
    claimed = empty_store.sync([deck_file("A.yaml", card("a", "one")), deck_file("B.yaml", card("a", "two"))])
    assert claimed == (Claimed(CardId("a"), "A.yaml", "B.yaml"),)
    assert [found.card.front for found in empty_store.cards()] == ["one"]


def test_a_failing_sync_changes_nothing(store: Store) -> None:
    before = store.cards()
    broken = card("z", front=object())  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"."):
        store.sync([deck_file("E.yaml", card("e"), broken)], gone=["D.yaml"])
    assert store.cards() == before
    assert "E.yaml" not in store.known_files()


@pytest.mark.parametrize(
    ("one", "other", "siblings"),
    [
        (card("1", "TD 误差", CardKind.DEFINITION), card("2", "ＴＤ 误差", CardKind.ABBREVIATION), True),
        (card("1", "TD", CardKind.DEFINITION), card("2", "GAE", CardKind.DEFINITION), False),
        (card("1", "a {{c1::b}} c", CardKind.CLOZE), card("2", "a b {{c1::c::hint}}", CardKind.CLOZE), True),
        (card("1", "a {{c1::b}}", CardKind.CLOZE), card("2", "a {{c1::c}}", CardKind.CLOZE), False),
        (card("1", "a b", CardKind.CLOZE), card("2", "a b", CardKind.DEFINITION), False),
    ],
)
def test_siblings(one: object, other: object, siblings: bool) -> None:
    assert (sibling_key(one) == sibling_key(other)) == siblings  # type: ignore[arg-type]


def test_basic_cards_have_no_siblings() -> None:
    assert sibling_key(card("1", "same")) == ""
