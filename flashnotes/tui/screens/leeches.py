"""The cards that were forgotten again and again, each with what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from flashnotes.query import CardState, Is
from flashnotes.scheduling import LEECH_LAPSES
from flashnotes.tui.facts import card_facts
from flashnotes.tui.render import wrapped
from flashnotes.tui.screens.browse import BrowseScreen
from flashnotes.tui.screens.info import fact_rows, past_rows

if TYPE_CHECKING:
    from flashnotes.models import StudyCard
    from flashnotes.query import Query

_ADVICE = (
    "A card that does not stay is seldom a matter of more repetitions: e to say it otherwise or in two cards, "
    "r to learn it anew, @ to ask it no more, d to let it go."
)


class LeechScreen(BrowseScreen):
    """The leeches, with everything that can be done to a card."""

    heading = "leeches"
    within: ClassVar[Query] = Is(CardState.LEECH)
    none_found = f"No leech: no card was forgotten {LEECH_LAPSES} times."

    def on_mount(self) -> None:
        self.add_class("-leeches")

    def more_rows(self, studied: StudyCard, width: int) -> list[Content]:
        facts = dict(card_facts(studied, answer_shown=True))
        shown = [(name, facts[name]) for name in ("lapses", "interval", "memory", "due") if name in facts]
        return [
            Content(""),
            *fact_rows(shown, width),
            Content(""),
            *past_rows(self.store.history(studied.card.id), width),
            Content(""),
            *(row.stylize_before("dim") for row in wrapped(Content(_ADVICE), width)),
        ]
