from pathlib import Path

import pytest

from flashnotes.errors import FlashnotesError
from flashnotes.outside import editor_command, opener_command

NOTE = Path("/notes/td 1.md")
COMMANDS = [
    ("vim", 42, ["vim", "+42", "/notes/td 1.md"]),
    ("nano", 42, ["nano", "+42", "/notes/td 1.md"]),
    ("emacs -nw", 42, ["emacs", "-nw", "+42", "/notes/td 1.md"]),
    ("/usr/bin/hx", 42, ["/usr/bin/hx", "/notes/td 1.md:42"]),
    ("code", 42, ["code", "--wait", "--goto", "/notes/td 1.md:42"]),
    ("code --wait -n", 42, ["code", "--wait", "-n", "--goto", "/notes/td 1.md:42"]),
    ("subl", 42, ["subl", "--wait", "/notes/td 1.md:42"]),
    ("kate", 42, ["kate", "--block", "--line", "42", "/notes/td 1.md"]),
    ("gvim", 42, ["gvim", "-f", "+42", "/notes/td 1.md"]),
    ("true", 42, ["true", "/notes/td 1.md"]),
    ("vim", None, ["vim", "/notes/td 1.md"]),
    ('"/opt/my editor/vi"', 7, ["/opt/my editor/vi", "+7", "/notes/td 1.md"]),
]


@pytest.mark.parametrize(("editor", "line", "command"), COMMANDS)
def test_editors_open_at_the_line(editor: str, line: int | None, command: list[str]) -> None:
    assert editor_command({"EDITOR": editor}, NOTE, line, which=str) == command


def test_the_visual_editor_comes_first_and_a_usual_one_last() -> None:
    assert editor_command({"VISUAL": "vi", "EDITOR": "ed"}, NOTE, 1, which=str)[0] == "vi"
    assert editor_command({}, NOTE, 1, which=lambda name: name if name == "vim" else None)[0] == "vim"


@pytest.mark.parametrize("environ", [{}, {"EDITOR": "no-such-editor"}, {"EDITOR": "vi'"}])
def test_no_editor_is_said_in_one_line(environ: dict[str, str]) -> None:
    with pytest.raises(FlashnotesError, match=r"^No editor: .*Set EDITOR"):
        editor_command(environ, NOTE, 1, which=lambda _name: None)


@pytest.mark.parametrize(
    ("platform", "there", "command"),
    [
        ("linux", "xdg-open", ["xdg-open", "/notes/td 1.md"]),
        ("linux", "gio", ["gio", "open", "/notes/td 1.md"]),
        ("darwin", "open", ["open", "/notes/td 1.md"]),
    ],
)
def test_pictures_open_as_the_system_does(platform: str, there: str, command: list[str]) -> None:
    assert (
        opener_command(NOTE, platform=platform, which=lambda name: name if name == there else None) == command
    )


def test_where_nothing_opens_pictures_the_file_is_named() -> None:
    with pytest.raises(FlashnotesError, match=r"The file is /notes/td 1\.md"):
        opener_command(NOTE, platform="linux", which=lambda _name: None)
