"""The line mode of a session: for screen readers, pipes and scripts.

One line in, a few lines out, no cursor movement, no colour. Nothing is ignored for coming too fast.
"""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from flashnotes.errors import FlashnotesError
from flashnotes.models import CardKind, Rating
from flashnotes.scheduling import GRADES, grade_of, rating_of
from flashnotes.screen_text import one_line, printable
from flashnotes.streams import discard
from flashnotes.wording import (
    answer_text,
    answered_text,
    breadcrumb,
    next_due_text,
    question_text,
    source_text,
    summary_lines,
    undone_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flashnotes.session import Session

_HELP = "An empty line shows the answer; {} or again, hard, good, easy grades; u undoes; q leaves."
_BY_NAME = {rating.name.casefold(): grade_of(rating) for rating in Rating}
_BY_BUTTON = {str(rating.value): grade_of(rating) for rating in Rating}
_BY_GRADE = {str(grade): grade for grade in GRADES}


def run_plain(
    session: Session,
    lines: Iterable[str],
    out: TextIO,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Study with the answers in `lines`; 1 when an answer could not be saved, else 0.

    Raises FlashnotesError when `out` cannot be written, save for a reader that has gone away.
    """
    talk = _Talk(session, out, clock)
    try:
        talk.ask()
        for line in lines:
            if not talk.hear(line):
                break
        talk.close()
    except BrokenPipeError:
        discard(out)
    except OSError as error:
        discard(out)
        raise FlashnotesError(
            f"The output cannot be written ({error.strerror}). Answers said to be saved are."
        ) from error
    return 1 if talk.failed else 0


@dataclass
class _Talk:
    """What has been said of the current card."""

    session: Session
    out: TextIO
    clock: Callable[[], float]
    answer_shown: bool = False
    failed: bool = False
    _asked_at: float = 0.0

    def hear(self, line: str) -> bool:
        """Do what `line` says; whether to go on."""
        word = unicodedata.normalize("NFKC", line).strip().casefold()
        if word in ("q", "quit") or (not word and self.session.current is None):
            return False
        if word in ("u", "undo"):
            self._undo()
        elif not word:
            self._show_answer()
        elif word in self._grades:
            self._grade(self._grades[word])
        else:
            self._say(f"Not understood: {one_line(line)}", self._help)
        return True

    @property
    def _grades(self) -> dict[str, int]:
        """SM-2's grades by what a person types for them."""
        return _BY_NAME | (_BY_GRADE if self.session.six_grades else _BY_BUTTON)

    @property
    def _help(self) -> str:
        return _HELP.format("0 to 5" if self.session.six_grades else "1 to 4")

    def ask(self) -> None:
        """Say the front of the current card, or that there is none."""
        self.answer_shown = False
        self._asked_at = self.clock()
        studied = self.session.current
        if studied is None:
            news = next_due_text(self.session.next_due())
            end = ["u undoes the last answer; an empty line leaves."] if self.session.done else []
            self._say("", *self._summary(), "No card is due now.", news, *end)
            return
        total = self.session.done + self.session.counts.total
        self._say(
            "",
            f"card {self.session.done + 1} of {total}, {' > '.join(breadcrumb(studied))}",
            _indented(question_text(studied.card)),
        )

    def close(self) -> None:
        """Say what the session came to, where that is not said yet."""
        if self.session.current is not None:
            self._say("", *self._summary())

    def _summary(self) -> list[str]:
        return summary_lines(self.session.summary()) if self.session.done else []

    def _show_answer(self) -> None:
        studied = self.session.current
        if studied is None:
            return
        self.answer_shown = True
        if self.session.six_grades:
            named = ((str(grade), choice.label) for grade, choice in self.session.grade_choices().items())
        else:
            named = (
                (f"{rating.value} {rating.name.capitalize()}", choice.label)
                for rating, choice in self.session.choices().items()
            )
        choices = (f"{name} {one_line(label)}" for name, label in named)
        source = source_text(studied)
        front, back = answer_text(studied.card)
        told = back if studied.card.kind is not CardKind.CLOZE else f"{front}\n{back}".rstrip("\n")
        self._say(_indented(told), *([f"from {source}"] if source else []), ", ".join(choices))

    def _grade(self, grade: int) -> None:
        if self.session.current is None:
            self._say("No card is left to grade.", self._help)
        elif not self.answer_shown:
            self._say("Show the answer first: an empty line.")
        else:
            self._save(grade)

    def _save(self, grade: int) -> None:
        took = round((self.clock() - self._asked_at) * 1000)
        try:
            answered = self.session.answer(rating_of(grade), grade=grade, duration_ms=max(0, took))
        except FlashnotesError as error:
            self.failed = True
            self._say(f"not saved: {one_line(str(error))}")
            return
        self._say(f"saved {answered_text(answered)}")
        self.ask()

    def _undo(self) -> None:
        try:
            undone = self.session.undo()
        except FlashnotesError as error:
            self.failed = True
            self._say(f"not undone: {one_line(str(error))}")
            return
        if undone is None:
            self._say("Nothing to undo.")
            return
        self._say(f"undone {''.join(undone_text(undone))}")
        self.ask()

    def _say(self, *lines: str) -> None:
        self.out.write("".join(f"{line}\n" for line in lines))
        self.out.flush()


def _indented(text: str) -> str:
    """A side of a card, each line set in: no text of a card can pass for a line of ours, such as `saved`."""
    return "\n".join(f"  {line}" for line in printable(text).split("\n"))
