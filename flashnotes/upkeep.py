"""What is done to cards outside a session, each deed of which can be taken back, the last one first.

An action on cards is taken back as the log has it; a change of decks by putting their files back byte for byte,
as long as nobody has changed them since.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashnotes.deckfile.files import replace_file
from flashnotes.editing import add_card, bring_back, delete_cards, edit_card, move_cards, written
from flashnotes.errors import DeckError
from flashnotes.session import Undone
from flashnotes.wording import counted, title, undone_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from flashnotes.editing import Draft
    from flashnotes.library import Library
    from flashnotes.models import ActionKind, Event, Moment, StudyCard

_MOST = 100
"""Upkeep that are remembered."""


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """A change of deck files."""

    what: str
    before: Mapping[Path, bytes | None]
    """The files as they were; None where there was none."""
    after: Mapping[Path, bytes | None]
    event: int
    """The home's last event when it was done: what came later is taken back first."""


@dataclass(slots=True)
class Upkeep:
    """What was done in one run of the program."""

    library: Library
    _rewrites: list[_Rewrite] = field(default_factory=list)
    _together: list[frozenset[int]] = field(default_factory=list)
    """Events of one press of a key."""

    def edit(self, before: StudyCard, draft: Draft) -> StudyCard:
        """`editing.edit_card`, remembered."""
        with self._rewriting(f"{title(before.card)} · edit", self._files([before.card.id])):
            return edit_card(self.library, before, draft)

    def add(self, deck: str, draft: Draft) -> StudyCard:
        """`editing.add_card`, remembered."""
        with self._rewriting("a new card", self._files([], deck)) as before:
            added = add_card(self.library, deck, draft)
            before |= self._files_made(before, [added.card.id])
        return added

    def move(self, card_ids: Sequence[str], deck: str) -> None:
        """`editing.move_cards`, remembered."""
        card_ids = written(card_ids)
        with self._rewriting(self._of("move", card_ids), self._files(card_ids, deck)) as before:
            move_cards(self.library, card_ids, deck)
            before |= self._files_made(before, card_ids)

    def delete(self, card_ids: Sequence[str]) -> None:
        """`editing.delete_cards`, remembered."""
        card_ids = written(card_ids)
        with self._rewriting(self._of("delete", card_ids), self._files(card_ids)):
            delete_cards(self.library, card_ids)

    def bring_back(self, card_ids: Sequence[str]) -> None:
        """`editing.bring_back`, remembered."""
        decks = {gone.deck for each in card_ids if (gone := self.library.store.deleted_card(each))}
        before_all = {path: data for deck in decks for path, data in self._files([], deck).items()}
        with self._rewriting(self._of("bring back", card_ids), before_all) as before:
            bring_back(self.library, card_ids)
            before |= self._files_made(before, card_ids)

    def perform(self, card_ids: Sequence[str], kind: ActionKind, value: int = 0, *, at: Moment) -> None:
        """`Store.perform_each`, all of which one undo takes back."""
        from flashnotes.models import CardId

        done = self.library.store.perform_each(map(CardId, card_ids), kind, value, at=at)
        self._together.append(frozenset(event.id for event in done))
        del self._together[:-_MOST]

    def undo(self, at: Moment) -> str | None:
        """Take back what was done last, here or in the home, and say what it was; None when there is nothing.

        Raises DeckError for a deck file that was changed since: it is left as it is, and forgotten here.
        """
        last = self.library.store.last_event()
        if self._rewrites and self._rewrites[-1].event >= (last.id if last else 0):
            return self._put_back(self._rewrites.pop())
        return self._undo_events(at)

    def _undo_events(self, at: Moment) -> str | None:
        store = self.library.store
        taken: list[Event] = []
        while event := store.undo(at):
            taken.append(event)
            before = store.last_event()
            if before is None or not any({event.id, before.id} <= group for group in self._together):
                break
        if not taken:
            return None
        return "".join(undone_text(Undone(store.card(taken[-1].card_id), taken[-1], len(taken))))

    def _put_back(self, rewrite: _Rewrite) -> str:
        for path, after in rewrite.after.items():
            if _read(path) != after:
                raise DeckError(f"{path}: was changed since. It stays as it is.")
        # What grows is written first: a crash in between leaves a card twice, never nowhere.
        for path in sorted(rewrite.before, key=lambda path: _grows(rewrite, path)):
            data = rewrite.before[path]
            if data is None:
                path.unlink()
            elif data != rewrite.after[path]:
                replace_file(path, data)
        self.library.refresh()
        return rewrite.what

    @contextmanager
    def _rewriting(self, what: str, before: dict[Path, bytes | None]) -> Iterator[dict[Path, bytes | None]]:
        """Remember what becomes of the files `before`, even where only some of it could be done."""
        last = self.library.store.last_event()
        try:
            yield before
        finally:
            after = {path: _read(path) for path in before}
            if after != before:
                self._rewrites.append(_Rewrite(what, before, after, last.id if last else 0))
                del self._rewrites[:-_MOST]

    def _files(self, card_ids: Sequence[str], deck: str | None = None) -> dict[Path, bytes | None]:
        """The files of the cards and of the deck as they are."""
        store, folder = self.library.store, self.library.home.decks
        names = {store.path_of(card_id) for card_id in card_ids}
        if deck is not None:
            names.add(store.deck_paths().get(deck))
        return {folder / name: _read(folder / name) for name in names if name}

    def _files_made(
        self, before: Mapping[Path, bytes | None], card_ids: Sequence[str]
    ) -> dict[Path, bytes | None]:
        """The files in which the cards now are and that were not there."""
        return {path: None for path in self._files(card_ids) if path not in before}

    def _of(self, what: str, card_ids: Sequence[str]) -> str:
        """What was done to one card, or to how many."""
        store = self.library.store
        if len(card_ids) != 1:
            return f"{what} · {counted(len(card_ids), 'card')}"
        studied = store.card(card_ids[0]) or store.deleted_card(card_ids[0])
        return f"{title(studied.card)} · {what}" if studied else what


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _grows(rewrite: _Rewrite, path: Path) -> int:
    return len(rewrite.after[path] or b"") - len(rewrite.before[path] or b"")
