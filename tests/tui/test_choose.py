"""Choosing the cards of an import: every key, at the design size and a small one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flashnotes.importing import Choosing, NoteCards, Pick, Plan, Scan, plan_notes
from flashnotes.models import Candidate, Card, CardId, CardKind, Deck, Source
from flashnotes.passages import Passages
from flashnotes.tui.choose_app import ChooseApp
from flashnotes.tui.screens.choose import ChooseScreen

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "# Nets\n\n**Momentum**: a running mean of past gradients.\n\n**Epoch**: one pass over all examples.\n\nSGD\n"


def candidate(front: str, back: str, line: int, score: float = 0.9) -> Candidate:
    return Candidate(CardKind.DEFINITION, front, back, line, rule="label", score=score)


@pytest.fixture
def choosing(tmp_path: Path) -> Choosing:
    (tmp_path / "nets.md").write_text(NOTE, encoding="utf-8")
    other = Card(
        CardId("epoch-000000"),
        CardKind.DEFINITION,
        "Epoch",
        "an age of the earth",
        source=Source("other.md", 1),
        extracted="000000",
    )
    decks = [Deck("Nets", (other,))]
    found = (
        candidate("Momentum", "a running mean of past gradients.", 3),
        candidate("Epoch", "one pass over all examples.", 5),
        candidate("SGD", "[red]stochastic[/] gradient descent", 7, 0.4),
        candidate("Batch", "the examples of one step", 7),
    )
    plan = plan_notes(decks, Scan((NoteCards("nets.md", "Nets", found),)))
    return Choosing(plan, lambda term: [("Nets", other)] if term == other.front else [], 0.6)


def picks(choosing: Choosing) -> dict[str, Pick]:
    return {offer.card.front: offer.pick for offer in choosing.offers}


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_every_key_does_what_it_says(choosing: Choosing, tmp_path: Path, size: tuple[int, int]) -> None:
    app = ChooseApp(choosing, Passages(tmp_path), cost=lambda new: f"{new} new")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ChooseScreen)
        begun = {"Momentum": Pick.TAKE, "Epoch": Pick.LEAVE, "SGD": Pick.LEAVE, "Batch": Pick.TAKE}
        assert picks(choosing) == begun
        await pilot.press("space")
        assert picks(choosing)["Momentum"] is Pick.LEAVE
        await pilot.press("a")
        assert picks(choosing) == {**begun, "SGD": Pick.TAKE}
        await pilot.press("n")
        assert set(picks(choosing).values()) == {Pick.LEAVE}
        await pilot.press("end", "d")
        assert picks(choosing)["Batch"] is Pick.NEVER
        await pilot.press("home", "m", "j", "j", "m")
        assert picks(choosing)["SGD"] is Pick.JOINED
        assert "stochastic" in choosing.offers[0].card.back
        await pilot.press("k", "e")
        await pilot.press("ctrl+s")
        assert picks(choosing)["Epoch"] is Pick.TAKE
        await pilot.press("slash", *"epoch", "enter")
        assert [offer.card.front for offer in screen.shown] == ["Epoch"]
        await pilot.press("escape")
        assert len(screen.shown) == 4
        await pilot.press("enter")
    assert app.accepted
    assert {entry.card.front for entry in choosing.taken()} == {"Momentum", "Epoch"}
    assert {entry.card.front for entry in choosing.refused()} == {"SGD", "Batch"}


async def test_leaving_keeps_the_choices_and_accepts_nothing(choosing: Choosing, tmp_path: Path) -> None:
    app = ChooseApp(choosing, Passages(tmp_path), cost=str)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "j", "question_mark", "escape", "q")
    assert not app.accepted
    kept = choosing.decisions(accepted=False)
    again = Choosing(choosing.plan, choosing.alike, 0.6, kept)
    assert picks(again) == picks(choosing)
    assert picks(again)["Momentum"] is Pick.LEAVE


async def test_the_card_its_passage_and_what_differs_are_shown(choosing: Choosing, tmp_path: Path) -> None:
    app = ChooseApp(choosing, Passages(tmp_path), cost=str)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        text = app.screen.query_one("#offer").plain  # type: ignore[attr-defined]
    assert "one pass over all examples" in text
    assert "› **Epoch**" in text
    assert "the same term in Nets" in text
    assert "-earth-" in text


def test_a_plan_of_nothing_offers_nothing() -> None:
    assert Choosing(Plan(), lambda _: [], 0.6).offers == []
