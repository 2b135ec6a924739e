"""Other programs of the person's: the editor at a line, and the viewer of a picture, as commands to run."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WITH_COLON = frozenset(["hx", "helix", "zed", "zeditor", "subl", "sublime_text", "lapce"])
"""Editors that take `FILE:LINE`."""
_WITH_GOTO = frozenset(["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron"])
"""Editors of the family of VS Code: `--goto FILE:LINE`."""
_WITH_LINE = {
    "kate": "--line",
    "mate": "--line",
    "pycharm": "--line",
    "idea": "--line",
    "xed": "--line",
    "kwrite": "--line",
}
_WAIT = {
    **dict.fromkeys([*_WITH_GOTO, "subl", "zed", "zeditor", "mate", "gedit", "xed"], "--wait"),
    "gvim": "-f",
    "mvim": "-f",
    "kate": "--block",
}
"""Editors in a window of their own return at once unless told to wait."""
_WITHOUT_LINE = frozenset(["open", "xdg-open", "notepad", "true", "cat"])
_USUAL = ("editor", "nano", "vim", "vi")


def editor_command(
    environ: Mapping[str, str],
    path: Path,
    line: int | None,
    *,
    which: Callable[[str], str | None] = shutil.which,
) -> list[str]:
    """The command that opens `path` at `line`, from 1, in the editor of VISUAL or EDITOR, and waits for its end.

    Raises FlashnotesError where there is no editor.
    """
    command = _words(environ.get("VISUAL") or environ.get("EDITOR") or "")
    if not command:
        command = [next((name for name in _USUAL if which(name)), "")]
    if not command[0] or which(command[0]) is None:
        wanted = f"{command[0]!r} is not installed" if command[0] else "there is none"
        raise FlashnotesError(f"No editor: {wanted}. Set EDITOR to one that is.")
    name = Path(command[0]).name.removesuffix(".exe").casefold()
    wait = _WAIT.get(name)
    waiting = [wait] if wait and wait not in command else []
    return [*command, *waiting, *_at_line(name, path, line)]


def _at_line(name: str, path: Path, line: int | None) -> list[str]:
    if line is None or name in _WITHOUT_LINE:
        return [str(path)]
    if name in _WITH_COLON:
        return [f"{path}:{line}"]
    if name in _WITH_GOTO:
        return ["--goto", f"{path}:{line}"]
    if name in _WITH_LINE:
        return [_WITH_LINE[name], str(line), str(path)]
    return [f"+{line}", str(path)]


def _words(command: str) -> list[str]:
    import shlex

    try:
        return shlex.split(command)
    except ValueError:
        return [command]


def opener_command(
    path: Path, *, platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """The command by which the system opens a file as a click would. Raises FlashnotesError where there is none."""
    openers = {"darwin": ("open",), "win32": ("explorer",)}.get(platform, ("xdg-open", "gio", "wslview"))
    found = next((name for name in openers if which(name)), None)
    if found is None:
        raise FlashnotesError(f"Nothing here opens pictures ({openers[0]} is missing). The file is {path}.")
    return [found, "open", str(path)] if found == "gio" else [found, str(path)]
