from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flashnotes.models import Source
from flashnotes.whence import headings_above, note_headings

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "# 强化学习\ntext\n## **时序差分** ##\n```\n# no heading\n```\n### TD 误差\nhere\n## 之后\n#tag\n"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (1, ()),
        (2, ("强化学习",)),
        (5, ("强化学习", "时序差分")),
        (8, ("强化学习", "时序差分", "TD 误差")),
        (10, ("强化学习", "之后")),
        (999, ("强化学习", "之后")),
        (-3, ()),
    ],
)
def test_the_headings_above_a_line(line: int, path: tuple[str, ...]) -> None:
    assert headings_above(NOTE, line) == path


def test_a_note_that_is_gone_or_strange_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"# \xff\x1b[2J\nline\n")
    assert note_headings(tmp_path, Source("a.md", 2)) == ("\ufffd␛[2J",)
    for source in (None, Source("a.md"), Source("b.md", 3), Source(".", 1), Source("a\0", 1)):
        assert note_headings(tmp_path, source) == ()
