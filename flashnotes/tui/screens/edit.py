"""A form for the text of a card, an old one's or a new one's."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.suggester import SuggestFromList
from textual.widgets import Input, TextArea

from flashnotes.editing import Draft, draft_of
from flashnotes.errors import FlashnotesError
from flashnotes.lint import check_deck
from flashnotes.models import Card, CardId, CardKind, Deck, written_id
from flashnotes.screen_text import one_line
from flashnotes.tui.faces import answer_rows
from flashnotes.tui.screens.ask import Confirm
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine
from flashnotes.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from flashnotes.library import Library
    from flashnotes.models import StudyCard
    from flashnotes.tui.app import StudyApp


class EditScreen(Screen["StudyCard | None"]):
    """Front, back and tags; dismissed with the card as it then stands, or None where nothing was saved."""

    app: StudyApp
    AUTO_FOCUS = "#front"
    BINDINGS: ClassVar = [
        Binding("ctrl+s", "save", "save", id="save", priority=True, tooltip="Write the card into its deck"),
        Binding("escape", "cancel", "leave", id="cancel", priority=True, tooltip="Leave without saving"),
        Binding("tab", "app.focus_next", "next field", id="next_field", tooltip="To the next field"),
        Binding("shift+tab", "app.focus_previous", "field before", id="field_before", show=False),
    ]

    def __init__(self, library: Library, studied: StudyCard | None = None, *, deck: str = "") -> None:
        super().__init__()
        self._library = library
        self._studied = studied
        self._before = draft_of(studied.card) if studied else Draft("", "")
        self._decks = library.store.deck_names()
        self._deck = studied.deck if studied else deck or (self._decks[0] if self._decks else "")

    def compose(self) -> ComposeResult:
        with Vertical(id="desk", classes="-broad"):
            yield EndsLine(id="top")
            with Horizontal(id="both"):
                with Vertical(id="form"):
                    yield EndsLine(id="front_label")
                    yield _area(self._before.front, "front")
                    yield EndsLine(id="back_label")
                    yield _area(self._before.back, "back")
                    yield Input(
                        " ".join(self._before.tags),
                        id="tags",
                        compact=True,
                        placeholder="tags, with spaces between",
                    )
                    if self._studied is None:
                        known = SuggestFromList(self._decks, case_sensitive=False)
                        yield Input(
                            self._deck, id="deck", compact=True, placeholder="deck, as A::B", suggester=known
                        )
                yield TextView(id="preview")
            yield EndsLine(id="status")
            yield HintLine()

    def on_mount(self) -> None:
        self.add_class("-editing")
        heading = "edit the card" if self._studied else "a new card"
        deck = one_line(self._deck).replace("::", " > ") if self._studied else ""
        top = self.query_one("#top", EndsLine)
        top.show(Content.styled(heading, "bold"), Content.styled(deck, "dim"), is_path=True)
        for side, hint in (("front", "{{c1::…}} hides a part"), ("back", "Markdown, $LaTeX$")):
            label = self.query_one(f"#{side}_label", EndsLine)
            label.show(Content.styled(side, "dim"), Content.styled(hint, "dim"))
        self.query_one("#preview", TextView).show(self._preview)

    @property
    def draft(self) -> Draft:
        """What the form holds now."""
        tags = tuple(self.query_one("#tags", Input).value.split())
        return Draft(self.query_one("#front", TextArea).text, self.query_one("#back", TextArea).text, tags)

    @property
    def unsaved(self) -> bool:
        """Whether leaving would lose anything typed."""
        return self.draft != self._before

    def on_text_area_changed(self) -> None:
        self.query_one("#preview", TextView).show(self._preview, from_top=False)

    def on_input_submitted(self) -> None:
        self.action_save()

    def _preview(self, width: int) -> list[Content]:
        if not self.draft.front.strip():
            return [Content.styled("how the card will look", "dim")]
        return answer_rows(self._card(), None, self.app.maths, width)

    def _card(self) -> Card:
        kind = self._studied.card.kind if self._studied else CardKind.BASIC
        if kind is CardKind.BASIC and "{{c" in self.draft.front:
            kind = CardKind.CLOZE
        return Card(CardId(""), kind, self.draft.front, self.draft.back)

    def action_save(self) -> None:
        """Write the card; what cannot be written stays in the form."""
        try:
            saved = self._write()
        except FlashnotesError as error:
            told = Content.styled(one_line(str(error)), "$text-error")
            self.query_one("#status", EndsLine).show(told, Content(""))
            return
        for finding in check_deck(Deck(saved.deck, (saved.card,)))[:1]:
            self.app.notify(one_line(f"saved; but {finding.message}"), markup=False, timeout=8)
        self.dismiss(saved)

    def _write(self) -> StudyCard:
        if self._studied is None:
            return self.app.upkeep.add(self.query_one("#deck", Input).value, self.draft)
        return self.app.upkeep.edit(self._studied, self.draft) if self.unsaved else self._studied

    def action_cancel(self) -> None:
        if self.unsaved:
            self.app.push_screen(Confirm("Leave without saving what you typed?"), self._leave_if)
        else:
            self.dismiss(None)

    def _leave_if(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)


def open_form(app: StudyApp, card_id: str, done: Callable[[StudyCard | None], None]) -> None:
    """Open the form on the card as its deck has it; `done` gets it as it then is, or None where nothing was saved."""
    library = app.library
    studied = library.store.card(written_id(card_id)) if library else None
    if library is None or studied is None:
        app.notify("This card stands in no deck file.", markup=False, timeout=5)
        return
    app.push_screen(EditScreen(library, studied), done)


def _area(text: str, side: str) -> TextArea:
    return TextArea(
        text, id=side, compact=True, tab_behavior="focus", show_line_numbers=False, soft_wrap=True
    )
