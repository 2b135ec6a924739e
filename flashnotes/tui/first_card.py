"""The first card, drawn before Textual is imported: half of the wait for it would be for what draws the rest.

What is drawn stands where the study screen draws it (a test holds the two together), and the screen then takes over
what is on the terminal. Keys pressed meanwhile wait in the terminal for it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from flashnotes.formula.width import cells
from flashnotes.markdown import render
from flashnotes.markdown.spans import plain
from flashnotes.wording import BRIEF_UNDER, breadcrumb, progress_text, question_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flashnotes.markdown import Maths
    from flashnotes.session import Session

_WIDEST_DESK = 110
_HIGHEST_DESK = 36
_LONGEST_BOLD = 200
_COLOURS = {"dark": "\x1b[38;5;253;48;5;233m", "light": "\x1b[38;5;234;48;5;254m"}
"""Near to the themes' own, in colours that most terminals have; other themes begin in the terminal's own."""
_START = "\x1b[?1049h\x1b[?25l"
_END = "\x1b[0m\x1b[?1049l\x1b[?25h"


class Area(NamedTuple):
    """Where the text of a card stands: rows and columns from 0."""

    left: int
    top: int
    width: int
    height: int
    heading: int | None
    """The row of the breadcrumb, where there is room for one."""


def area(columns: int, lines: int) -> Area:
    """The study screen's layout (`app.tcss`) at a size of the terminal, in cells."""
    if lines < 8:
        return Area(_left(columns, 0), 0, _width(columns, 0), max(1, lines - 2), None)
    if lines < 20:
        return Area(_left(columns, 1), 1, _width(columns, 1), lines - 6, 0)
    if lines >= 44 and columns >= 120:
        top = (lines - _HIGHEST_DESK) // 2 + 2
        return Area(_left(columns, 4), top + 3, _width(columns, 4), _HIGHEST_DESK - 15, top)
    return Area(_left(columns, 1), 3, _width(columns, 1), lines - 11, 0)


def _left(columns: int, padding: int) -> int:
    return max(0, (columns - _WIDEST_DESK) // 2) + padding


def _width(columns: int, padding: int) -> int:
    """One cell is kept for the scroll bar."""
    return max(1, min(columns, _WIDEST_DESK) - 2 * padding - 1)


def first_rows(
    session: Session, columns: int, lines: int, maths: Maths, headings: Sequence[str] = ()
) -> list[tuple[int, int, str, bool]]:
    """Row, column and text of what is drawn first, and whether it is bold."""
    studied = session.current
    if studied is None:
        return []
    place = area(columns, lines)
    text = question_text(studied.card)
    drawn = render(text, place.width, maths)[: place.height]
    bold = len(text) <= _LONGEST_BOLD
    rows = [
        (place.top + number, place.left, _fitted(plain(row), place.width), bold)
        for number, row in enumerate(drawn)
    ]
    if place.heading is not None:
        crumbs = " > ".join(breadcrumb(studied, headings))
        rows.append((place.heading, place.left, _heading(session, crumbs, columns, place.width + 1), False))
    return rows


def _heading(session: Session, crumbs: str, columns: int, width: int) -> str:
    progress = progress_text(session, 0, brief=columns < BRIEF_UNDER)
    gap = width - cells(crumbs) - cells(progress)
    return f"{crumbs}{' ' * gap}{progress}" if gap >= 2 else ""


def _fitted(text: str, width: int) -> str:
    while cells(text) > width:
        text = text[:-1]
    return text


class Held:
    """A terminal with the first card on it, until the screen takes it over."""

    def __init__(self) -> None:
        self._handlers = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGHUP)}
        self._give_back_keys = _silence_keys()
        self.is_held = True

    def release(self) -> None:
        """Put keys and signals as they were; the picture stays."""
        if self.is_held:
            self.is_held = False
            self._give_back_keys()
            for number, handler in self._handlers.items():
                signal.signal(number, handler)


@contextmanager
def first_card(
    session: Session | None, maths: Maths, theme: str, headings: Sequence[str] = ()
) -> Iterator[Callable[[], None]]:
    """Draw the first card and hold the terminal until what is yielded is called; an error before gives it back."""
    screen = sys.__stderr__
    if session is None or session.current is None or screen is None or not screen.isatty():
        yield lambda: None
        return
    held = Held()
    try:
        screen.write(_picture(session, maths, theme, headings))
        screen.flush()
        yield held.release
    finally:
        if held.is_held:
            screen.write(_END)
            screen.flush()
        held.release()


def _picture(session: Session, maths: Maths, theme: str, headings: Sequence[str]) -> str:
    columns, lines = shutil.get_terminal_size()
    name = "dark" if theme == "auto" else theme
    has_colours = "256" in os.environ.get("TERM", "") and "NO_COLOR" not in os.environ
    colours = _COLOURS.get(name, "") if has_colours else ""
    drawn = (
        f"\x1b[{row + 1};{column + 1}H\x1b[{1 if bold else 22}m{text}"
        for row, column, text, bold in first_rows(session, columns, lines, maths, headings)
    )
    return f"{_START}{colours}\x1b[2J{''.join(drawn)}\x1b[0m"


def _silence_keys() -> Callable[[], None]:
    """Keys pressed meanwhile wait and are not echoed, and none stops the program between two screens.

    Returns what undoes that.
    """
    try:
        import termios
    except ImportError:  # Windows
        return lambda: None
    keys = sys.stdin.fileno()
    before = termios.tcgetattr(keys)
    control = [*before[6]]
    control[termios.VSUSP] = b"\0"
    quiet = before[3] & ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(keys, termios.TCSANOW, [*before[:3], quiet, *before[4:6], control])
    return lambda: termios.tcsetattr(keys, termios.TCSANOW, before)


def _leave(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)
