"""What the commands that do something to a card share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError
from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    from flashnotes.cli.context import Context
    from flashnotes.library import Library
    from flashnotes.models import ActionKind


def perform(context: Context, card_id: str, kind: ActionKind, value: int = 0) -> int:
    """Do `kind` to a card of a deck, as one undoable action, and say so."""
    library = context.library()
    front = front_of(library, card_id)
    action = library.store.perform(card_id, kind, value, at=context.now())
    print(one_line(f"{action.kind} {front}"))
    return 0


def front_of(library: Library, card_id: str) -> str:
    """The front of the card. Raises FlashnotesError for an id that no deck has."""
    studied = library.store.card(card_id)
    if studied is None:
        raise FlashnotesError(f"no card {card_id!r}. `flashnotes cards` lists them.")
    return studied.card.front
