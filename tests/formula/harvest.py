"""The formulas of a folder of notes, as Markdown writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FENCED = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_INLINE = re.compile(r"(?<![\\$])\$(?=[^\s$])([^$\n]{1,400}?)(?<=[^\s\\])\$(?![0-9$])")
_QUOTED = re.compile(r"^[ \t]*> ?", re.MULTILINE)
_SUFFIXES = {".md", ".markdown", ".mdx", ".txt"}


def formulas(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file():
            yield from _in_text(path.read_text(encoding="utf-8", errors="replace"))


def _in_text(text: str) -> Iterator[str]:
    text = _CODE.sub("", _FENCED.sub("", text))
    yield from (_QUOTED.sub("", match[1]) for match in _DISPLAY.finditer(text))
    yield from (match[1] for match in _INLINE.finditer(_DISPLAY.sub(" ", text)))
