from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from flashnotes.models import CardId
from flashnotes.session.line import Asked, Line, Pile

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = st.builds(Asked, st.sampled_from("abcdef").map(CardId), st.sampled_from(Pile))
STEPS: st.SearchStrategy[Callable[[Line], object]] = st.one_of(
    st.just(Line.take),
    ASKED.map(lambda asked: lambda line: line.put_first(asked, asked)),
    ASKED.map(lambda asked: lambda line: line.put_last(asked)),
    ASKED.map(lambda asked: lambda line: line.put_back(asked)),
    ASKED.map(lambda asked: lambda line: line.drop(asked.id)),
)


@settings(max_examples=40)
@given(st.lists(ASKED, max_size=15), st.lists(STEPS, max_size=12))
def test_the_counts_are_those_of_the_cards_that_wait(
    waiting: list[Asked], steps: list[Callable[[Line], object]]
) -> None:
    line = Line(waiting)
    for step in steps:
        step(line)
    counts = {pile: line.count(pile) for pile in Pile}
    taken = []
    while asked := line.next:
        assert line.take() == asked
        taken.append(asked.pile)
    assert counts == {pile: taken.count(pile) for pile in Pile}
    assert line.take() is None
