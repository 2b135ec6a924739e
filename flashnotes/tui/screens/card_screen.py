"""What can be done to the card that is asked beside answering it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from flashnotes.errors import FlashnotesError
from flashnotes.markdown import pictures
from flashnotes.models import ActionKind, written_id
from flashnotes.outside import editor_command, opener_command
from flashnotes.screen_text import one_line
from flashnotes.tui.screens.flagging import Flagging
from flashnotes.whence import note_headings
from flashnotes.wording import answer_text, counted, question_text, title

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flashnotes.models import CardId, StudyCard
    from flashnotes.session import Answered
    from flashnotes.tui.app import StudyApp
    from flashnotes.tui.screens.browse import BrowseScreen

MARKED = "marked"
"""Anki's tag for a marked note."""


class CardScreen(Flagging):
    """A screen with a current card."""

    app: StudyApp
    answer_shown = False
    _studied: StudyCard | None = None
    _is_away = False
    _leech: CardId | None = None
    """The last card of this sitting that became one."""
    _picture = 0

    def ask(self) -> None:
        """Show the front of the current card."""
        raise NotImplementedError

    def show_again(self) -> None:
        """Draw the current card as it now is, on the side that is shown."""
        raise NotImplementedError

    def say_of(self, front: str, outcome: str, hint: str = "") -> None:
        """Name a card and what became of it."""
        raise NotImplementedError

    def action_skip(self) -> None:
        self._put_away_now(self._skip, "later")

    def action_bury(self) -> None:
        self._put_away(self.app.session.bury, ActionKind.BURY)

    def action_bury_siblings(self) -> None:
        self._put_away(lambda: self.app.session.bury(siblings=True), ActionKind.BURY)

    def action_suspend(self) -> None:
        self._put_away(self.app.session.suspend, ActionKind.SUSPEND)

    def action_suspend_siblings(self) -> None:
        self._put_away(lambda: self.app.session.suspend(siblings=True), ActionKind.SUSPEND)

    def _skip(self) -> tuple[CardId, ...]:
        self.app.session.skip()
        return ()

    def _put_away(self, put: Callable[[], tuple[CardId, ...]], what: str) -> None:
        """Do what takes the card off the screen, and go on."""
        self.app.with_right_clock(lambda: self._put_away_now(put, what))

    def _put_away_now(self, put: Callable[[], tuple[CardId, ...]], what: str) -> None:
        if self._studied is None:
            return
        front = title(self._studied.card)
        try:
            cards = put()
        except FlashnotesError as error:
            self.app.tell(error)
            return
        self.ask()
        count = f" · {counted(len(cards), 'card')}" if len(cards) > 1 else ""
        self.say_of(front, f" · {what}{count}", self.undo_hint)

    @property
    def undo_hint(self) -> str:
        """How to take back what was just done."""
        raise NotImplementedError

    def action_flag(self, flag: int) -> None:
        self.app.with_right_clock(lambda: self._flag(flag))

    def _flag(self, flag: int) -> None:
        if self._studied is None:
            return
        try:
            self.app.session.flag(flag)
        except FlashnotesError as error:
            self.app.tell(error)
            return
        self.show_again()
        self.say_of(title(self._studied.card), f" · flag {flag}" if flag else " · no flag", self.undo_hint)

    def action_mark(self) -> None:
        """Tag the card as marked, or take the tag away; the card stays."""
        if self._studied is None:
            return
        card_id, front = self._studied.card.id, title(self._studied.card)
        try:
            is_marked = self._toggle_mark(card_id)
        except FlashnotesError as error:
            self.app.tell(error)
            return
        self.app.session.remember(card_id, "mark", lambda: self._toggle_mark(card_id))
        self.reread()
        self.say_of(front, " · marked" if is_marked else " · no longer marked", self.undo_hint)

    def _toggle_mark(self, card_id: CardId) -> bool:
        """Whether the card is marked now. Raises FlashnotesError where its deck cannot be written."""
        from flashnotes.editing import draft_of, edit_card

        library = self.app.library
        studied = library.store.card(written_id(card_id)) if library else None
        if library is None or studied is None:
            raise FlashnotesError("This card stands in no deck file.")
        is_marked = MARKED in studied.card.tags
        others = tuple(tag for tag in studied.card.tags if tag != MARKED)
        draft = replace(draft_of(studied.card), tags=others if is_marked else (*others, MARKED))
        edit_card(library, studied, draft)
        return not is_marked

    def action_edit(self) -> None:
        """Change the card's text in a form; the same card comes back, on the side that was shown."""
        if self._studied is not None:
            from flashnotes.tui.screens.edit import open_form

            open_form(self.app, self._studied.card.id, self._edited)

    def _edited(self, saved: StudyCard | None) -> None:
        if saved is not None:
            self.reread()

    def action_edit_file(self) -> None:
        """Open the card's deck file at the card in the person's editor; the same card comes back as it then is."""
        library = self.app.library
        if library is None or self._studied is None:
            self.say("This card stands in no deck file.")
            return
        card_id = written_id(self._studied.card.id)
        name = library.store.path_of(card_id)
        if name is None:
            self.say("This card is in no deck any more.")
            return
        path = library.home.decks / name
        if not self.run_outside(lambda: editor_command(os.environ, path, _line_of(path, card_id))):
            return
        known = len(library.problems)
        try:
            library.refresh()
        except FlashnotesError as error:
            self.app.tell(error)
            return
        self.reread()
        for problem in library.problems[known:]:
            self.app.notify(one_line(problem), severity="error", markup=False, timeout=10)

    def action_browse(self) -> None:
        """Search all cards, beginning at this one."""
        from flashnotes.tui.screens.browse import BrowseScreen

        self._look_at(BrowseScreen, self._studied.card.id if self._studied else None)

    def action_leeches(self) -> None:
        from flashnotes.tui.screens.leeches import LeechScreen

        self._look_at(LeechScreen, self._leech)

    def _look_at(self, screen: type[BrowseScreen], at: CardId | None) -> None:
        if self.app.desk is None:
            self.say("There is no home to look at.")
            return
        self._is_away = True
        self.app.push_screen(screen(self.app.desk, at=at))

    def on_screen_resume(self) -> None:
        """Take the card as it was left by a screen on which it may have been changed."""
        if self._is_away:
            self._is_away = False
            self.reread()

    def tell_leech(self, answered: Answered) -> None:
        """Say that the card of an answer does not stay, and how to see it."""
        if not answered.is_leech:
            return
        self._leech = answered.studied.card.id
        lapses = answered.review.state.lapses
        told = f"{title(answered.studied.card)}: forgotten {lapses} times, a leech. L shows it and what can be done."
        self.app.notify(told, severity="warning", markup=False, timeout=10)

    def reread(self) -> None:
        """Take the card as its deck has it now; the side that is shown stays."""
        self.app.session.reread()
        self.show_again()

    def action_open_note(self) -> None:
        """Open the note at the card's line in the person's editor; the same card comes back."""
        note = self._note()
        if note is None or self._studied is None or self._studied.card.source is None:
            self.say("This card was not taken from a note.")
            return
        if not note.is_file():
            self.say(f"The note is not there: {note}")
            return
        before = note.stat().st_mtime_ns
        if self.run_outside(lambda: editor_command(os.environ, note, self._line)):
            changed = note.is_file() and note.stat().st_mtime_ns != before
            self.say("The note has changed: `flashnotes import` takes it in." if changed else "")

    @property
    def _line(self) -> int | None:
        source = self._studied.card.source if self._studied else None
        return source.line if source else None

    def headings(self) -> tuple[str, ...]:
        """What the card's place in its note stands under."""
        library, studied = self.app.library, self._studied
        return note_headings(library.home.path, studied.card.source) if library and studied else ()

    def _note(self) -> Path | None:
        library = self.app.library
        source = self._studied.card.source if self._studied else None
        return library.home.path / source.path if library and source else None

    def run_outside(self, command: Callable[[], list[str]]) -> bool:
        """Give the terminal to another program until it ends; whether it could be started."""
        try:
            words = command()
            with self.app.suspend():
                subprocess.run(words, check=False)
        except SuspendNotSupported:
            self.say("Another program cannot be shown here.")
            return False
        except FlashnotesError as error:
            self.app.tell(error)
            return False
        except OSError as error:
            self.say(f"{words[0]} cannot be started ({error.strerror}).")
            return False
        return True

    def action_picture(self) -> None:
        """Open the next picture of what is shown with the system's viewer."""
        library, studied = self.app.library, self._studied
        found = pictures(self.text_shown())
        if library is None or studied is None or not found:
            self.say("No picture is shown.")
            return
        from flashnotes.pictures import picture_finder

        address = found[self._picture % len(found)]
        self._picture += 1
        path = picture_finder(library.home)(studied.card, address)
        if path is None:
            self.say(f"No such picture in the home or beside the note: {address}")
            return
        try:
            viewer = subprocess.Popen(
                opener_command(path),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            Thread(target=viewer.wait, daemon=True).start()
        except FlashnotesError as error:
            self.app.tell(error)
        except OSError as error:
            self.say(f"The viewer cannot be started ({error.strerror}).")
        else:
            self.say(f"opened {path.name}")

    def text_shown(self) -> str:
        """The Markdown of the sides that are shown."""
        if self._studied is None:
            return ""
        card = self._studied.card
        return "\n".join(answer_text(card)) if self.answer_shown else question_text(card)


def _line_of(path: Path, card_id: str) -> int | None:
    """The line of a deck file on which the card's id stands; the first where it stands on none."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return None
    return next((number for number, line in enumerate(lines, 1) if f"id: {card_id}" in line), 1)
