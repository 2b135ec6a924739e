"""The README is true: every command and setting is in it."""

from dataclasses import fields
from pathlib import Path

import pytest

from flashnotes.cli import COMMANDS
from flashnotes.config import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"`flashnotes {command}" in README


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_documented(setting: str) -> None:
    assert f"| `{setting}` |" in README
