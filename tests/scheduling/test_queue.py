from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from flashnotes.models import CardId
from flashnotes.scheduling.queue import Limits, Waiting, build_queue, spread

WAITING = st.builds(
    Waiting, st.uuids().map(lambda id: CardId(str(id))), st.sampled_from(["", "", "x", "y", "z"])
)
PILE = st.lists(WAITING, max_size=12)


@given(PILE, PILE, PILE, st.integers(0, 6), st.integers(0, 6), st.sets(st.sampled_from(["x", "y"])))
def test_the_queue_keeps_its_limits_and_has_no_siblings(
    learning: list[Waiting],
    due: list[Waiting],
    new: list[Waiting],
    most_new: int,
    most_due: int,
    seen: set[str],
) -> None:
    queue = build_queue(learning, due, new, limits=Limits(most_new, most_due), seen=seen)
    assert queue.learning == tuple(learning)
    assert len(queue.new) <= most_new
    assert len(queue.due) <= most_due
    taken = [card.sibling for card in (*queue.due, *queue.new) if card.sibling]
    assert len(taken) == len(set(taken))
    assert not set(taken) & (seen | {card.sibling for card in learning})


def test_reviews_come_before_a_new_sibling() -> None:
    queue = build_queue([], [Waiting(CardId("r"), "x")], [Waiting(CardId("n"), "x")], limits=Limits(9, 9))
    assert (len(queue.due), len(queue.new)) == (1, 0)


def test_long_piles_are_not_read_to_their_end() -> None:
    endless = (Waiting(CardId(str(number))) for number in count())
    assert len(build_queue([], endless, [], limits=Limits(0, 3)).due) == 3
    assert next(endless).id == "3"


def test_new_cards_stand_between_reviews() -> None:
    assert "".join(spread("rrrrrr", "nn")) == "rrnrrrnr"
    assert "".join(spread("", "nnn")) == "nnn"
    assert "".join(spread("rr", "")) == "rr"


@given(st.lists(st.integers()), st.lists(st.integers()))
def test_spreading_loses_nothing_and_keeps_each_order(many: list[int], few: list[int]) -> None:
    both = spread([("m", n) for n in many], [("f", n) for n in few])
    assert [n for kind, n in both if kind == "m"] == many
    assert [n for kind, n in both if kind == "f"] == few
