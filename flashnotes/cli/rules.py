"""What the extractor looks for: each rule, what it reads, and an example of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from flashnotes.screen_text import printable

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="one object a line")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.rules.descriptions import rule_descriptions

    for rule in rule_descriptions():
        if options.json:
            print(json.dumps(asdict(rule), ensure_ascii=False))
            continue
        print(f"{rule.name}: {rule.description}")
        print("".join(f"    {printable(line)}\n" for line in rule.example.strip("\n").splitlines()))
    return 0
