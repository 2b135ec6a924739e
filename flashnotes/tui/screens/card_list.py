"""A list of cards with the card of the cursor beside it, and what can be done to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input

from flashnotes.errors import FlashnotesError
from flashnotes.models import ActionKind, Day
from flashnotes.screen_text import one_line
from flashnotes.tui.faces import answer_rows
from flashnotes.tui.found_cards import FoundCards, card_row
from flashnotes.tui.screens.ask import AskText, Confirm
from flashnotes.tui.screens.flagging import Flagging
from flashnotes.tui.screens.list_page import ListPage
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine
from flashnotes.tui.widgets.pick_list import PickList
from flashnotes.tui.widgets.text_view import TextView
from flashnotes.wording import counted, source_text, title

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from flashnotes.desk import Desk
    from flashnotes.models import CardId, StudyCard
    from flashnotes.store.search import Listed


class CardList(Flagging, ListPage[None]):
    """The cards found, of which those chosen, or else the one of the cursor, are meant by every key."""

    heading: ClassVar[str]
    none_found: ClassVar[str] = "There is no card yet."
    """What is said where nothing is searched and nothing is there."""
    BINDINGS: ClassVar = [
        Binding("enter,e,ctrl+e", "edit", "edit", id="edit", tooltip="Edit the card"),
        Binding(
            "space", "choose", "choose", id="choose", tooltip="Choose the card, to do a thing to several"
        ),
        Binding("a,ctrl+a", "add", "add", id="add", tooltip="Write a new card"),
        Binding(
            "d,delete,ctrl+d",
            "delete",
            "delete",
            id="delete",
            tooltip="Take the cards out of their decks; a deleted one is brought back",
        ),
        Binding("m,f6", "move_to", "move", id="move_to", tooltip="Move the cards to another deck"),
        Binding("@,f7", "suspend", "suspend", id="suspend", tooltip="Ask the cards no more, or again"),
        Binding("-,f8", "bury", "bury", id="bury", show=False, tooltip="Keep the cards for tomorrow, or not"),
        Binding(
            "f", "flag_next", "flag", id="flag_next", tooltip="Flag the cards: then 1 to 7, or 0 for none"
        ),
        Binding(
            "r,ctrl+r", "reset", "reset", id="reset", tooltip="Make the cards new again; answers are kept"
        ),
        Binding("u,ctrl+z", "undo", "undo", id="undo", tooltip="Take back what was done last"),
        Binding(
            "i,f2", "info", "card info", id="info", show=False, tooltip="The card's schedule and history"
        ),
        Binding("v,tab", "look", "look", id="look", show=False, tooltip="The card alone, or the list again"),
        Binding(
            "J,shift+down",
            "scroll_card(1)",
            "card down",
            id="card_down",
            show=False,
            tooltip="Scroll the card down",
        ),
        Binding(
            "K,shift+up", "scroll_card(-1)", "card up", id="card_up", show=False, tooltip="Scroll the card up"
        ),
    ]

    def __init__(self, desk: Desk, query: str = "") -> None:
        super().__init__()
        self.store = desk.library.store
        self.found = FoundCards(self.store)
        self.is_all = False
        """Whether these are all that there are to find."""
        self.day = Day(0)
        self._chosen: set[CardId] = set()
        self._wish = query
        self._studied: StudyCard | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="desk", classes="-broad"):
            yield EndsLine(id="top")
            yield Input(
                self._wish,
                id="find",
                compact=True,
                placeholder="/ to search: words deck:NAME tag:NAME is:due flag:1",
            )
            with Container(id="both"):
                yield PickList(id="cards")
                with Vertical(id="looked"):
                    yield EndsLine(id="place")
                    yield TextView(id="preview")
            yield EndsLine(id="status")
            yield HintLine()

    def on_screen_resume(self) -> None:
        """Another screen may have changed what is shown."""
        if self.day:
            self.show_again()

    def list_again(self, place: int | None = None) -> None:
        self.rows.show(len(self.found), self._row, cursor=place)
        chosen = f"{len(self._chosen)} chosen of " if self._chosen else ""
        count = f"{chosen}{counted(len(self.found), 'card')}{'' if self.is_all else ' …'}"
        self.query_one("#top", EndsLine).show(
            Content.styled(self.heading, "bold"), Content.styled(count, "dim")
        )
        self._show_card()

    def show_again(self) -> None:
        """Read anew what is in sight."""
        self.found.forget()
        self.list_again()

    def _row(self, row: int, width: int) -> Content:
        mark = ("* " if self.found.ids[row] in self._chosen else "  ") if self._chosen else ""
        return Content.assemble((mark, "bold"), card_row(self.found[row], self.day, width - len(mark)))

    def _show_card(self) -> None:
        studied, listed = self._card_of_cursor(), self._listed
        if studied is None or studied != self._studied:
            self._studied = studied
            self._draw_card()
        is_deleted = bool(listed and listed.deleted)
        is_suspended = bool(listed and listed.suspended)
        self.query_one(HintLine).show(
            {
                "delete": "bring back" if is_deleted else "delete",
                "suspend": "ask again" if is_suspended else "suspend",
            }
        )

    def _draw_card(self) -> None:
        place = self.query_one("#place", EndsLine)
        if self._studied is None:
            place.show(Content(""), Content(""))
        else:
            deck = one_line(self._studied.deck).replace("::", " > ")
            source = Content.styled(source_text(self._studied), "dim")
            place.show(Content.styled(deck, "dim"), source, is_path=True)
        self.query_one("#preview", TextView).show(self._preview)

    @property
    def _listed(self) -> Listed | None:
        return self.found[self.rows.cursor] if len(self.found) else None

    def _card_of_cursor(self) -> StudyCard | None:
        if not len(self.found):
            return None
        card_id = self.found.ids[self.rows.cursor]
        return self.store.card(card_id) or self.store.deleted_card(card_id)

    def _preview(self, width: int) -> list[Content]:
        if self._studied is None:
            return [Content.styled(self._nothing if self.is_all else "", "dim")]
        return [
            *answer_rows(self._studied.card, None, self.app.maths, width),
            *self.more_rows(self._studied, width),
        ]

    @property
    def _nothing(self) -> str:
        return "No card is found." if self._field.value.strip() else self.none_found

    def more_rows(self, studied: StudyCard, width: int) -> list[Content]:
        """What the screen shows under a card."""
        return []

    def say(self, text: str, hint: str = "") -> None:
        """One line to the person."""
        told = Content.styled(one_line(text), "$text-warning")
        self.query_one("#status", EndsLine).show(told, Content.styled(hint, "dim"))

    def on_pick_list_moved(self) -> None:
        self._show_card()

    def on_pick_list_chosen(self) -> None:
        self.action_look()

    # What is done to cards

    def _meant(self) -> list[CardId]:
        """The cards chosen, in the order of the list, or the one of the cursor."""
        if self._chosen:
            return [card_id for card_id in self.found.ids if card_id in self._chosen]
        return [self.found.ids[self.rows.cursor]] if len(self.found) else []

    def _named(self, cards: list[CardId]) -> str:
        if len(cards) == 1 and self._studied is not None:
            return title(self._studied.card)
        return counted(len(cards), "card")

    def _do(self, what: str, cards: list[CardId], do: Callable[[], object]) -> None:
        """Do something to cards and say so; what is refused is told and changes nothing here."""
        name = self._named(cards)
        try:
            do()
        except FlashnotesError as error:
            self.app.tell(error)
        else:
            self._chosen.clear()
            self.say(f"{name} · {what}", "u undo")
        self.show_again()

    def _perform(self, kind: ActionKind, value: int = 0) -> None:
        cards = [card_id for card_id in self._meant() if self.store.path_of(card_id) is not None]
        if not cards:
            self.say("A deleted card is brought back first." if len(self.found) else "No card is found.")
            return
        self.app.with_right_clock(
            lambda: self._do(
                _DONE[kind],
                cards,
                lambda: self.app.upkeep.perform(cards, kind, value, at=self.desk.now()),
            )
        )

    def action_suspend(self) -> None:
        listed = self._listed
        self._perform(ActionKind.UNSUSPEND if listed and listed.suspended else ActionKind.SUSPEND)

    def action_bury(self) -> None:
        listed = self._listed
        is_buried = listed is not None and (listed.buried_until or 0) > self.day
        if is_buried:
            self._perform(ActionKind.UNBURY)
        else:
            self._perform(ActionKind.BURY, self.day + 1)

    def action_flag(self, flag: int) -> None:
        self._perform(ActionKind.FLAG, flag)

    def action_reset(self) -> None:
        self._perform(ActionKind.RESET)

    def action_delete(self) -> None:
        """Delete the cards, or bring them back where the one of the cursor is deleted."""
        is_back = bool(self._listed and self._listed.deleted)
        cards = [card_id for card_id in self._meant() if self._is_there(card_id) is not is_back]
        if not cards:
            self.say("No card is found.")
        elif is_back:
            self._do("brought back", cards, lambda: self.app.upkeep.bring_back(cards))
        else:
            question = f"Delete {self._named(cards)}? The answers are kept, and u brings it back."
            self.app.push_screen(Confirm(question), partial(self._delete_if, cards))

    def _is_there(self, card_id: CardId) -> bool:
        return self.store.path_of(card_id) is not None

    def _delete_if(self, cards: list[CardId], yes: bool | None) -> None:
        if yes:
            self._do("deleted", cards, lambda: self.app.upkeep.delete(cards))

    def action_move_to(self) -> None:
        cards = list(filter(self._is_there, self._meant()))
        if not cards or self._studied is None:
            self.say("A deleted card is brought back first." if len(self.found) else "No card is found.")
            return
        ask = AskText(
            f"Move {self._named(cards)} to which deck?",
            value=self._studied.deck,
            known=self.store.deck_names(),
        )
        self.app.push_screen(ask, partial(self._move_to, cards))

    def _move_to(self, cards: list[CardId], deck: str | None) -> None:
        if deck:
            self._do(f"moved to {deck}", cards, lambda: self.app.upkeep.move(cards, deck))

    def action_choose(self) -> None:
        if len(self.found):
            self._chosen ^= {self.found.ids[self.rows.cursor]}
            self.rows.move(1)
            self.list_again()

    def action_edit(self) -> None:
        if self._studied is None:
            self.say("No card is found.")
        elif not self._is_there(self._studied.card.id):
            self.say("A deleted card is brought back first.")
        else:
            from flashnotes.tui.screens.edit import open_form

            open_form(self.app, self._studied.card.id, self._edited)

    def _edited(self, studied: StudyCard | None) -> None:
        if studied is not None:
            self.say(f"{title(studied.card)} · saved", "u undo")

    def action_add(self) -> None:
        from flashnotes.tui.screens.edit import EditScreen

        deck = self._studied.deck if self._studied else ""
        self.app.push_screen(EditScreen(self.desk.library, deck=deck), self._added)

    def _added(self, studied: StudyCard | None) -> None:
        """Show the new card under the one of the cursor, whatever is searched."""
        if studied is None:
            return
        place = min(self.rows.cursor + 1, len(self.found))
        self.found.take([*self.found.ids[:place], studied.card.id, *self.found.ids[place:]])
        self.list_again(place)
        self.say(f"{title(studied.card)} · added", "u undo")

    def action_undo(self) -> None:
        self.app.with_right_clock(self._undo)

    def _undo(self) -> None:
        try:
            undone = self.app.upkeep.undo(self.desk.now())
        except FlashnotesError as error:
            self.app.tell(error)
        else:
            self.say(f"undone: {undone}" if undone else "Nothing to undo.")
        self.show_again()

    def action_info(self) -> None:
        if self._studied is not None:
            from flashnotes.tui.screens.info import InfoScreen

            events = self.store.history(self._studied.card.id)
            self.app.push_screen(InfoScreen(self._studied, events, answer_shown=True))

    def action_look(self) -> None:
        """Give the card all the room, or let the list have its own again."""
        self.toggle_class("-looking")

    def action_scroll_card(self, rows: int) -> None:
        self.query_one("#preview", TextView).scroll_relative(y=rows, animate=False)


_DONE = {
    ActionKind.SUSPEND: "suspended",
    ActionKind.UNSUSPEND: "asked again",
    ActionKind.BURY: "kept for tomorrow",
    ActionKind.UNBURY: "asked today",
    ActionKind.FLAG: "flagged",
    ActionKind.RESET: "new again",
}
