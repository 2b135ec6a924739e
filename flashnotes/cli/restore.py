"""Put a backup in the place of the database. The replaced file is kept in `backups`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="a backup; `flashnotes backup --list` lists them"
    )


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.store.backup import restore

    context.home.make()
    kept = restore(options.file, context.home.database, context.now())
    print(f"restored {options.file}" + (f"; what it replaced is {kept}" if kept else ""))
    return 0
