"""Note files: folders walked, every refusal in words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from flashnotes.errors import NoteError
from flashnotes.notefiles import find_notes, read_note

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.md",
        "a.markdown",
        "sub/c.mdx",
        "sub/d.txt",
        "sub/e.pdf",
        ".hidden/f.md",
        "node_modules/g.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    return tmp_path


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_notes([folder]).notes]


def test_folders_are_walked(folder: Path) -> None:
    assert names(folder) == ["a.markdown", "b.md", "sub/c.mdx", "sub/d.txt"]


def test_a_note_named_twice_is_read_once(folder: Path) -> None:
    assert len(find_notes([folder / "b.md", folder]).notes) == 4


def test_what_cannot_be_a_note_is_skipped_in_words(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    os.mkfifo(folder / "pipe.md")
    found = find_notes([folder])
    assert names(folder) == ["a.markdown", "b.md", "sub/c.mdx", "sub/d.txt"]
    assert sorted(line.rpartition("/")[2] for line in found.skipped) == [
        "gone.md: skipped, a link that leads nowhere.",
        "pipe.md: skipped, not a regular file.",
    ]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_what_cannot_be_read_is_refused_in_words() -> None:
    """As a person who is not root: in a process of its own, in a folder that all may enter."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for note in ("mine.md", "secret.md", "closed/c.md"):
            (folder / note).parent.mkdir(exist_ok=True)
            (folder / note).write_text("x")
        (folder / "secret.md").chmod(0)
        (folder / "closed").chmod(0)
        code = (
            "import os, sys; from pathlib import Path; from flashnotes.notefiles import find_notes\n"
            "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
            "found = find_notes([Path(sys.argv[1])]); print(len(found.notes), found.skipped, *found.refused, sep='\\n')"
        )
        command = [sys.executable, "-c", code, name]
        told = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=ROOT
        ).stdout.splitlines()
        (folder / "closed").chmod(0o755)
        remedy = "Give yourself the right to read it."
        assert told == [
            "1",
            "()",
            f"{folder}/secret.md: cannot be read (permission denied). {remedy}",
            f"{folder}/closed: cannot be read (Permission denied). {remedy}",
        ]


def test_missing_path(tmp_path: Path) -> None:
    with pytest.raises(NoteError, match=r"nothing\.md: is not there"):
        find_notes([tmp_path / "nothing.md"])


def test_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "n.md"
    path.write_bytes(b"\xef\xbb\xbf# A\r\n")
    assert read_note(path).blocks[0].text == "A"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"ab\xc4\xe3", r"byte 2 \(0xc4\) is not UTF-8"),
        (b"\xff\xfea\x00", "--encoding utf-16"),
        (b"\x00\x01\xff", "binary"),
    ],
)
def test_other_encodings_are_refused_with_the_byte_and_the_remedy(
    tmp_path: Path, data: bytes, message: str
) -> None:
    path = tmp_path / "n.md"
    path.write_bytes(data)
    with pytest.raises(NoteError, match=message):
        read_note(path)
