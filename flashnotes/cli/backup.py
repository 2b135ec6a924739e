"""Copy the database into the home's `backups` folder, or list what is there.

Sessions and imports make backups by themselves; old ones are thinned to daily, weekly and monthly ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("--list", action="store_true", help="list the backups, oldest first")


def run(options: argparse.Namespace, context: Context) -> int:
    if options.list:
        from flashnotes.store.backup import listed

        for path in listed(context.home.backups):
            print(path)
        return 0
    print(context.library().store.back_up(context.now()))
    return 0
