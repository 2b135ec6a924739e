"""The screen a person spends the day on: the question, its answer, the grades."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets import Input

from flashnotes.errors import FlashnotesError
from flashnotes.markdown import MathsForm, formulas
from flashnotes.models import Action, ActionKind, Rating
from flashnotes.scheduling import grade_of, rating_of
from flashnotes.screen_text import one_line
from flashnotes.tui.faces import answer_rows, hint_rows, question_rows
from flashnotes.tui.screens.card_screen import CardScreen
from flashnotes.tui.screens.study_keys import GRADE_NAMES, SIX_GRADE_BINDINGS, STUDY_BINDINGS
from flashnotes.tui.widgets.desk import Desk, Still
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine, key_name
from flashnotes.tui.widgets.rating_bar import Offer, RatingBar
from flashnotes.tui.widgets.text_view import TextView
from flashnotes.wording import (
    BRIEF_UNDER,
    breadcrumb,
    outcome_text,
    progress_text,
    source_text,
    standing_text,
    title,
    undone_text,
)

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from flashnotes.models import Card, StudyCard
    from flashnotes.session import Undone
    from flashnotes.tui.screens.finished import End
    from flashnotes.typed import Comparison


_CHANGING = frozenset(
    ["advance", "grade", "undo", "skip", "bury", "bury_siblings", "suspend", "suspend_siblings"]
)
"""Actions after which another card or side is shown."""
_AFTER_DRAWING = 0.03
"""Seconds after which a new card stands on the terminal: what is written there waits for nothing else."""
_WHILE_TYPING = frozenset(["stop_typing", "move", "leaf", "pan"])
_ASKING = {"advance": "show"}
"""What keys do before the answer is shown, in short."""


class StudyScreen(CardScreen, Still):
    """One card: its front, then its back with the four grades."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar = list(STUDY_BINDINGS)
    grades: ClassVar[range] = range(2, 6)
    """SM-2's grades that have a key."""

    def __init__(self) -> None:
        super().__init__()
        self._shown_at = 0.0
        self._hints = 0
        self._comparison: Comparison | None = None
        self._changed_by = ""
        self._changed_at = 0.0

    def compose(self) -> ComposeResult:
        with Desk(id="desk"):
            yield EndsLine(id="top")
            yield TextView(id="card")
            yield EndsLine(id="source")
            yield RatingBar(id="ratings")
            yield Input(id="typed", compact=True, placeholder="the answer; enter compares it")
            yield EndsLine(id="status")
            yield HintLine(of_few_states=True)

    def on_mount(self) -> None:
        self._reading = self.set_interval(_AFTER_DRAWING, self._while_it_is_read, pause=True)
        self.ask()
        self.set_interval(1.0, self._look_round)

    def on_screen_resume(self) -> None:
        """Other keys may have been chosen on another screen meanwhile."""
        for made in ("_keys", "_keys_that_change", "_key_names"):
            self.__dict__.pop(made, None)
        self.query_one(HintLine).forget()

    def on_resize(self) -> None:
        self._show_progress()

    def on_key(self, event: events.Key) -> None:
        """Stop a key that repeats itself on a card that has just changed."""
        guarded = self.app.options.key_guard_ms / 1000
        if event.key == self._changed_by and event.time - self._changed_at < guarded:
            self._changed_at = event.time
            event.stop()
            event.prevent_default()
        else:
            self._changed_by = event.key if event.key in self._keys_that_change else ""
            self._changed_at = event.time

    def on_rating_bar_answer_asked(self) -> None:
        self.action_advance()

    def on_rating_bar_graded(self, message: RatingBar.Graded) -> None:
        self.action_grade(message.grade)

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The action of each key; those of a text field are not among them."""
        return {key: active.binding.action for key, active in self.active_bindings.items()}

    @cached_property
    def _key_names(self) -> dict[str, str]:
        """The first key of each action, as it is named."""
        return {action: key_name(key) for key, action in reversed(self._keys.items())}

    @cached_property
    def _keys_that_change(self) -> set[str]:
        return {key for key, action in self._keys.items() if action.partition("(")[0] in _CHANGING}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A text field takes the keys of the card: nothing is graded or undone while one types."""
        if self._is_typing:
            return action in _WHILE_TYPING
        if action in ("type", "hint"):
            return not self.answer_shown
        return action != "stop_typing"

    def action_type(self) -> None:
        self.add_class("-typing")
        self._field.value = ""
        self._field.focus()
        self.query_one(HintLine).show(dict.fromkeys(("help", "leave"), ""))

    def action_stop_typing(self) -> None:
        self.set_focus(None)
        self.remove_class("-typing")
        self.query_one(HintLine).show(_ASKING)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        if self._studied is not None and message.value.strip():
            from flashnotes.typed import accepted_answers, compare

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
            self._answer(grade_of(Rating.GOOD))
        else:
            self._show_answer()

    def action_grade(self, grade: int) -> None:
        if self.answer_shown:
            self._answer(grade)
        else:
            self.say(f"Show the answer first: {self._key_of('advance')}.")

    def action_undo(self) -> None:
        self.app.with_right_clock(lambda: self.resume(self.app.undo()))

    def _after_end(self, undone: Undone | None) -> None:
        if undone is None and self.app.session.current is not None:
            self.ask()
        self.resume(undone)

    def resume(self, undone: Undone | None) -> None:
        """Ask the card of an answer that was taken back; what changed no side of it changes none now."""
        if undone is None:
            return
        event = undone.event
        if isinstance(event, Action) and event.kind is ActionKind.FLAG and self._is_shown(undone.studied):
            self.show_again()
        else:
            self.ask()
        front, outcome = undone_text(undone)
        self.say_of(f"undone: {front}", outcome)

    def _is_shown(self, studied: StudyCard | None) -> bool:
        return bool(studied and self._studied and studied.card.id == self._studied.card.id)

    def action_hint(self) -> None:
        """Show the beginning of the answer, and each time a little more of it."""
        if self._studied is None:
            return
        from flashnotes.hints import hint

        now, more = (hint(self._studied.card, self._hints + step) for step in (0, 1))
        if more == now or not more:
            self.say("There is no other hint.")
            return
        self._hints += 1
        self._card.show(self._rows, from_top=False)

    def action_info(self) -> None:
        if self._studied is not None:
            from flashnotes.tui.screens.info import InfoScreen

            events = self.app.session.history()
            self.app.push_screen(InfoScreen(self._studied, events, answer_shown=self.answer_shown))

    def action_maths_form(self) -> None:
        """Show the formulas in the next form, on this card and the following ones."""
        forms = list(MathsForm)
        self.app.maths_form = forms[(forms.index(self.app.maths_form) + 1) % len(forms)]
        self._card.show(self._rows, from_top=False)
        self.say(f"formulas: {self.app.maths_form.value}")

    def action_copy_latex(self) -> None:
        found = formulas(self.text_shown())
        if found:
            self.app.copy_to_clipboard("\n".join(found))
        self.say(f"copied {len(found)} of LaTeX" if found else "No formula is shown.")

    def action_move(self, rows: int) -> None:
        self._card.scroll_relative(y=rows, animate=False)

    def action_leaf(self, pages: int) -> None:
        self._card.scroll_relative(y=pages * max(1, self._card.size.height - 1), animate=False)

    def action_pan(self, cells: int) -> None:
        self._card.scroll_relative(x=cells, animate=False)

    @property
    def _card(self) -> TextView:
        return self.query_one("#card", TextView)

    @property
    def _ratings(self) -> RatingBar:
        return self.query_one("#ratings", RatingBar)

    def ask(self) -> None:
        """Show the front of the current card."""
        self._studied = self.app.session.current
        if self._studied is None:
            self.app.push_screen(self._end(), self._after_end)
            return
        self.answer_shown = False
        self._comparison = None
        self._hints = self._picture = 0
        self._shown_at = self.app.clock()
        self._card.show(self._rows)
        self._ratings.ask(f"{self._key_of('advance')}  show the answer")
        self.query_one(HintLine).show(_ASKING)
        self._show_progress()
        self._show_source(self._studied)
        self._reading.reset()
        self._reading.resume()

    def _while_it_is_read(self) -> None:
        """Nobody waits now for the database, and what is drawn next can be made before it is asked for."""
        self._reading.pause()
        try:
            self.app.session.rest()
            upcoming = self.app.session.upcoming
        except FlashnotesError:
            # Nothing is lost yet: the next answer says what is wrong.
            return
        if self._studied is None or self.answer_shown:
            return
        width = self._card.text_width
        answer_rows(self._studied.card, self._comparison, self.app.maths, width)
        self._ratings.prepare(self._offers())
        if upcoming is not None:
            question_rows(upcoming.card, self.app.maths, width)

    def _end(self) -> End:
        from flashnotes.tui.screens.finished import FinishedScreen, NothingDueScreen

        return FinishedScreen() if self.app.session.done else NothingDueScreen()

    def _show_answer(self) -> None:
        self.answer_shown = True
        self.say("")
        self._card.show(self._rows, from_top=False)
        self._ratings.offer(self._offers())
        self.query_one(HintLine).show({"advance": Rating.GOOD.name.capitalize()})

    def show_again(self) -> None:
        studied = self.app.session.current
        if studied is None or not self._is_shown(studied):
            self.ask()
            return
        self._studied = studied
        self._card.show(self._rows, from_top=False)
        self._show_source(studied)

    def _offers(self) -> list[Offer]:
        """The grades, each with the key that gives it now and when the card would come back."""
        choices = self.app.session.choices()
        return [
            Offer(
                grade,
                self._key_of(f"grade({grade})"),
                GRADE_NAMES[grade],
                choices[rating_of(grade)].label,
                is_default=grade == grade_of(Rating.GOOD),
            )
            for grade in self.grades
        ]

    def _answer(self, grade: int) -> None:
        took = max(0, round((self.app.clock() - self._shown_at) * 1000))
        self.app.with_right_clock(lambda: self._record(grade, took))

    def _record(self, grade: int, took: int) -> None:
        try:
            answered = self.app.session.answer(rating_of(grade), duration_ms=took, grade=grade)
        except FlashnotesError as error:
            self.app.tell(error)
            return
        self.ask()
        self.say_of(title(answered.studied.card), outcome_text(answered), self.undo_hint)
        self.tell_leech(answered)

    @property
    def undo_hint(self) -> str:
        return f"{self._key_of('undo')} undo"

    def _rows(self, width: int) -> list[Content]:
        if self._studied is None:
            return []
        if not self.answer_shown:
            rows = question_rows(self._studied.card, self.app.maths, width)
            return [*rows, *self._hint_rows(self._studied.card, width)] if self._hints else rows
        return answer_rows(self._studied.card, self._comparison, self.app.maths, width)

    def _hint_rows(self, card: Card, width: int) -> list[Content]:
        from flashnotes.hints import hint

        given = hint(card, self._hints)
        return hint_rows(given, self.app.maths, width) if given else []

    def _look_round(self) -> None:
        """Once a second: what another program has written meanwhile, and the time."""
        if self.is_current and not self._is_typing and self._has_changed_elsewhere():
            self.show_again()
            if self._studied is not None and self.answer_shown:
                self._ratings.offer(self._offers())
            self.say("Another program has changed this card.")
        self._show_progress()

    def _has_changed_elsewhere(self) -> bool:
        try:
            return self.app.session.refresh()
        except FlashnotesError:
            # Nothing is lost yet: the next answer says what is wrong.
            return False

    def _show_progress(self) -> None:
        if self._studied is None:
            return
        brief = self.app.size.width < BRIEF_UNDER
        right = progress_text(self.app.session, self.app.seconds, brief=brief)
        crumbs = Content(" > ").join([Content(part) for part in breadcrumb(self._studied, self.headings())])
        self.query_one("#top", EndsLine).show(crumbs, Content.styled(right, "dim"))

    def _show_source(self, studied: StudyCard) -> None:
        left = Content.styled(standing_text(studied), "dim")
        right = Content.styled(source_text(studied), "dim")
        self.query_one("#source", EndsLine).show(left, right, is_path=True)

    def say_of(self, front: str, outcome: str, hint: str = "") -> None:
        """Name a card and what became of it in one row; the front is cut to the room, the rest is not."""
        self._status.show(Content(front), Content.styled(hint, "dim"), tail=Content(outcome))

    def say(self, text: str) -> None:
        self._status.show(Content.styled(one_line(text), "$text-warning"), Content(""))

    @property
    def _status(self) -> EndsLine:
        return self.query_one("#status", EndsLine)

    def _key_of(self, action: str) -> str:
        """The first key of an action, as it is bound now."""
        return self._key_names.get(action, "")


class SixGradeScreen(StudyScreen, inherit_bindings=False):
    """The same with a key for each of SM-2's grades."""

    BINDINGS: ClassVar = list(SIX_GRADE_BINDINGS)
    grades = range(6)
