"""The cards that a search found: of a hundred thousand, only those in sight are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashnotes.cloze import filled
from flashnotes.scheduling import LEECH_LAPSES
from flashnotes.screen_text import one_line
from flashnotes.times import interval_label

if TYPE_CHECKING:
    from flashnotes.models import CardId, Day
    from flashnotes.store import Store
    from flashnotes.store.search import Listed

_PAGE = 64
_DECK_CELLS = 22
_STANDING_CELLS = 12
_WITH_DECK = 72
"""Cells from which a row has room for the deck's name."""


class FoundCards:
    """Ids in order, and what a list shows of each, page by page."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pages: dict[int, dict[str, Listed]] = {}
        self.ids: list[CardId] = []

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, ids: list[CardId]) -> None:
        """Have these cards, in place of those before."""
        self.ids = ids
        self.forget()

    def add(self, ids: list[CardId]) -> None:
        """Have these too, after the others."""
        self._pages.pop(len(self.ids) // _PAGE, None)
        self.ids += ids

    def forget(self) -> None:
        """Read anew what is shown from now on."""
        self._pages.clear()

    def __getitem__(self, row: int) -> Listed | None:
        """What is shown of a card; None for one that is gone altogether."""
        page = row // _PAGE
        if page not in self._pages:
            ids = self.ids[page * _PAGE : (page + 1) * _PAGE]
            self._pages[page] = {each.id: each for each in self._store.listed(ids)}
        return self._pages[page].get(self.ids[row])


def card_row(listed: Listed | None, day: Day, width: int) -> Content:
    """A card in one row: its front, its deck where there is room, and how it stands."""
    if listed is None:
        return Content.styled("gone", "dim")
    standing = Content.styled(standing_of(listed, day), _style(listed))
    deck = Content("")
    if width >= _WITH_DECK:
        deck = _fitted(Content.styled(one_line(listed.deck.rpartition("::")[2]), "dim"), _DECK_CELLS)
        standing = Content(" " * max(0, _STANDING_CELLS - standing.cell_length)) + standing
    front = Content.styled(one_line(filled(listed.front)), "dim strike" if listed.deleted else "")
    room = max(1, width - deck.cell_length - standing.cell_length - 2)
    return Content.assemble(_fitted(front, room), " ", deck, " ", standing)


def _fitted(content: Content, cells: int) -> Content:
    cut = content.truncate(cells, ellipsis=True)
    return cut.pad_right(max(0, cells - cut.cell_length))


def standing_of(listed: Listed, day: Day) -> str:
    """How a card stands in a word or two: the first that keeps it from being asked, or when it is."""
    marks = [
        *([f"f{listed.flag}"] if listed.flag else []),
        *(["leech"] if listed.lapses >= LEECH_LAPSES else []),
        _state(listed, day),
    ]
    return " ".join(marks)


def _state(listed: Listed, day: Day) -> str:
    if listed.deleted:
        return "deleted"
    if listed.retired:
        return "retired"
    if listed.suspended:
        return "suspended"
    if (listed.buried_until or 0) > day:
        return "buried"
    if listed.due_day is None:
        return "new" if listed.phase == "new" else "learning"
    return f"in {interval_label(listed.due_day - day)}" if listed.due_day > day else "due"


def _style(listed: Listed) -> str:
    return "dim" if listed.deleted or listed.suspended or listed.retired else "$text-primary"
