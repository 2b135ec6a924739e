"""Cases in Markdown: a heading names one, prose says why, `md` is the note, `yaml` what must come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyromark
import yaml

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Case:
    """One note and the cards expected of it: only the fields written are compared."""

    name: str
    note: str
    expected: list[dict[str, Any]]

    @property
    def is_against(self) -> bool:
        return not self.expected


def read_cases(path: Path) -> list[Case]:
    """The cases of the file at `path`, in order."""
    cases: list[Case] = []
    name, info, note = "", "", ""
    in_heading = False
    for event in pyromark.Markdown().events(path.read_text(encoding="utf-8")):
        match event:
            case {"Start": {"Heading": _}}:
                in_heading, name = True, ""
            case {"End": {"Heading": _}}:
                in_heading = False
            case {"Start": {"CodeBlock": {"Fenced": str(language)}}}:
                info = language
            case {"End": "CodeBlock"}:
                info = ""
            case {"Text": str(text)} if in_heading:
                name += text
            case {"Text": str(text)} if info in ("md", "txt"):
                note = text
            case {"Text": str(text)} if info == "yaml":
                cases.append(Case(name, note, yaml.safe_load(text)))
    return cases


def compared(found: list[Any], expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What of `found` is compared: the fields that the expectation at the same place writes."""
    wide = [*expected, *([expected[-1]] if expected else [{"front": ""}]) * len(found)]
    return [
        {key: _plain(getattr(candidate, key)) for key in fields}
        for candidate, fields in zip(found, wide, strict=False)
    ]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, str) else value
