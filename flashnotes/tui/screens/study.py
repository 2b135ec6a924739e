"""The screen a person spends the day on: the question, its answer, the grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from flashnotes.errors import FlashnotesError
from flashnotes.markdown import MathsForm, formulas
from flashnotes.models import Rating
from flashnotes.screen_text import one_line
from flashnotes.tui.faces import answer_rows, question_rows
from flashnotes.tui.screens.finished import FinishedScreen, NothingDueScreen
from flashnotes.tui.screens.info import InfoScreen
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine, key_name
from flashnotes.tui.widgets.rating_bar import RatingBar
from flashnotes.tui.widgets.text_view import TextView
from flashnotes.typed import accepted_answers, compare
from flashnotes.wording import (
    answer_text,
    breadcrumb,
    clock_text,
    outcome_text,
    phase_text,
    question_text,
    source_text,
    title,
    undone_text,
)

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from flashnotes.models import StudyCard
    from flashnotes.session import Undone
    from flashnotes.tui.app import StudyApp
    from flashnotes.typed import Comparison


class StudyScreen(Screen[None]):
    """One card: its front, then its back with the four grades."""

    app: StudyApp
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("space,enter", "advance", "show answer", id="advance", tooltip="Show the answer; then: Good"),
        *(
            Binding(
                str(rating.value),
                f"grade({rating.value})",
                rating.name.capitalize(),
                id=rating.name.lower(),
                show=False,
                tooltip=f"Grade the card {rating.name.capitalize()}",
            )
            for rating in Rating
        ),
        Binding("t", "type", "type", id="type", tooltip="Type the answer and compare it"),
        Binding("escape", "stop_typing", "stop typing", id="stop_typing", tooltip="Leave the text field"),
        Binding(
            "x",
            "maths_form",
            "formulas",
            id="maths_form",
            show=False,
            tooltip="Formulas drawn, on one line, as LaTeX",
        ),
        Binding("y", "copy_latex", "copy LaTeX", id="copy_latex", show=False, tooltip="Copy the LaTeX shown"),
        Binding("i", "info", "card info", id="info", show=False, tooltip="The card's schedule and history"),
        Binding("u,ctrl+z", "undo", "undo", id="undo", tooltip="Take the last answer back"),
        Binding("j,down", "move(1)", "down", id="down", show=False, tooltip="Scroll a long card down"),
        Binding("k,up", "move(-1)", "up", id="up", show=False, tooltip="Scroll up"),
        Binding("pagedown", "leaf(1)", "page down", id="page_down", show=False, tooltip="A page down"),
        Binding("pageup", "leaf(-1)", "page up", id="page_up", show=False, tooltip="A page up"),
        Binding(
            "right", "pan(4)", "right", id="right", show=False, tooltip="Scroll what is wide to the right"
        ),
        Binding("left", "pan(-4)", "left", id="left", show=False, tooltip="Scroll to the left"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.answer_shown = False
        self._studied: StudyCard | None = None
        self._shown_at = 0.0
        self._comparison: Comparison | None = None
        self._changed_by = ""
        self._changed_at = 0.0

    def compose(self) -> ComposeResult:
        with Vertical(id="desk"):
            yield EndsLine(id="top")
            yield TextView(id="card")
            yield EndsLine(id="source")
            yield RatingBar(id="ratings")
            yield Input(id="typed", compact=True, placeholder="the answer; enter compares it")
            yield EndsLine(id="status")
            yield HintLine()

    def on_mount(self) -> None:
        self._ask()
        self.set_interval(1.0, self._show_progress)

    def on_key(self, event: events.Key) -> None:
        """Stop a key that repeats itself on a card that has just changed: one press is one step."""
        if (
            event.key == self._changed_by
            and event.time - self._changed_at < self.app.options.key_guard_ms / 1000
        ):
            self._changed_at = event.time
            event.stop()
            event.prevent_default()
        elif event.key in self._keys_that_change():
            self._changed_by, self._changed_at = event.key, event.time

    def on_rating_bar_answer_asked(self) -> None:
        self.action_advance()

    def on_rating_bar_graded(self, message: RatingBar.Graded) -> None:
        self.action_grade(message.rating.value)

    def _keys_that_change(self) -> set[str]:
        actions = ("advance", "grade", "undo")
        return {
            key for key, active in self.active_bindings.items() if active.binding.action.startswith(actions)
        }

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A text field takes the keys of the card: nothing is graded or undone while one types."""
        if action == "type":
            return not self.answer_shown and not self._is_typing
        if action == "stop_typing":
            return self._is_typing
        return not (self._is_typing and action in ("advance", "grade", "undo"))

    def action_type(self) -> None:
        self.add_class("-typing")
        self._field.value = ""
        self._field.focus()
        self.query_one(HintLine).show(dict.fromkeys(("help", "leave"), ""))

    def action_stop_typing(self) -> None:
        self.set_focus(None)
        self.remove_class("-typing")
        self.query_one(HintLine).show({})

    def on_input_submitted(self, message: Input.Submitted) -> None:
        if self._studied is not None and message.value.strip():
            self._comparison = compare(message.value, accepted_answers(self._studied.card))
        self.action_stop_typing()
        self._show_answer()

    @property
    def _is_typing(self) -> bool:
        return self.has_class("-typing")

    @property
    def _field(self) -> Input:
        return self.query_one("#typed", Input)

    def action_advance(self) -> None:
        if self.answer_shown:
            self._answer(Rating.GOOD)
        else:
            self._show_answer()

    def action_grade(self, rating: int) -> None:
        if self.answer_shown:
            self._answer(Rating(rating))
        else:
            self._say(f"Show the answer first: {self._key_of('advance')}.")

    def action_undo(self) -> None:
        self.resume(self.app.undo())

    def resume(self, undone: Undone | None) -> None:
        """Ask the card of an answer that was taken back."""
        if undone is None:
            return
        self._ask()
        front, outcome = undone_text(undone)
        self._say_of(f"undone: {front}", outcome)

    def action_info(self) -> None:
        if self._studied is not None:
            events = self.app.session.history()
            self.app.push_screen(InfoScreen(self._studied, events, answer_shown=self.answer_shown))

    def action_maths_form(self) -> None:
        """Show the formulas in the next form, on this card and the following ones."""
        forms = list(MathsForm)
        self.app.maths_form = forms[(forms.index(self.app.maths_form) + 1) % len(forms)]
        self._card.show(self._rows, from_top=False)
        self._say(f"formulas: {self.app.maths_form.value}")

    def action_copy_latex(self) -> None:
        found = formulas(self._text_shown())
        if found:
            self.app.copy_to_clipboard("\n".join(found))
        self._say(f"copied {len(found)} of LaTeX" if found else "No formula is shown.")

    def _text_shown(self) -> str:
        if self._studied is None:
            return ""
        card = self._studied.card
        return "\n".join(answer_text(card)) if self.answer_shown else question_text(card)

    def action_move(self, rows: int) -> None:
        self._card.scroll_relative(y=rows, animate=False)

    def action_leaf(self, pages: int) -> None:
        self._card.scroll_relative(y=pages * max(1, self._card.size.height - 1), animate=False)

    def action_pan(self, cells: int) -> None:
        self._card.scroll_relative(x=cells, animate=False)

    @property
    def _card(self) -> TextView:
        return self.query_one("#card", TextView)

    def _ask(self) -> None:
        """Show the front of the current card."""
        self._studied = self.app.session.current
        if self._studied is None:
            self.app.push_screen(self._end(), self.resume)
            return
        self.answer_shown = False
        self._comparison = None
        self._shown_at = self.app.clock()
        self._card.show(self._rows)
        self.query_one("#ratings", RatingBar).ask(f"{self._key_of('advance')}  show the answer")
        self.query_one(HintLine).show({})
        self._show_progress()
        self._show_source(self._studied)
        # While the card is read nobody waits for the database.
        self.call_after_refresh(self.app.session.rest)

    def _end(self) -> FinishedScreen | NothingDueScreen:
        return FinishedScreen() if self.app.session.done else NothingDueScreen()

    def _show_answer(self) -> None:
        self.answer_shown = True
        self._say("")
        self._card.show(self._rows, from_top=False)
        self.query_one("#ratings", RatingBar).offer(self.app.session.choices())
        self.query_one(HintLine).show({"advance": Rating.GOOD.name.capitalize()})

    def _answer(self, rating: Rating) -> None:
        took = round((self.app.clock() - self._shown_at) * 1000)
        try:
            answered = self.app.session.answer(rating, duration_ms=max(0, took))
        except FlashnotesError as error:
            self.app.tell(error)
            return
        self._ask()
        hint = f"{self._key_of('undo')} undo"
        self._say_of(title(answered.studied.card), outcome_text(answered), hint)

    def _rows(self, width: int) -> list[Content]:
        if self._studied is None:
            return []
        if not self.answer_shown:
            return question_rows(self._studied.card, self.app.maths, width)
        return answer_rows(self._studied.card, self._comparison, self.app.maths, width)

    def _show_progress(self) -> None:
        if self._studied is None:
            return
        session = self.app.session
        again = f" · again {again}" if (again := session.summary().again) else ""
        total = session.done + session.counts.total
        right = f"{session.done + 1}/{total}{again} · {clock_text(self.app.seconds)}"
        crumbs = Content(" > ").join([Content(part) for part in breadcrumb(self._studied)])
        self.query_one("#top", EndsLine).show(crumbs, Content.styled(right, "dim"))

    def _show_source(self, studied: StudyCard) -> None:
        left = Content.styled(phase_text(studied), "dim")
        right = Content.styled(source_text(studied), "dim")
        self.query_one("#source", EndsLine).show(left, right)

    def _say_of(self, front: str, outcome: str, hint: str = "") -> None:
        """Name a card and what became of it in one row; the front is cut to the room, the rest is not."""
        self._status.show(Content(front), Content.styled(hint, "dim"), tail=Content(outcome))

    def _say(self, text: str) -> None:
        self._status.show(Content.styled(one_line(text), "$text-warning"), Content(""))

    @property
    def _status(self) -> EndsLine:
        return self.query_one("#status", EndsLine)

    def _key_of(self, action: str) -> str:
        """The first key of an action, as it is bound now."""
        keys = (key for key, active in self.active_bindings.items() if active.binding.action == action)
        return key_name(next(keys, ""))
