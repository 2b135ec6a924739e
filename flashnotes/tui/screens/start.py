"""The start: the decks as a tree with what is to do in them, the day at a glance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input

from flashnotes.errors import FlashnotesError
from flashnotes.screen_text import one_line
from flashnotes.text import fold
from flashnotes.tui.backlog import spread_offer
from flashnotes.tui.charts import sparkline
from flashnotes.tui.render import wrapped
from flashnotes.tui.screens.ask import AskText, Choose
from flashnotes.tui.screens.list_page import ListPage
from flashnotes.tui.widgets.ends_line import EndsLine
from flashnotes.tui.widgets.hint_line import HintLine
from flashnotes.tui.widgets.pick_list import PickList
from flashnotes.tui.widgets.text_view import TextView
from flashnotes.wording import counted, next_due_text

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from flashnotes.desk import DeckRow, Today
    from flashnotes.store.views import Attention
    from flashnotes.tui.backlog import Spread

_NUMBERS = (("new", "new"), ("learning", "again"), ("due", "due"))
_COLUMN = 7
_NARROW_COLUMN = 5
_NARROW = 48
"""Cells under which the numbers stand closer."""
_STYLES = {"new": "$text-primary", "learning": "$text-warning", "due": "$text-success"}


class StartScreen(ListPage[None]):
    """Where a day of study begins; the cursor stands on everything that is due."""

    BINDINGS: ClassVar = [
        Binding("space,enter", "study", "study", id="study", tooltip="Study what the cursor stands on"),
        Binding("f,ctrl+f", "browse", "cards", id="browse", tooltip="All cards: search, edit, move, delete"),
        Binding("s", "statistics", "statistics", id="statistics", tooltip="What was reviewed, and how well"),
        Binding("o,comma", "settings", "settings", id="settings", tooltip="Every setting, to be changed"),
        Binding("n", "limits", "limits", id="limits", tooltip="New cards and reviews a day of the deck"),
        Binding("L", "leeches", "leeches", id="leeches", tooltip="The cards that were forgotten eight times"),
        Binding("a", "add", "add a card", id="add", tooltip="Write a new card"),
        Binding(
            "c", "candidates", "candidates", id="candidates", tooltip="How to look at waiting candidates"
        ),
        Binding("p", "spread", "spread", id="spread", tooltip="Spread what is overdue over days"),
        Binding("u,ctrl+z", "undo", "undo", id="undo", show=False, tooltip="Take back what was done last"),
        Binding("left,h", "fold(True)", "fold", id="fold", show=False, tooltip="Hide the decks below"),
        Binding("right,l", "fold(False)", "unfold", id="unfold", show=False, tooltip="Show the decks below"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._today: Today | None = None
        self._shown: list[DeckRow] = []
        self._folded: set[str] = set()
        self._attention: Attention | None = None
        self._ahead: tuple[int, ...] = ()
        self._spread: Spread | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="desk", classes="-broad"):
            yield EndsLine(id="top")
            yield EndsLine(id="columns")
            with Container(id="both"):
                yield PickList(id="decks")
                yield TextView(id="today")
            yield Input(id="find", compact=True, placeholder="part of a deck's name")
            yield HintLine()

    def on_mount(self) -> None:
        self.add_class("-start")
        self.load()

    def on_screen_resume(self) -> None:
        """A session or an edit has changed what there is to do."""
        if self._today is not None:
            self.load()

    def load(self) -> None:
        """Count anew."""
        self._today = self.desk.today()
        store, day = self.desk.library.store, self._today.day
        self._attention = store.attention(day)
        self._ahead = store.forecast(day, 8)[1:]
        self._spread = spread_offer(self.desk, day)
        self._show_top(self._today)
        self._list()
        self.query_one("#today", TextView).show(self._day_rows)
        candidates = self.desk.candidates()
        leeches = self._attention.leeches
        self.query_one(HintLine).show(
            {
                "candidates": f"{candidates} candidates" if candidates else "",
                "spread": "spread overdue" if self._spread else "",
                "leeches": counted(leeches, "leech")
                if leeches == 1
                else f"{leeches} leeches"
                if leeches
                else "",
            }
        )

    def _show_top(self, today: Today) -> None:
        streak = f"{counted(today.streak, 'day')} in a row" if today.streak else ""
        done = f"{counted(today.done, 'card')} done today" if today.done else ""
        right = " · ".join(part for part in (done, streak) if part)
        self.query_one("#top", EndsLine).show(
            Content.styled("flashnotes", "bold"), Content.styled(right, "dim")
        )

    def _list(self) -> None:
        assert self._today is not None
        wanted = fold(self._field.value)
        current = self._shown[self.rows.cursor].name if self._shown else ""
        self._shown = [row for row in self._today.decks if self._is_shown(row, wanted)]
        place = next((at for at, row in enumerate(self._shown) if row.name == current), 0)
        self.rows.show(len(self._shown), self._row, cursor=place)
        self.query_one("#columns", EndsLine).show(
            Content(""), Content.styled(self._numbers([name for _, name in _NUMBERS]) + "  ", "dim")
        )

    def _is_shown(self, row: DeckRow, wanted: str) -> bool:
        if wanted:
            return wanted in fold(row.name)
        return not any(row.name.startswith(f"{folded}::") for folded in self._folded)

    def _row(self, place: int, width: int) -> Content:
        row = self._shown[place]
        numbers = Content("").join(
            Content.styled(f"{getattr(row, name) or '·':>{self._column}}", self._style_of(row, name))
            for name, _ in _NUMBERS
        )
        filtered = bool(self._field.value)
        fold_mark = ("+ " if row.name in self._folded else "- ") if row.has_below else "  "
        label = one_line(row.name.replace("::", " > ") if filtered and row.name else row.label)
        indent = "" if filtered or not row.name else "  " * row.depth + fold_mark
        room = max(1, width - numbers.cell_length - 1)
        left = Content.assemble(indent, (label, "" if row.total else "dim")).truncate(room, ellipsis=True)
        gap = " " * max(1, width - left.cell_length - numbers.cell_length)
        return Content.assemble(left, gap, numbers)

    def _style_of(self, row: DeckRow, name: str) -> str:
        return _STYLES[name] if getattr(row, name) else "dim"

    @property
    def _column(self) -> int:
        return _NARROW_COLUMN if self.size.width < _NARROW else _COLUMN

    def _numbers(self, names: list[str]) -> str:
        cut = self._column - 1
        return "".join(f"{name[:cut]:>{self._column}}" for name in names)

    def _day_rows(self, width: int) -> list[Content]:
        if self._today is None:
            return []
        lines = self._day_lines(self._today, width)
        return [row for line in lines for row in wrapped(Content(line), width)]

    def _day_lines(self, today: Today, width: int) -> list[str]:
        """The day in sentences, what matters most first: a small screen shows only the first rows."""
        lines = [one_line(problem) for problem in self.desk.library.problems[-1:]]
        if today.cards:
            pace = f" ({today.pace:.0f} s a card)" if width >= _NARROW else ""
            lines.append(f"{counted(today.cards, 'card')}, about {today.minutes} min{pace}")
        else:
            lines.append(f"Nothing is due now. {next_due_text(today.next_due)}")
        if self._spread:
            lines.append(self._spread.told)
        if waiting := self.desk.candidates():
            lines.append(f"{counted(waiting, 'candidate')} from your notes wait for your yes or no (c)")
        held = today.new_waiting - today.decks[0].new
        if held > 0:
            lines.append(f"{counted(held, 'new card')} more wait for other days")
        if self._ahead and any(self._ahead):
            lines.append(f"next 7 days {sparkline(self._ahead, self.app.ink)} {sum(self._ahead)}")
        if self._attention:
            lines.append(self._attention_line(self._attention))
        return [line for line in lines if line]

    def _attention_line(self, found: Attention) -> str:
        parts = (
            (found.flagged, f"{found.flagged} flagged"),
            (found.leeches, f"{found.leeches} {'leech' if found.leeches == 1 else 'leeches'} (L)"),
            (found.suspended, f"{found.suspended} suspended"),
            (found.buried, f"{found.buried} buried until tomorrow"),
        )
        return " · ".join(text for number, text in parts if number)

    def on_input_changed(self, _message: Input.Changed) -> None:
        self._list()
        if self._field.value and len(self._shown):
            self.rows.go_to(0)

    def on_pick_list_chosen(self) -> None:
        self.action_study()

    def action_study(self) -> None:
        """Sit down to the deck of the cursor and all below it."""
        if not self._shown:
            return
        row = self._shown[self.rows.cursor]
        session = self.desk.sit((row.name,) if row.name else ())
        if session.current is None:
            where = f"in {one_line(row.name)} " if row.name else ""
            told = f"No card {where}is due now. {next_due_text(session.next_due())}"
            self.notify(told, markup=False, timeout=5)
            return
        self.app.sit_down(session)
        self.app.push_screen(self.app.first())

    def action_fold(self, hide: bool) -> None:
        row = self._shown[self.rows.cursor]
        if hide and not (row.has_below and row.name not in self._folded):
            self._go_up(row)
        elif hide:
            self._folded.add(row.name)
        else:
            self._folded.discard(row.name)
        self._list()

    def _go_up(self, row: DeckRow) -> None:
        above = row.name.rpartition("::")[0]
        self.rows.go_to(next((at for at, each in enumerate(self._shown) if each.name == above), 0))

    def action_candidates(self) -> None:
        waiting = self.desk.candidates()
        told = f"{counted(waiting, 'candidate')} waiting." if waiting else "No candidate waits."
        self.notify(f"{told} `flashnotes import` opens them.", markup=False, timeout=8)

    def action_spread(self) -> None:
        """Ask over how many days what is overdue is to be spread."""
        offer = self._spread
        if offer is None:
            self.notify("No more is overdue than a day's reviews.", markup=False, timeout=4)
        else:
            self.app.push_screen(
                Choose(offer.question, offer.choices), lambda chosen: self._take_spread(offer, chosen)
            )

    def _take_spread(self, offer: Spread, chosen: int | None) -> None:
        if chosen is not None:
            self.app.with_right_clock(lambda: self._spread_as(offer, chosen))

    def _spread_as(self, offer: Spread, chosen: int) -> None:
        try:
            self.desk.spread(offer.days[chosen])
        except FlashnotesError as error:
            self.app.tell(error)
            return
        self.notify(offer.choices[chosen], markup=False, timeout=4)
        self.load()

    def action_undo(self) -> None:
        """Take back what was done last, on whatever screen; a session over it is not needed."""
        self.app.with_right_clock(self._undo)

    def _undo(self) -> None:
        try:
            undone = self.app.upkeep.undo(self.desk.now())
        except FlashnotesError as error:
            self.app.tell(error)
            return
        told = f"undone: {undone}" if undone else "Nothing to undo."
        self.notify(told, markup=False, timeout=4)
        self.load()

    def action_statistics(self) -> None:
        from flashnotes.tui.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self.desk))

    def action_browse(self) -> None:
        from flashnotes.tui.screens.browse import BrowseScreen

        row = self._shown[self.rows.cursor] if self._shown else None
        name = f'deck:"{row.name}" ' if row and row.name else ""
        self.app.push_screen(BrowseScreen(self.desk, name))

    def action_leeches(self) -> None:
        from flashnotes.tui.screens.leeches import LeechScreen

        self.app.push_screen(LeechScreen(self.desk))

    def action_limits(self) -> None:
        """Ask for the day's limits of the deck of the cursor; of all decks on the first row."""
        if not self._shown:
            return
        from flashnotes.settings_guide import limits_of, limits_text

        name = self._shown[self.rows.cursor].name
        limits = limits_of(self.desk.library.settings, name)
        where = one_line(name).replace("::", " > ") if name else "all decks together"
        own = "" if not name else " - where the deck has no limit of its own."
        question = f"{where}: new cards and reviews a day, two numbers.{own}"
        self.app.push_screen(AskText(question, value=limits_text(limits)), partial(self._set_limits, name))

    def _set_limits(self, name: str, text: str | None) -> None:
        if text is None:
            return
        from flashnotes.config import read_settings
        from flashnotes.config_file import write_settings
        from flashnotes.settings_guide import limit_changes

        path = self.desk.library.home.settings
        try:
            write_settings(path, limit_changes(name, text))
            self.app.follow(read_settings(path))
        except FlashnotesError as error:
            self.app.tell(error)
        self.load()

    def action_settings(self) -> None:
        from flashnotes.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen())

    def action_add(self) -> None:
        from flashnotes.tui.screens.edit import EditScreen

        row = self._shown[self.rows.cursor] if self._shown else None
        self.app.push_screen(EditScreen(self.desk.library, deck=row.name if row else ""))
