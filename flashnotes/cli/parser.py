"""argparse, with one line on standard error for wrong usage."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from flashnotes.errors import UsageError


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are UsageErrors and whose options are never abbreviated."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **keywords)

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message.rstrip('.')}. See `{self.prog} --help`.")


def whole_number(text: str) -> int:
    """A number of cards: 0 or more."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


whole_number.__name__ = "number"


def share(text: str) -> float:
    """A score from 0 to 1."""
    number = float(text)
    if not 0 <= number <= 1:
        raise ValueError(text)
    return number


share.__name__ = "score from 0 to 1"


def add_encoding(parser: Parser) -> None:
    """`--encoding`, for commands that read notes."""
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="of notes that are not UTF-8, such as gb18030, big5 or utf-16; auto takes the likeliest",
    )
