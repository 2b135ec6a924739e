"""What a command is, and what it may ask of the parser that reads the formula it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.formula.tree import Node


class Parser(Protocol):
    """One reading of one formula: where it is, in which font, and the commands it did not know."""

    tokens: list[str]
    place: int
    depth: int
    font: str
    unknown: list[str]

    def peek(self) -> str:
        """The next token that is not a space."""

    def accept(self, token: str) -> bool:
        """Take the next token if it is `token`."""

    def expect(self, token: str, problem: str) -> None:
        """Take `token`; raise `Problem` when something else stands there."""

    def deeper(self) -> None:
        """Go in one level; raise `Problem` where that is too deep."""

    def switch_font(self, font: str) -> None:
        """Set the font for what follows; bold and another alphabet together are that alphabet in bold."""

    def restore_font(self, font: str) -> None:
        """Set the font to what it was."""

    def items(self) -> list[Node]:
        """Everything up to a token that ends a list."""

    def argument(self) -> Node:
        """An argument: a group in braces, or else one token."""

    def optional(self) -> Node | None:
        """An argument in brackets, if there is one."""

    def optional_source(self) -> list[str] | None:
        """The tokens of an argument in brackets, if there is one."""

    def nested(self, tokens: list[str]) -> list[Node]:
        """What `tokens` read as, one level further in."""

    def source(self) -> str:
        """An argument as it is written, unread."""


Command: TypeAlias = "Callable[[Parser], Node | None]"
