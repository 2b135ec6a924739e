"""What a card is about."""

from __future__ import annotations

from typing import NamedTuple


class Head(NamedTuple):
    """A term with its other names."""

    term: str
    aliases: tuple[str, ...] = ()
