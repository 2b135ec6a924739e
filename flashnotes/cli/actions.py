"""What the commands that do something to a card share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    from flashnotes.cli.context import Context
    from flashnotes.models import ActionKind


def perform(context: Context, card_id: str, kind: ActionKind, value: int = 0) -> int:
    """Do `kind` to a card of a deck, as one undoable action, and say so. Raises FlashnotesError for an unknown id."""
    from flashnotes.wording import title

    library = context.library()
    studied = library.store.card(card_id)
    if studied is None:
        raise FlashnotesError(f"no card {card_id!r}. `flashnotes cards` lists them.")
    context.heed_clock(library)
    action = library.store.perform(card_id, kind, value, at=context.now())
    print(f"{action.kind} {title(studied.card)}")
    return 0
