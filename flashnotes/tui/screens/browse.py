"""All cards: found while one types, looked at, and put in order."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.worker import get_current_worker

from flashnotes.errors import FlashnotesError
from flashnotes.query import HELP, All, parse_query
from flashnotes.tui.screens.card_list import CardList

if TYPE_CHECKING:
    from textual.widgets import Input

    from flashnotes.desk import Desk
    from flashnotes.models import CardId, Day
    from flashnotes.query import Query

_SECONDS_A_DRAWING = 0.3
"""Between two drawings of what a long search has found so far; the first cards are drawn at once."""


class BrowseScreen(CardList):
    """A line to search by, over the cards that it finds."""

    heading = "cards"
    within: ClassVar[Query] = All()
    """What all cards of the screen are, whatever is searched."""
    BINDINGS: ClassVar = [
        Binding(
            "slash,ctrl+f", "find", "find", id="find", tooltip="Type what to search; esc shows all again"
        ),
    ]

    @dataclass
    class Found(Message):
        """A search has found cards."""

        search: int
        ids: list[CardId]
        """Those that were not told yet."""
        is_all: bool

    @dataclass
    class Failed(Message):
        """A search could not go on."""

        error: FlashnotesError

    def __init__(self, desk: Desk, query: str = "", *, at: CardId | None = None) -> None:
        super().__init__(desk, query)
        self._at = at
        self._search = self._shown_search = 0

    def on_mount(self) -> None:
        self.add_class("-browse")
        self._look_for(self._wish)

    @property
    def help_rows(self) -> tuple[tuple[str, str], ...]:
        """What the help says beside the keys: the language of the search."""
        return HELP

    def on_input_changed(self, message: Input.Changed) -> None:
        self._look_for(message.value)

    def _look_for(self, text: str) -> None:
        """Search beside the screen; what was found before stays until the first cards are there."""
        try:
            query = All((self.within, parse_query(text)))
        except FlashnotesError as error:
            self.say(f"search: {error}")
            return
        self.say("")
        self.day = self.desk.day()
        self._search += 1
        look = partial(self._find, query, self.day, self._search)
        self.run_worker(look, thread=True, exclusive=True, group="search", exit_on_error=False)

    def _find(self, query: Query, day: Day, search: int) -> None:
        """Tell the screen what is found: the first cards at once, and more now and then."""
        worker = get_current_worker()
        ids: list[CardId] = []
        told = pause = 0.0
        try:
            for some in self.store.find(query, day, lambda: not worker.is_cancelled):
                ids += some
                if time.monotonic() - told > pause:
                    self.post_message(self.Found(search, ids, is_all=False))
                    ids = []
                    told, pause = time.monotonic(), _SECONDS_A_DRAWING
        except FlashnotesError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Found(search, ids, is_all=True))

    def on_browse_screen_found(self, message: Found) -> None:
        if message.search != self._search:
            return
        self.is_all = message.is_all
        if self._shown_search == message.search:
            place = self.rows.cursor
            self.found.add(message.ids)
        else:
            place = 0
            self.found.take(message.ids)
            self._shown_search = message.search
        if self._at in message.ids:
            place = self.found.ids.index(self._at)
            self._at = None
        self.list_again(place)

    def on_browse_screen_failed(self, message: Failed) -> None:
        self.app.tell(message.error)
