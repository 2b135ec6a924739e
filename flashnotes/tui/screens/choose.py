"""Choosing the cards of an import: a list with check boxes, the card and its passage beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from flashnotes.importing.filtering import parse_filter
from flashnotes.screen_text import one_line
from flashnotes.tui.offers import list_row, offer_rows
from flashnotes.tui.screens.edit_offer import EditOfferScreen
from flashnotes.tui.widgets.check_list import CheckList
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine
from flashnotes.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from flashnotes.importing import Choosing, Offer
    from flashnotes.markdown import Maths
    from flashnotes.passages import Passages
    from flashnotes.tui.terminal_app import TerminalApp

    Cost = Callable[[int], str]
    """What so many new cards cost, in words."""


class ChooseScreen(Screen[bool]):
    """Dismissed with True when the choice is accepted, with False when it is left for later."""

    app: TerminalApp
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("space", "choose", "choose", id="choose", tooltip="Choose the card, or not"),
        Binding("enter", "accept", "accept", id="accept", tooltip="Write what is chosen into the decks"),
        Binding("e", "edit", "edit", id="edit", tooltip="Change the card's text before it is taken"),
        Binding("d", "refuse", "never", id="refuse", tooltip="Never offer it again, or take that back"),
        Binding("m", "join", "merge", id="join", tooltip="Mark a card, then make one of it and another"),
        Binding("a", "all(True)", "all", id="all", tooltip="Choose all that the list shows"),
        Binding("n", "all(False)", "none", id="none", tooltip="Choose none that the list shows"),
        Binding(
            "slash", "filter", "filter", id="filter", tooltip="Show a kind, a file, words, >0.8 or <0.8 alone"
        ),
        Binding("q", "leave", "leave", id="leave", tooltip="Leave; the choices made are kept"),
        Binding("escape", "back", "back", id="back", show=False, tooltip="Leave the filter or the mark"),
        Binding("j,down", "move(1)", "down", id="down", show=False, tooltip="The next card"),
        Binding("k,up", "move(-1)", "up", id="up", show=False, tooltip="The card before"),
        Binding("pagedown", "leaf(1)", "page down", id="page_down", show=False, tooltip="A page of the list"),
        Binding("pageup", "leaf(-1)", "page up", id="page_up", show=False, tooltip="A page back"),
        Binding("home", "end(-1)", "first", id="first", show=False, tooltip="The first card"),
        Binding("end", "end(1)", "last", id="last", show=False, tooltip="The last card"),
        Binding("right,l", "scroll(3)", "down", id="right", show=False, tooltip="Scroll the card down"),
        Binding("left,h", "scroll(-3)", "up", id="left", show=False, tooltip="Scroll the card up"),
    ]

    def __init__(self, choosing: Choosing, passages: Passages, *, maths: Maths, cost: Cost) -> None:
        super().__init__()
        self.choosing = choosing
        self.shown = choosing.offers
        self._passages = passages
        self._maths = maths
        self._cost = cost
        self._marked: Offer | None = None
        self._wanted = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="desk"):
            yield EndsLine(id="top")
            with Container(id="choice"):
                yield CheckList(id="offers")
                yield TextView(id="offer")
            yield Input(id="filter", compact=True, placeholder="definition  notes/td  >0.8")
            yield EndsLine(id="status")
            yield HintLine()

    def on_mount(self) -> None:
        self._list_again()
        for reason in self.choosing.plan.must_ask:
            told = f"look twice: {one_line(reason)}. These begin unselected."
            self.notify(told, severity="warning", markup=False, timeout=15)

    @property
    def offers(self) -> CheckList:
        return self.query_one("#offers", CheckList)

    @property
    def current(self) -> Offer | None:
        """The offer under the cursor."""
        return self.shown[self.offers.cursor] if self.shown else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The filter's field takes the keys of the list while one types."""
        return action == "back" if isinstance(self.app.focused, Input) else True

    def on_check_list_pointed(self, message: CheckList.Pointed) -> None:
        if message.index == self.offers.cursor:
            self.action_choose()
        else:
            self._go_to(message.index)

    def action_move(self, rows: int) -> None:
        self._go_to(self.offers.cursor + rows)

    def action_leaf(self, pages: int) -> None:
        self._go_to(self.offers.cursor + pages * self.offers.page)

    def action_end(self, side: int) -> None:
        self._go_to(0 if side < 0 else len(self.shown) - 1)

    def action_scroll(self, rows: int) -> None:
        self.query_one("#offer", TextView).scroll_relative(y=rows, animate=False)

    def action_choose(self) -> None:
        if self.current:
            self.choosing.toggle(self.current)
            self._show()

    def action_all(self, chosen: bool) -> None:
        self.choosing.set_all(self.shown, chosen=chosen)
        self._show()

    def action_refuse(self) -> None:
        if self.current and not self.choosing.refuse(self.current):
            self._say("Only new cards can be refused; a card of yours is deleted in its deck.")
            return
        self._show()

    def action_join(self) -> None:
        """The first time marks a card; the second time joins the one under the cursor to it."""
        current, marked = self.current, self._marked
        if current is None:
            return
        if marked is None or marked is current:
            self._marked = None if marked is current else current
            self._show()
            return
        self._marked = None
        joined = self.choosing.join(marked, current)
        self._show()
        if not joined:
            self._say("Only two new cards can be made one.")

    def action_edit(self) -> None:
        offer = self.current
        if offer is None:
            return

        def keep(texts: tuple[str, str] | None) -> None:
            if texts:
                self.choosing.edit(offer, *texts)
                if not offer.is_chosen:
                    self.choosing.toggle(offer)
            self._show()

        self.app.push_screen(EditOfferScreen(offer.card.front, offer.card.back), keep)

    def action_filter(self) -> None:
        self.add_class("-filtering")
        self.query_one("#filter", Input).focus()
        self.query_one(HintLine).show({"back": "show all"})

    def on_input_changed(self, message: Input.Changed) -> None:
        self._wanted = message.value
        self._list_again()

    def on_input_submitted(self, _message: Input.Submitted) -> None:
        self._end_filter()

    def action_back(self) -> None:
        """Out of the filter's field, then of the filter, then of the mark, then of the screen."""
        if self._wanted or isinstance(self.app.focused, Input):
            self.query_one("#filter", Input).value = ""
            self._wanted = ""
            self._list_again()
            self._end_filter()
        elif self._marked is not None:
            self._marked = None
            self._show()
        else:
            self.action_leave()

    def action_accept(self) -> None:
        self.dismiss(True)

    def action_leave(self) -> None:
        self.dismiss(False)

    def _end_filter(self) -> None:
        self.set_focus(None)
        self.remove_class("-filtering")
        self.query_one(HintLine).show({})
        self._show()

    def _list_again(self) -> None:
        """The offers that the filter lets through, the cursor on the same one where it is among them."""
        current = self.current
        accepts = parse_filter(self._wanted)
        self.shown = [offer for offer in self.choosing.offers if accepts(offer)]
        place = next((index for index, offer in enumerate(self.shown) if offer is current), 0)
        self.offers.cursor = place
        self.offers.show(len(self.shown), lambda index: list_row(self.shown[index]))
        self._show()

    def _go_to(self, index: int) -> None:
        self.offers.move_to(index)
        self._show(from_top=True)

    def _show(self, *, from_top: bool = False) -> None:
        self.offers.refresh()
        self.query_one("#offer", TextView).show(self._rows, from_top=from_top)
        self.query_one("#top", EndsLine).show(self._counts(), Content.styled(self._cost(self._new), "dim"))
        mark = f"marked: {one_line(self._marked.card.front)}; m joins another to it" if self._marked else ""
        self._say(mark)

    @property
    def _new(self) -> int:
        """New cards that are chosen."""
        return sum(
            offer.is_chosen and offer.is_new and offer.entry_to_take().before is None
            for offer in self.choosing.offers
        )

    def _counts(self) -> Content:
        chosen = sum(offer.is_chosen for offer in self.choosing.offers)
        seen = f", {len(self.shown)} shown" if self._wanted else ""
        return Content.assemble(("import", "bold"), f"  {chosen} of {len(self.choosing.offers)}{seen}")

    def _rows(self, width: int) -> list[Content]:
        offer = self.current
        if offer is None:
            return [Content.styled("Nothing to choose.", "dim")]
        return offer_rows(offer, self.choosing, self._passages.of(offer.card.source), self._maths, width)

    def _say(self, text: str) -> None:
        place = f"{self.offers.cursor + 1}/{len(self.shown)}" if self.shown else ""
        self.query_one("#status", EndsLine).show(
            Content.styled(one_line(text), "$text-warning"), Content.styled(place, "dim")
        )
