"""The keys of the study screen; every one has an id by which `flashnotes.toml` changes it.

A letter is swallowed by an input method that is composing, so commands that are letters have a twin with ctrl.
"""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

from flashnotes.models import Rating

GRADE_NAMES: Final = ("Blackout", "Wrong", "Again", "Hard", "Good", "Easy")
"""SM-2's grades 0 to 5; the upper four are the buttons."""
FLAGS: Final = 7


def _key(key: str, action: str, name: str, tooltip: str, *, id: str = "", show: bool = False) -> Binding:
    return Binding(key, action, name, id=id or action, tooltip=tooltip, show=show)


def _grade(key: str, grade: int) -> Binding:
    """The key of one of SM-2's grades."""
    name = GRADE_NAMES[grade]
    rating = grade - 1 if grade > 1 else 0
    id = Rating(rating).name.lower() if rating else f"grade_{grade}"
    return _key(key, f"grade({grade})", name, f"Grade the card {name}", id=id)


_FOUR: Final = tuple(_grade(str(grade - 1), grade) for grade in range(2, 6))
_SIX: Final = tuple(_grade(str(grade), grade) for grade in range(6))
_ADVANCE: Final = _key(
    "space,enter", "advance", "show answer", "Show the answer; then: Good", id="advance", show=True
)
_REST: Final = (
    _key("t,ctrl+t", "type", "type", "Type the answer and compare it", show=True),
    _key("escape", "stop_typing", "stop typing", "Leave the text field", show=True),
    _key("u,ctrl+z", "undo", "undo", "Take the last answer or action back", show=True),
    _key("h,backspace", "hint", "hint", "Show the beginning of the answer; again: more of it", show=True),
    _key("n,ctrl+n", "skip", "later", "Ask this card later in the session, ungraded"),
    _key("e,ctrl+e", "edit", "edit", "Edit the card; the same card comes back", show=True),
    _key("E", "edit_file", "edit file", "Edit the card in its deck file, in your editor"),
    _key("o,ctrl+o", "open_note", "open note", "Open the note at its line in your editor"),
    _key("f,ctrl+f", "flag_next", "flag", "Flag the card: then 1 to 7, or 0 for none", show=True),
    _key("-", "bury", "bury", "Keep the card for tomorrow", show=True),
    _key("=", "bury_siblings", "bury all", "Keep the card and its siblings for tomorrow"),
    _key("@", "suspend", "suspend", "Ask the card no more until you say so", show=True),
    _key("!", "suspend_siblings", "suspend all", "Ask the card and its siblings no more"),
    _key("*", "mark", "mark", "Tag the card `marked`, or take that away"),
    _key("x,ctrl+x", "maths_form", "formulas", "Formulas drawn, on one line, as LaTeX"),
    _key("y,ctrl+y", "copy_latex", "copy LaTeX", "Copy the LaTeX shown"),
    _key("p,f3", "picture", "picture", "Open the card's picture; again: the next one"),
    _key("i,f2", "info", "card info", "The card's schedule and history"),
    _key("slash", "browse", "find cards", "All cards: search, edit, move, delete"),
    _key("L", "leeches", "leeches", "The cards that were forgotten eight times"),
    _key("j,down", "move(1)", "down", "Scroll a long card down", id="down"),
    _key("k,up", "move(-1)", "up", "Scroll up", id="up"),
    _key("pagedown", "leaf(1)", "page down", "A page down", id="page_down"),
    _key("pageup", "leaf(-1)", "page up", "A page up", id="page_up"),
    _key("right", "pan(4)", "right", "Scroll what is wide to the right", id="right"),
    _key("left", "pan(-4)", "left", "Scroll to the left", id="left"),
    *(
        Binding(f"ctrl+{flag}", f"flag({flag})", f"flag {flag}", id=f"flag_{flag}", show=False)
        for flag in range(FLAGS + 1)
    ),
)
STUDY_BINDINGS: Final = (_ADVANCE, *_FOUR, *_REST)
"""Four grades, on 1 to 4."""
SIX_GRADE_BINDINGS: Final = (_ADVANCE, *_SIX, *_REST)
"""SM-2's six grades, on 0 to 5."""
